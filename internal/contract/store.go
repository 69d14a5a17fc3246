package contract

import (
	"context"
	"crypto/x509"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/paper"
	"freehold/internal/profile"
	"freehold/internal/proposal"
)

const offerCols = `id, proposal, client, freelancer, state, revision, expires_at, made_at, ended_at, reason, coalesce(title, '') AS own`

func insertOffer(ctx context.Context, tx *db.Tx, o *Offer) (_ OfferID, err error) {
	o.ID, err = db.Value[OfferID](ctx, tx, `
		INSERT INTO contract.offers (proposal, client, freelancer, state, revision, expires_at, made_at, title)
		VALUES ($1, $2, $3, $4, $5, $6, $7, nullif($8, '')) RETURNING id`,
		o.Proposal, o.Client, o.Freelancer, o.State, o.Revision, o.ExpiresAt, o.MadeAt, o.Own)
	return o.ID, err
}

func saveOffer(ctx context.Context, tx *db.Tx, o *Offer) error {
	return db.Exec1(ctx, tx, `
		UPDATE contract.offers SET state = $2, revision = $3, expires_at = $4, ended_at = $5, reason = $6 WHERE id = $1`,
		o.ID, o.State, o.Revision, o.ExpiresAt, o.EndedAt, o.Reason)
}

