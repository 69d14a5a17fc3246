package mail_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertest"
	"github.com/riverqueue/river/rivertype"

	"freehold/internal/kit/db"
	"freehold/internal/kit/db/dbtest"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/say"
)

const day = 24 * time.Hour

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// saying is a mail to Ada.
func saying(subject string) mail.Message {
	return mail.Message{To: "ada@example.org", Name: "Ada", Body: mail.Body{Subject: say.That("%s", subject), Says: []say.Sentence{say.That("Here it is.")}}}
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
		all, err = mail.Outbox(t.Context(), tx, 0, 2000)
		return err
	}))
	return all
}

func undelivered(t *testing.T, d *db.DB, address string) (m *mail.Mail) {
	t.Helper()
	ok(t, d.View(t.Context(), func(tx *db.Tx) (err error) { m, err = mail.Undelivered(t.Context(), tx, address); return err }))
	return m
}

// run does the job that sends one mail.
func run(t *testing.T, d *db.DB, s mail.Sender, id mail.ID) error {
	t.Helper()
	_, err := attempt(t, d, s, id)
	return err
}

func attempt(t *testing.T, d *db.DB, s mail.Sender, id mail.ID) (end river.EventKind, err error) {
	t.Helper()
	worker := rivertest.NewWorker(t, riverpgxv5.New(d.Pool), &river.Config{Schema: "river"}, worker(d, s))
	err = d.Update(t.Context(), func(tx *db.Tx) error {
		result, err := worker.Work(t.Context(), t, tx.Tx, mail.SendMail{Mail: id}, nil)
		if err == nil {
			end = result.EventKind
		}
		return err
	})
	return end, err
}

func worker(d *db.DB, s mail.Sender) *mail.SendMailWorker {
	return &mail.SendMailWorker{DB: d, Sender: s, Site: site}
}

// clear is a sender to a test server, without encryption.
func clear(t *testing.T, s *server) mail.Sender {
	t.Helper()
	return sender(t, "smtp://localhost:"+s.port()+"?tls=none&"+from)
}

func TestAQueuedMailIsSentOnceAndNotKept(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	s := serve(t, false, false)
	smtp := clear(t, s)
	message := saying("A new\r\n\x1b\u202epassword")
	message.Body.Button, message.Body.Link = say.That("Choose it"), "/reset/SECRET"
	m := queue(t, d, message)
	if m.Subject != "A new password" || m.SentAt != nil {
		t.Errorf("queued: %+v", m)
	}
	ok(t, d.Update(t.Context(), func(tx *db.Tx) error {
		rivertest.RequireInsertedTx[*riverpgxv5.Driver](t.Context(), t, tx.Tx, mail.SendMail{},
			&rivertest.RequireInsertedOpts{Schema: "river", MaxAttempts: 15, Queue: db.Outside})
		return nil
	}))

	ok(t, run(t, d, smtp, m.ID))
	ok(t, run(t, d, smtp, m.ID))

	got := s.letters()
	if len(got) != 1 {
		t.Fatalf("%d mails arrived, want 1", len(got))
	}
	for kind, part := range second(read(t, got[0].text)) {
		if !strings.Contains(part, "Here it is.") || !strings.Contains(part, "https://freehold.example/reset/SECRET") {
			t.Errorf("%s: %q", kind, part)
		}
	}
	if m := outbox(t, d)[0]; m.SentAt == nil || !m.SentAt.Equal(dbtest.Noon) || !reflect.DeepEqual(m.Body, mail.Body{}) {
		t.Errorf("kept: %+v", m)
	}
}

func second[A, B any](_ A, b B) B { return b }

func TestAFailureIsNotedAndTriedAgain(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	s := serve(t, false, false)
	m := queue(t, d, saying("Hello"))

	for _, refusal := range []*smtp.SMTPError{
		{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "come back later"},
		{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "the mailbox is full"},
		{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "we do not know you"}, // which the operator can mend
	} {
		s.refuse(refusal)
		if err := run(t, d, clear(t, s), m.ID); err == nil {
			t.Fatalf("%v: the job believes the mail was sent", refusal)
		}
		if m := outbox(t, d)[0]; m.SentAt != nil || m.GivenUpAt != nil || m.Failure == nil || !strings.Contains(*m.Failure, refusal.Message) || len(m.Body.Says) == 0 {
			t.Errorf("noted: %+v", m)
		}
	}
	if undelivered(t, d, m.To) != nil {
		t.Error("Ada is told before it is over")
	}

	s.refuse(nil)
	ok(t, run(t, d, clear(t, s), m.ID))
	if m := outbox(t, d)[0]; m.SentAt == nil || m.Failure != nil {
		t.Errorf("noted: %+v", m)
	}
}

