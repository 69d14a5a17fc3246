package contract

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/prose"
	"freehold/internal/terms"
)

// Terms are what two people agree on. Where a number of days or rounds or the
// ending fee is left out, the market's default holds.
type Terms struct {
	Scope          string            `json:"scope"` // Markdown
	Milestones     []MilestoneTerms  `json:"milestones"`
	Funding        Funding           `json:"funding"`
	AcceptanceDays terms.Days        `json:"acceptance_days"`
	ChangeRounds   int               `json:"change_rounds"` // for each milestone
	NoticeDays     terms.Days        `json:"notice_days"`
	EndingFee      terms.BasisPoints `json:"ending_fee_bp"`      // of the unfunded rest
	Calendar       *Calendar         `json:"calendar,omitempty"` // by which the milestones come; nil: they are named one by one
}

// MilestoneTerms are what is agreed on one milestone.
type MilestoneTerms struct {
	Title    string       `json:"title"`
	Price    money.Amount `json:"price"`
	Due      string       `json:"due"` // YYYY-MM-DD, until the end of that day in UTC
	Criteria []string     `json:"criteria"`
	Hours    int          `json:"hours"`
}

// Rules are the market's part of a contract: not agreed between the two, but
// pinned when the terms are written, so that later settings do not reach them.
type Rules struct {
	Settings      int               `json:"settings"`  // their version
	Lifecycle     int               `json:"lifecycle"` // the version of the lifecycles
	ClientFee     terms.BasisPoints `json:"client_fee_bp"`
	FreelancerFee terms.BasisPoints `json:"freelancer_fee_bp"`
	OfferDays     terms.Days        `json:"offer_days"`
	FundDays      terms.Days        `json:"fund_days"`
	GraceDays     terms.Days        `json:"grace_days"`
	StarvedDays   terms.Days        `json:"starved_days"`
	Floor         money.Amount      `json:"floor"`  // of one hour
	Rights        string            `json:"rights"` // in the work: when they pass, in words
}

// rightsFollowMoney is how the rights in the work pass, in every contract.
const rightsFollowMoney = "pass to the client when the milestone is paid"

func rulesOf(s terms.Settings, floor terms.Floor) Rules {
	return Rules{s.Version, Version, s.ClientFee, s.FreelancerFee, s.OfferDays, s.FundDays, s.GraceDays, s.StarvedDays, floor.Hourly, rightsFollowMoney}
}

const (
	maxMilestones = 50
	maxCriteria   = 10
	maxScope      = 20_000
	maxTitle      = 150
	maxCriterion  = 500
	maxHours      = 10_000
	maxWindowDays = 14
	maxRounds     = 5
	minNoticeDays = 7
	maxNoticeDays = 90
	maxEndingFee  = 5_000
	maxYearsAhead = 5
)

const dateOnly = time.DateOnly

// The refusals of terms, each of which points at its field.
var (
	ErrScope = fault.New(fault.Invalid, "scope_invalid",
		"Say what the work is, in 1 to 20,000 characters.")
	ErrMilestones = fault.New(fault.Invalid, "milestones_invalid",
		"Divide the work into 1 to 50 milestones.")
	ErrTitle = fault.New(fault.Invalid, "milestone_title_invalid",
		"Give the milestone a title of 1 to 150 characters.")
	ErrPrice = fault.New(fault.Invalid, "milestone_price_invalid",
		"Name the milestone's price: more than nothing, and not more than we can handle.")
	ErrCurrency = fault.New(fault.Invalid, "milestone_currency_invalid",
		"The job post is in %s, so name the price in %s too.")
	ErrTotal = fault.New(fault.Invalid, "contract_total_invalid",
		"Together the milestones cost more than we can handle in one contract. Divide the work into several contracts.")
	ErrDue = fault.New(fault.Invalid, "due_invalid",
		"Write the due date as year, month and day, such as 2030-01-31.")
	ErrDuePast = fault.New(fault.Invalid, "due_past", "This due date has passed already. Name a day from today on.")
	ErrDueFar  = fault.New(fault.Invalid, "due_far", "This due date is more than five years away. Name an earlier one.")
	ErrDueBack = fault.New(fault.Invalid, "due_before_previous",
		"A milestone cannot be due before the one that it follows. Change the date, or the order.")
	ErrHeldTooLong = fault.New(fault.Invalid, "milestone_too_long",
		"The money for this milestone would wait for longer than %d days, which is as long as this market can hold it. Divide the work into shorter milestones, and fund them one at a time.")
	ErrHours = fault.New(fault.Invalid, "milestone_hours_invalid",
		"Estimate the hours of work, from 1 to 10,000. Price and hours together show that nobody works below the floor.")
	ErrCriteria = fault.New(fault.Invalid, "criteria_invalid",
		"Name 1 to 10 acceptance criteria: what will be true of the work once it is done.")
	ErrCriterion = fault.New(fault.Invalid, "criterion_invalid",
		"Write each acceptance criterion in 1 to 500 characters.")
	ErrFunding = fault.New(fault.Invalid, "funding_invalid",
		"Choose the funding rule: all milestones at the start, or the next one at a time.")
	ErrAcceptanceDays = fault.New(fault.Invalid, "acceptance_days_invalid",
		"The acceptance window is 1 to 14 days.")
	ErrChangeRounds = fault.New(fault.Invalid, "change_rounds_invalid",
		"Agree on at most 5 rounds of changes for each milestone.")
	ErrNoticeDays = fault.New(fault.Invalid, "notice_days_invalid",
		"The notice period is 7 to 90 days.")
	ErrEndingFee = fault.New(fault.Invalid, "ending_fee_invalid",
		"The ending fee is at least %s and at most 50 percent of the unfunded rest.")
)

