package contract

import (
	"time"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/terms"
)

var (
	// ErrByHours says how work by the hour is handed over.
	ErrByHours = fault.New(fault.Conflict, "paid_by_the_hour",
		"This is a week of hours: they are logged as they are worked and handed in together. There is nothing to submit for it.")
	// ErrByMonth says how a month is paid.
	ErrByMonth = fault.New(fault.Conflict, "paid_by_the_month",
		"This is a month of a retainer: it is paid at its end by itself. There is nothing to submit for it.")
	// ErrNotAWeek says that something has no hours.
	ErrNotAWeek = fault.New(fault.Conflict, "not_a_week", "This is not a week of hours. Nothing was changed.")
	// ErrNoHours says that there is nothing to hand in.
	ErrNoHours = fault.New(fault.Conflict, "no_hours",
		"No hours are logged for this week, so there is nothing to hand in. If none come it closes by itself, and the money stays for the next one.")
)

// byCalendar is the answer to who would submit a week or month, take it back or
// ask for changes to it.
func (m *Milestone) byCalendar() error {
	switch m.Every {
	case Weekly:
		return ErrByHours
	case Monthly:
		return ErrByMonth
	default:
		return nil
	}
}

// Billed is what the hours logged so far come to, rounded down to the smallest
// coin.
func (m *Milestone) Billed() money.Amount {
	return money.Amount{Minor: m.Rate.Minor * int64(m.Logged) / 60, Currency: m.Price.Currency}
}

// Open reports whether a week is funded and not handed in: it takes hours once it
// has begun.
func (m *Milestone) Open() bool { return m.Every == Weekly && m.State == Funded }

// Hand closes a week and hands its hours to the client to be looked at. Its
// price is what was worked from then on. The freelancer can, as soon as there
// are hours; the market does at noon on the Monday after, and if there are no
// hours, the week is unused.
func (m *Milestone) Hand(by Side, at time.Time, window terms.Days) error {
	if m.Every != Weekly {
		return ErrNotAWeek
	}
	if by == Market && m.Billed().IsZero() {
		return m.leaveUnused(at)
	}
	to, err := m.next(handIn, by)
	switch {
	case err != nil:
		return err
	case by == Market && !passed(*m.Closes, at):
		return ErrTooEarly.With(*m.Closes)
	case m.Billed().IsZero(): // no hours, or minutes that come to less than a coin
		return ErrNoHours
	}
	m.State, m.SubmittedAt, m.ApproveBy, m.Price = to, &at, new(window.After(at)), m.Billed()
	return nil
}

func (m *Milestone) leaveUnused(at time.Time) error {
	to, err := m.next(leaveUnused, Market)
	switch {
	case err != nil:
		return err
	case !passed(*m.Closes, at):
		return ErrTooEarly.With(*m.Closes)
	}
	m.State, m.EndedAt = to, &at
	return nil
}

// CloseMonth ends a month that is over: it is paid.
func (m *Milestone) CloseMonth(at time.Time) error {
	to, err := m.next(closeMonth, Market)
	switch {
	case err != nil:
		return err
	case m.Every != Monthly:
		return m.refusal()
	case !passed(*m.Closes, at):
		return ErrTooEarly.With(*m.Closes)
	}
	m.State, m.SubmittedAt, m.EndedAt = to, &at, &at
	return nil
}

// settleWeek ends a week under way together with its contract: what was logged
// counts as accepted.
func (m *Milestone) settleWeek(at time.Time) error {
	event := handIn
	if m.Billed().IsZero() {
		event = leaveUnused
	}
	to, err := m.next(event, Market)
	if err != nil {
		return err
	}
	if m.State = to; to == Unused {
		m.EndedAt = &at
		return nil
	}
	m.SubmittedAt, m.Price = &at, m.Billed()
	return m.settle(whole, at)
}