func TestWhatIsRefusedForGoodIsTriedOnceAndKeptWithTheReason(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	s := serve(t, false, false)
	lost := saying("Hello")
	lost.To = "Nobody@example.org"
	unwanted := saying("Buy this")
	for _, test := range []struct {
		m    mail.Message
		says error
		want string
	}{
		{lost, nil, "550 5.1.1 no such mailbox"},
		{unwanted, &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "nobody here reads this"}, "554 5.6.0 nobody here reads this"},
	} {
		s.refuse(test.says)
		m := queue(t, d, test.m)
		end, err := attempt(t, d, clear(t, s), m.ID)
		ok(t, err)
		if end != river.EventKindJobCancelled {
			t.Errorf("the job ends %s", end)
		}
		if m := outbox(t, d)[0]; m.SentAt != nil || m.GivenUpAt == nil || m.Failure == nil || *m.Failure != test.want {
			t.Errorf("noted: %s of %+v", *m.Failure, m)
		}
		if u := undelivered(t, d, strings.ToLower(m.To)); u == nil || u.Subject != m.Subject || *u.Failure != test.want {
			t.Errorf("they are told %+v", u)
		}
	}

	s.refuse(nil)
	ok(t, run(t, d, clear(t, s), queue(t, d, saying("Hello again")).ID))
	if u := undelivered(t, d, unwanted.To); u != nil {
		t.Errorf("what has arrived since is forgotten: %+v", u)
	}
}

func TestAMailIsGivenUpAfterTheLastTry(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	s := serve(t, false, false)
	s.refuse(errGreylisted)
	m := queue(t, d, saying("Hello"))
	for _, try := range []int{14, 15} {
		job := &river.Job[mail.SendMail]{JobRow: &rivertype.JobRow{Attempt: try, MaxAttempts: 15}, Args: mail.SendMail{Mail: m.ID}}
		if err := worker(d, clear(t, s)).Work(t.Context(), job); err == nil {
			t.Error("the job believes the mail was sent")
		}
		if u := undelivered(t, d, m.To); (u != nil) != (try == 15) {
			t.Errorf("after try %d they are told %+v", try, u)
		}
	}
}

func TestAServerThatIsAwayIsWaitedFor(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	away, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "localhost:0")
	ok(t, err)
	_, port, _ := net.SplitHostPort(away.Addr().String())
	ok(t, away.Close())
	m := queue(t, d, saying("Hello"))
	if err := run(t, d, sender(t, "smtp://localhost:"+port+"?tls=none&"+from), m.ID); err == nil {
		t.Fatal("the job believes the mail was sent")
	}
	if m := outbox(t, d)[0]; m.SentAt != nil || m.GivenUpAt != nil || m.Failure == nil || len(m.Body.Says) == 0 {
		t.Errorf("noted: %+v", m)
	}
	s := serve(t, false, false)
	ok(t, run(t, d, clear(t, s), m.ID))
	if got := s.letters(); len(got) != 1 {
		t.Errorf("%d mails arrived, want 1", len(got))
	}
}

func TestAServerThatSaysNothingIsLeft(t *testing.T) {
	t.Parallel()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "localhost:0")
	ok(t, err)
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	start := time.Now()
	for _, setting := range []string{"smtp://localhost:" + port + "?tls=none&" + from, "smtps://localhost:" + port + "?" + from} {
		if err := mail.Impatient(sender(t, setting)).Send(t.Context(), toAda()); err == nil {
			t.Error("sent to nobody")
		}
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("left after %v", took)
	}
}