// Total is the sum of all prices.
func (t Terms) Total() money.Amount {
	var sum money.Amount
	for i, m := range t.Milestones {
		if i == 0 {
			sum = money.Zero(m.Price.Currency)
		}
		sum = sum.Add(m.Price)
	}
	return sum
}

// complete returns t with the market's defaults where it leaves something out,
// and with every text as it will be stored. What is no text is refused.
func (t Terms) complete(s terms.Settings) (Terms, error) {
	t.Funding = orDefault(t.Funding, Next)
	if t.Calendar != nil {
		t.AcceptanceDays = orDefault(t.AcceptanceDays, min(hoursAcceptanceDays, s.AcceptanceDays))
	}
	t.AcceptanceDays = orDefault(t.AcceptanceDays, s.AcceptanceDays)
	t.ChangeRounds = orDefault(t.ChangeRounds, s.ChangeRounds)
	t.NoticeDays = orDefault(t.NoticeDays, s.NoticeDays)
	t.EndingFee = orDefault(t.EndingFee, s.EndingFee)
	errs := []error{tidy(&t.Scope, prose.Clean, "scope")}
	if t.Calendar != nil {
		return t.byCalendar(errors.Join(errs...))
	}
	t.Milestones = slices.Clone(t.Milestones) // the caller's own stay as they are
	for i := range t.Milestones {
		errs = append(errs, t.Milestones[i].tidy(milestoneField(i)))
	}
	return t, errors.Join(errs...)
}

// byCalendar fills in the milestones that the calendar makes. There are no
// rounds of changes: hours that were worked are approved or disputed.
func (t Terms) byCalendar(untidy error) (Terms, error) {
	k, err := t.Calendar.tidy()
	t.Calendar, t.ChangeRounds = &k, 0
	t.Milestones = k.Milestones()
	return t, errors.Join(untidy, err)
}

func (m *MilestoneTerms) tidy(at string) error {
	errs := []error{tidy(&m.Title, prose.Line, at+"title"), tidy(&m.Due, prose.Line, at+"due")}
	m.Criteria = slices.Clone(m.Criteria)
	for i := range m.Criteria {
		errs = append(errs, tidy(&m.Criteria[i], prose.Line, criterionField(at, i)))
	}
	return errors.Join(errs...)
}

// tidy cleans the text of one field.
func tidy(text *string, clean func(string) (string, error), field string) (err error) {
	*text, err = clean(*text)
	if f, ok := fault.Of(err); ok {
		return f.At(field)
	}
	return err
}

func milestoneField(i int) string { return fmt.Sprintf("milestones.%d.", i) }

func criterionField(milestone string, i int) string {
	return fmt.Sprintf("%scriteria.%d", milestone, i)
}

