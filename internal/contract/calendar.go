package contract

import (
	"errors"
	"fmt"
	"time"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/geo"
	"freehold/internal/kit/money"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
	"freehold/internal/terms"
)

// Span is a piece of the calendar that is paid for: a week, by the hours worked
// in it, or a month, as a retainer. "" is work that is paid by milestones of its
// own.
type Span string

// The spans.
const (
	Weekly  Span = "week"
	Monthly Span = "month"
)

var _ = say.Words(Weekly, Monthly)

// Calendar is work that is paid by the calendar. Its weeks or months are the
// contract's milestones, one after the other, so that money, silence, disputes
// and standing are the same for all work. See ADR 13.
type Calendar struct {
	Every  Span         `json:"every"`
	Rate   money.Amount `json:"rate"`      // of an hour, or of a month
	Hours  int          `json:"hours"`     // of a week: at most; of a month: as estimated
	Count  int          `json:"count"`     // so many weeks or months
	Starts string       `json:"starts"`    // YYYY-MM-DD: a Monday, or a day of the month up to the 28th
	Zone   string       `json:"time_zone"` // in which days begin, such as Europe/Berlin
}

const (
	maxWeekHours        = 80
	maxMonthHours       = 400
	maxMonthDay         = 28 // every month has one
	weekHandedIn        = 12 // o'clock on the Monday after: then a week closes by itself
	hoursAcceptanceDays = 5  // that a client has to look at a week of hours, if nothing else is agreed
	aheadDays           = 3  // before its beginning the next week or month is funded, if the money is there
)

// securedSpans is for how many weeks or months that are not funded the ending
// fee waits: about a month of either.
var securedSpans = map[Span]int{Weekly: 4, Monthly: 1}

// The refusals of a calendar.
var (
	ErrEvery = fault.New(fault.Invalid, "calendar_every_invalid",
		"Say what is paid for: a week, by its hours, or a month.").At("calendar.every")
	ErrRate = fault.New(fault.Invalid, "calendar_rate_invalid",
		"Name what an hour or a month costs: more than nothing, and not more than we can handle.").At("calendar.rate")
	ErrRateCurrency = fault.New(fault.Invalid, "calendar_currency_invalid",
		"The job post is in %s, so name the rate in %s too.").At("calendar.rate")
	ErrWeekHours = fault.New(fault.Invalid, "weekly_limit_invalid",
		"The weekly limit is 1 to 80 hours. The money for so many is in escrow before a week begins.").At("calendar.hours")
	ErrMonthHours = fault.New(fault.Invalid, "month_hours_invalid",
		"Estimate the hours of a month, from 1 to 400. Price and hours together show that nobody works below the floor.").At("calendar.hours")
	ErrCount = fault.New(fault.Invalid, "calendar_count_invalid",
		"Agree on 1 to 50 weeks or months. More can be added later, by an amendment.").At("calendar.count")
	ErrMonday = fault.New(fault.Invalid, "calendar_starts_invalid",
		"Weeks begin on a Monday. Write the first one as year, month and day, such as 2030-01-07.").At("calendar.starts")
	ErrMonthDay = fault.New(fault.Invalid, "calendar_month_day_invalid",
		"Choose a first day that every month has, up to the 28th, such as 2030-01-01.").At("calendar.starts")
	ErrStartsPast = fault.New(fault.Invalid, "calendar_starts_past",
		"The first week or month is over already. Choose a later one.").At("calendar.starts")
	ErrZone = fault.New(fault.Invalid, "calendar_time_zone_invalid",
		"Choose the time zone in which days begin, such as Europe/Berlin.").At("calendar.time_zone")
	ErrByCalendar = fault.New(fault.Invalid, "calendar_and_funding",
		"Work that is paid by the calendar is funded one week or month at a time. Choose the rule “next”.").At("funding")
)

// price is what a week costs at most, or a month.
func (k Calendar) price() money.Amount {
	if k.Every == Weekly {
		return money.Amount{Minor: k.Rate.Minor * int64(k.Hours), Currency: k.Rate.Currency}
	}
	return k.Rate
}

// tidy returns k with every text as it will be stored.
func (k Calendar) tidy() (Calendar, error) {
	return k, errors.Join(tidy(&k.Starts, prose.Line, "calendar.starts"), tidy(&k.Zone, prose.Line, "calendar.time_zone"))
}

