package postbox

import (
	"errors"
	"io"
	"regexp"
	"strings"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // not everybody writes in UTF-8
	"github.com/emersion/go-message/mail"

	"freehold/internal/kit/fault"
)

// Mail is what somebody wrote.
type Mail struct {
	ID       string   // its Message-ID; may be empty
	Words    string   // what they have written themselves, without what they quote
	Attached []string // the names of what hangs on it
	Auto     bool     // written by a machine: an absence, a mailing list
}

var (
	// ErrUnreadable gives back what is no mail.
	ErrUnreadable = fault.New(fault.Invalid, "mail_unreadable", "We cannot read this mail. Please write on the page that the mail from us leads to.")
	// ErrNoText gives back what has nothing but HTML.
	ErrNoText = fault.New(fault.Invalid, "mail_without_text", "This mail has no plain text in it. Please send it as plain text, or write on the page that the mail from us leads to.")
)

const maxText = 200_000 // bytes of plain text; a case takes less

// Read reads a mail.
func Read(r io.Reader) (m Mail, err error) {
	mr, err := mail.CreateReader(r)
	if mr == nil || err != nil && !message.IsUnknownCharset(err) {
		return m, ErrUnreadable
	}
	m.ID, _ = mr.Header.MessageID()
	m.Auto = isAuto(mr.Header)
	found := false
	for {
		part, err := mr.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if part == nil || err != nil && !message.IsUnknownCharset(err) {
			return m, ErrUnreadable
		}
		switch h := part.Header.(type) {
		case *mail.AttachmentHeader:
			name, _ := h.Filename()
			m.Attached = append(m.Attached, name)
		case *mail.InlineHeader:
			kind, _, _ := h.ContentType()
			if kind != "text/plain" || found {
				continue
			}
			text, err := io.ReadAll(io.LimitReader(part.Body, maxText))
			if err != nil {
				return m, ErrUnreadable
			}
			m.Words, found = written(strings.ToValidUTF8(string(text), "�")), true
		}
	}
	if !found && !m.Auto {
		return m, ErrNoText
	}
	return m, nil
}

// isAuto reports whether a machine wrote it (RFC 3834), so that nobody's absence
// is taken for a question.
func isAuto(h mail.Header) bool {
	auto := strings.ToLower(strings.TrimSpace(h.Get("Auto-Submitted")))
	bulk := strings.ToLower(strings.TrimSpace(h.Get("Precedence")))
	return auto != "" && auto != "no" || bulk == "bulk" || bulk == "junk" || bulk == "list" || h.Get("List-Id") != "" || h.Get("X-Autoreply") != ""
}

var (
	signature = regexp.MustCompile(`^-- ?$`)
	original  = regexp.MustCompile(`^(-{2,} ?.{3,40} ?-{2,}|_{20,})$`) // as Outlook begins what it quotes
	quoted    = regexp.MustCompile(`^\s*>`)
)

// written is what somebody wrote above what they quote. Where they wrote between
// the lines it is everything, because nobody could follow it otherwise.
func written(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, l := range lines {
		if signature.MatchString(l) || original.MatchString(strings.TrimSpace(l)) {
			lines = lines[:i]
			break
		}
	}
	first := -1
	for i, l := range lines {
		switch {
		case quoted.MatchString(l) && first < 0:
			first = i
		case !quoted.MatchString(l) && first >= 0 && strings.TrimSpace(l) != "":
			return strings.TrimSpace(strings.Join(lines, "\n"))
		}
	}
	if first >= 0 {
		lines = withoutLead(lines[:first])
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// withoutLead drops the line that introduces a quotation, such as "On Monday Sue
// wrote:"; mail programs break it in two.
func withoutLead(lines []string) []string {
	end := len(lines)
	for end > 0 && strings.TrimSpace(lines[end-1]) == "" {
		end--
	}
	if end == 0 || !strings.HasSuffix(strings.TrimSpace(lines[end-1]), ":") {
		return lines
	}
	end--
	for end > 0 && strings.TrimSpace(lines[end-1]) != "" && strings.ContainsAny(lines[end-1], "0123456789") {
		end--
	}
	return lines[:end]
}
