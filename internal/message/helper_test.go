package message_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/jobpost"
	"freehold/internal/kit/blob"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/message"
	"freehold/internal/notify"
	"freehold/internal/proposal"
)

func euros(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }

const day = 24 * time.Hour

// market is a market in which Ada has proposed for a post of Carl's.
type market struct {
	*markettest.Market

	carl, ada account.Actor
	proposal  proposal.ID
}

func proposed(t *testing.T) market {
	t.Helper()
	m := market{Market: markettest.New(t)}
	m.carl, m.ada = m.Person("Carl", euros(200)), m.Person("Ada", money.Amount{})
	m.proposal = m.propose(m.ada, m.post("A logo for an orchard"))
	return m
}

// talking is proposed with the conversation open.
func talking(t *testing.T) (market, message.ConversationID) {
	t.Helper()
	m := proposed(t)
	id, err := message.Open(t.Context(), m.DB, m.carl, m.proposal)
	m.OK(err)
	return m, id
}

func (m market) post(title string) jobpost.ID {
	m.Helper()
	draft, err := jobpost.SaveDraft(m.Context(), m.DB, m.carl, 0, jobpost.Input{
		Title: title, Description: title + ": as described here, and nothing else.", Category: "design", Level: "intermediate",
		Kind: jobpost.Fixed, Currency: "EUR", BudgetMin: 400_00, Hours: 10, AnswerDays: 10,
	})
	m.OK(err)
	_, err = jobpost.Publish(m.Context(), m.DB, m.carl, draft.ID)
	m.OK(err)
	return draft.ID
}

func (m market) propose(by account.Actor, post jobpost.ID) proposal.ID {
	m.Helper()
	var letter strings.Builder
	for i := range 30 {
		fmt.Fprintf(&letter, "word%dof%d ", i, post)
	}
	p, err := proposal.Propose(m.Context(), m.DB, by, post, proposal.Input{Letter: letter.String(), Price: euros(400), Hours: 10})
	m.OK(err)
	return p.ID
}

func (m market) send(by account.Actor, to message.ConversationID, text string) message.ID {
	m.Helper()
	id, err := message.Send(m.Context(), m.DB, by, to, message.Input{Text: text})
	m.OK(err)
	return id
}

func (m market) upload(by account.Actor, name string) file.ID {
	m.Helper()
	store, err := blob.Open(m.Context(), m.TempDir())
	m.OK(err)
	defer store.Close()
	f, err := file.Save(m.Context(), m.DB, store, by, name, strings.NewReader("This is "+name))
	m.OK(err)
	return f.ID
}

func (m market) unread(who account.Actor) (n int) {
	m.Helper()
	m.OK(m.DB.Ask(m.Context(), func(a *db.Ask) { message.AskUnread(a, &n, who.ID) }))
	return n
}

// notices are somebody's notices of messages, newest first.
func (m market) notices(of account.Actor) (kept []notify.Notice) {
	m.Helper()
	all, err := notify.List(m.Context(), m.DB, of, 0, 100)
	m.OK(err)
	for _, n := range all {
		if n.Kind == "message" {
			kept = append(kept, n)
		}
	}
	return kept
}

func (m market) count(sql string, args ...any) (n int) {
	m.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) (err error) {
		n, err = db.Value[int](ctx, tx, sql, args...)
		return err
	})
	return n
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
