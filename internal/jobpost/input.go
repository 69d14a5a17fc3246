package jobpost

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"freehold/internal/file"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/prose"
	"freehold/internal/skill"
	"freehold/internal/terms"
)

// Input is a post as its client fills it in. In a draft anything may be missing;
// what is there must be valid.
type Input struct {
	Title       string
	Description string // Markdown
	Category    skill.Key
	Skills      []string // names or aliases
	Level       skill.Level
	Kind        Kind   // empty: fixed
	Currency    string // empty: EUR
	BudgetMin   int64  // in minor units, see Post; 0: not said yet
	BudgetMax   int64  // 0: the same as BudgetMin
	Hours       int    // see Post; 0: not said yet
	Questions   []string
	Hire        int        // 0: one
	AnswerDays  int        // 0: the market's default
	Visibility  Visibility // empty: public
	Files       []file.ID  // uploaded before, to be added to those that are attached
	Drop        []file.ID  // attached before, to be taken off
}

const (
	maxTitle       = 150 // characters, as are those below
	maxDescription = 20_000
	maxQuestion    = 500
	maxQuestions   = 5
	maxSkills      = 15
	maxHire        = 20
)

// usual is the currency of a draft that names none.
const usual = "EUR"

// maxHours is how many hours an estimate may be: the whole of fixed work, and no
// more than there are in a week or a month of any other.
var maxHours = map[Kind]int{Fixed: 10_000, Hourly: 168, Retainer: 744}

// Refusals of what a client filled in.
var (
	ErrLength = fault.New(fault.Invalid, "text_too_long",
		"This can have %d characters at most, and yours has %d. Please shorten it.")
	ErrKind = fault.New(fault.Invalid, "unknown_kind",
		"Please choose what you pay for: the whole (fixed), an hour (hourly) or a month (retainer).").At("kind")
	ErrVisibility = fault.New(fault.Invalid, "unknown_visibility",
		"Please choose who can find this: everybody (public) or only those you invite (invited).").At("visibility")
	ErrBudget = fault.New(fault.Invalid, "budget_out_of_range",
		"Please give a budget above zero, up to %s. Where it is a range, the least comes first.").At("budget")
	ErrHours = fault.New(fault.Invalid, "hours_out_of_range",
		"Please estimate the hours: a whole number from 1 to %d.").At("hours")
	ErrSkills = fault.New(fault.Invalid, "too_many_skills",
		"Please name up to %d skills, those that matter most.").At("skills")
	ErrQuestions = fault.New(fault.Invalid, "too_many_questions",
		"Please ask up to %d questions. Everybody who proposes has to answer them all.").At("questions")
	ErrHire = fault.New(fault.Invalid, "hire_out_of_range",
		"Please say how many you want to hire: from 1 to %d.").At("hire")
	ErrAnswerDays = fault.New(fault.Invalid, "answer_days_out_of_range",
		"Please choose in how many days everybody will have your answer: from 3 to 21.").At("answer_in_days")
)

// clean tidies in, fills in what goes without saying, and returns a refusal for
// each field that is wrong, save for what only the database knows.
func (in Input) clean(set terms.Settings) (Input, error) {
	in.Questions = slices.DeleteFunc(slices.Clone(in.Questions), func(q string) bool { return strings.TrimSpace(q) == "" })
	wrong := []error{
		line("title", &in.Title, maxTitle),
		text("description", &in.Description, maxDescription),
	}
	for i := range in.Questions {
		wrong = append(wrong, line(fmt.Sprintf("questions.%d", i), &in.Questions[i], maxQuestion))
	}
	in.Kind = or(in.Kind, Fixed)
	in.Currency = or(in.Currency, usual)
	in.BudgetMax = or(in.BudgetMax, in.BudgetMin)
	in.Hire = or(in.Hire, 1)
	in.AnswerDays = or(in.AnswerDays, int(set.AnswerDays))
	in.Visibility = or(in.Visibility, Public)
	return in, errors.Join(append(wrong, in.check())...)
}

