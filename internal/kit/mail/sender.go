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
	Send(ctx context.Context, l Letter) error
}

// errKept says that a mail is neither sent nor failed: it stays where it is.
var errKept = errors.New("mail stays in the outbox")

// Keep is the Sender of a market without a mail server: mail stays in the
// outbox, for the operator to look at.
type Keep struct{}

// Send does nothing.
func (Keep) Send(context.Context, Letter) error { return errKept }

// SMTP is the Sender that hands mail to a mail server.
type SMTP struct {
	host    string
	from    *netmail.Address
	reply   *netmail.Address // nil: answers go to from
	options []gomail.Option
}

// NewSender returns the Sender that a setting describes, without trying it.
//
//	""                                                  Keep
//	smtp://user:password@host:587?from=Name <a@host>    encrypted with STARTTLS, or not at all sent
//	smtps://user:password@host:465?from=a@host          encrypted from the first byte
//	smtp://localhost:25?from=a@host&tls=none            in the clear: for a server on the same machine
//
// User, password and port may be left out; reply=b@host says where answers to
// mail go, if not to from. No error shows the password.
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
	if reply := u.Query().Get("reply"); reply != "" {
		if s.reply, err = netmail.ParseAddress(reply); err != nil {
			return nil, errors.New("the mail server: reply= must be an address, to which answers to mail go")
		}
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

// Send hands l to the server. When it returns nil, the server has taken it.
func (s *SMTP) Send(ctx context.Context, l Letter) error {
	msg, err := s.write(l)
	if err != nil {
		return err
	}
	client, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return err
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if msg.IsDelivered() { // whatever failed came after the server's yes, and to try again would send it twice
		return nil
	}
	return err
}

// isForGood reports whether the server will not take this mail for this mailbox,
// whenever we ask. What else goes wrong may be put right, by us or with time; so
// may a refusal of ours as a sender, which has its own codes (RFC 3463, 3.8).
func isForGood(err error) bool {
	e, ok := errors.AsType[*gomail.SendError](err)
	return ok && (e.Reason == gomail.ErrSMTPRcptTo || e.Reason == gomail.ErrSMTPDataClose) &&
		e.ErrorCode() >= 500 && e.ErrorCode() != needsAuth && !strings.HasPrefix(e.EnhancedStatusCode(), "5.7.")
}

// needsAuth is what a server says that does not know who we are (RFC 4954).
const needsAuth = 530

// whatWentWrong is the answer of the server, where it gave one, and what we
// noticed ourselves otherwise.
func whatWentWrong(err error) string {
	e, ok := errors.AsType[*gomail.SendError](err)
	if !ok || e.ErrorCode() == 0 {
		return err.Error()
	}
	answer, _, _ := strings.Cut(e.Error(), ", affected ")
	code, words, _ := strings.Cut(strings.TrimPrefix(answer, e.Reason.String()+": "), " ")
	if plain, err := strconv.Unquote(words); err == nil {
		words = plain
	}
	return code + " " + words
}

func (s *SMTP) write(l Letter) (*gomail.Msg, error) {
	msg := gomail.NewMsg()
	msg.FromMailAddress(s.from)
	if err := msg.AddToFormat(header(l.Name), l.To); err != nil {
		return nil, err
	}
	switch {
	case l.ReplyTo != "":
		if err := msg.ReplyTo(l.ReplyTo); err != nil {
			return nil, err
		}
	case s.reply != nil:
		msg.ReplyToMailAddress(s.reply)
	}
	msg.Subject(header(l.Subject))
	msg.SetDateWithValue(l.At)
	_, domain, _ := strings.Cut(s.from.Address, "@")
	msg.SetMessageIDWithValue(fmt.Sprintf("%d.%d@%s", l.ID, l.At.UnixMicro(), domain)) // the same at every try
	if thread := l.thread(); thread != "" {
		first := "<" + thread + "@" + domain + ">" // no mail has it, but all of the thread point to it
		msg.SetGenHeaderPreformatted(gomail.HeaderReferences, first)
		msg.SetGenHeaderPreformatted(gomail.HeaderInReplyTo, first)
	}
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no out-of-office replies
	msg.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All")
	if l.Off != "" {
		msg.SetListUnsubscribe(l.Off)
		if strings.HasPrefix(l.Off, "https:") { // RFC 8058 has one click only over TLS
			msg.SetListUnsubscribePost()
		}
	}
	msg.SetBodyString(gomail.TypeTextPlain, l.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, l.HTML)
	return msg, nil
}

// thread is what the mail is about, as it can stand in a Message-ID.
func (l Letter) thread() string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '.'
	}, strings.ToLower(l.Thread)), ".")
}
