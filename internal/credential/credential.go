package credential

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/restriction"
)

// Refusals.
var (
	ErrNotFound = fault.New(fault.NotFound, "credential_not_found", "There is no such contract, or it is not yours.")
	ErrNotYet   = fault.New(fault.Conflict, "credential_not_yet",
		"A credential is made once a contract has ended and something was paid on it. This one has not yet, or nothing was.")
)

// Credential is the statement about one side of a contract. Its members are those of
// the W3C's Verifiable Credentials 2.0 and of Open Badges 3.0.
type Credential struct {
	Context   []string   `json:"@context"`
	ID        string     `json:"id"`
	Type      []string   `json:"type"`
	Issuer    profile    `json:"issuer"`
	ValidFrom string     `json:"validFrom"`
	Name      string     `json:"name"`
	Subject   subject    `json:"credentialSubject"`
	Evidence  []evidence `json:"evidence"`

	// What Open Badges asks of a JWT beside it.
	Iss string `json:"iss"`
	Jti string `json:"jti"`
	Nbf int64  `json:"nbf"`
	Sub string `json:"sub"`
}

type profile struct {
	ID   string   `json:"id"`
	Type []string `json:"type"`
	Name string   `json:"name"`
	URL  string   `json:"url"`
}

type subject struct {
	ID          string      `json:"id"`
	Type        []string    `json:"type"`
	Achievement achievement `json:"achievement"`
}

type achievement struct {
	ID          string    `json:"id"`
	Type        []string  `json:"type"`
	Name        string    `json:"name"`
	Description string    `json:"description"`
	Criteria    narrative `json:"criteria"`
}

type narrative struct {
	Narrative string `json:"narrative"`
}

type evidence struct {
	ID          string   `json:"id,omitempty"`
	Type        []string `json:"type"`
	Name        string   `json:"name"`
	Description string   `json:"description"`
}

// record is a contract as far as a credential speaks of it.
type record struct {
	ID         contract.ID
	Title      string
	Client     account.ID
	Freelancer account.ID
	Name       string // of the side it is about
	Category   string
	Ending     string
	Milestones int // paid
	SignedAt   time.Time
	EndedAt    time.Time
	SHA256     string // of the text that both signed
	Paid       int64
	Currency   string
	Review     string // what the other side wrote, once it is revealed and not removed
}

// Issue makes by's credential of a contract.
func Issue(ctx context.Context, d *db.DB, by account.Actor, id contract.ID, i *Issuer) (string, error) {
	var r record
	err := d.View(ctx, func(tx *db.Tx) (err error) { r, err = recordOf(ctx, tx, by.ID, id); return err })
	if err != nil {
		return "", err
	}
	payload, err := json.Marshal(r.credential(i, by.ID == r.Client))
	if err != nil {
		return "", err
	}
	return i.sign(payload)
}

func recordOf(ctx context.Context, tx *db.Tx, who account.ID, id contract.ID) (record, error) {
	r, err := db.One[struct {
		record
		Ended bool
	}](ctx, tx, `
		SELECT c.id, c.title, c.client, c.freelancer, p.name, coalesce(cat.name, '') AS category, coalesce(c.ending, '') AS ending, c.state = 'ended' AS ended,
			(SELECT count(*)::int FROM contract.milestones m WHERE m.contract = c.id AND m.state IN ('approved', 'split', 'settled')) AS milestones,
			c.signed_at, coalesce(c.ended_at, c.signed_at) AS ended_at, r.sha256, c.currency,
			(SELECT coalesce(sum(x.minor), 0)::bigint FROM standing.payments x WHERE x.contract = c.id) AS paid,
			coalesce((SELECT v.words FROM review.reviews v JOIN review.windows w ON w.contract = v.contract AND w.revealed_at IS NOT NULL
				WHERE v.contract = c.id AND v.about = $2 AND NOT `+restriction.IsRemoved("'review/' || v.id", "$3")+` LIMIT 1), '') AS review
		FROM contract.contracts c JOIN contract.offers o ON o.id = c.offer JOIN contract.revisions r ON r.offer = o.id AND r.n = o.revision
		JOIN proposal.proposals l ON l.id = c.proposal JOIN jobpost.posts post ON post.id = l.post LEFT JOIN skill.categories cat ON cat.key = post.category
		JOIN account.people p ON p.id = $2
		WHERE c.id = $1 AND (c.client = $2 OR c.freelancer = $2)`, id, who, tx.Now)
	switch {
	case errors.Is(err, db.NoRow):
		return record{}, ErrNotFound
	case err != nil:
		return record{}, err
	case !r.Ended || r.Paid <= 0:
		return record{}, ErrNotYet
	}
	return r.record, nil
}

// credential says of one side what happened.
func (r record) credential(i *Issuer, client bool) Credential {
	side, kind, about := "freelancer", "WorkCompletion", r.Freelancer
	done := fmt.Sprintf("%s did the work of a contract that both sides had signed, and was paid for it through escrow.", r.Name)
	if client {
		side, kind, about = "client", "PaymentRecord", r.Client
		done = fmt.Sprintf("%s paid for the work of a contract that both sides had signed, through escrow, before or as it was done.", r.Name)
	}
	id := fmt.Sprintf("%s/contracts/%d/credential/%s", i.URL, r.ID, side)
	person := fmt.Sprintf("%s/people/%d", i.URL, about)
	from := r.EndedAt.UTC().Format(time.RFC3339)
	c := Credential{
		Context: []string{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
		ID:      id, Type: []string{"VerifiableCredential", "OpenBadgeCredential"},
		Issuer:    profile{i.DID, []string{"Profile"}, i.Name, i.URL},
		ValidFrom: from, Name: r.Title,
		Subject: subject{ID: person, Type: []string{"AchievementSubject"}, Achievement: achievement{
			ID: id + "/achievement", Type: []string{"Achievement"}, Name: r.Title, Description: done,
			Criteria: narrative{"The contract has ended and the market’s ledger shows what was paid on it. The amount is given as a range."},
		}},
		Iss: i.DID, Jti: id, Nbf: r.EndedAt.Unix(), Sub: person,
		Evidence: []evidence{{
			ID: fmt.Sprintf("urn:sha256:%s", r.SHA256), Type: []string{"Evidence", kind}, Name: "The contract",
			Description: fmt.Sprintf("Signed on %s, ended on %s (%s). Parts paid: %d. Paid in all: %s. Kind of work: %s. SHA-256 of the text that both signed: %s.",
				r.SignedAt.UTC().Format(time.DateOnly), r.EndedAt.UTC().Format(time.DateOnly), r.Ending, r.Milestones, Band(money.Amount{Minor: r.Paid, Currency: r.Currency}), r.Category, r.SHA256),
		}},
	}
	if r.Review != "" {
		c.Evidence = append(c.Evidence, evidence{Type: []string{"Evidence"}, Name: "What the other side wrote", Description: r.Review})
	}
	return c
}

// Band is the range in which an amount lies, from 1, 2 or 5 of a power of ten to the
// next: what is handed to strangers need not say to the cent what somebody earned.
func Band(a money.Amount) string {
	low := money.Amount{Minor: 1, Currency: a.Currency}
	for {
		for _, next := range []int64{2, 5, 10} {
			step := low.Minor
			for step%10 == 0 && step > 1 {
				step /= 10
			}
			high := low.Minor / step * next
			if a.Minor < high {
				return fmt.Sprintf("%s to %s", low, money.Amount{Minor: high, Currency: a.Currency})
			}
			low.Minor = high
		}
	}
}
