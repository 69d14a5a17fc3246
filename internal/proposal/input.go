package proposal

import (
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"freehold/internal/file"
	"freehold/internal/jobpost"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/prose"
	"freehold/internal/profile"
)

// Input is a proposal as a freelancer writes it.
type Input struct {
	Letter  string
	Price   money.Amount      // fixed: in all; hourly: for one hour; retainer: for one month
	Hours   int               // fixed: in all; hourly: a week; retainer: a month
	StartOn *time.Time        // a calendar day; nil: at once
	Answers []string          // to the post's questions, in their order
	Plan    []Milestone       // for a fixed price, if wanted
	Pieces  []profile.PieceID // of one's own portfolio
	Files   []file.ID         // uploaded before, to be added
	Drop    []file.ID         // to be taken off, when editing
}

// Milestone is a part of the work as the freelancer plans it.
type Milestone struct {
	Title string
	Minor int64 // its price, in the proposal's currency
	Hours int
	Days  int // from the start until it is due
}

// Answer is what a freelancer says to one of the post's questions.
type Answer struct {
	Question string // as it was asked
	Text     string
}

const (
	maxLetter     = 5000
	maxAnswer     = 3000
	maxMilestones = 20
	maxTitle      = 150
	maxDays       = 3650
	maxPieces     = 10
	maxAhead      = 2 * 366 * 24 * time.Hour // how far away a start may be
)

// maxHours is how many hours an estimate may be: the whole of fixed work, and no
// more than there are in a week or a month of any other.
var maxHours = map[jobpost.Kind]int{jobpost.Fixed: 10_000, jobpost.Hourly: 168, jobpost.Retainer: 744}

// Refusals of what a freelancer wrote.
var (
	ErrLetter = fault.New(fault.Invalid, "letter_length",
		"Please write a letter of 1 to %d characters. Yours has %d.")
	ErrPrice = fault.New(fault.Invalid, "price_out_of_range",
		"Please name a price above zero, up to %s.")
	ErrCurrency = fault.New(fault.Invalid, "other_currency",
		"This job post is in %s. Please name your price in %s, too.")
	ErrHours = fault.New(fault.Invalid, "hours_out_of_range",
		"Please estimate the hours: a whole number from 1 to %d.")
	ErrAnswer = fault.New(fault.Invalid, "answer_length",
		"Please answer this question, in up to %d characters. Your answer has %d.")
	ErrAnswers = fault.New(fault.Invalid, "answers_do_not_match",
		"This job post asks %d questions, and you gave %d answers. Look at the questions again: they may have been edited.")
	ErrStart = fault.New(fault.Invalid, "start_out_of_range",
		"Please choose a day to start on between today and two years from now.")
	ErrPlanKind = fault.New(fault.Invalid, "plan_needs_fixed_price",
		"A plan of milestones goes with a fixed price. This job post is paid otherwise, so please leave the plan out.")
	ErrPlanLength = fault.New(fault.Invalid, "plan_too_long",
		"A plan has up to %d milestones. Yours has %d.")
	ErrMilestone = fault.New(fault.Invalid, "milestone_incomplete",
		"Each milestone needs a title of up to %d characters, a price and hours above zero, and the days until it is due, up to %d.")
	ErrPlanSum = fault.New(fault.Invalid, "plan_does_not_add_up",
		"Your milestones add up to %s and %d hours; your price is %s for %d hours. Please make them the same.")
	ErrPieces = fault.New(fault.Invalid, "too_many_pieces",
		"Please choose up to %d pieces of your portfolio.")
	ErrNotYourPiece = fault.New(fault.Invalid, "not_your_piece",
		"One of these pieces is no longer in your portfolio. Please choose again.")
)

// tidy returns a copy of in as it would be stored, or says which of its texts
// cannot be.
func (in Input) tidy() (Input, error) {
	in.Answers, in.Plan = slices.Clone(in.Answers), slices.Clone(in.Plan)
	wrong := []error{tidyText("letter", &in.Letter, prose.Clean)}
	for i := range in.Answers {
		wrong = append(wrong, tidyText(fmt.Sprintf("answers.%d", i), &in.Answers[i], prose.Clean))
	}
	for i := range in.Plan {
		wrong = append(wrong, tidyText(fmt.Sprintf("plan.%d", i), &in.Plan[i].Title, prose.Line))
	}
	in.Pieces = slices.Compact(slices.Sorted(slices.Values(in.Pieces)))
	return in, errors.Join(wrong...)
}

