package demo_test

import (
	"context"
	"testing"

	"freehold/internal/banking/sandbox"
	"freehold/internal/contract"
	"freehold/internal/demo"
	"freehold/internal/kit/db"
	"freehold/internal/markettest"
	"freehold/internal/proposal"
)

func TestTheStoryIsPlayedThroughTheUseCases(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	clock := new(demo.Clock)
	m.DB.Now = clock.Now
	in := demo.Market{DB: m.DB, Rail: sandbox.Rail{}, Clock: clock, Sweep: func(ctx context.Context) error {
		if _, err := proposal.LapseDue(ctx, m.DB); err != nil {
			return err
		}
		_, err := contract.SweepDue(ctx, m.DB)
		return err
	}}
	for range 2 { // the second time there is nothing left to do
		people, err := demo.Fill(t.Context(), in)
		m.OK(err)
		if len(people) < 10 {
			t.Errorf("%d people", len(people))
		}
	}
	for sql, want := range map[string]int{
		`SELECT count(*) FROM jobpost.posts WHERE state = 'lapsed'`:                  1,
		`SELECT count(*) FROM contract.contracts WHERE ending = 'completed'`:         1,
		`SELECT count(*) FROM contract.contracts WHERE state = 'signed'`:             1,
		`SELECT count(*) FROM contract.milestones WHERE state = 'submitted'`:         1,
		`SELECT count(*) FROM contract.offers WHERE state = 'signed by one'`:         1,
		`SELECT count(*) FROM ledger.postings WHERE kind = 'share'`:                  1,
		`SELECT count(*) FROM jobpost.posts WHERE state = 'open'`:                    5,
		`SELECT count(*) FROM jobpost.invitations WHERE state = 'sent'`:              1,
		`SELECT count(*) FROM proposal.proposals WHERE state IN ('read', 'offered')`: 2,
	} {
		m.View(func(ctx context.Context, tx *db.Tx) error {
			got, err := db.Value[int](ctx, tx, sql)
			if got != want {
				t.Errorf("%s: %d, want %d", sql, got, want)
			}
			return err
		})
	}
}
