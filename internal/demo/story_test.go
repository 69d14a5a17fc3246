package demo_test

import (
	"context"
	"io"
	"slices"
	"testing"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/conduct"
	"freehold/internal/contract"
	"freehold/internal/demo"
	"freehold/internal/dispute"
	"freehold/internal/export"
	"freehold/internal/kit/blob"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/markettest"
	"freehold/internal/proposal"
	"freehold/internal/review"
	"freehold/internal/savedsearch"
	"freehold/internal/support"
	"freehold/internal/terms"
	"freehold/internal/worklog"
)

// count is how many rows there are of one kind.
type count struct {
	Kind string
	N    int
}

func TestTheStoryIsPlayedThroughTheUseCases(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	clock := new(demo.Clock)
	m.DB.Now = clock.Now
	files, err := blob.Open(t.Context(), t.TempDir())
	m.OK(err)
	t.Cleanup(func() { m.OK(files.Close()) })
	in := demo.Market{DB: m.DB, Files: files, Rails: m.Rails, Vault: m.Vault, Clock: clock, Sweep: func(ctx context.Context) error {
		if _, err := proposal.LapseDue(ctx, m.DB); err != nil {
			return err
		}
		if _, err := worklog.SweepDue(ctx, m.DB); err != nil {
			return err
		}
		if _, err := contract.SweepDue(ctx, m.DB); err != nil {
			return err
		}
		if _, err := dispute.SweepDue(ctx, m.DB); err != nil {
			return err
		}
		if _, err := review.SweepDue(ctx, m.DB); err != nil {
			return err
		}
		if _, err := savedsearch.SweepDue(ctx, m.DB); err != nil {
			return err
		}
		if _, err := conduct.SweepDue(ctx, m.DB); err != nil {
			return err
		}
		if _, err := terms.SweepDue(ctx, m.DB); err != nil {
			return err
		}
		if _, err := banking.SweepDue(ctx, m.DB, m.Rails); err != nil {
			return err
		}
		_, err := support.SweepDue(ctx, m.DB)
		return err
	}}
	for range 2 { // the second time there is nothing left to do
		people, err := demo.Fill(t.Context(), in)
		m.OK(err)
		seen := map[string]bool{}
		for _, p := range people {
			seen[string(p.Portrait)] = true
		}
		if len(people) != 41 || len(seen) != 41 || seen[""] {
			t.Errorf("%d people with %d portraits", len(people), len(seen))
		}
	}
	holdsNoNumbers(t, m)
	for sql, want := range map[string]map[string]int{
		`SELECT state AS kind, count(*) AS n FROM jobpost.posts GROUP BY state`: {
			"draft": 3, "open": 27, "filled": 30, "closed": 7, "lapsed": 3},
		`SELECT state AS kind, count(*) AS n FROM proposal.proposals GROUP BY state`: {
			"waiting list": 2, "submitted": 52, "read": 19, "shortlisted": 12, "offered": 3, "hired": 31, "declined": 47, "withdrawn": 1, "lapsed": 9},
		`SELECT state AS kind, count(*) AS n FROM contract.offers GROUP BY state`: {
			"open": 1, "countered": 2, "signed by one": 1, "signed by both": 31, "declined": 1, "expired": 1},
		`SELECT coalesce(ending, state) AS kind, count(*) AS n FROM contract.contracts GROUP BY 1`: {
			"signed": 1, "active": 15, "under notice": 2, "starved": 1, "completed": 9, "ended early": 2, "never funded": 1},
		`SELECT state AS kind, count(*) AS n FROM contract.milestones WHERE closes_at IS NULL GROUP BY state`: {
			"planned": 9, "funded": 6, "submitted": 4, "changes asked": 1, "disputed": 4, "split": 1, "approved": 23, "taken back": 1, "dropped": 3},
		`SELECT coalesce(how, state) AS kind, count(*) AS n FROM dispute.disputes GROUP BY 1`:      {"talking": 1, "deciding": 1, "decided": 1, "reviewing": 1, "agreed": 1},
		`SELECT state AS kind, count(*) AS n FROM conduct.reports GROUP BY state`:                  {"new": 1, "in review": 3, "decision": 3},
		`SELECT measure AS kind, count(*) AS n FROM conduct.decisions GROUP BY measure`:            {"limit visibility": 1, "limit posting": 1, "warning": 1},
		`SELECT coalesce(outcome, 'filed') AS kind, count(*) AS n FROM conduct.appeals GROUP BY 1`: {"upheld": 1, "filed": 1},
		`SELECT state AS kind, count(*) AS n FROM support.cases GROUP BY state`:                    {"open": 2, "answered": 1, "closed": 2},
		`SELECT state AS kind, count(*) AS n FROM review.windows GROUP BY state`: {
			"client wrote": 1, "revealed": 7, "closed": 2},
		`SELECT state AS kind, count(*) AS n FROM jobpost.invitations GROUP BY state`: {"sent": 1, "proposed": 2},
		`SELECT name AS kind, count(*) AS n FROM savedsearch.searches s JOIN savedsearch.finds f ON f.search = s.id GROUP BY name`: {
			"Shops and bookings": 5, "Lists and catalogues": 3, "Everything for the web": 3},
		`SELECT currency AS kind, count(*) AS n FROM contract.contracts GROUP BY currency`: {
			"EUR": 12, "USD": 6, "GBP": 5, "MYR": 2, "SGD": 2, "SEK": 1, "MXN": 1, "CHF": 1, "JPY": 1},
		`SELECT every AS kind, count(*) AS n FROM contract.contracts WHERE every IS NOT NULL GROUP BY every`: {"week": 2, "month": 1},
		`SELECT kind, count(*) AS n FROM ledger.postings WHERE kind IN ('share', 'forfeit') GROUP BY kind`:   {"share": 3, "forfeit": 1},
	} {
		m.View(func(ctx context.Context, tx *db.Tx) error {
			got, err := db.All[count](ctx, tx, sql)
			for _, c := range got {
				if want[c.Kind] != c.N {
					t.Errorf("%s: %d of %s, want %d", sql, c.N, c.Kind, want[c.Kind])
				}
				delete(want, c.Kind)
			}
			for kind, n := range want {
				t.Errorf("%s: none of %s, want %d", sql, kind, n)
			}
			return err
		})
	}
	everybodyTakesEverythingAlong(m, files)
}

