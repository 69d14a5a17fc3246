package app_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"testing"
	"time"

	"freehold/internal/app"
	"freehold/internal/banking"
	"freehold/internal/kit/db"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/say"
	"freehold/internal/markettest"
	"freehold/internal/notify"
)

// Twenty mails wait for a server that takes calls and says nothing. Ada's money
// does not wait with them.
func TestAMailServerThatDoesNotAnswerKeepsNothingElseWaiting(t *testing.T) {
	t.Parallel()
	calls, port := silence(t)
	m := &market{Market: markettest.New(t)}
	a, err := app.Open(context.Background(), app.Config{Data: t.TempDir(), DatabaseURL: m.DB.Pool.Config().ConnString(), Connections: 8,
		Now: m.Clock.Now, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), SMTP: "smtp://localhost:" + port + "?tls=none&from=market@freehold.example"})
	m.OK(err)
	t.Cleanup(func() { m.OK(a.Close()) })
	ada := m.Person("Ada", euros(100))
	m.OK(m.DB.Update(t.Context(), func(tx *db.Tx) error {
		for i := range 20 {
			if err := mail.Queue(t.Context(), tx, mail.Message{To: ada.Email, Name: ada.Name, Body: mail.Body{Subject: say.That("Number %d", i)}}); err != nil {
				return err
			}
		}
		return nil
	}))
	serve(t, a)
	t.Cleanup(calls.hangUp) // so that the program can end
	for range 4 {
		calls.wait(t)
	}

	_, err = banking.Withdraw(t.Context(), m.DB, m.Rail, ada, euros(100), banking.Usual)
	m.OK(err)
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		told, err := notify.List(t.Context(), m.DB, ada, 0, 10)
		m.OK(err)
		if slices.ContainsFunc(told, func(n notify.Notice) bool { return n.Kind == "payout" }) {
			return
		}
		if time.Now().After(end) {
			t.Fatal("her money waits for the mail server")
		}
	}
}

// line is where a server takes calls.
type line struct {
	net.Listener
	taken chan net.Conn
}

// silence is a server that never says a word.
func silence(t *testing.T) (calls *line, port string) {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	calls = &line{l, make(chan net.Conn, 1000)}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				close(calls.taken)
				return
			}
			calls.taken <- c
		}
	}()
	return calls, fmt.Sprint(l.Addr().(*net.TCPAddr).Port)
}

// wait fails the test unless somebody calls.
func (l *line) wait(t *testing.T) {
	t.Helper()
	select {
	case c := <-l.taken:
		t.Cleanup(func() { c.Close() })
	case <-time.After(patience):
		t.Fatal("nobody calls the mail server")
	}
}

func (l *line) hangUp() {
	l.Close()
	for c := range l.taken {
		c.Close()
	}
}
