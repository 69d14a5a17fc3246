package contract_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/dispute"
	"freehold/internal/escrow"
	"freehold/internal/file"
	"freehold/internal/jobpost"
	"freehold/internal/journal"
	"freehold/internal/kit/blob"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/notify"
	"freehold/internal/proposal"
	"freehold/internal/worklog"
)

func euros(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }

const day = 24 * time.Hour

// market is a market in which Carl has published a post, and Ada has proposed.
type market struct {
	*markettest.Market
	carl, ada account.Actor
	post      jobpost.Post
	proposal  proposal.ID // Ada's
}

// open begins with so much in Carl's wallet, of which 20 euros are the answer
// bond until the post is filled, and a post that wants so many.
func open(t testing.TB, wallet money.Amount, hire int) *market {
	t.Helper()
	m := &market{Market: markettest.New(t)}
	m.carl, m.ada = m.Person("Carl", wallet), m.Person("Ada", money.Amount{})
	draft, err := jobpost.SaveDraft(m.Context(), m.DB, m.carl, 0, jobpost.Input{
		Title: "A logo for an orchard", Description: "We grow apples and want a mark that fits on a crate.",
		Category: "design", Skills: []string{"Logo design"}, Level: "intermediate", Kind: jobpost.Fixed,
		Currency: "EUR", BudgetMin: 400_00, BudgetMax: 600_00, Hours: 10, Hire: hire, AnswerDays: 14,
	})
	m.OK(err)
	m.post, err = jobpost.Publish(m.Context(), m.DB, m.carl, draft.ID)
	m.OK(err)
	m.proposal = m.proposes(m.ada)
	return m
}

// proposes sends somebody's proposal to Carl's post. No two letters are alike.
func (m *market) proposes(by account.Actor) proposal.ID {
	m.Helper()
	p, err := proposal.Propose(m.Context(), m.DB, by, m.post.ID, proposal.Input{
		Letter: strings.Repeat(by.Name+" draws apples. ", 5), Price: euros(500), Hours: 10,
	})
	m.OK(err)
	return p.ID
}

// twoParts are terms of 200 euros in 10 days and 300 euros in 20 days.
func twoParts(f contract.Funding) contract.Terms {
	return contract.Terms{
		Scope: "A logo, as **vectors**.", Funding: f,
		Milestones: []contract.MilestoneTerms{
			{Title: "Sketches", Price: euros(200), Due: "2030-01-11", Criteria: []string{"Three of them", "In ink"}, Hours: 4},
			{Title: "The logo", Price: euros(300), Due: "2030-01-21", Criteria: []string{"As SVG"}, Hours: 6},
		},
	}
}

func (m *market) offers(t contract.Terms) contract.OfferID {
	m.Helper()
	id, err := contract.MakeOffer(m.Context(), m.DB, m.carl, m.proposal, t)
	m.OK(err)
	return id
}

// sign signs what is on the table now.
func (m *market) sign(by account.Actor, id contract.OfferID) (contract.ID, error) {
	m.Helper()
	return contract.SignOffer(m.Context(), m.DB, by, id, contract.Signing{SHA256: m.offer(by, id).SHA256, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
}

func (m *market) offer(by account.Actor, id contract.OfferID) contract.OfferView {
	m.Helper()
	v, err := contract.ShowOffer(m.Context(), m.DB, by, id)
	m.OK(err)
	return v
}

// deal is a contract between Carl and Ada.
type deal struct {
	*market
	id    contract.ID
	parts []contract.MilestoneID
}

// signed is a deal on two parts that both have signed, with so much in Carl's wallet.
func signed(t *testing.T, f contract.Funding, wallet money.Amount) *deal {
	t.Helper()
	m := open(t, wallet, 1)
	return m.signs(twoParts(f))
}

func (m *market) signs(t contract.Terms) *deal {
	m.Helper()
	offer := m.offers(t)
	_, err := m.sign(m.carl, offer)
	m.OK(err)
	d := &deal{market: m}
	d.id, err = m.sign(m.ada, offer)
	m.OK(err)
	for _, w := range d.show(m.carl).Work {
		d.parts = append(d.parts, w.ID)
	}
	return d
}

func funded(t *testing.T, f contract.Funding, wallet money.Amount) *deal {
	t.Helper()
	d := signed(t, f, wallet)
	d.OK(contract.Fund(d.Context(), d.DB, d.carl, d.id))
	return d
}

// submitted is a deal on which Ada has handed over the first part.
func submitted(t *testing.T, f contract.Funding, wallet money.Amount) *deal {
	t.Helper()
	d := funded(t, f, wallet)
	d.submits(0)
	return d
}

// submits hands over a part as it should be.
func (d *deal) submits(part int) contract.SubmissionID {
	d.Helper()
	id, err := d.submit(part)
	d.OK(err)
	return id
}

func (d *deal) submit(part int) (contract.SubmissionID, error) {
	met := [][]bool{{true, true}, {true}}[part]
	return contract.SubmitMilestone(context.Background(), d.DB, d.ada, d.parts[part],
		contract.Work{Note: "Here it is.", Links: []string{"https://example.org/work"}, Met: met})
}

func (d *deal) show(by account.Actor) contract.View {
	d.Helper()
	v, err := contract.Show(d.Context(), d.DB, by, d.id)
	d.OK(err)
	return v
}

// is fails the test unless the contract and its milestones are in these states.
func (d *deal) is(c contract.State, ms ...contract.MilestoneState) contract.View {
	d.Helper()
	v := d.show(d.carl)
	if v.State != c {
		d.Errorf("the contract is %s, want %s", v.State, c)
	}
	for i, want := range ms {
		if got := v.Work[i].State; got != want {
			d.Errorf("milestone %d is %s, want %s", i+1, got, want)
		}
	}
	return v
}

// have fails the test unless the wallets hold so many euros, and escrow the rest.
func (d *deal) have(carl, ada, part1, part2, ending int64) {
	d.Helper()
	for what, check := range map[string]struct{ got, want money.Amount }{
		"Carl's wallet":            {d.Wallet(d.carl, "EUR"), euros(carl)},
		"Ada's wallet":             {d.Wallet(d.ada, "EUR"), euros(ada)},
		"escrow for part 1":        {d.held(escrow.Milestone(d.parts[0])), euros(part1)},
		"escrow for part 2":        {d.held(escrow.Milestone(d.parts[1])), euros(part2)},
		"escrow of the ending fee": {d.held(escrow.EndingFee(d.id)), euros(ending)},
	} {
		if check.got != check.want {
			d.Errorf("%s: %v, want %v", what, check.got, check.want)
		}
	}
}

func (m *market) held(p escrow.Purpose) (a money.Amount) {
	m.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) (err error) {
		a, err = escrow.Held(ctx, tx, p, "EUR")
		return err
	})
	return a
}

