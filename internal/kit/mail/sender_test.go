package mail_test

import (
	"io"
	"mime"
	netmail "net/mail"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"freehold/internal/kit/mail"
)

const from = "from=Freehold+%3Cmarket@freehold.example%3E"

func toAda() mail.Mail {
	return mail.Mail{
		ID: 7, QueuedAt: time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC),
		Message: mail.Message{To: "ada@example.org", Name: "Ada Löwe", Subject: "€500.00 für dich", Body: "Grüße aus dem Markt.\n.\nEnde"},
	}
}

func sender(t *testing.T, setting string) mail.Sender {
	t.Helper()
	s, err := mail.NewSender(setting)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func read(t *testing.T, text string) (*netmail.Message, string) {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	body := m.Body
	if m.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
		body = quoted(m.Body)
	}
	b, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return m, strings.ReplaceAll(string(b), "\r\n", "\n")
}

func TestAMailArrivesAsItWasWritten(t *testing.T) {
	t.Parallel()
	s := serve(t, false, false)
	if err := sender(t, "smtp://localhost:"+s.port()+"?tls=none&"+from).Send(t.Context(), toAda()); err != nil {
		t.Fatal(err)
	}

	got := s.letters()
	if len(got) != 1 || got[0].from != "market@freehold.example" || got[0].to != "ada@example.org" || got[0].encrypted {
		t.Fatalf("arrived: %+v", got)
	}
	m, body := read(t, got[0].text)
	if strings.TrimSpace(body) != "Grüße aus dem Markt.\n.\nEnde" {
		t.Errorf("body: %q", body)
	}
	subject, _ := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	to, err := netmail.ParseAddress(m.Header.Get("To"))
	if subject != "€500.00 für dich" || err != nil || to.Name != "Ada Löwe" || to.Address != "ada@example.org" {
		t.Errorf("subject %q to %v (%v)", subject, to, err)
	}
	for header, want := range map[string]string{
		"From":           `"Freehold" <market@freehold.example>`,
		"Date":           "Tue, 01 Jan 2030 12:00:00 +0000",
		"Message-Id":     "<7.1893499200000000@freehold.example>",
		"Auto-Submitted": "auto-generated",
		"Content-Type":   "text/plain; charset=UTF-8",
	} {
		if got := m.Header.Get(header); got != want {
			t.Errorf("%s: %s, want %s", header, got, want)
		}
	}
}

func TestASecretGoesOnlyOverAnEncryptedConnection(t *testing.T) {
	t.Parallel()
	user := url.UserPassword("market", "p:ss w@rd").String()
	for name, test := range map[string]struct {
		implicit bool
		setting  string
		arrives  bool
	}{
		"STARTTLS":                        {false, "smtp://" + user + "@localhost:%?" + from, true},
		"from the first byte":             {true, "smtps://" + user + "@localhost:%?" + from, true},
		"in the clear, with a password":   {false, "smtp://" + user + "@localhost:%?tls=none&" + from, false},
		"a wrong password":                {false, "smtp://market:wrong@localhost:%?" + from, false},
		"no password where one is needed": {false, "smtp://localhost:%?" + from, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, test.implicit, true)
			snd := sender(t, strings.Replace(test.setting, "%?", s.port()+"?", 1))
			err := snd.Send(t.Context(), toAda())
			if (err == nil) != test.arrives {
				t.Fatalf("arrives: %v, want %v: %v", err == nil, test.arrives, err)
			}
			if got := s.letters(); test.arrives && (len(got) != 1 || !got[0].encrypted || got[0].user != "market") {
				t.Errorf("arrived: %+v", got)
			}
			if err != nil && strings.Contains(err.Error(), "p:ss") {
				t.Errorf("the error shows the password: %v", err)
			}
		})
	}
}

func TestNobodyWritesHeadersOfTheirOwn(t *testing.T) {
	t.Parallel()
	s := serve(t, false, false)
	m := toAda()
	m.Name = "Eve\r\nBcc: everybody@example.org"
	m.Subject = "Hello\r\nBcc: everybody@example.org\r\n\r\nBuy this"
	if err := sender(t, "smtp://localhost:"+s.port()+"?tls=none&"+from).Send(t.Context(), m); err != nil {
		t.Logf("refused, which is as good: %v", err)
	}
	for _, l := range s.letters() {
		head, _, _ := strings.Cut(l.text, "\r\n\r\n")
		for line := range strings.Lines(head) {
			if strings.HasPrefix(line, "Bcc") {
				t.Errorf("the head has a header of Eve's:\n%s", head)
			}
		}
	}
}

func TestSettingsAreReadOrRefused(t *testing.T) {
	t.Parallel()
	for setting, works := range map[string]bool{
		"":                                          true,
		"smtp://mail.example.org?" + from:           true,
		"smtps://mail.example.org?from=a@b.org":     true,
		"smtp://mail.example.org":                   false,
		"smtp://mail.example.org?from=nobody":       false,
		"http://mail.example.org?from=a@b.org":      false,
		"smtp://mail.example.org:99999?" + from:     false,
		"smtp://?from=a@b.org":                      false,
		"smtps://mail.example.org?tls=none&" + from: false,
		"smtp://u:secret@mail example.org?" + from:  false,
	} {
		_, err := mail.NewSender(setting)
		if (err == nil) != works {
			t.Errorf("%q works: %v, want %v (%v)", setting, err == nil, works, err)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the error shows the password: %v", err)
		}
	}
}

var errGreylisted = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "come back later"}
