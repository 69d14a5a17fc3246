package proposal

import (
	"slices"
	"unicode/utf8"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
)

// Reason is why a client declines a proposal: one of the Reasons, and the
// client's own words if they have any.
type Reason struct {
	Code  string
	Words string // up to 2,000 characters
}

// Choice is a reason as a client chooses it and as a freelancer reads it.
type Choice struct {
	Code   string
	Chosen string // what the client ticks
	told   string // what the freelancer reads: of the client's name and the post's title
}

// The reasons that the market itself gives: when the last place goes to
// somebody else, and when a client takes an offer back after the post ended.
const (
	HiredSomeoneElse = "hired_someone_else"
	ScopeChanged     = "scope_changed"
)

const ownWords = "own_words"

// Reasons are all reasons, in the order in which they are offered.
var Reasons = []Choice{
	{HiredSomeoneElse, say.Key("I hired somebody else"), say.Key("%s chose somebody else for “%s”.")},
	{"experience", say.Key("I look for more experience with this kind of work"), say.Key("%s looks for more experience with this kind of work, for “%s”.")},
	{"skills", say.Key("The work needs other skills"), say.Key("%s needs other skills for “%s”.")},
	{"price", say.Key("The price is beyond my budget"), say.Key("%s finds the price beyond the budget of “%s”.")},
	{"timing", say.Key("The dates do not fit"), say.Key("%s needs other dates or other hours for “%s”.")},
	{"language", say.Key("I need another language or time zone"), say.Key("%s needs another language or time zone for “%s”.")},
	{"letter", say.Key("The letter says too little about this work"), say.Key("%s found too little about this work in your letter for “%s”.")},
	{ScopeChanged, say.Key("The work has changed"), say.Key("%s has changed what is wanted in “%s”.")},
	{"not_needed", say.Key("The work is no longer needed"), say.Key("%s no longer needs the work in “%s”.")},
	{ownWords, say.Key("Another reason, in my own words"), say.Key("%s declined your proposal for “%s”.")},
}

const maxWords = 2000

// Refusals of reasons.
var (
	ErrNoReason = fault.New(fault.Invalid, "reason_missing",
		"Please choose a reason. It is what the freelancer learns from your answer.")
	ErrNoWords = fault.New(fault.Invalid, "words_missing",
		"Please say the reason in your own words, or choose one of the others.")
	ErrLongWords = fault.New(fault.Invalid, "words_too_long",
		"Please use up to %d characters. Yours are %d.")
)

// check returns r tidied, or what is wrong with it.
func (r Reason) check() (Reason, error) {
	if err := tidyText("words", &r.Words, prose.Clean); err != nil {
		return r, err
	}
	n := utf8.RuneCountInString(r.Words)
	switch {
	case !slices.ContainsFunc(Reasons, func(c Choice) bool { return c.Code == r.Code }):
		return r, ErrNoReason.At("reason")
	case n > maxWords:
		return r, ErrLongWords.With(maxWords, n).At("words")
	case r.Code == ownWords && n == 0:
		return r, ErrNoWords.At("words")
	}
	return r, nil
}

// sentence is what the freelancer reads.
func (r Reason) sentence(client, title string) say.Sentence {
	i := slices.IndexFunc(Reasons, func(c Choice) bool { return c.Code == r.Code })
	if r.Words == "" {
		return say.That(Reasons[i].told, client, title)
	}
	return say.That("%s They wrote: “%s”", say.That(Reasons[i].told, client, title), r.Words)
}

// record is the reason as the journal keeps it.
func (r Reason) record() string {
	if r.Words == "" {
		return r.Code
	}
	return r.Code + ": " + r.Words
}