// sweep does what falls due by now.
func (m *market) sweep() int {
	m.Helper()
	_, err := proposal.LapseDue(m.Context(), m.DB)
	m.OK(err)
	_, err = worklog.SweepDue(m.Context(), m.DB)
	m.OK(err)
	n, err := contract.SweepDue(m.Context(), m.DB)
	m.OK(err)
	_, err = dispute.SweepDue(m.Context(), m.DB)
	m.OK(err)
	return n
}

// later lets time pass, and what falls due happen.
func (m *market) later(wait time.Duration) {
	m.Helper()
	m.Clock.Advance(wait)
	m.sweep()
}

// told fails the test unless somebody's latest notice is of a kind and has all
// these words.
func (m *market) told(who account.Actor, kind string, words ...string) {
	m.Helper()
	all, err := notify.List(m.Context(), m.DB, who, 0, 1)
	m.OK(err)
	if len(all) == 0 || all[0].Kind != kind {
		m.Fatalf("%s was not told of %s: %v", who.Name, kind, all)
	}
	for _, w := range words {
		if text := all[0].Text.String(); !strings.Contains(text, w) {
			m.Errorf("%s reads %q, which does not say %q", who.Name, text, w)
		}
	}
}

// lastAct fails the test unless the last entry about a subject has these words.
func (m *market) lastAct(subject string, words ...string) {
	m.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) error {
		entries, err := journal.Of(ctx, tx, subject)
		if len(entries) == 0 {
			m.Fatalf("nothing is on record about %s", subject)
		}
		last := entries[len(entries)-1]
		for _, w := range words {
			if !strings.Contains(last.Act.String()+" "+last.Reason, w) {
				m.Errorf("the record says %q (%s), not %q", last.Act, last.Reason, w)
			}
		}
		return err
	})
}

// upload keeps a file of somebody's that is not attached to anything yet.
func (m *market) upload(by account.Actor, name string) file.ID {
	m.Helper()
	store, err := blob.Open(m.Context(), m.TempDir())
	m.OK(err)
	defer store.Close()
	f, err := file.Save(m.Context(), m.DB, store, by, name, strings.NewReader("This is "+name))
	m.OK(err)
	return f.ID
}

// plant lets every transaction fail that tells anybody anything.
func (m *market) plant() {
	m.Helper()
	m.Do(`ALTER TABLE river.river_job ADD CONSTRAINT planted CHECK (false) NOT VALID`)
}

// unplant lets the market go on, so that its promises can be looked at.
func (m *market) unplant() {
	m.Helper()
	m.Do(`ALTER TABLE river.river_job DROP CONSTRAINT planted`)
}

// refused fails the test unless err is the refusal that is wanted.
func refused(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

// together runs acts at the same time and returns what became of each.
func together(acts ...func() error) []error {
	errs := make([]error, len(acts))
	var wg sync.WaitGroup
	for i, act := range acts {
		wg.Go(func() { errs[i] = act() })
	}
	wg.Wait()
	return errs
}

// oneWins fails the test unless one act was done and each other one was refused
// in one of these ways. It returns the winner's place.
func oneWins(t testing.TB, errs []error, refusals ...error) (winner int) {
	t.Helper()
	winner = -1
	for i, err := range errs {
		known := err == nil
		for _, r := range refusals {
			known = known || errors.Is(err, r)
		}
		if !known {
			t.Errorf("got %v, want one of %v", err, refusals)
		}
		if err == nil && winner >= 0 {
			t.Errorf("two of them were done: %v", errs)
		}
		if err == nil {
			winner = i
		}
	}
	if winner < 0 {
		t.Fatalf("none of them was done: %v", errs)
	}
	return winner
}

func itoa[ID ~int64](id ID) string { return strconv.FormatInt(int64(id), 10) }