// or is value, or what stands for it where nothing was said.
func or[T comparable](value, otherwise T) T {
	if value == *new(T) {
		return otherwise
	}
	return value
}

func (in Input) check() error {
	budgeted := in.BudgetMin > 0 && in.BudgetMax >= in.BudgetMin && in.BudgetMax <= money.Max
	unsaid := in.BudgetMin == 0 && in.BudgetMax == 0
	most, known := maxHours[in.Kind]
	wrong := []error{
		unless(known, ErrKind),
		unless(in.Visibility == Public || in.Visibility == Invited, ErrVisibility),
		unless(budgeted || unsaid, ErrBudget.With(money.Amount{Minor: money.Max, Currency: in.Currency})),
		unless(!known || in.Hours >= 0 && in.Hours <= most, ErrHours.With(most)),
		unless(len(in.Skills) <= maxSkills, ErrSkills.With(maxSkills)),
		unless(len(in.Questions) <= maxQuestions, ErrQuestions.With(maxQuestions)),
		unless(in.Hire >= 1 && in.Hire <= maxHire, ErrHire.With(maxHire)),
		unless(in.AnswerDays >= 3 && in.AnswerDays <= 21, ErrAnswerDays),
	}
	if in.Level != "" {
		_, err := skill.ParseLevel(string(in.Level))
		wrong = append(wrong, err)
	}
	return errors.Join(wrong...)
}

func unless(ok bool, refusal error) error {
	if ok {
		return nil
	}
	return refusal
}

// line tidies a text of one line in place, and holds it to a length in characters.
func line(field string, s *string, most int) (err error) {
	*s, err = prose.Line(*s)
	return fits(field, *s, most, err)
}

// text is line for a text of many lines.
func text(field string, s *string, most int) (err error) {
	*s, err = prose.Clean(*s)
	return fits(field, *s, most, err)
}

func fits(field, s string, most int, err error) error {
	if n := utf8.RuneCountInString(s); n > most {
		return ErrLength.With(most, n).At(field)
	}
	return atField(field, err)
}

// atField points a refusal at a field.
func atField(field string, err error) error {
	if f, ok := fault.Of(err); ok {
		return f.At(field)
	}
	return err
}

// together returns the first accident among errs, or else all refusals joined.
func together(errs ...error) error {
	for _, err := range errs {
		if _, ok := fault.Of(err); err != nil && !ok {
			return err
		}
	}
	return errors.Join(errs...)
}

// write puts what the client filled in into the post itself.
func (p *Post) write(in Input) {
	p.Title, p.Description, p.Category, p.Level = in.Title, in.Description, in.Category, in.Level
	p.Kind, p.Currency, p.BudgetMin, p.BudgetMax, p.Hours = in.Kind, in.Currency, in.BudgetMin, in.BudgetMax, in.Hours
	p.Hire, p.AnswerDays, p.Visibility = in.Hire, in.AnswerDays, in.Visibility
}

// missing returns a refusal beside each field without which a post cannot be published.
func (p Post) missing() error {
	return errors.Join(
		unless(p.Title != "", errMissing("title", "Please give it a title: in a few words, what is to be done?")),
		unless(p.Description != "", errMissing("description", "Please describe what is to be done, and how you will know that it is done.")),
		unless(p.Category != "", errMissing("category", "Please choose the category that comes closest.")),
		unless(p.Level != "", errMissing("level", "Please choose how experienced somebody should be.")),
		unless(p.HasBudget(), errMissing("budget", "Please say what you pay. Nobody should have to guess.")),
		unless(p.Hours > 0, errMissing("hours", "Please estimate the hours. The budget is held to the floor by them, and freelancers reckon with them.")),
	)
}

// ErrMissing refuses to publish what lacks something; its sentences say what.
var ErrMissing = fault.New(fault.Invalid, "missing", "Something is missing.")

func errMissing(field, sentence string) error {
	return fault.New(ErrMissing.Kind, ErrMissing.Code, sentence).At(field)
}