// check returns every refusal there is against a calendar, joined.
func (k Calendar) check(floor terms.Floor, currency string, today time.Time) error {
	if k.Every != Weekly && k.Every != Monthly {
		return ErrEvery
	}
	hours, wrongHours := maxWeekHours, ErrWeekHours
	if k.Every == Monthly {
		hours, wrongHours = maxMonthHours, ErrMonthHours
	}
	_, known := geo.Zone(k.Zone)
	errs := []error{
		unless(k.Count >= 1 && k.Count <= maxMilestones, ErrCount),
		unless(k.Hours >= 1 && k.Hours <= hours, wrongHours),
		unless(known, ErrZone),
		k.startsError(today),
	}
	switch {
	case k.Rate.Minor <= 0 || k.Rate.Minor > money.Max/(maxMilestones*maxWeekHours):
		errs = append(errs, ErrRate)
	case k.Rate.Currency != currency:
		errs = append(errs, ErrRateCurrency.With(currency, currency))
	case k.Hours >= 1 && k.Hours <= hours:
		err := floor.Check(k.price(), k.Hours)
		if f, ok := fault.Of(err); ok {
			err = f.At("calendar.rate")
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

func (k Calendar) startsError(today time.Time) error {
	wrong := ErrMonday
	if k.Every == Monthly {
		wrong = ErrMonthDay
	}
	first, err := time.Parse(dateOnly, k.Starts)
	switch {
	case err != nil,
		k.Every == Weekly && first.Weekday() != time.Monday,
		k.Every == Monthly && first.Day() > maxMonthDay:
		return wrong
	case k.lastDay(first).Before(today):
		return ErrStartsPast
	case first.After(today.AddDate(maxYearsAhead, 0, 0)):
		return ErrDueFar.At("calendar.starts")
	}
	return nil
}

// lastDay is the last day of the week or month that begins on a day.
func (k Calendar) lastDay(first time.Time) time.Time {
	if k.Every == Monthly {
		return first.AddDate(0, 1, -1)
	}
	return first.AddDate(0, 0, 6)
}

// Milestones are the weeks or months of a calendar that was checked.
func (k Calendar) Milestones() (all []MilestoneTerms) {
	first, err := time.Parse(dateOnly, k.Starts)
	for n := 1; err == nil && n <= min(k.Count, maxMilestones); n++ {
		last := k.lastDay(first)
		all = append(all, k.milestone(n, first, last))
		first = last.AddDate(0, 0, 1)
	}
	return all
}

func (k Calendar) milestone(n int, first, last time.Time) MilestoneTerms {
	name, criterion := "Week", "Every hour is logged, with a note of what was done in it."
	if k.Every == Monthly {
		name, criterion = "Month", "What was agreed for the month is done."
	}
	return MilestoneTerms{
		Title: fmt.Sprintf("%s %d: %s to %s", name, n, first.Format(dateOnly), last.Format(dateOnly)),
		Price: k.price(), Due: last.Format(dateOnly), Criteria: []string{criterion}, Hours: k.Hours,
	}
}

// lay sets when a week or month of the contract begins, ends, and closes by
// itself, and its rate, by its last day and price. Days are those of the
// contract's time zone, whether or not they have 24 hours.
func (c *Contract) lay(m *Milestone) {
	if c.Every == "" {
		return
	}
	zone := c.Location()
	y, month, d := m.Due.Date()
	at := func(day, hour int) *time.Time { return new(time.Date(y, month, day, hour, 0, 0, 0, zone)) }
	m.Every, m.Ends = c.Every, at(d+1, 0)
	if c.Every == Weekly {
		m.Starts, m.Closes, m.Rate = at(d-6, 0), at(d+1, weekHandedIn), money.Amount{Minor: m.Price.Minor / int64(m.Hours), Currency: m.Price.Currency}
		return
	}
	after := m.Due.AddDate(0, 0, 1).AddDate(0, -1, 0)
	m.Starts, m.Closes = new(time.Date(after.Year(), after.Month(), after.Day(), 0, 0, 0, 0, zone)), m.Ends
}

// Location is where the days of the contract's calendar begin; UTC without one.
func (c *Contract) Location() *time.Location {
	if zone, ok := geo.Zone(c.Zone); ok {
		return zone
	}
	return time.UTC
}

// CalendarChange is how the weeks or months of a contract that are not funded
// yet are to go on.
type CalendarChange struct {
	From  int          // the number of the first one that changes
	Rate  money.Amount // of an hour, or of a month
	Hours int
	Count int // of all weeks or months of the contract, those that are over too
}

// Recalendar is the plan that a change of a contract's calendar makes.
func (c *Contract) Recalendar(scope string, ch CalendarChange) Plan {
	p := Plan{Scope: scope}
	k := Calendar{Every: c.Every, Rate: ch.Rate, Hours: ch.Hours}
	for _, part := range c.plan(scope).Milestones {
		if m := &c.Milestones[part.N-1]; m.State == Planned && part.N >= ch.From {
			part.Price, part.Hours = k.price(), k.Hours
		}
		if part.N <= ch.Count || c.Milestones[part.N-1].State != Planned {
			p.Milestones = append(p.Milestones, part)
		}
	}
	for n := len(c.Milestones) + 1; n <= min(ch.Count, maxMilestones+1); n++ {
		added := c.span(n)
		added.Price, added.Hours = k.price(), k.Hours
		p.Milestones = append(p.Milestones, Part{MilestoneTerms: added})
	}
	return p
}

// ErrCalendarStands says what of a calendar can be changed.
var ErrCalendarStands = fault.New(fault.Conflict, "calendar_stands",
	"Weeks and months stay where the calendar has them. What can change is the rate and the hours of those that are not funded, and how many there are.")

// checkSpan refuses a week or month, which has or will have this number, that is not
// as the calendar has it.
func (c *Contract) checkSpan(part Part, n int, field string) error {
	if c.Every == "" || n < 1 {
		return nil
	}
	is := c.span(n)
	planned := n > len(c.Milestones) || c.Milestones[n-1].State == Planned
	return unless(planned && part.Title == is.Title && part.Due == is.Due && c.wholeRate(part), ErrCalendarStands.At(field+"price"))
}

// span is the week or month with a number, as the calendar has it: those that are
// added follow the last one.
func (c *Contract) span(n int) MilestoneTerms {
	if n <= len(c.Milestones) {
		return c.Milestones[n-1].terms()
	}
	k := Calendar{Every: c.Every}
	last := c.Milestones[len(c.Milestones)-1].Due
	for at := len(c.Milestones) + 1; ; at++ {
		first := last.AddDate(0, 0, 1)
		if last = k.lastDay(first); at == n {
			return k.milestone(n, first, last)
		}
	}
}

// wholeRate reports whether the price of a week is that of whole hours.
func (c *Contract) wholeRate(part Part) bool {
	return c.Every == Monthly || part.Hours >= 1 && part.Hours <= maxWeekHours && part.Price.Minor%int64(part.Hours) == 0
}

// passBy lets go by what the calendar has passed without the money for it:
// nobody worked then.
func (c *Contract) passBy(at time.Time) error {
	for i := range c.Milestones {
		m := &c.Milestones[i]
		if m.State != Planned || m.Ends == nil || !passed(*m.Ends, at) {
			continue
		}
		to, err := m.next(goBy, Market)
		if err != nil {
			return err
		}
		m.State, m.EndedAt = to, &at
	}
	return nil
}

// noticeEnds is when a contract ends if notice is given at a moment. By the
// calendar it ends with a week or month.
func (c *Contract) noticeEnds(at time.Time) time.Time {
	ends := c.NoticeDays.After(at)
	if c.Every == "" {
		return ends
	}
	for _, m := range c.Milestones {
		if !m.Ends.Before(ends) {
			return *m.Ends
		}
	}
	if last := c.Milestones[len(c.Milestones)-1].Ends; last.After(at) {
		return *last
	}
	return at
}

// unfundedBeforeEnd reports whether a week or month went by, or would have come
// before the end that notice set, and the client had not funded it.
func (c *Contract) unfundedBeforeEnd() bool {
	for i := len(c.Milestones) - 1; i >= 0; i-- {
		m := &c.Milestones[i]
		switch {
		case m.Starts == nil || c.EndsAt != nil && !m.Starts.Before(*c.EndsAt):
		case m.State == Planned, m.State == Dropped && c.EndedAt != nil && m.EndedAt.Equal(*c.EndedAt), m.State == Passed && m.EndedAt.After(*c.FundedAt):
			return true
		case m.State == Dropped:
		default:
			return false // the last one that was to come was funded
		}
	}
	return false
}