func insertRevision(ctx context.Context, tx *db.Tx, r revision) error {
	return db.Exec1(ctx, tx, `
		INSERT INTO contract.revisions (offer, n, by, terms, rules, data, text, sha256, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		r.Offer, r.N, r.By, r.Terms, r.Rules, r.Data, r.Text, r.SHA256, r.At)
}

func insertSignature(ctx context.Context, tx *db.Tx, o *Offer, by account.Actor, with Signing) error {
	return db.Exec1(ctx, tx, `
		INSERT INTO contract.signatures (offer, n, person, sha256, postal_address, session, address, agent, at)
		VALUES ($1, $2, $3, $4, nullif($5, ''), $6, $7, $8, $9)`,
		o.ID, o.Revision, by.ID, with.SHA256, with.PostalAddress, by.Session, by.Address, by.Agent, tx.Now)
}

// proposalOf returns the proposal an offer is made on. It never changes, so it
// is read without a lock, to lock post and proposal first.
func proposalOf(ctx context.Context, tx *db.Tx, id OfferID) (proposal.ID, error) {
	p, err := db.Value[proposal.ID](ctx, tx, `SELECT proposal FROM contract.offers WHERE id = $1`, id)
	if errors.Is(err, db.NoRow) {
		err = ErrOfferNotFound
	}
	return p, err
}

func lockOfferRow(ctx context.Context, tx *db.Tx, id OfferID) (*Offer, error) {
	o, err := db.One[Offer](ctx, tx, `SELECT `+offerCols+` FROM contract.offers WHERE id = $1 FOR UPDATE`, id)
	if err != nil {
		return nil, err
	}
	return &o, readTable(ctx, tx, &o)
}

func offerByID(ctx context.Context, tx *db.Tx, id OfferID) (*Offer, error) {
	o, err := db.One[Offer](ctx, tx, `SELECT `+offerCols+` FROM contract.offers WHERE id = $1`, id)
	if errors.Is(err, db.NoRow) {
		return nil, ErrOfferNotFound
	}
	if err != nil {
		return nil, err
	}
	return &o, readTable(ctx, tx, &o)
}

// readTable reads whose terms are on the table, and who has signed them. It is
// a query of its own: joined into the one that locks the offer, it would show
// the revision from before the lock was granted.
func readTable(ctx context.Context, tx *db.Tx, o *Offer) error {
	author, err := db.Value[account.ID](ctx, tx, `SELECT by FROM contract.revisions WHERE offer = $1 AND n = $2`, o.ID, o.Revision)
	if err != nil {
		return err
	}
	signed, err := db.Values[account.ID](ctx, tx, `
		SELECT person FROM contract.signatures WHERE offer = $1 AND n = $2 ORDER BY at, person`, o.ID, o.Revision)
	o.setTable(author, signed)
	return err
}

func (o *Offer) setTable(author account.ID, signed []account.ID) {
	o.Author, o.Signed = o.sideOf(author), nil
	for _, p := range signed {
		o.Signed = append(o.Signed, o.sideOf(p))
	}
}

func revisionOf(ctx context.Context, tx *db.Tx, o *Offer) (revision, error) {
	return db.One[revision](ctx, tx, `
		SELECT offer, n, by, terms, rules, coalesce(data, '') AS data, text, sha256, at FROM contract.revisions WHERE offer = $1 AND n = $2`,
		o.ID, o.Revision)
}

func revisionsOf(ctx context.Context, tx *db.Tx, id OfferID) ([]revision, error) {
	return db.All[revision](ctx, tx, `
		SELECT offer, n, by, terms, rules, coalesce(data, '') AS data, text, sha256, at FROM contract.revisions WHERE offer = $1 ORDER BY n`, id)
}

// signedRevision is the one that both have signed: the last of an offer that is a
// contract.
func signedRevision(ctx context.Context, tx *db.Tx, id OfferID) (revision, error) {
	return db.One[revision](ctx, tx, theSignedRevision, id)
}

const theSignedRevision = `
	SELECT r.offer, r.n, r.by, r.terms, r.rules, coalesce(r.data, '') AS data, r.text, r.sha256, r.at
	FROM contract.offers o JOIN contract.revisions r ON r.offer = o.id AND r.n = o.revision WHERE o.id = $1`

func signaturesOf(ctx context.Context, tx *db.Tx, id OfferID) ([]Signature, error) {
	return db.All[Signature](ctx, tx, theSignatures, id)
}

// theSignatures are those under what is on the table of an offer.
const theSignatures = `
	SELECT s.person, p.name, coalesce(s.postal_address, '') AS postal_address, s.session, s.address, s.agent, s.at
	FROM contract.offers o JOIN contract.signatures s ON s.offer = o.id AND s.n = o.revision JOIN account.people p ON p.id = s.person
	WHERE o.id = $1 ORDER BY s.at, s.person`

// lastPostalAddress is the one that somebody gave with a signature last, or "".
func lastPostalAddress(ctx context.Context, tx *db.Tx, of account.ID) (string, error) {
	last, err := db.Value[string](ctx, tx, `
		SELECT postal_address FROM contract.signatures
		WHERE person = $1 AND postal_address IS NOT NULL ORDER BY at DESC LIMIT 1`, of)
	if errors.Is(err, db.NoRow) {
		return "", nil
	}
	return last, err
}

// liveOffersOf returns the offers on a post that can still become contracts.
func liveOffersOf(ctx context.Context, tx *db.Tx, post jobpost.ID) ([]OfferID, error) {
	return db.Values[OfferID](ctx, tx, `
		SELECT o.id FROM contract.offers o JOIN proposal.proposals p ON p.id = o.proposal
		WHERE p.post = $1 AND o.ended_at IS NULL AND o.title IS NULL ORDER BY o.proposal`, post)
}

const contractCols = `c.id, c.offer, c.proposal, c.client, c.freelancer, c.title, c.state, coalesce(c.ending, '') AS ending,
	c.currency, c.funding, c.lifecycle, coalesce(c.every, '') AS every, coalesce(c.zone, '') AS zone, c.top_up,
	coalesce((SELECT d.person FROM contract.delegates d WHERE d.contract = c.id), 0) AS delegate, c.client_fee_bp, c.freelancer_fee_bp, c.ending_fee_bp, c.acceptance_days, c.change_rounds,
	c.grace_days, c.starved_days, c.notice_days, c.signed_at, c.fund_by, c.funded_at, c.starved_at, c.ended_at,
	coalesce(c.notice_by, '') AS notice_by, coalesce(c.notice_reason, '') AS notice_reason, coalesce(c.notice_words, '') AS notice_words, c.notice_at, c.ends_at, c.absent_from, c.absent_until`

func insertContract(ctx context.Context, tx *db.Tx, c *Contract) (err error) {
	c.ID, err = db.Value[ID](ctx, tx, `
		INSERT INTO contract.contracts (offer, proposal, client, freelancer, title, state, currency, funding, lifecycle, client_fee_bp,
			freelancer_fee_bp, ending_fee_bp, acceptance_days, change_rounds, grace_days, starved_days, notice_days,
			signed_at, fund_by, every, zone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, nullif($20, ''), nullif($21, '')) RETURNING id`,
		c.Offer, c.Proposal, c.Client, c.Freelancer, c.Title, c.State, c.Currency, c.Funding, c.Lifecycle, c.ClientFeeRate,
		c.FreelancerFeeRate, c.EndingFeeRate, c.AcceptanceDays, c.ChangeRounds, c.GraceDays, c.StarvedDays, c.NoticeDays,
		c.SignedAt, c.FundBy, c.Every, c.Zone)
	for i := range c.Milestones {
		if err == nil {
			c.Milestones[i].Contract = c.ID
			err = insertMilestone(ctx, tx, &c.Milestones[i])
		}
	}
	return err
}

func insertMilestone(ctx context.Context, tx *db.Tx, m *Milestone) (err error) {
	m.ID, err = db.Value[MilestoneID](ctx, tx, `
		INSERT INTO contract.milestones (contract, n, title, price_minor, due, hours, floor_minor, state, starts_at, ends_at, closes_at, rate_minor)
		VALUES ($1, $2, $3, $4, $5, $6, nullif($7::bigint, 0), $8, $9, $10, $11, nullif($12::bigint, 0)) RETURNING id`,
		m.Contract, m.N, m.Title, m.Price.Minor, m.Due, m.Hours, m.Floor.Minor, m.State, m.Starts, m.Ends, m.Closes, m.Rate.Minor)
	if err != nil {
		return err
	}
	return insertCriteria(ctx, tx, m)
}

func insertCriteria(ctx context.Context, tx *db.Tx, m *Milestone) error {
	return db.Exec(ctx, tx, `
		INSERT INTO contract.criteria (milestone, n, text)
		SELECT $1, c.n - 1, c.text FROM unnest($2::text[]) WITH ORDINALITY AS c (text, n)`, m.ID, m.Criteria)
}

// saveContract writes where c and its milestones stand, as far as they have
// moved: no step leaves a state as it was.
func saveContract(ctx context.Context, tx *db.Tx, c *Contract) error {
	if c.State == Ended && c.was != Ended {
		if err := overtake(ctx, tx, c); err != nil {
			return err
		}
	}
	if c.State != c.was {
		if err := db.Exec1(ctx, tx, `
			UPDATE contract.contracts SET state = $2, ending = nullif($3, ''), funded_at = $4, starved_at = $5, ended_at = $6,
				notice_by = nullif($7, ''), notice_words = nullif($8, ''), notice_at = $9, ends_at = $10, notice_reason = nullif($11, '')
			WHERE id = $1`, c.ID, c.State, c.Ending, c.FundedAt, c.StarvedAt, c.EndedAt, c.NoticeBy, c.NoticeWords, c.NoticeAt, c.EndsAt, c.NoticeReason); err != nil {
			return err
		}
	}
	for i := range c.Milestones {
		if m := &c.Milestones[i]; m.State != m.was {
			if err := saveMilestone(ctx, tx, m); err != nil {
				return err
			}
		}
	}
	return nil
}

func saveAbsence(ctx context.Context, tx *db.Tx, c *Contract, waiting []*Milestone) error {
	err := db.Exec1(ctx, tx, `UPDATE contract.contracts SET absent_from = $2, absent_until = $3 WHERE id = $1`, c.ID, c.AbsentFrom, c.AbsentUntil)
	for _, m := range waiting {
		if err == nil {
			err = saveMilestone(ctx, tx, m)
		}
	}
	return err
}

func saveMilestone(ctx context.Context, tx *db.Tx, m *Milestone) error {
	return db.Exec1(ctx, tx, `
		UPDATE contract.milestones SET state = $2, rounds = $3, funded_at = $4, take_back_from = $5, submitted_at = $6,
			approve_by = $7, ended_at = $8, reminded_at = $9,
			client_says = $10, freelancer_says = $11, paid_bp = $12, disputed_minor = $13, awarded_minor = $14, price_minor = $15,
			conceded_minor = $16
		WHERE id = $1`, m.ID, m.State, m.Rounds, m.FundedAt, m.TakeBackFrom, m.SubmittedAt, m.ApproveBy, m.EndedAt, m.RemindedAt,
		m.ClientSays, m.FreelancerSays, m.Paid, minor(m.Disputed), minor(m.Awarded), m.Price.Minor, minor(m.Conceded))
}

// minor is an amount that may not be there, as it is stored.
func minor(a *money.Amount) *int64 {
	if a == nil {
		return nil
	}
	return &a.Minor
}

// amount is what minor stored.
func amount(minor *int64, currency string) *money.Amount {
	if minor == nil {
		return nil
	}
	return &money.Amount{Minor: *minor, Currency: currency}
}

// lockContract reads a contract that by is party to, and keeps it and its
// milestones from changing until the transaction ends.
func lockContract(ctx context.Context, tx *db.Tx, by account.Actor, id ID) (*Contract, error) {
	return readContract(ctx, tx, by, id, `FOR UPDATE`)
}

// lockMilestone is lockContract by way of one of its milestones.
func lockMilestone(ctx context.Context, tx *db.Tx, by account.Actor, id MilestoneID) (*Contract, *Milestone, error) {
	of, err := db.Value[ID](ctx, tx, `SELECT contract FROM contract.milestones WHERE id = $1`, id)
	if errors.Is(err, db.NoRow) {
		return nil, nil, ErrMilestoneNotFound
	}
	if err != nil {
		return nil, nil, err
	}
	c, err := lockContract(ctx, tx, by, of)
	if errors.Is(err, ErrNotFound) {
		return nil, nil, ErrMilestoneNotFound
	}
	if err != nil {
		return nil, nil, err
	}
	for i := range c.Milestones {
		if c.Milestones[i].ID == id {
			return c, &c.Milestones[i], nil
		}
	}
	return nil, nil, ErrMilestoneNotFound
}

func readContract(ctx context.Context, tx *db.Tx, by account.Actor, id ID, locking string) (*Contract, error) {
	var c Contract
	var rows []milestoneRow
	askMilestones := func(a *db.Ask) { db.AskAll(a, &rows, theMilestones, []ID{id}) }
	err := tx.Ask(ctx, func(a *db.Ask) {
		db.AskOne(a, &c, `SELECT `+contractCols+` FROM contract.contracts c WHERE c.id = $1 `+locking, id)
		if locking == "" {
			askMilestones(a)
		}
	})
	switch {
	case errors.Is(err, db.NoRow):
		return nil, ErrNotFound
	case err != nil:
		return nil, err
	case c.side(by) == "":
		return nil, ErrNotFound
	}
	if locking != "" { // as they are once nobody else can change them
		if err := tx.Ask(ctx, askMilestones); err != nil {
			return nil, err
		}
	}
	c.was, c.Reserve = c.State, money.Zero(c.Currency)
	setMilestones([]*Contract{&c}, rows)
	return &c, nil
}

type milestoneRow struct {
	Milestone
	PriceMinor int64
	FloorMinor int64
	RateMinor  int64
	Currency   string

	DisputedMinor *int64
	AwardedMinor  *int64
	ConcededMinor *int64
}

// readMilestones fills in the milestones of contracts, in one query for all.
func readMilestones(ctx context.Context, tx *db.Tx, contracts []*Contract) error {
	ids := make([]ID, len(contracts))
	for i, c := range contracts {
		ids[i] = c.ID
	}
	rows, err := db.All[milestoneRow](ctx, tx, theMilestones, ids)
	setMilestones(contracts, rows)
	return err
}

func setMilestones(contracts []*Contract, rows []milestoneRow) {
	of := map[ID]*Contract{}
	for _, c := range contracts {
		of[c.ID] = c
	}
	for _, r := range rows {
		r.was, r.Lifecycle, r.Every = r.State, of[r.Contract].Lifecycle, of[r.Contract].Every
		r.Price = money.Amount{Minor: r.PriceMinor, Currency: r.Currency}
		r.Floor = money.Amount{Minor: r.FloorMinor, Currency: r.Currency}
		r.Rate = money.Amount{Minor: r.RateMinor, Currency: r.Currency}
		r.Disputed, r.Awarded, r.Conceded = amount(r.DisputedMinor, r.Currency), amount(r.AwardedMinor, r.Currency), amount(r.ConcededMinor, r.Currency)
		of[r.Contract].Milestones = append(of[r.Contract].Milestones, r.Milestone)
	}
}

var theMilestones = `
	SELECT m.id, m.contract, m.n, m.title, m.price_minor, c.currency, m.due, m.hours, coalesce(m.floor_minor, 0) AS floor_minor,
		ARRAY(SELECT k.text FROM contract.criteria k WHERE k.milestone = m.id ORDER BY k.n) AS criteria,
		m.state, m.rounds, m.reminded_at, m.funded_at, m.take_back_from, m.submitted_at, m.approve_by, m.ended_at,
		m.client_says, m.freelancer_says, m.paid_bp, m.disputed_minor, m.awarded_minor, m.conceded_minor,
		m.starts_at, m.ends_at, m.closes_at, coalesce(m.rate_minor, 0) AS rate_minor, m.logged, m.timing
	FROM contract.milestones m JOIN contract.contracts c ON c.id = m.contract
	WHERE m.contract = ANY (` + db.OneOf("$1") + `) ORDER BY m.contract, m.n`

func insertSubmission(ctx context.Context, tx *db.Tx, to MilestoneID, w Work) (SubmissionID, error) {
	return db.Value[SubmissionID](ctx, tx, `
		INSERT INTO contract.submissions (milestone, note, links, met, at)
		VALUES ($1, $2, coalesce($3, '{}'::text[]), $4, $5) RETURNING id`, to, w.Note, w.Links, w.Met, tx.Now)
}

// insertChangeRequest keeps a request on the latest submission of a milestone.
func insertChangeRequest(ctx context.Context, tx *db.Tx, on MilestoneID, r ChangeRequest) error {
	return db.Exec1(ctx, tx, `
		INSERT INTO contract.change_requests (submission, criteria, words, at)
		SELECT max(id), $2, $3, $4 FROM contract.submissions WHERE milestone = $1`, on, r.Criteria, r.Words, tx.Now)
}

// submissionsOf returns all submissions on a contract, oldest first, with what
// was asked for on each.
const theSubmissions = `
	SELECT s.id, s.milestone, s.note, s.links, s.met, s.at, r.criteria AS not_met, coalesce(r.words, '') AS words, r.at AS asked_at
	FROM contract.submissions s JOIN contract.milestones m ON m.id = s.milestone
	LEFT JOIN contract.change_requests r ON r.submission = s.id
	WHERE m.contract = $1 ORDER BY s.id`

func submissionsOf(made []submissionRow) []*Submission {
	all := make([]*Submission, len(made))
	for i := range made {
		if all[i] = &made[i].Submission; made[i].AskedAt != nil {
			all[i].Changes = &ChangeRequest{Submission: made[i].ID, Criteria: made[i].NotMet, Words: made[i].Words, At: *made[i].AskedAt}
		}
	}
	return all
}

// submissionRow is a submission with what was asked for on it.
type submissionRow struct {
	Submission
	NotMet  []int
	Words   string
	AskedAt *time.Time
}

func titleOf(ctx context.Context, tx *db.Tx, id OfferID) (string, error) {
	return db.Value[string](ctx, tx, `
		SELECT coalesce(o.title, t.title) FROM contract.offers o
		JOIN proposal.proposals p ON p.id = o.proposal JOIN jobpost.posts t ON t.id = p.post
		WHERE o.id = $1`, id)
}

type contractRow struct {
	Contract
	Other string
	Face  profile.Portrait
}

// contractsOf finds the contracts of a person on either side by an index each.
const contractsOf = `
	SELECT ` + contractCols + `, p.name AS other, coalesce(face.hash, '') AS face
	FROM (
		(SELECT id FROM contract.contracts WHERE client = $1 AND id < $2 ORDER BY id DESC LIMIT $3)
		UNION ALL
		(SELECT id FROM contract.contracts WHERE freelancer = $1 AND id < $2 ORDER BY id DESC LIMIT $3)) AS mine
	JOIN contract.contracts c ON c.id = mine.id
	JOIN account.people p ON p.id = CASE c.client WHEN $1 THEN c.freelancer ELSE c.client END
	LEFT JOIN profile.portraits face ON face.person = p.id
	ORDER BY c.id DESC LIMIT $3`

type offerRow struct {
	Offer
	Other   string
	Face    profile.Portrait
	Title   string
	Terms   Terms
	By      account.ID
	Signers []account.ID
}

const offersOf = `
	SELECT o.id, o.proposal, o.client, o.freelancer, o.state, o.revision, o.expires_at, o.made_at, o.ended_at, o.reason, coalesce(o.title, '') AS own,
		w.name AS other, coalesce(face.hash, '') AS face, coalesce(o.title, t.title) AS title, r.terms, r.by,
		ARRAY(SELECT s.person FROM contract.signatures s WHERE s.offer = r.offer AND s.n = r.n ORDER BY s.at, s.person) AS signers
	FROM (
		(SELECT id FROM contract.offers WHERE client = $1 AND id < $2 ORDER BY id DESC LIMIT $3)
		UNION ALL
		(SELECT id FROM contract.offers WHERE freelancer = $1 AND id < $2 ORDER BY id DESC LIMIT $3)) AS mine
	JOIN contract.offers o ON o.id = mine.id
	JOIN contract.revisions r ON r.offer = o.id AND r.n = o.revision
	JOIN proposal.proposals p ON p.id = o.proposal JOIN jobpost.posts t ON t.id = p.post
	JOIN account.people w ON w.id = CASE o.client WHEN $1 THEN o.freelancer ELSE o.client END
	LEFT JOIN profile.portraits face ON face.person = w.id
	ORDER BY o.id DESC LIMIT $3`

// paperOf is the error db.NoRow until a contract has been sealed.
func paperOf(ctx context.Context, tx *db.Tx, id ID) (Paper, error) {
	return db.One[Paper](ctx, tx, `SELECT contract, pdf, sealed_at FROM contract.papers WHERE contract = $1`, id)
}

func insertPaper(ctx context.Context, tx *db.Tx, p Paper) error {
	return db.Exec1(ctx, tx, `INSERT INTO contract.papers (contract, pdf, sealed_at) VALUES ($1, $2, $3)`, p.Contract, p.PDF, p.SealedAt)
}

func insertSeal(ctx context.Context, tx *db.Tx, c *x509.Certificate) error {
	return db.Exec(ctx, tx, `
		INSERT INTO contract.seals (fingerprint, certificate, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		paper.Fingerprint(c), c.Raw, tx.Now)
}

// sealsOf are the fingerprints of all seals that this market has or had.
func sealsOf(ctx context.Context, tx *db.Tx) ([]string, error) {
	return db.Values[string](ctx, tx, `SELECT fingerprint FROM contract.seals`)
}
