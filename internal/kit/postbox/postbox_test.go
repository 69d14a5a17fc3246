package postbox_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/postbox"
)

const plain = "Message-ID: <1@example.org>\r\nFrom: Eve <eve@example.org>\r\nSubject: Re: Case 1\r\n\r\n"

func TestOnlyWhatSomebodyWroteThemselvesIsRead(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, mail, want string }{
		{"no quotation", plain + "It is still missing.\r\n", "It is still missing."},
		{"above a quotation", plain + "It is still missing.\r\n\r\nOn Mon, 2 Jan 2030, Sue wrote:\r\n> Look there.\r\n> Sue\r\n", "It is still missing."},
		{"a lead in two lines", plain + "Still missing.\r\n\r\nAm Mo., 2. Jan. 2030 um 10:00 schrieb Sue <\r\ncase-x@reply.example.org>:\r\n> Look there.\r\n", "Still missing."},
		{"a sentence of their own before it", plain + "Still missing.\r\nI looked here:\r\n\r\nOn 2 Jan 2030 Sue wrote:\r\n> Look there.\r\n", "Still missing.\nI looked here:"},
		{"between the lines", plain + "> Look there.\r\nI did.\r\n> And there.\r\nI did, too.\r\n", "> Look there.\nI did.\n> And there.\nI did, too."},
		{"with a signature", plain + "Still missing.\r\n-- \r\nEve of the Orchard\r\n", "Still missing."},
		{"as Outlook quotes", plain + "Still missing.\r\n\r\n-----Original Message-----\r\nFrom: Sue\r\nSent: Monday\r\n\r\nLook there.\r\n", "Still missing."},
		{"as Outlook quotes today", plain + "Still missing.\r\n\r\n________________________________\r\nVon: Sue\r\nGesendet: Montag\r\n\r\nLook there.\r\n", "Still missing."},
		{"a line of dashes of their own", plain + "Two things:\r\n\r\n---------\r\nItem one\r\n--- 2. The invoice ---\r\nItem two\r\n", "Two things:\n\n---------\nItem one\n--- 2. The invoice ---\nItem two"},
		{"figures of their own above the lead", plain + "The invoice 4711 is wrong.\r\nI paid 200 EUR on 3 May 2029.\r\nOn Mon, 2 Jan 2030 Sue wrote:\r\n> Look there.\r\n", "The invoice 4711 is wrong.\nI paid 200 EUR on 3 May 2029."},
		{"below a quotation", plain + "On 2 Jan 2030 Sue wrote:\r\n> Look there.\r\n\r\nI did.\r\n", "On 2 Jan 2030 Sue wrote:\n> Look there.\n\nI did."},
		{"in pieces, around a picture", "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee\r\n--b\r\nContent-Type: image/png; name=a.png\r\nContent-Disposition: inline; filename=a.png\r\n\r\nx\r\n--b\r\nContent-Type: text/plain\r\n\r\nand that\r\n--b--\r\n", "See\nand that"},
		{"nothing but a quotation", plain + "On 2 Jan 2030 Sue wrote:\r\n> Look there.\r\n", ""},
		{"quoted-printable, in Latin 1", "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=FC=DFe\r\n", "Grüße"},
		{"beside HTML", "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<b>No</b>\r\n--b\r\nContent-Type: text/plain\r\n\r\nYes\r\n--b--\r\n", "Yes"},
	} {
		m, err := postbox.Read(strings.NewReader(test.mail))
		if err != nil || m.Words != test.want || m.Auto {
			t.Errorf("%s: %q, %v, %v", test.name, m.Words, m.Auto, err)
		}
	}
}

func TestWhatHangsOnAMailIsNamed(t *testing.T) {
	t.Parallel()
	m, err := postbox.Read(strings.NewReader("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee there\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=invoice.pdf\r\n\r\n%PDF\r\n--b--\r\n"))
	if err != nil || m.Words != "See there" || !slices.Equal(m.Attached, []string{"invoice.pdf"}) {
		t.Errorf("%+v, %v", m, err)
	}
	m, err = postbox.Read(strings.NewReader("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee there\r\n--b\r\nContent-Type: image/png; name=a.png\r\nContent-Disposition: inline\r\n\r\nx\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: inline; filename=log.txt\r\n\r\ny\r\n--b--\r\n"))
	if err != nil || m.Words != "See there" || !slices.Equal(m.Attached, []string{"a.png", "log.txt"}) {
		t.Errorf("what is shown in it: %+v, %v", m, err)
	}
}

func TestMachinesAreNotTakenForPeople(t *testing.T) {
	t.Parallel()
	for _, header := range []string{"Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: <list.example.org>", "X-Autoreply: yes"} {
		if m, err := postbox.Read(strings.NewReader(header + "\r\n" + plain + "I am away.\r\n")); err != nil || !m.Auto {
			t.Errorf("%s: %+v, %v", header, m, err)
		}
	}
	if m, err := postbox.Read(strings.NewReader("Auto-Submitted: no\r\n" + plain + "I am here.\r\n")); err != nil || m.Auto {
		t.Errorf("a person: %+v, %v", m, err)
	}
}

