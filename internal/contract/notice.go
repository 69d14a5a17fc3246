package contract

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"freehold/internal/kit/fault"
)

// NoticeReason is why somebody ends a contract early, as one of a few.
type NoticeReason string

// The reasons. Illness counts against nobody: see package standing.
const (
	ForPlans   NoticeReason = "plans"
	ForFit     NoticeReason = "fit"
	ForIllness NoticeReason = "illness"
	ForOther   NoticeReason = "other"
)

// NoticeReasons are all there are, in the order in which they are offered.
var NoticeReasons = []NoticeReason{ForPlans, ForFit, ForIllness, ForOther}

var (
	errNoReason     = fault.New(fault.Invalid, "notice_words", "Say why you end the contract. The other side reads it.").At("words")
	errTooLong      = fault.New(fault.Invalid, "notice_too_long", "Say it in at most 2,000 characters.").At("words")
	errNoticeReason = fault.New(fault.Invalid, "notice_reason", "Choose which of these it is. Illness never counts against anybody.").At("reason")
)

// Notice is why somebody ends a contract: one of a few reasons, and their own words.
type Notice struct {
	Reason NoticeReason
	Words  string
}

func (n Notice) check() (Notice, error) {
	n.Words = strings.TrimSpace(n.Words)
	var wrong []error
	if !slices.Contains(NoticeReasons, n.Reason) {
		wrong = append(wrong, errNoticeReason)
	}
	switch {
	case n.Words == "":
		wrong = append(wrong, errNoReason)
	case utf8.RuneCountInString(n.Words) > 2000:
		wrong = append(wrong, errTooLong)
	}
	return n, errors.Join(wrong...)
}
