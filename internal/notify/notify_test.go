package notify_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertest"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/db/dbtest"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

func init() { // hashing at full cost would take longer than all the tests
	account.PasswordCost = argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

// post is a market in which people are only told things.
type post struct {
	*testing.T
	d     *db.DB
	clock *dbtest.Clock
}

func open(t *testing.T) post {
	t.Helper()
	d, clock := dbtest.New(t)
	return post{t, d, clock}
}

func (p post) ok(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

// person has joined, and confirmed an address at demo.test.
func (p post) person(name string) (by account.Actor) {
	p.Helper()
	return p.join(name, strings.ToLower(name)+"@demo.test")
}

func (p post) join(name, email string) (by account.Actor) {
	p.Helper()
	id, err := account.SignUp(p.Context(), p.d, account.SignUpInput{Name: name, Email: email,
		Password: "correct horse battery staple", Kind: account.AsBoth, TimeZone: "Asia/Kuala_Lumpur", Demo: true})
	p.ok(err)
	p.update(func(ctx context.Context, tx *db.Tx) error { by, err = account.ActorOf(ctx, tx, id); return err })
	return by
}

func (p post) update(f func(context.Context, *db.Tx) error) {
	p.Helper()
	p.ok(p.d.Update(p.Context(), func(tx *db.Tx) error { return f(p.Context(), tx) }))
}

var due = time.Date(2030, 1, 31, 12, 0, 0, 0, time.UTC)

// tell sends somebody a notice by one of the ways to do so.
func (p post) tell(send func(context.Context, *db.Tx, notify.Notice) error, reader account.Actor, kind string) notify.Notice {
	p.Helper()
	p.update(func(ctx context.Context, tx *db.Tx) error {
		return send(ctx, tx, notify.Notice{Reader: reader.ID, Kind: kind, Link: "/posts/7",
			Text: say.That("Carl expects an answer to “%s” by %s.", "A logo", due)})
	})
	return p.inbox(reader)[0]
}

func (p post) inbox(reader account.Actor) []notify.Notice {
	p.Helper()
	all, err := notify.List(p.Context(), p.d, reader, 0, 100)
	p.ok(err)
	return all
}

func (p post) unread(reader account.Actor) (n int) {
	p.Helper()
	p.ok(p.d.Ask(p.Context(), func(a *db.Ask) { notify.AskUnread(a, &n, reader.ID) }))
	return n
}

// work does the job that mails a notice.
func (p post) work(job notify.MailNotice) {
	p.Helper()
	worker := rivertest.NewWorker(p.T, riverpgxv5.New(p.d.Pool), &river.Config{Schema: "river"}, &notify.MailNoticeWorker{DB: p.d})
	p.update(func(ctx context.Context, tx *db.Tx) error {
		_, err := worker.Work(ctx, p.T, tx.Tx, job, nil)
		return err
	})
}

func (p post) mails() (all []mail.Mail) {
	p.Helper()
	p.update(func(ctx context.Context, tx *db.Tx) (err error) { all, err = mail.Outbox(ctx, tx, 0, 100); return err })
	return all
}

func TestANoticeIsInTheInboxAtOnceAndMailedOnce(t *testing.T) {
	t.Parallel()
	p := open(t)
	ada, carl := p.person("Ada"), p.person("Carl")
	n := p.tell(notify.Send, ada, "answer_due")
	if n.Kind != "answer_due" || n.Link != "/posts/7" || !n.At.Equal(dbtest.Noon) || n.ReadAt != nil ||
		n.Text.String() != "Carl expects an answer to “A logo” by 31 Jan 2030, 12:00 UTC." {
		t.Errorf("told: %+v", n)
	}
	if p.unread(ada) != 1 || p.unread(carl) != 0 || len(p.inbox(carl)) != 0 {
		t.Error("Carl was told what was for Ada")
	}
	p.update(func(ctx context.Context, tx *db.Tx) error {
		rivertest.RequireInsertedTx[*riverpgxv5.Driver](ctx, t, tx.Tx, notify.MailNotice{}, &rivertest.RequireInsertedOpts{Schema: "river"})
		return nil
	})

	p.work(notify.MailNotice{Notice: n.ID})
	p.work(notify.MailNotice{Notice: n.ID})
	p.work(notify.MailNotice{Notice: 999})
	mails := p.mails()
	if len(mails) != 1 {
		t.Fatalf("%d mails, want 1", len(mails))
	}
	if m := mails[0]; m.To != "ada@demo.test" || m.Name != "Ada" || m.Body.Link != "/posts/7" ||
		m.Subject != "Carl expects an answer to “A logo” by 31 Jan 2030, 20:00 +08" {
		t.Errorf("mailed: %+v", m)
	}
}

func TestANoticeIsMailedInItsReadersLanguage(t *testing.T) {
	t.Parallel()
	p := open(t)
	ada := p.person("Ada")
	p.ok(account.ChooseLanguage(t.Context(), p.d, ada, "ms"))
	p.work(notify.MailNotice{Notice: p.tell(notify.Send, ada, "answer_due").ID})
	malay := say.Reader{Lang: "ms"}
	l, err := p.mails()[0].From(mail.Site{})
	p.ok(err)
	if !strings.Contains(l.Text, malay.T("Choose what we mail you")) || !strings.Contains(l.HTML, malay.T("Stop mail like this")) {
		t.Errorf("mailed: %s", l.Text)
	}
}

func TestNobodyIsToldOfWhatDidNotHappen(t *testing.T) {
	t.Parallel()
	p := open(t)
	ada := p.person("Ada")
	err := p.d.Update(t.Context(), func(tx *db.Tx) error {
		p.ok(notify.Send(t.Context(), tx, notify.Notice{Reader: ada.ID, Kind: "paid", Text: say.That("You are paid."), Link: "/"}))
		return errors.New("no, you are not")
	})
	if err == nil || p.unread(ada) != 0 {
		t.Errorf("%v; unread: %d", err, p.unread(ada))
	}
}

func TestMailedAreOnlyThoseWhoWantItAndHaveConfirmedTheirAddress(t *testing.T) {
	t.Parallel()
	p := open(t)
	ada := p.person("Ada")
	p.ok(notify.Mute(t.Context(), p.d, ada, "message"))
	p.ok(notify.Mute(t.Context(), p.d, ada, "message"))
	p.update(func(ctx context.Context, tx *db.Tx) error {
		muted, err := notify.Muted(ctx, tx, ada.ID)
		if len(muted) != 1 || muted[0] != "message" {
			t.Errorf("muted: %v", muted)
		}
		return err
	})
	p.work(notify.MailNotice{Notice: p.tell(notify.Send, ada, "message").ID})
	if n := len(p.mails()); n != 0 || p.unread(ada) != 1 {
		t.Errorf("muted: %d mails and %d in the inbox, want none and 1", n, p.unread(ada))
	}
	p.work(notify.MailNotice{Notice: p.tell(notify.Send, ada, "hired").ID})
	p.ok(notify.Unmute(t.Context(), p.d, ada, "message"))
	p.work(notify.MailNotice{Notice: p.tell(notify.Send, ada, "message").ID})
	if n := len(p.mails()); n != 2 {
		t.Errorf("%d mails, want 2", n)
	}

	eve := p.join("Eve", "victim@example.org")
	before := len(p.mails())
	p.work(notify.MailNotice{Notice: p.tell(notify.Send, eve, "hired").ID})
	if n := len(p.mails()); n != before {
		t.Error("an address that is not confirmed was mailed")
	}
	if err := notify.Mute(t.Context(), p.d, ada, "'; DROP TABLE"); !errors.Is(err, notify.ErrKind) {
		t.Errorf("muted nonsense: %v", err)
	}
}

func TestWhoIsHereIsNotMailed(t *testing.T) {
	t.Parallel()
	p := open(t)
	ada := p.person("Ada")
	read, unread := p.tell(notify.SendLater, ada, "message"), p.tell(notify.SendLater, ada, "message")
	_, err := notify.MarkRead(t.Context(), p.d, ada, read.ID)
	p.ok(err)
	for _, n := range []notify.Notice{read, unread} {
		p.work(notify.MailNotice{Notice: n.ID, OnlyUnread: true})
	}
	if n := len(p.mails()); n != 1 {
		t.Errorf("%d mails, want 1: about what she has not read", n)
	}
	p.update(func(ctx context.Context, tx *db.Tx) error {
		early, err := db.Value[int](ctx, tx, `
			SELECT count(*) FROM river.river_job
			WHERE kind = 'mail_notice' AND args @> '{"only_unread": true}' AND state <> 'completed'
				AND scheduled_at < created_at + interval '9 minutes'`)
		if early != 0 {
			t.Errorf("%d mails do not wait", early)
		}
		return err
	})
}

func TestReadingANotice(t *testing.T) {
	t.Parallel()
	p := open(t)
	ada, eve := p.person("Ada"), p.person("Eve")
	first := p.tell(notify.Send, ada, "hired")
	for range 3 {
		p.tell(notify.Send, ada, "message")
	}
	p.tell(notify.Send, eve, "message")

	if _, err := notify.MarkRead(t.Context(), p.d, eve, first.ID); !errors.Is(err, notify.ErrNotFound) {
		t.Errorf("Eve reads what is Ada's: %v", err)
	}
	n, err := notify.MarkRead(t.Context(), p.d, ada, first.ID)
	p.ok(err)
	p.clock.Advance(time.Hour)
	again, err := notify.MarkRead(t.Context(), p.d, ada, first.ID)
	p.ok(err)
	if n.Link != "/posts/7" || n.ReadAt == nil || !again.ReadAt.Equal(dbtest.Noon) || p.unread(ada) != 3 {
		t.Errorf("read: %+v, then %+v; %d unread", n, again, p.unread(ada))
	}

	p.update(func(ctx context.Context, tx *db.Tx) error { return notify.Seen(ctx, tx, ada.ID, "/posts/8") })
	if got := p.unread(ada); got != 3 {
		t.Errorf("%d unread after another page, want 3", got)
	}
	p.update(func(ctx context.Context, tx *db.Tx) error { return notify.Seen(ctx, tx, ada.ID, "/posts/7") })
	if got := p.unread(ada); got != 0 || p.unread(eve) != 1 {
		t.Errorf("%d unread after the page, want 0", got)
	}
	p.ok(notify.MarkAllRead(t.Context(), p.d, eve))
	if got := p.unread(eve); got != 0 {
		t.Errorf("%d unread, want 0", got)
	}
}

func TestTheInboxIsReadPageByPage(t *testing.T) {
	t.Parallel()
	p := open(t)
	ada := p.person("Ada")
	for range 5 {
		p.tell(notify.Send, ada, "message")
	}
	var seen []notify.ID
	for before := notify.ID(0); ; {
		page, err := notify.List(t.Context(), p.d, ada, before, 2)
		p.ok(err)
		if len(page) == 0 {
			break
		}
		for _, n := range page {
			seen = append(seen, n.ID)
		}
		before = page[len(page)-1].ID
	}
	if len(seen) != 5 || seen[0] <= seen[4] {
		t.Errorf("read: %v", seen)
	}
}

func TestMailingANoticeTwiceAtOnceMailsOnce(t *testing.T) {
	t.Parallel()
	p := open(t)
	ada := p.person("Ada")
	n := p.tell(notify.Send, ada, "hired")
	var wg sync.WaitGroup
	worker := &notify.MailNoticeWorker{DB: p.d}
	for range 4 {
		wg.Go(func() {
			job := &river.Job[notify.MailNotice]{Args: notify.MailNotice{Notice: n.ID}}
			if err := worker.Work(context.WithoutCancel(t.Context()), job); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := len(p.mails()); got != 1 {
		t.Errorf("%d mails, want 1", got)
	}
}

func TestANoticeIsNotTakenIfItsMailCannotBeWritten(t *testing.T) {
	t.Parallel()
	p := open(t)
	ada := p.person("Ada")
	n := p.tell(notify.Send, ada, "hired")
	_, err := p.d.Pool.Exec(t.Context(), `ALTER TABLE mail.outbox ADD CONSTRAINT broken CHECK (false) NOT VALID`)
	p.ok(err)
	job := &river.Job[notify.MailNotice]{Args: notify.MailNotice{Notice: n.ID}}
	if err := (&notify.MailNoticeWorker{DB: p.d}).Work(t.Context(), job); err == nil {
		t.Fatal("the mail is said to be written")
	}
	_, err = p.d.Pool.Exec(t.Context(), `ALTER TABLE mail.outbox DROP CONSTRAINT broken`)
	p.ok(err)
	p.work(notify.MailNotice{Notice: n.ID})
	if got := len(p.mails()); got != 1 {
		t.Errorf("%d mails, want 1", got)
	}
}