func TestWhatCannotBeReadGoesBack(t *testing.T) {
	t.Parallel()
	for mail, want := range map[string]error{
		"Content-Type: text/html\r\n\r\n<p>Hello</p>\r\n":                         postbox.ErrNoText,
		"Content-Type: multipart/mixed; boundary=b\r\n\r\nand then it breaks off": postbox.ErrUnreadable,
	} {
		if _, err := postbox.Read(strings.NewReader(mail)); !errors.Is(err, want) {
			t.Errorf("%q: %v", mail, err)
		}
	}
}

func TestASettingSaysWhereAndForWhom(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"", "lmtp://localhost:2424?domain=reply.example.org", "lmtp:///run/lmtp.sock?domain=reply.example.org"} {
		if _, err := postbox.Parse(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"localhost:2424", "smtp://localhost:2424?domain=a.org", "lmtp://localhost:2424", "lmtp://?domain=a.org", "lmtp://h/p?domain=a.org", "lmtp://h?domain=a@b.org"} {
		if s, err := postbox.Parse(bad); err == nil {
			t.Errorf("%s: %+v", bad, s)
		}
	}
}

// box is where the mail of a test comes in.
type box struct {
	mu  sync.Mutex
	got []string // box, words
	say error    // to the next mails
}

func (b *box) Has(_ context.Context, to string) error {
	if to == "case-none" {
		return fault.New(fault.NotFound, "nobody", "There is no such box.")
	}
	return nil
}

func (b *box) Take(_ context.Context, to string, m postbox.Mail) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.say == nil && !m.Auto {
		b.got = append(b.got, to, m.Words)
	}
	return b.say
}

// deliver hands a mail over as a mail server does, and returns what it is told.
func deliver(t *testing.T, addr net.Addr, to []string, mail string) error {
	t.Helper()
	return deliverFrom(t, addr, "eve@example.org", to, mail)
}

func deliverFrom(t *testing.T, addr net.Addr, from string, to []string, mail string) error {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), addr.Network(), addr.String())
	if err != nil {
		t.Fatal(err)
	}
	c := smtp.NewClientLMTP(conn)
	defer c.Close() //nolint:errcheck // it is over
	if err := c.Mail(from, nil); err != nil {
		return err
	}
	for _, to := range to {
		if err := c.Rcpt(to, nil); err != nil {
			return err
		}
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, mail); err != nil {
		return err
	}
	_, err = w.CloseWithLMTPResponse()
	return err
}

func TestAMailServerLearnsWhatBecameOfEachMail(t *testing.T) {
	t.Parallel()
	s, err := postbox.Parse("lmtp://127.0.0.1:0?domain=reply.example.org")
	if err != nil {
		t.Fatal(err)
	}
	b := &box{}
	addr, stop, err := postbox.Serve(t.Context(), s, slog.New(slog.NewTextHandler(t.Output(), nil)), b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
	mail := plain + "Still missing.\r\n"
	if err := deliver(t, addr, []string{"Case-1@reply.example.org", "case-2@Reply.Example.org"}, mail); err != nil {
		t.Fatal(err)
	}
	if want := []string{"case-1", "Still missing.", "case-2", "Still missing."}; !slices.Equal(b.got, want) {
		t.Errorf("came in: %q", b.got)
	}
	if err := deliverFrom(t, addr, "", []string{"case-1@reply.example.org"}, plain+"Undelivered.\r\n"); err != nil || len(b.got) != 4 {
		t.Errorf("a mail server's own mail: %q, %v", b.got, err)
	}
	code := func(err error) int {
		if e, ok := errors.AsType[*smtp.SMTPError](err); ok {
			return e.Code
		}
		return 0
	}
	if err := deliver(t, addr, []string{"case-1@elsewhere.example.org"}, mail); code(err) != 550 {
		t.Errorf("to another domain: %v", err)
	}
	if err := deliver(t, addr, []string{"case-none@reply.example.org"}, mail); code(err) != 550 || !strings.Contains(err.Error(), "no such box") {
		t.Errorf("to a box that is not there: %v", err)
	}
	if err := deliver(t, addr, []string{"case-1@reply.example.org"}, "Content-Type: text/html\r\n\r\n<p>Hello</p>\r\n"); code(err) != 550 || !strings.Contains(err.Error(), "plain text") {
		t.Errorf("HTML alone: %v", err)
	}
	b.say = fault.New(fault.NotFound, "nobody", "This address leads to nobody.")
	if err := deliver(t, addr, []string{"case-1@reply.example.org"}, mail); code(err) != 550 || !strings.Contains(err.Error(), "leads to nobody") {
		t.Errorf("refused: %v", err)
	}
	b.say = errors.New("the database is gone")
	if err := deliver(t, addr, []string{"case-1@reply.example.org"}, mail); code(err) != 451 || strings.Contains(err.Error(), "database") {
		t.Errorf("in trouble: %v", err)
	}
}
