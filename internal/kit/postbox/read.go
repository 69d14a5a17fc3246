package postbox

import (
	"cmp"
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
	var texts []string
	for {
		part, err := mr.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if part == nil || err != nil && !message.IsUnknownCharset(err) {
			return m, ErrUnreadable
		}
		if name := attached(part.Header); name != "" {
			m.Attached = append(m.Attached, name)
			continue
		}
		if kind, _, _ := contentType(part.Header); kind != "text/plain" {
			continue // the same again in HTML
		}
		text, err := io.ReadAll(io.LimitReader(part.Body, maxText))
		if err != nil {
			return m, ErrUnreadable
		}
		texts = append(texts, strings.ToValidUTF8(string(text), "�"))
	}
	if len(texts) == 0 && !m.Auto {
		return m, ErrNoText
	}
	m.Words = written(strings.Join(texts, "\n")) // some programs send a text in pieces, around a picture
	return m, nil
}

// attached is the name of a part that is no text of the mail; "" for one that is.
func attached(h mail.PartHeader) string {
	kind, params, _ := contentType(h)
	name := params["name"]
	switch h := h.(type) {
	case *mail.AttachmentHeader:
		if given, err := h.Filename(); err == nil && given != "" {
			name = given
		}
	case *mail.InlineHeader:
		if _, params, err := h.ContentDisposition(); err == nil && params["filename"] != "" {
			name = params["filename"]
		}
		if name == "" && strings.HasPrefix(kind, "text/") {
			return ""
		}
	}
	return cmp.Or(name, kind, "a file")
}

func contentType(h mail.PartHeader) (kind string, params map[string]string, err error) {
	switch h := h.(type) {
	case *mail.AttachmentHeader:
		return h.ContentType()
	case *mail.InlineHeader:
		return h.ContentType()
	default:
		return "", nil, nil
	}
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
	divider   = regexp.MustCompile(`^(-{2,} ?\pL.*\pL ?-{2,}|_{20,})$`) // as Outlook begins what it quotes
	headed    = regexp.MustCompile(`^\*?\pL[\pL ]{1,20}:\*? ?\S`)       // and goes on: "From: Sue"
	quoted    = regexp.MustCompile(`^\s*>`)
	dated     = regexp.MustCompile(`\b(19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b`)
)

// written is what somebody wrote above what they quote. Where they wrote between
// the lines, or below, it is everything: to lose a word is worse than to repeat one.
func written(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, l := range lines {
		if signature.MatchString(l) || divider.MatchString(strings.TrimSpace(l)) && isHeaded(lines[i+1:]) {
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

// isHeaded reports whether lines begin like a mail that is quoted whole.
func isHeaded(lines []string) bool {
	for i, l := range lines {
		if strings.TrimSpace(l) != "" {
			return headed.MatchString(strings.TrimSpace(l)) && i+1 < len(lines) && headed.MatchString(strings.TrimSpace(lines[i+1]))
		}
	}
	return false
}

// withoutLead drops the line that introduces a quotation, such as "On 2 Jan 2030 Sue
// wrote:"; mail programs break it in two, and then the date stands in the first.
func withoutLead(lines []string) []string {
	end := len(lines)
	for end > 0 && strings.TrimSpace(lines[end-1]) == "" {
		end--
	}
	if end == 0 || !strings.HasSuffix(strings.TrimSpace(lines[end-1]), ":") {
		return lines
	}
	end--
	if !dated.MatchString(lines[end]) && end > 0 && dated.MatchString(lines[end-1]) {
		end--
	}
	return lines[:end]
}