// SMTP has a moment in which a mail is the server's and we cannot know
// (RFC 1047). Only then is it sent again, and mail programs see that it is the
// same.
func TestALostConnectionSendsNoMailTwiceButInTheMomentThatNobodyCanKnow(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		at             moment
		tries, arrives int
	}{
		"half of the mail is there":            {inTheMail, 2, 1},
		"all is there, the answer is not":      {beforeYes, 2, 2},
		"the server has said that it has it":   {afterYes, 1, 1},
		"nothing is lost, and all is in order": {never, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, _ := dbtest.New(t)
			s := serve(t, false, false)
			m := queue(t, d, saying("Hello"))
			s.hangUp(test.at)
			tries := 1
			for ; run(t, d, clear(t, s), m.ID) != nil; tries++ {
				if tries == 5 {
					t.Fatal("it is never sent")
				}
			}
			got := s.letters()
			if tries != test.tries || len(got) != test.arrives {
				t.Fatalf("%d tries, and %d mails arrived", tries, len(got))
			}
			for _, l := range got {
				if a, b := first(read(t, l.text)).Get("Message-Id"), first(read(t, got[0].text)).Get("Message-Id"); a != b || a == "" {
					t.Errorf("the same mail is called %s and %s", a, b)
				}
			}
			if m := outbox(t, d)[0]; m.SentAt == nil {
				t.Errorf("noted: %+v", m)
			}
		})
	}
}

func first[A, B any](a A, _ B) A { return a }

func TestAThousandMailsArriveOnceEachThoughTheServerIsMoody(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	s := serve(t, false, true)
	snd := sender(t, "smtp://market:p%3Ass%20w%40rd@localhost:"+s.port()+"?"+from)
	const n = 1000
	ok(t, d.Update(t.Context(), func(tx *db.Tx) error {
		for i := range n {
			if err := mail.Queue(t.Context(), tx, saying(fmt.Sprintf("Number %d", i))); err != nil {
				return err
			}
		}
		return nil
	}))

	todo := make(chan mail.ID, n)
	for _, m := range outbox(t, d) {
		todo <- m.ID
	}
	close(todo)
	start := time.Now()
	var senders sync.WaitGroup
	for i := range 8 {
		senders.Go(func() {
			for id := range todo {
				if int(id)%100 == i {
					s.hangUp(moment(int(id) % 2 * 3)) // never, or after the server's yes
				}
				job := &river.Job[mail.SendMail]{JobRow: &rivertype.JobRow{Attempt: 1, MaxAttempts: 15}, Args: mail.SendMail{Mail: id}}
				if err := worker(d, snd).Work(context.WithoutCancel(t.Context()), job); err != nil {
					t.Error(err)
				}
			}
		})
	}
	senders.Wait()
	t.Logf("%d mails took %v, each over a TLS connection of its own", n, time.Since(start).Round(time.Millisecond))

	arrived := map[string]int{}
	for _, l := range s.letters() {
		arrived[first(read(t, l.text)).Get("Message-Id")]++
		if !l.encrypted || l.user != "market" {
			t.Errorf("it came as %+v", l)
		}
	}
	if len(arrived) != n || len(s.letters()) != n {
		t.Errorf("%d different mails arrived, and %d in all", len(arrived), len(s.letters()))
	}
	for _, m := range outbox(t, d) {
		if m.SentAt == nil {
			t.Errorf("not sent: %+v", m)
		}
	}
}

func TestWithoutAServerMailStaysInTheOutbox(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	m := queue(t, d, saying("Hello"))
	ok(t, run(t, d, sender(t, ""), m.ID))
	if got := outbox(t, d); len(got) != 1 || !reflect.DeepEqual(got[0], m) {
		t.Errorf("outbox: %+v", got)
	}
}

func TestAMailIsQueuedOnlyIfItsTransactionCommits(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	err := d.Update(t.Context(), func(tx *db.Tx) error {
		ok(t, mail.Queue(t.Context(), tx, saying("You are hired")))
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
		queue(t, d, saying(subject))
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
	old := queue(t, d, saying("old"))
	clock.Advance(20 * day)
	queue(t, d, saying("new"))
	clock.Advance(12 * day)
	ok(t, mail.Sweep(t.Context(), d))
	if left := outbox(t, d); len(left) != 1 || left[0].Subject != "new" {
		t.Errorf("left: %+v", left)
	}
	ok(t, run(t, d, mail.Keep{}, old.ID)) // its job, still waiting, finds nothing to do
}
