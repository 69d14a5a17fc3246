// Package postbox takes in mail: a mail server of the operator hands it over by
// LMTP (RFC 2033), and learns of each mail whether it was taken, may be tried
// again, or goes back to whoever wrote it.
package postbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/emersion/go-smtp"

	"freehold/internal/kit/fault"
)

const (
	maxBytes      = 25 << 20 // with what is attached, which is not taken along
	maxRecipients = 10
	patience      = time.Minute // for the mail server
)

// Setting says where mail is taken in.
type Setting struct {
	Domain  string // of the addresses that answers go to
	network string // "tcp" or "unix"
	addr    string
}

// Parse reads a setting; none is the empty one.
//
//	lmtp://localhost:2424?domain=reply.example.org
//	lmtp:///run/freehold/lmtp.sock?domain=reply.example.org
func Parse(setting string) (s Setting, err error) {
	if setting == "" {
		return s, nil
	}
	u, err := url.Parse(setting)
	if err != nil || u.Scheme != "lmtp" || (u.Host == "") == (strings.Trim(u.Path, "/") == "") {
		return s, errors.New("mail that comes in: not an address like lmtp://localhost:2424?domain=reply.example.org, or lmtp:///run/freehold/lmtp.sock?domain=…")
	}
	if s.Domain = strings.ToLower(u.Query().Get("domain")); s.Domain == "" || strings.ContainsAny(s.Domain, "@ \r\n") {
		return s, errors.New("mail that comes in: domain= must say of which addresses, such as reply.example.org")
	}
	if u.Host != "" {
		s.network, s.addr = "tcp", u.Host
	} else {
		s.network, s.addr = "unix", u.Path
	}
	return s, nil
}

// Boxes are where mail is for. A *fault.Error of theirs goes back to whoever wrote it;
// at any other error the mail server tries again.
type Boxes interface {
	// Has returns nil if there is such a box.
	Has(ctx context.Context, box string) error
	// Take is told of one mail to one box.
	Take(ctx context.Context, box string, m Mail) error
}

// Serve takes in mail until it is stopped, and returns where it listens.
func Serve(ctx context.Context, s Setting, log *slog.Logger, boxes Boxes) (addr net.Addr, stop func() error, err error) {
	if s.network == "unix" {
		if err := os.Remove(s.addr); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, nil, fmt.Errorf("mail that comes in: %w", err)
		}
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, s.network, s.addr)
	if err != nil {
		return nil, nil, fmt.Errorf("mail that comes in: %w", err)
	}
	if s.network == "unix" { // the mail server is another user of the machine; its folder says who may pass
		if err := os.Chmod(s.addr, 0o666); err != nil { //nolint:gosec // see above
			return nil, nil, errors.Join(fmt.Errorf("mail that comes in: %w", err), l.Close())
		}
	}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		return &session{ctx: ctx, domain: s.Domain, log: log, boxes: boxes}, nil
	}))
	server.LMTP, server.Domain = true, s.Domain
	server.MaxRecipients, server.MaxMessageBytes = maxRecipients, maxBytes
	server.ReadTimeout, server.WriteTimeout = patience, patience
	server.EnableSMTPUTF8 = true
	server.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelWarn)
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	return l.Addr(), func() error {
		err := server.Close()
		if served := <-done; err == nil && !errors.Is(served, smtp.ErrServerClosed) {
			err = served
		}
		return err
	}, nil
}

// session is one connection of the mail server.
type session struct {
	ctx    context.Context
	domain string
	log    *slog.Logger
	boxes  Boxes
	auto   bool // sent by a mail server itself, about what it could not deliver
	to     []recipient
}

type recipient struct{ address, box string }

// Mail begins a mail. Who sent it proves nothing; that nobody did says something (RFC
// 5321, 4.5.5).
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.auto = from == ""
	return nil
}

// Rcpt is one address that the mail is for. One that does not exist is refused here,
// so that a mail server can know before it has taken the mail itself.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	box, domain, _ := strings.Cut(to, "@")
	if !strings.EqualFold(domain, s.domain) || box == "" {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "This market takes mail for " + s.domain + " only"}
	}
	box = strings.ToLower(box)
	if err := s.boxes.Has(s.ctx, box); err != nil {
		return answer(err)
	}
	s.to = append(s.to, recipient{to, box})
	return nil
}

// Data is never called: LMTP has LMTPData.
func (s *session) Data(io.Reader) error { return errors.New("this is not SMTP") }

// LMTPData reads the mail, and says of each address what became of it.
func (s *session) LMTPData(r io.Reader, status smtp.StatusCollector) error {
	m, err := Read(r)
	m.Auto = m.Auto || s.auto
	for _, to := range s.to {
		if err != nil {
			status.SetStatus(to.address, answer(err))
			continue
		}
		taken := s.boxes.Take(s.ctx, to.box, m)
		if taken != nil {
			s.log.Warn("mail that comes in was not taken", "why", taken)
		}
		status.SetStatus(to.address, answer(taken))
	}
	return nil
}

// answer is what the mail server is told: to give it back, or to try again.
func answer(err error) error {
	if err == nil {
		return nil
	}
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: f.Error()}
	}
	if e, ok := errors.AsType[*smtp.SMTPError](err); ok {
		return e
	}
	return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "Something here does not work. Please try again"}
}

// Reset forgets the mail.
func (s *session) Reset() { s.auto, s.to = false, nil }

// Logout ends the connection.
func (s *session) Logout() error { return nil }
