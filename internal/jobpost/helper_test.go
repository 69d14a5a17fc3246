package jobpost_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/file"
	"freehold/internal/jobpost"
	"freehold/internal/journal"
	"freehold/internal/kit/blob"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/notify"
	"freehold/internal/proposal"
)

func euros(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }

const day = 24 * time.Hour

// market is a market in which Carl has work to give and a hundred euros, Ada
// takes on work, and Eve is a stranger.
type market struct {
	*markettest.Market
	carl, ada, eve account.Actor
}

func open(t *testing.T) market {
	t.Helper()
	m := market{Market: markettest.New(t)}
	m.carl, m.ada, m.eve = m.Person("Carl", euros(100)), m.Person("Ada", money.Amount{}), m.Person("Eve", money.Amount{})
	return m
}

// logo is a post with nothing missing.
func logo() jobpost.Input {
	return jobpost.Input{
		Title:       "A logo for an orchard",
		Description: "We grow **apples**, and want a mark that fits on a crate as well as on a letter.",
		Category:    "design", Skills: []string{"Logo design", "Illustrator"}, Level: "intermediate",
		Kind: jobpost.Fixed, Currency: "EUR", BudgetMin: 400_00, BudgetMax: 600_00, Hours: 10,
		Questions: []string{"Which of your logos are you proudest of?"}, Hire: 1, AnswerDays: 10,
	}
}

// draft saves a draft of Carl's.
func (m market) draft(in jobpost.Input) jobpost.ID {
	m.Helper()
	p, err := jobpost.SaveDraft(m.Context(), m.DB, m.carl, 0, in)
	m.OK(err)
	return p.ID
}

// published publishes a post of Carl's.
func (m market) published(in jobpost.Input) jobpost.Post {
	m.Helper()
	p, err := jobpost.Publish(m.Context(), m.DB, m.carl, m.draft(in))
	m.OK(err)
	return p
}

// proposed sends a proposal of Ada's.
func (m market) proposed(id jobpost.ID) proposal.ID {
	m.Helper()
	p, err := proposal.Propose(m.Context(), m.DB, m.ada, id, proposal.Input{
		Letter: "I have drawn marks for two cider makers and would love to draw this one.",
		Price:  euros(500), Hours: 10, Answers: []string{"The one with the pear."},
	})
	m.OK(err)
	return p.ID
}

// show is what somebody sees of a post.
func (m market) show(by account.Actor, id jobpost.ID) jobpost.View {
	m.Helper()
	v, err := jobpost.Show(m.Context(), m.DB, by, id)
	m.OK(err)
	return v
}

// bond is what is in escrow for the answers to a post.
func (m market) bond(id jobpost.ID) (held money.Amount) {
	m.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) (err error) {
		held, err = escrow.Held(ctx, tx, escrow.Bond(id), "EUR")
		return err
	})
	return held
}

// acts are what the journal has on a post.
func (m market) acts(id jobpost.ID) (acts []string) {
	m.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) error {
		entries, err := journal.Of(ctx, tx, id.Subject())
		for _, e := range entries {
			acts = append(acts, e.Act.String())
		}
		return err
	})
	return acts
}

// notices are the texts in somebody's inbox of one kind, newest first.
func (m market) notices(of account.Actor, kind string) (texts []string) {
	m.Helper()
	all, err := notify.List(m.Context(), m.DB, of, 0, 100)
	m.OK(err)
	for _, n := range all {
		if n.Kind == kind {
			texts = append(texts, n.Text.String())
		}
	}
	return texts
}

// upload keeps a file of somebody's, not attached to anything yet.
func (m market) upload(by account.Actor, name string) file.ID {
	m.Helper()
	store, err := blob.Open(m.Context(), m.TempDir())
	m.OK(err)
	defer store.Close() //nolint:errcheck // it has been read
	f, err := file.Save(m.Context(), m.DB, store, by, name, strings.NewReader("This is "+name))
	m.OK(err)
	return f.ID
}

// fails plants a failure: nothing can be put on record.
func (m market) fails() {
	m.Helper()
	m.Do(`ALTER TABLE journal.entries ADD CONSTRAINT planted CHECK (false) NOT VALID`)
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

// faults are all refusals in err: the field of each, and its code.
func faults(err error) string {
	var all []string
	for _, f := range fault.All(err) {
		all = append(all, fmt.Sprintf("%s: %s", f.Field, f.Code))
	}
	return strings.Join(all, ", ")
}
