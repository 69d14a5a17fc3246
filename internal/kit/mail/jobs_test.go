package mail_test

import (
	"io"
	"mime/quotedprintable"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertest"

	"freehold/internal/kit/db"
	"freehold/internal/kit/db/dbtest"
	"freehold/internal/kit/mail"
)

const day = 24 * time.Hour

func quoted(r io.Reader) io.Reader { return quotedprintable.NewReader(r) }

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// queue puts one mail into the outbox and returns it.
func queue(t *testing.T, d *db.DB, m mail.Message) mail.Mail {
	t.Helper()
	ok(t, d.Update(t.Context(), func(tx *db.Tx) error { return mail.Queue(t.Context(), tx, m) }))
	return outbox(t, d)[0]
}

func outbox(t *testing.T, d *db.DB) (all []mail.Mail) {
	t.Helper()
	ok(t, d.View(t.Context(), func(tx *db.Tx) (err error) {
		all, err = mail.Outbox(t.Context(), tx, 0, 100)
		return err
	}))
	return all
}

// run does the job that sends one mail.
func run(t *testing.T, d *db.DB, s mail.Sender, id mail.ID) error {
	t.Helper()
	_, err := attempt(t, d, s, id)
	return err
}

func attempt(t *testing.T, d *db.DB, s mail.Sender, id mail.ID) (end river.EventKind, err error) {
	t.Helper()
	worker := rivertest.NewWorker(t, riverpgxv5.New(d.Pool), &river.Config{Schema: "river"},
		&mail.SendMailWorker{DB: d, Sender: s, Site: "https://freehold.example"})
	err = d.Update(t.Context(), func(tx *db.Tx) error {
		result, err := worker.Work(t.Context(), t, tx.Tx, mail.SendMail{Mail: id}, nil)
		if err == nil {
			end = result.EventKind
		}
		return err
	})
	return end, err
}

func TestAQueuedMailIsSentOnceAndNotKept(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	s := serve(t, false, false)
	smtp := sender(t, "smtp://localhost:"+s.port()+"?tls=none&"+from)
	m := queue(t, d, mail.Message{To: "ada@example.org", Name: "Ada", Subject: "A new\r\n\x1b\u202epassword", Body: "Hello Ada", Link: "/reset/SECRET"})
	if m.Subject != "A new password" || m.SentAt != nil {
		t.Errorf("queued: %+v", m)
	}
	ok(t, d.Update(t.Context(), func(tx *db.Tx) error {
		rivertest.RequireInsertedTx[*riverpgxv5.Driver](t.Context(), t, tx.Tx, mail.SendMail{},
			&rivertest.RequireInsertedOpts{Schema: "river", MaxAttempts: 15})
		return nil
	}))

	ok(t, run(t, d, smtp, m.ID))
	ok(t, run(t, d, smtp, m.ID))

	got := s.letters()
	if len(got) != 1 {
		t.Fatalf("%d mails arrived, want 1", len(got))
	}
	if _, body := read(t, got[0].text); strings.TrimSpace(body) != "Hello Ada\n\nhttps://freehold.example/reset/SECRET" {
		t.Errorf("body: %q", body)
	}
	if m := outbox(t, d)[0]; m.SentAt == nil || !m.SentAt.Equal(dbtest.Noon) || m.Body != "" || m.Link != "" {
		t.Errorf("kept: %+v", m)
	}
}

func TestAFailureIsNotedAndTriedAgain(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	s := serve(t, false, false)
	smtp := sender(t, "smtp://localhost:"+s.port()+"?tls=none&"+from)
	m := queue(t, d, mail.Message{To: "ada@example.org", Name: "Ada", Subject: "Hello", Body: "Hello Ada"})

	s.refuse(errGreylisted)
	if err := run(t, d, smtp, m.ID); err == nil {
		t.Fatal("the job believes the mail was sent")
	}
	if m := outbox(t, d)[0]; m.SentAt != nil || m.Failure == nil || !strings.Contains(*m.Failure, "come back later") || m.Body == "" {
		t.Errorf("noted: %+v", m)
	}

	s.refuse(nil)
	ok(t, run(t, d, smtp, m.ID))
	if m := outbox(t, d)[0]; m.SentAt == nil || m.Failure != nil {
		t.Errorf("noted: %+v", m)
	}
}

func TestAMailboxThatDoesNotExistIsTriedOnce(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	s := serve(t, false, false)
	smtp := sender(t, "smtp://localhost:"+s.port()+"?tls=none&"+from)
	m := queue(t, d, mail.Message{To: "nobody@example.org", Name: "Nobody", Subject: "Hello", Body: "Hello"})
	end, err := attempt(t, d, smtp, m.ID)
	ok(t, err)
	if end != river.EventKindJobCancelled {
		t.Errorf("the job ends %s", end)
	}
	if m := outbox(t, d)[0]; m.SentAt != nil || m.Failure == nil || !strings.Contains(*m.Failure, "no such mailbox") {
		t.Errorf("noted: %+v", m)
	}
}

func TestWithoutAServerMailStaysInTheOutbox(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	m := queue(t, d, mail.Message{To: "ada@example.org", Name: "Ada", Subject: "Hello", Body: "Hello Ada", Link: "/"})
	ok(t, run(t, d, sender(t, ""), m.ID))
	if got := outbox(t, d); len(got) != 1 || got[0] != m {
		t.Errorf("outbox: %+v", got)
	}
}

func TestAMailIsQueuedOnlyIfItsTransactionCommits(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	err := d.Update(t.Context(), func(tx *db.Tx) error {
		ok(t, mail.Queue(t.Context(), tx, mail.Message{To: "ada@example.org", Name: "Ada", Subject: "You are hired", Body: "Hello"}))
		return io.ErrUnexpectedEOF
	})
	if err == nil || len(outbox(t, d)) != 0 {
		t.Errorf("%v; outbox: %+v", err, outbox(t, d))
	}
}

func TestTheOutboxIsReadPageByPage(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	for _, subject := range []string{"one", "two", "three"} {
		queue(t, d, mail.Message{To: "ada@example.org", Subject: subject})
	}
	ok(t, d.View(t.Context(), func(tx *db.Tx) error {
		first, err := mail.Outbox(t.Context(), tx, 0, 2)
		ok(t, err)
		rest, err := mail.Outbox(t.Context(), tx, first[1].ID, 2)
		ok(t, err)
		if len(first) != 2 || first[0].Subject != "three" || len(rest) != 1 || rest[0].Subject != "one" {
			t.Errorf("pages: %+v, %+v", first, rest)
		}
		return nil
	}))
}

func TestMailIsSweptAfterAMonth(t *testing.T) {
	t.Parallel()
	d, clock := dbtest.New(t)
	old := queue(t, d, mail.Message{To: "ada@example.org", Subject: "old"})
	clock.Advance(20 * day)
	queue(t, d, mail.Message{To: "ada@example.org", Subject: "new"})
	clock.Advance(12 * day)
	ok(t, mail.Sweep(t.Context(), d))
	if left := outbox(t, d); len(left) != 1 || left[0].Subject != "new" {
		t.Errorf("left: %+v", left)
	}
	ok(t, run(t, d, mail.Keep{}, old.ID)) // its job, still waiting, finds nothing to do
}
