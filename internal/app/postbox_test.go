package app_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"freehold/internal/account"
	"freehold/internal/app"
	"freehold/internal/markettest"
	"freehold/internal/support"
)

// Carl asks, Sue answers, and Carl answers her mail without opening a page: out by
// SMTP, and in again by LMTP.
func TestAnAnswerOfTheStaffIsAnsweredByMail(t *testing.T) {
	t.Parallel()
	letters, port := mailServer(t)
	dir, err := os.MkdirTemp("", "lmtp-") // a socket's path has to be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) }) //nolint:errcheck // a scratch folder
	socket := filepath.Join(dir, "in")
	m := &market{Market: markettest.New(t)}
	a, err := app.Open(context.Background(), app.Config{Data: t.TempDir(), DatabaseURL: m.DB.Pool.Config().ConnString(), Connections: 8,
		Now: m.Clock.Now, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
		SMTP: "smtp://localhost:" + port + "?tls=none&from=market@freehold.example", MailIn: "lmtp://" + socket + "?domain=reply.freehold.example"})
	m.OK(err)
	t.Cleanup(func() { m.OK(a.Close()) })
	sue, carl := m.Person("Sue", euros(0)), m.Person("Carl", euros(0))
	m.OK(account.Grant(t.Context(), m.DB, account.System, sue.ID, account.Support))
	sue.Roles = []account.Role{account.Support}
	serve(t, a)

	o, err := support.OpenCase(t.Context(), m.DB, carl, support.Opening{Kind: support.Other, Title: "My invoice", Words: "Where is it?"})
	m.OK(err)
	m.OK(support.AnswerCase(t.Context(), m.DB, sue, o.ID, support.Reply{Words: "Your invoice is under Contracts, at the bottom of the page of the one with Ada."}))
	answered := waitFor(t, letters, func(l string) bool { return strings.Contains(l, "has answered") })
	_, rest, _ := strings.Cut(answered, "\nReply-To: <")
	to, _, found := strings.Cut(rest, ">")
	if !found || !strings.HasPrefix(to, "case-") || !strings.HasSuffix(to, "@reply.freehold.example") {
		t.Fatalf("the mail cannot be answered: %s", answered)
	}
	m.OK(post(t, socket, to, "Message-ID: <1@example.org>\r\nSubject: Re: your answer\r\n\r\nThere is none.\r\n\r\nOn 2 Jan Sue wrote:\r\n> Your invoice is under Contracts\r\n"))

	v, err := support.Show(t.Context(), m.DB, support.Reader{Actor: carl}, o.ID)
	m.OK(err)
	if len(v.Letters) != 3 || v.Letters[2].Words != "There is none." || v.State != support.Open {
		t.Errorf("the case is %s: %+v", v.State, v.Letters)
	}
	if err := post(t, socket, "case-nothing@reply.freehold.example", "Subject: x\r\n\r\nHello\r\n"); err == nil || !strings.Contains(err.Error(), "leads to nobody") {
		t.Errorf("to nobody: %v", err)
	}
}

func waitFor(t *testing.T, letters <-chan string, is func(string) bool) string {
	t.Helper()
	end := time.After(20 * time.Second)
	for {
		select {
		case l := <-letters:
			if is(l) {
				return l
			}
		case <-end:
			t.Fatal("the mail does not come")
		}
	}
}

// post hands a mail over by LMTP.
func post(t *testing.T, socket, to, mail string) error {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "unix", socket)
	if err != nil {
		return err
	}
	c := smtp.NewClientLMTP(conn)
	defer c.Close() //nolint:errcheck // it is over
	if err := errors.Join(c.Mail("carl@example.org", nil), c.Rcpt(to, nil)); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, mail)
	_, said := w.CloseWithLMTPResponse()
	return errors.Join(err, said)
}

// mailServer takes every mail, and shows it.
func mailServer(t *testing.T) (letters chan string, port string) {
	t.Helper()
	letters = make(chan string, 100)
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return taker{letters}, nil }))
	go server.Serve(l)                   //nolint:errcheck // it ends with the test
	t.Cleanup(func() { server.Close() }) //nolint:errcheck // the same
	_, port, _ = net.SplitHostPort(l.Addr().String())
	return letters, port
}

type taker struct{ letters chan string }

func (taker) Mail(string, *smtp.MailOptions) error { return nil }
func (taker) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (t taker) Data(r io.Reader) error {
	all, err := io.ReadAll(r)
	t.letters <- string(all)
	return err
}
func (taker) Reset()        {}
func (taker) Logout() error { return nil }
