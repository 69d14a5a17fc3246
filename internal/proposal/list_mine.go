package proposal

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/terms"
)

// Sent is a proposal in its freelancer's list.
type Sent struct {
	ID            ID
	Post          jobpost.ID
	Title         string // of the post
	State         State
	Currency      string
	PriceMinor    int64
	At            time.Time
	AnswerBy      time.Time // when an answer is due
	ReadAt        *time.Time
	EndedAt       *time.Time
	DeclineReason *string
}

// Price is what the freelancer asked.
func (s Sent) Price() money.Amount { return money.Amount{Minor: s.PriceMinor, Currency: s.Currency} }

// Mine returns up to n of by's own proposals, newest first, that came before the
// given one (0: from the newest).
func Mine(ctx context.Context, d *db.DB, by account.Actor, before ID, n int) (list []Sent, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		list, err = sentBy(ctx, tx, by.ID, before, n)
		return err
	})
	return list, err
}

// Own is what a freelancer sees of their proposals.
type Own struct {
	Open  []Sent // what has not ended, newest first: the quota keeps it short
	Quota int    // how many may be open
	Ended []Sent // newest first
}

// ListOwn returns by's open proposals, and up to n that have ended, before the
// given one (0: from the newest).
func ListOwn(ctx context.Context, d *db.DB, by account.Actor, before ID, n int) (o Own, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		set, err := terms.Current(ctx, tx)
		if err != nil {
			return err
		}
		o.Quota = set.OpenProposals
		if o.Open, err = openOf(ctx, tx, by.ID); err != nil {
			return err
		}
		o.Ended, err = endedOf(ctx, tx, by.ID, before, n)
		return err
	})
	return o, err
}
