package mail

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Sender hands mail to the world.
type Sender interface {
	Send(ctx context.Context, m Mail) error
}

// errKept says that a mail is neither sent nor failed: it stays where it is.
var errKept = errors.New("mail stays in the outbox")

// Keep is the Sender of a market without a mail server: mail stays in the
// outbox, for the operator to look at.
type Keep struct{}

// Send does nothing.
func (Keep) Send(context.Context, Mail) error { return errKept }

// SMTP is the Sender that hands mail to a mail server.
type SMTP struct {
	host    string
	from    *netmail.Address
	options []gomail.Option
}

// NewSender returns the Sender that a setting describes, without trying it.
//
//	""                                                  Keep
//	smtp://user:password@host:587?from=Name <a@host>    encrypted with STARTTLS, or not at all sent
//	smtps://user:password@host:465?from=a@host          encrypted from the first byte
//	smtp://localhost:25?from=a@host&tls=none            in the clear: for a server on the same machine
//
// User, password and port may be left out. No error shows the password.
func NewSender(setting string) (Sender, error) {
	if setting == "" {
		return Keep{}, nil
	}
	u, err := url.Parse(setting)
	if err != nil {
		return nil, errors.New("the mail server: not an address like smtp://user:password@host:587?from=…")
	}
	s := &SMTP{host: u.Hostname(), options: []gomail.Option{gomail.WithTimeout(30 * time.Second)}}
	if s.from, err = netmail.ParseAddress(u.Query().Get("from")); err != nil {
		return nil, errors.New("the mail server: from= must say which address mail comes from")
	}
	if err := s.encrypt(u.Scheme, u.Query().Get("tls")); err != nil {
		return nil, err
	}
	if port := u.Port(); port != "" {
		n, err := strconv.Atoi(port)
		if err != nil {
			return nil, fmt.Errorf("the mail server: port %q", port)
		}
		s.options = append(s.options, gomail.WithPort(n))
	}
	if u.User != nil {
		password, _ := u.User.Password()
		s.options = append(s.options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	if _, err := gomail.NewClient(s.host, s.options...); err != nil {
		return nil, fmt.Errorf("the mail server: %w", err)
	}
	return s, nil
}

func (s *SMTP) encrypt(scheme, tls string) error {
	switch {
	case scheme == "smtps" && tls == "":
		s.options = append(s.options, gomail.WithSSL(), gomail.WithPort(gomail.DefaultPortSSL))
	case scheme == "smtp" && tls == "":
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.TLSMandatory), gomail.WithPort(gomail.DefaultPortTLS))
	case scheme == "smtp" && tls == "none":
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.NoTLS), gomail.WithPort(gomail.DefaultPort))
	default:
		return errors.New("the mail server: the address begins with smtp:// or smtps://, and tls= is none or left out")
	}
	return nil
}

// Send hands m to the server. When it returns nil, the server has taken it.
func (s *SMTP) Send(ctx context.Context, m Mail) error {
	msg, err := s.write(m)
	if err != nil {
		return err
	}
	client, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return err
	}
	return client.DialAndSendWithContext(ctx, msg)
}

// isForGood reports whether the server knows that there is no such mailbox.
// Whatever else goes wrong may be put right, by us or with time.
func isForGood(err error) bool {
	e, ok := errors.AsType[*gomail.SendError](err)
	return ok && e.Reason == gomail.ErrSMTPRcptTo && e.ErrorCode() >= 500
}

func (s *SMTP) write(m Mail) (*gomail.Msg, error) {
	msg := gomail.NewMsg()
	msg.FromMailAddress(s.from)
	if err := msg.AddToFormat(header(m.Name), m.To); err != nil {
		return nil, err
	}
	msg.Subject(header(m.Subject))
	msg.SetDateWithValue(m.QueuedAt)
	_, domain, _ := strings.Cut(s.from.Address, "@")
	msg.SetMessageIDWithValue(fmt.Sprintf("%d.%d@%s", m.ID, m.QueuedAt.UnixMicro(), domain)) // the same at every try
	msg.SetGenHeader("Auto-Submitted", "auto-generated")                                     // RFC 3834: no out-of-office replies
	msg.SetBodyString(gomail.TypeTextPlain, m.Body)
	return msg, nil
}
