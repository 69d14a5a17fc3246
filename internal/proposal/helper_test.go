package proposal_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"freehold/internal/account"
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

// market is a market in which Carl has published a post that he must answer
// within ten days, and Ada, a designer, has not proposed yet.
type market struct {
	*markettest.Market

	carl, ada account.Actor
	post      jobpost.Post
}

func open(t *testing.T, change ...func(*jobpost.Input)) market {
	t.Helper()
	m := market{Market: markettest.New(t)}
	m.carl, m.ada = m.Person("Carl", euros(100)), m.Person("Ada", money.Amount{})
	m.post = m.publish(change...)
	return m
}

// publish publishes one more post of Carl's.
func (m market) publish(change ...func(*jobpost.Input)) jobpost.Post {
	m.Helper()
	in := jobpost.Input{
		Title: "A logo for an orchard", Description: "We grow apples and want a mark that fits on a crate.",
		Category: "design", Skills: []string{"Logo design"}, Level: "intermediate", Kind: jobpost.Fixed,
		Currency: "EUR", BudgetMin: 400_00, BudgetMax: 600_00, Hours: 10, Hire: 1, AnswerDays: 10,
	}
	for _, c := range change {
		c(&in)
	}
	draft, err := jobpost.SaveDraft(m.Context(), m.DB, m.carl, 0, in)
	m.OK(err)
	post, err := jobpost.Publish(m.Context(), m.DB, m.carl, draft.ID)
	m.OK(err)
	return post
}

func about(title, description string) func(*jobpost.Input) {
	return func(in *jobpost.Input) { in.Title, in.Description = title, description }
}

// offer is a proposal that is good for Carl's posts. Its letter is like no other.
func offer(topic string) proposal.Input {
	var letter strings.Builder
	for i := range 30 {
		fmt.Fprintf(&letter, "%s%d ", topic, i)
	}
	return proposal.Input{Letter: letter.String(), Price: euros(500), Hours: 10}
}

// proposed sends somebody's proposal to Carl's post.
func (m market) proposed(by account.Actor) proposal.ID {
	m.Helper()
	p, err := proposal.Propose(m.Context(), m.DB, by, m.post.ID, offer(by.Name))
	m.OK(err)
	return p.ID
}

// people are freelancers nobody needs to know by name.
func (m market) people(n int) []account.Actor {
	m.Helper()
	all := make([]account.Actor, n)
	for i := range all {
		all[i] = m.Person(fmt.Sprintf("Freelancer %d", i+1), money.Amount{})
	}
	return all
}

// limits sets a freelancer's quota and a post's cap.
func (m market) limits(quota, places int) {
	m.Helper()
	m.Do(`
		INSERT INTO terms.settings (set_at, since, reason, client_fee_bp, freelancer_fee_bp, answer_days, open_proposals, proposals_per_post,
			offer_days, fund_days, acceptance_days, change_rounds, grace_days, starved_days, notice_days, ending_fee_bp)
		SELECT set_at, since, 'to have fewer people in a test', client_fee_bp, freelancer_fee_bp, answer_days, $1, $2,
			offer_days, fund_days, acceptance_days, change_rounds, grace_days, starved_days, notice_days, ending_fee_bp
		FROM terms.settings ORDER BY version DESC LIMIT 1`, quota, places)
}

// upload keeps a file of somebody's, not attached to anything yet.
func (m market) upload(by account.Actor, name string) file.ID {
	m.Helper()
	store, err := blob.Open(m.Context(), m.TempDir())
	m.OK(err)
	defer store.Close()
	f, err := file.Save(m.Context(), m.DB, store, by, name, strings.NewReader("This is "+name))
	m.OK(err)
	return f.ID
}

func (m market) state(id proposal.ID) proposal.State {
	m.Helper()
	return proposal.State(m.text(`SELECT state FROM proposal.proposals WHERE id = $1`, id))
}

func (m market) postState() jobpost.State {
	m.Helper()
	return jobpost.State(m.text(`SELECT state FROM jobpost.posts WHERE id = $1`, m.post.ID))
}

func (m market) text(sql string, args ...any) (s string) {
	m.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) (err error) {
		s, err = db.Value[string](ctx, tx, sql, args...)
		return err
	})
	return s
}

func (m market) count(sql string, args ...any) (n int) {
	m.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) (err error) {
		n, err = db.Value[int](ctx, tx, sql, args...)
		return err
	})
	return n
}

func (m market) record() (r proposal.AnswerRecord) {
	m.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) (err error) {
		r, err = proposal.AnswerRecordOf(ctx, tx, m.carl.ID)
		return err
	})
	return r
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

// told fails the test unless somebody's one notice of a kind has all these words.
func (m market) told(who account.Actor, kind string, words ...string) {
	m.Helper()
	texts := m.notices(who, kind)
	if len(texts) != 1 {
		m.Fatalf("%s has %d notices of kind %s: %q", who.Name, len(texts), kind, texts)
	}
	for _, w := range words {
		if !strings.Contains(texts[0], w) {
			m.Errorf("%s reads %q, which does not say %q", who.Name, texts[0], w)
		}
	}
}

// acts are what the journal has on a subject.
func (m market) acts(subject string) (acts []string) {
	m.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) error {
		entries, err := journal.Of(ctx, tx, subject)
		for _, e := range entries {
			acts = append(acts, e.Act.String())
		}
		return err
	})
	return acts
}

// fails plants a failure: no job can be queued, so nobody can be told of anything.
func (m market) fails() {
	m.Helper()
	m.Do(`ALTER TABLE river.river_job ADD CONSTRAINT planted CHECK (false) NOT VALID`)
}

func (m market) update(f func(ctx context.Context, tx *db.Tx) error) error {
	ctx := context.Background()
	return m.DB.Update(ctx, func(tx *db.Tx) error { return f(ctx, tx) })
}

// offered makes an offer on a proposal, as a contract does.
func (m market) offered(id proposal.ID) {
	m.Helper()
	m.OK(m.update(func(ctx context.Context, tx *db.Tx) error {
		post, p, err := proposal.Lock(ctx, tx, m.carl, id)
		if err != nil {
			return err
		}
		return proposal.MarkOffered(ctx, tx, post, p)
	}))
}

func (m market) offerEnds(id proposal.ID, why proposal.OfferEnd) {
	m.Helper()
	m.OK(m.update(func(ctx context.Context, tx *db.Tx) error {
		post, p, err := proposal.Lock(ctx, tx, account.System, id)
		if err != nil {
			return err
		}
		return proposal.OfferEnded(ctx, tx, post, p, why)
	}))
}

func (m market) hire(id proposal.ID) error {
	return m.update(func(ctx context.Context, tx *db.Tx) error {
		post, p, err := proposal.Lock(ctx, tx, m.carl, id)
		if err != nil {
			return err
		}
		return proposal.Hire(ctx, tx, post, p)
	})
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

// refusals fails the test unless all but one of errs are refusals like want.
func refusals(t *testing.T, errs []error, want ...error) {
	t.Helper()
	done := 0
	for _, err := range errs {
		known := false
		for _, w := range want {
			known = known || errors.Is(err, w)
		}
		if err == nil {
			done++
		} else if !known {
			t.Errorf("got %v, want one of %v", err, want)
		}
	}
	if done != 1 {
		t.Errorf("%d of %d were done, want 1: %v", done, len(errs), errs)
	}
}

// codes are the fields and codes of all refusals in err.
func codes(err error) (all []string) {
	for _, f := range fault.All(err) {
		all = append(all, strings.TrimPrefix(f.Field+": "+f.Code, ": "))
	}
	return all
}