// What two share, each of them can take along, and nobody else can.
func everybodyTakesEverythingAlong(m *markettest.Market, files *blob.Store) {
	var everybody []account.ID
	shared := map[string]int{"contracts": 0, "messages": 0, "disputes": 0, "amendments": 0}
	m.View(func(ctx context.Context, tx *db.Tx) (err error) {
		if everybody, err = db.Values[account.ID](ctx, tx, `SELECT id FROM account.people`); err != nil {
			return err
		}
		for table, in := range map[string]string{"contracts": "contract", "messages": "message", "disputes": "dispute", "amendments": "contract"} {
			if shared[table], err = db.Value[int](ctx, tx, `SELECT 2 * count(*) FROM `+in+`.`+table); err != nil {
				return err
			}
		}
		return nil
	})
	unread := 0
	for _, id := range everybody {
		r, err := export.TakeFor(m.Context(), m.DB, id)
		m.OK(err)
		m.OK(r.Zip(m.Context(), io.Discard, export.Market{DB: m.DB, Files: files, Seal: markettest.Seal}, say.Reader{Lang: r.Of.Language}))
		for _, t := range r.Tables {
			shared[t.Name] -= len(t.Rows)
			if t.Name == "proposals_received" {
				unread += unreadOf(m, t)
			}
		}
	}
	if unread == 0 {
		m.Error("there is no proposal that its client has not opened")
	}
	for _, table := range []string{"contracts", "messages", "disputes", "amendments"} {
		if shared[table] != 0 {
			m.Errorf("%s that are not in the records of both sides, or in those of others: %d", table, shared[table])
		}
	}
}

// unreadOf counts the proposals that a client has not opened, which have neither a
// letter nor a price for them yet.
func unreadOf(m *markettest.Market, t export.Table) (n int) {
	letter, price, read := slices.Index(t.Columns, "letter"), slices.Index(t.Columns, "price_minor"), slices.Index(t.Columns, "read_at")
	for _, row := range t.Rows {
		if row[read] != nil {
			continue
		}
		n++
		if row[letter] != nil || row[price] != nil {
			m.Errorf("a proposal is read by way of a copy: %v", row)
		}
	}
	return n
}