func orDefault[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

// check returns every refusal there is against complete terms, joined.
func (t Terms) check(s terms.Settings, floor terms.Floor, currency string, today time.Time) error {
	errs := []error{
		unless(lengthIn(t.Scope, maxScope), ErrScope.At("scope")),
		unless(t.Calendar != nil || len(t.Milestones) >= 1 && len(t.Milestones) <= maxMilestones, ErrMilestones.At("milestones")),
		unless(t.Funding == All || t.Funding == Next, ErrFunding.At("funding")),
		unless(t.AcceptanceDays >= 1 && t.AcceptanceDays <= maxWindowDays, ErrAcceptanceDays.At("acceptance_days")),
		unless(t.ChangeRounds >= 0 && t.ChangeRounds <= maxRounds, ErrChangeRounds.At("change_rounds")),
		unless(t.NoticeDays >= minNoticeDays && t.NoticeDays <= maxNoticeDays, ErrNoticeDays.At("notice_days")),
		unless(t.EndingFee >= s.EndingFee && t.EndingFee <= maxEndingFee,
			ErrEndingFee.With(percent(s.EndingFee)).At("ending_fee_bp")),
	}
	if t.Calendar != nil {
		return errors.Join(append(errs, unless(t.Funding != All, ErrByCalendar), t.Calendar.check(floor, currency, today))...)
	}
	if len(t.Milestones) > maxMilestones {
		return errors.Join(errs...)
	}
	errs = append(errs, heldTooLong(t.dues(), nil, t.Funding, today, s.MilestoneDays))
	total, previous := int64(0), today
	for i, m := range t.Milestones {
		at := milestoneField(i)
		errs = append(errs, m.check(at, floor, currency), dueError(m.Due, today, previous, at+"due"))
		if due, err := time.Parse(dateOnly, m.Due); err == nil {
			previous = due
		}
		if m.Price.Minor > 0 && m.Price.Minor <= money.Max {
			total += m.Price.Minor
		}
	}
	return errors.Join(append(errs, unless(total <= money.Max, ErrTotal.At("milestones")))...)
}

func (t Terms) dues() (all []string) {
	for _, m := range t.Milestones {
		all = append(all, m.Due)
	}
	return all
}

// heldTooLong refuses each milestone, by its due date, whose money would wait for
// longer than the market can hold it: from the start if all are funded then, or
// else from when the one before is due. Dates that both have signed before stand.
func heldTooLong(dues, signed []string, f Funding, from time.Time, longest terms.Days) error {
	var errs []error
	for i, d := range dues {
		due, err := time.Parse(dateOnly, d)
		if err != nil {
			continue
		}
		errs = append(errs, unless(slices.Contains(signed, d) || !due.After(longest.After(from)), ErrHeldTooLong.With(int(longest)).At(milestoneField(i)+"due")))
		if f != All && due.After(from) {
			from = due
		}
	}
	return errors.Join(errs...)
}

func (m MilestoneTerms) check(at string, floor terms.Floor, currency string) error {
	errs := []error{
		unless(lengthIn(m.Title, maxTitle), ErrTitle.At(at+"title")),
		unless(len(m.Criteria) >= 1 && len(m.Criteria) <= maxCriteria, ErrCriteria.At(at+"criteria")),
		unless(m.Hours >= 1 && m.Hours <= maxHours, ErrHours.At(at+"hours")),
		m.priceError(at+"price", floor, currency),
	}
	for j, c := range m.Criteria[:min(len(m.Criteria), maxCriteria)] {
		errs = append(errs, unless(lengthIn(c, maxCriterion), ErrCriterion.At(criterionField(at, j))))
	}
	return errors.Join(errs...)
}

func (m MilestoneTerms) priceError(field string, floor terms.Floor, currency string) error {
	switch {
	case m.Price.Minor <= 0 || m.Price.Minor > money.Max:
		return ErrPrice.At(field)
	case m.Price.Currency != currency:
		return ErrCurrency.With(currency, currency).At(field)
	case m.Hours < 1 || m.Hours > maxHours:
		return nil // there is nothing yet to hold to the floor
	}
	err := floor.Check(m.Price, m.Hours)
	if f, ok := fault.Of(err); ok {
		return f.At(field)
	}
	return err
}

func dueError(due string, today, previous time.Time, field string) error {
	d, err := time.Parse(dateOnly, due)
	switch {
	case err != nil:
		return ErrDue.At(field)
	case d.Before(today):
		return ErrDuePast.At(field)
	case d.After(today.AddDate(maxYearsAhead, 0, 0)):
		return ErrDueFar.At(field)
	case d.Before(previous):
		return ErrDueBack.At(field)
	}
	return nil
}

// dueBefore reports whether some milestone is due before a day.
func (t Terms) dueBefore(day time.Time) bool {
	for _, m := range t.Milestones {
		if m.Due < day.Format(dateOnly) {
			return true
		}
	}
	return false
}

func unless(ok bool, refusal error) error {
	if ok {
		return nil
	}
	return refusal
}

// lengthIn reports whether s has 1 to most characters.
func lengthIn(s string, most int) bool {
	n := len([]rune(s))
	return n >= 1 && n <= most
}

// percent writes basis points as people read them: "5", "2.5", "0.25".
func percent(basisPoints terms.BasisPoints) string {
	s := fmt.Sprintf("%d.%02d", basisPoints/100, basisPoints%100)
	for s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	return s + " percent"
}
