package mail_test

import (
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"net/url"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"freehold/internal/kit/mail"
)

const from = "from=Freehold+%3Cmarket@freehold.example%3E"

func toAda() mail.Letter {
	return mail.Letter{ID: 7, At: noon, To: "ada@example.org", Name: "Ada Löwe", Subject: "€500.00 für dich",
		Text: "Grüße aus dem Markt.\n.\nEnde", HTML: "<p>Grüße aus dem Markt.</p>", Thread: "/Contracts/12", Off: "https://freehold.example/unsubscribe/SECRET"}
}

func sender(t *testing.T, setting string) mail.Sender {
	t.Helper()
	s, err := mail.NewSender(setting)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// read takes a mail apart, as mail programs do: its head, and its parts by their
// type.
func read(t *testing.T, raw string) (head netmail.Header, parts map[string]string) {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("it is %s: %v", kind, err)
	}
	parts = map[string]string{}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := r.NextPart() // which decodes quoted-printable
		if err == io.EOF {
			return m.Header, parts
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		parts[part.Header.Get("Content-Type")] = strings.TrimSpace(strings.ReplaceAll(string(b), "\r\n", "\n"))
	}
}

const asText, asHTML = "text/plain; charset=UTF-8", "text/html; charset=UTF-8"

func TestAMailArrivesAsItWasWritten(t *testing.T) {
	t.Parallel()
	s := serve(t, false, false)
	l := toAda()
	if err := sender(t, "smtp://localhost:"+s.port()+"?tls=none&"+from).Send(t.Context(), l); err != nil {
		t.Fatal(err)
	}

	got := s.letters()
	if len(got) != 1 || got[0].from != "market@freehold.example" || got[0].to != "ada@example.org" || got[0].encrypted {
		t.Fatalf("arrived: %+v", got)
	}
	head, parts := read(t, got[0].text)
	if parts[asText] != l.Text || parts[asHTML] != l.HTML || len(parts) != 2 {
		t.Errorf("parts: %q", parts)
	}
	if strings.Index(got[0].text, "text/plain") > strings.Index(got[0].text, "text/html") {
		t.Error("HTML comes first, where mail programs look for what is worst")
	}
	subject, _ := new(mime.WordDecoder).DecodeHeader(head.Get("Subject"))
	to, err := netmail.ParseAddress(head.Get("To"))
	if subject != l.Subject || err != nil || to.Name != l.Name || to.Address != l.To {
		t.Errorf("subject %q to %v (%v)", subject, to, err)
	}
	for header, want := range map[string]string{
		"From":                     `"Freehold" <market@freehold.example>`,
		"Reply-To":                 "",
		"Date":                     "Tue, 01 Jan 2030 12:00:00 +0000",
		"Message-Id":               "<7.1893499200000000@freehold.example>",
		"References":               "<contracts.12@freehold.example>",
		"In-Reply-To":              "<contracts.12@freehold.example>",
		"Auto-Submitted":           "auto-generated",
		"X-Auto-Response-Suppress": "All",
		"List-Unsubscribe":         "<https://freehold.example/unsubscribe/SECRET>",
		"List-Unsubscribe-Post":    "List-Unsubscribe=One-Click",
		"Mime-Version":             "1.0",
	} {
		if got := head.Get(header); got != want {
			t.Errorf("%s: %s, want %s", header, got, want)
		}
	}
	for line := range strings.Lines(got[0].text) {
		if len(line) > 998 {
			t.Errorf("a line has %d bytes", len(line))
		}
	}
}

func TestAnAnswerGoesToWhomTheMailNamesOrTheOperatorSet(t *testing.T) {
	t.Parallel()
	s := serve(t, false, false)
	snd := sender(t, "smtp://localhost:"+s.port()+"?tls=none&reply=help@freehold.example&"+from)
	l := toAda()
	l.Thread, l.Off = "", "http://localhost:8080/unsubscribe/SECRET"
	ok(t, snd.Send(t.Context(), l))
	l.ReplyTo, l.Off = "eve@example.org", ""
	ok(t, snd.Send(t.Context(), l))

	for i, want := range []string{"<help@freehold.example>", "<eve@example.org>"} {
		head, _ := read(t, s.letters()[i].text)
		if got := head.Get("Reply-To"); got != want {
			t.Errorf("answers go to %s, want %s", got, want)
		}
		if head.Get("References") != "" || head.Get("List-Unsubscribe-Post") != "" || (head.Get("List-Unsubscribe") == "") != (i == 1) {
			t.Errorf("head: %v", head)
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

func TestAServerThatOffersNoEncryptionIsTrustedWithNothing(t *testing.T) {
	t.Parallel()
	s := serveWith(t, nil, false, false)
	if err := sender(t, "smtp://localhost:"+s.port()+"?"+from).Send(t.Context(), toAda()); err == nil || len(s.letters()) != 0 {
		t.Errorf("sent in the clear: %v", err)
	}
}

// Somebody who stands between us and the server has a certificate, too.
func TestACertificateThatNobodyVouchesForIsRefused(t *testing.T) {
	t.Parallel()
	forged, _, err := issue()
	ok(t, err)
	for _, implicit := range []bool{false, true} {
		s := serveWith(t, forged, implicit, false)
		scheme := map[bool]string{false: "smtp://", true: "smtps://"}[implicit]
		if err := sender(t, scheme+"localhost:"+s.port()+"?"+from).Send(t.Context(), toAda()); err == nil || len(s.letters()) != 0 {
			t.Errorf("implicit TLS %v: it was believed: %v", implicit, err)
		}
	}
}

func TestNobodyWritesHeadersOfTheirOwn(t *testing.T) {
	t.Parallel()
	s := serve(t, false, false)
	m := toAda()
	m.Name = "Eve\r\nBcc: everybody@example.org"
	m.Subject = "Hello\r\nBcc: everybody@example.org\r\n\r\nBuy this"
	m.Thread = "/x>\r\nBcc: everybody@example.org"
	if err := sender(t, "smtp://localhost:"+s.port()+"?tls=none&"+from).Send(t.Context(), m); err != nil {
		t.Logf("refused, which is as good: %v", err)
	}
	m = toAda()
	m.ReplyTo = "eve@example.org\r\nBcc: everybody@example.org"
	if err := sender(t, "smtp://localhost:"+s.port()+"?tls=none&"+from).Send(t.Context(), m); err == nil {
		t.Error("what is no address was taken for one")
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
		"":                                true,
		"smtp://mail.example.org?" + from: true,
		"smtp://mail.example.org?from=Our Market <a@b.org>": true,
		"smtps://mail.example.org?from=a@b.org":             true,
		"smtp://mail.example.org":                           false,
		"smtp://mail.example.org?from=nobody":               false,
		"http://mail.example.org?from=a@b.org":              false,
		"smtp://mail.example.org:99999?" + from:             false,
		"smtp://?from=a@b.org":                              false,
		"smtp://mail.example.org?reply=nobody&" + from:      false,
		"smtps://mail.example.org?tls=none&" + from:         false,
		"smtp://u:secret@mail example.org?" + from:          false,
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