// tidyText tidies a text in place; what is wrong with it is the field's.
func tidyText(field string, s *string, tidy func(string) (string, error)) (err error) {
	*s, err = tidy(*s)
	if f, ok := fault.Of(err); ok {
		return f.At(field)
	}
	return err
}

// check returns everything that is wrong with in as an answer to post, which
// asks so many questions.
func (in Input) check(post *jobpost.Post, questions int, now time.Time) error {
	wrong := []error{in.checkPrice(post), in.checkStart(now), in.checkAnswers(questions), in.checkPlan(post)}
	if n := utf8.RuneCountInString(in.Letter); n < 1 || n > maxLetter {
		wrong = append(wrong, ErrLetter.With(maxLetter, n).At("letter"))
	}
	if limit := maxHours[post.Kind]; in.Hours < 1 || in.Hours > limit {
		wrong = append(wrong, ErrHours.With(limit).At("hours"))
	}
	if len(in.Pieces) > maxPieces {
		wrong = append(wrong, ErrPieces.With(maxPieces).At("pieces"))
	}
	return errors.Join(wrong...)
}

func (in Input) checkPrice(post *jobpost.Post) error {
	if in.Price.Currency != post.Currency {
		return ErrCurrency.With(post.Currency, post.Currency).At("price")
	}
	if in.Price.Minor < 1 || in.Price.Minor > money.Max {
		return ErrPrice.With(money.Amount{Minor: money.Max, Currency: post.Currency}).At("price")
	}
	return nil
}

// checkStart goes by the place on Earth where the day ends last.
func (in Input) checkStart(now time.Time) error {
	if in.StartOn == nil {
		return nil
	}
	today := now.UTC().Add(-12 * time.Hour).Truncate(24 * time.Hour)
	if in.StartOn.Before(today) || in.StartOn.After(now.Add(maxAhead)) {
		return ErrStart.At("start_on")
	}
	return nil
}

func (in Input) checkAnswers(questions int) error {
	if len(in.Answers) != questions {
		return ErrAnswers.With(questions, len(in.Answers)).At("answers")
	}
	var wrong []error
	for i, a := range in.Answers {
		if n := utf8.RuneCountInString(a); n < 1 || n > maxAnswer {
			wrong = append(wrong, ErrAnswer.With(maxAnswer, n).At(fmt.Sprintf("answers.%d", i)))
		}
	}
	return errors.Join(wrong...)
}

func (in Input) checkPlan(post *jobpost.Post) error {
	switch {
	case len(in.Plan) == 0:
		return nil
	case post.Kind != jobpost.Fixed:
		return ErrPlanKind.At("plan")
	case len(in.Plan) > maxMilestones:
		return ErrPlanLength.With(maxMilestones, len(in.Plan)).At("plan")
	}
	var wrong []error
	for i, m := range in.Plan {
		if !m.complete() {
			wrong = append(wrong, ErrMilestone.With(maxTitle, maxDays).At(fmt.Sprintf("plan.%d", i)))
		}
	}
	if len(wrong) == 0 {
		wrong = append(wrong, in.checkSum(post.Currency))
	}
	return errors.Join(wrong...)
}

func (m Milestone) complete() bool {
	n := utf8.RuneCountInString(m.Title)
	return n >= 1 && n <= maxTitle && m.Minor >= 1 && m.Minor <= money.Max &&
		m.Hours >= 1 && m.Hours <= maxHours[jobpost.Fixed] && m.Days >= 1 && m.Days <= maxDays
}

// checkSum holds the plan to the whole. No sum overflows: there are at most
// maxMilestones of them, each up to money.Max.
func (in Input) checkSum(currency string) error {
	sum, hours := int64(0), 0
	for _, m := range in.Plan {
		sum += m.Minor
		hours += m.Hours
	}
	if sum == in.Price.Minor && hours == in.Hours {
		return nil
	}
	planned, price := money.Amount{Minor: sum, Currency: currency}, money.Amount{Minor: in.Price.Minor, Currency: currency}
	return ErrPlanSum.With(planned, hours, price, in.Hours).At("plan")
}
