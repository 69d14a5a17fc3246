package message

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/prose"
	"freehold/internal/proposal"
)

// ConversationID names a conversation.
type ConversationID int64

// ID names one message.
type ID int64

// Conversation is where the two parties of one proposal talk.
type Conversation struct {
	ID         ConversationID
	Proposal   proposal.ID
	Client     account.ID
	Freelancer account.ID
	LastAt     *time.Time // of the newest message; nil: nothing written yet
}

// URL is where both read it.
func (c Conversation) URL() string { return fmt.Sprintf("/conversations/%d", c.ID) }

// other is the one to whom by writes.
func (c Conversation) other(by account.ID) account.ID {
	if by == c.Client {
		return c.Freelancer
	}
	return c.Client
}

// Message is what one of them wrote, with the files that go with it.
type Message struct {
	ID     ID
	Author account.ID
	Text   string
	At     time.Time
	Files  []file.File `db:"-"`
}

// Input is a message as somebody writes it: a text, files, or both.
type Input struct {
	Text  string
	Files []file.ID // uploaded before
}

const maxText = 10_000

// Refusals.
var (
	ErrNotFound = fault.New(fault.NotFound, "conversation_not_found",
		"There is no such conversation, or it is not yours.")
	ErrNotYet = fault.New(fault.Conflict, "not_before_the_client",
		"The client has not seen this proposal yet. You can write to each other as soon as it comes before them.")
	ErrEmpty = fault.New(fault.Invalid, "message_empty",
		"Please write something, or add a file.").At("text")
	ErrLong = fault.New(fault.Invalid, "message_too_long",
		"A message has up to %d characters, and yours has %d. Please split it in two.").At("text")
)

// check returns in tidied, or what is wrong with it.
func (in Input) check() (_ Input, err error) {
	in.Text, err = prose.Clean(in.Text)
	if f, ok := fault.Of(err); ok {
		return in, f.At("text")
	}
	n := utf8.RuneCountInString(in.Text)
	switch {
	case err != nil:
		return in, err
	case n == 0 && len(in.Files) == 0:
		return in, ErrEmpty
	case n > maxText:
		return in, ErrLong.With(maxText, n)
	}
	return in, nil
}

func (id ID) subject() string { return fmt.Sprintf("message/%d", id) }

// Place is where a page of conversations begins. The zero Place is the top.
type Place struct {
	At time.Time
	ID ConversationID
}

// String writes p for a link.
func (p Place) String() string {
	if p.At.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d-%d", p.At.UnixMicro(), p.ID)
}

// errNoPlace is what a mangled link gives: the reader starts at the top.
var errNoPlace = errors.New("message: no such place")

// ParsePlace reads what String wrote. Anything else is an error, and the top.
func ParsePlace(s string) (Place, error) {
	if s == "" {
		return Place{}, nil
	}
	micro, id, ok := strings.Cut(s, "-")
	at, err := strconv.ParseInt(micro, 10, 64)
	n, err2 := strconv.ParseInt(id, 10, 64)
	if !ok || err != nil || err2 != nil {
		return Place{}, errNoPlace
	}
	return Place{time.UnixMicro(at).UTC(), ConversationID(n)}, nil
}
