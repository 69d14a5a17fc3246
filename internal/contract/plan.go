package contract

import (
	"errors"
	"slices"
	"time"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/prose"
	"freehold/internal/terms"
)

// Plan is what is open on a contract: the work in words, and the milestones that
// have not come to their end. An amendment puts another one in its place.
type Plan struct {
	Scope      string `json:"scope"` // Markdown
	Milestones []Part `json:"milestones"`
}

// Part is a milestone of a plan.
type Part struct {
	N int `json:"n"` // of the contract's milestone; 0: it is new
	MilestoneTerms
}

var (
	// ErrNothingToAmend says that a contract is past changing.
	ErrNothingToAmend = fault.New(fault.Conflict, "cannot_amend",
		"This contract is being ended or has ended, so nothing about it can be changed any more.")
	// ErrNoChange says that the plan is the one that holds.
	ErrNoChange = fault.New(fault.Invalid, "nothing_changed", "This is what you have agreed on already. Change something, then propose it.").At("milestones")
	// ErrPartUnknown says that a number is that of no open milestone.
	ErrPartUnknown = fault.New(fault.Invalid, "milestone_not_open",
		"There is no open milestone with this number on the contract. Leave the number out to add a new one.")
	// ErrPartOrder says that milestones keep their order.
	ErrPartOrder = fault.New(fault.Invalid, "milestone_order", "Milestones keep their order, and new ones come after them.")
	// ErrPartBegun says that what has begun cannot be left out.
	ErrPartBegun = fault.New(fault.Conflict, "milestone_begun",
		"“%s” has begun, so it cannot be dropped by an amendment. Leave it in, or end the contract early: then what is done is computed and paid.").At("milestones")
	// ErrPartSubmitted says that work is judged by what was agreed when it was handed over.
	ErrPartSubmitted = fault.New(fault.Conflict, "milestone_submitted_unchanged",
		"The work for this milestone is before the client, and is judged by what you agreed on. It can be changed once that is done.")
	// ErrCriteriaStand says that criteria by which work was judged stay.
	ErrCriteriaStand = fault.New(fault.Conflict, "criteria_stand",
		"Work for this milestone has been judged by these criteria, so they stay as they are.")
	// ErrPriceCut keeps the price of what has begun.
	ErrPriceCut = fault.New(fault.Conflict, "price_cut",
		"Work on this milestone has begun for %s, so its price can be raised and not lowered.")
	// ErrNothingLeft says that a contract is not ended by changing it.
	ErrNothingLeft = fault.New(fault.Invalid, "no_milestone_left",
		"At least one milestone has to stay open. To end the contract, give notice instead.").At("milestones")
	// ErrTooManyParts says how many milestones a contract can have.
	ErrTooManyParts = fault.New(fault.Invalid, "milestones_invalid",
		"A contract has at most 50 milestones, and those that are done count as well.").At("milestones")
)

// open reports whether a milestone has not come to its end.
func (m *Milestone) open() bool { return m.EndedAt == nil }

// terms are what both signed: of a week that is handed in its limit, not what it
// came to.
func (m *Milestone) terms() MilestoneTerms {
	price := m.Price
	if m.Every == Weekly {
		price.Minor = m.Rate.Minor * int64(m.Hours)
	}
	return MilestoneTerms{Title: m.Title, Price: price, Due: m.Due.Format(dateOnly), Criteria: m.Criteria, Hours: m.Hours}
}

func (t MilestoneTerms) is(o MilestoneTerms) bool {
	return t.Title == o.Title && t.Price == o.Price && t.Due == o.Due && t.Hours == o.Hours && slices.Equal(t.Criteria, o.Criteria)
}

// plan is what is open on the contract, whose work is in these words.
func (c *Contract) plan(scope string) Plan {
	p := Plan{Scope: scope}
	for i := range c.Milestones {
		if m := &c.Milestones[i]; m.open() {
			p.Milestones = append(p.Milestones, Part{m.N, m.terms()})
		}
	}
	return p
}

func (p Plan) dues() (all []string) {
	for _, part := range p.Milestones {
		all = append(all, part.Due)
	}
	return all
}

// tidy returns p with every text as it will be stored.
func (p Plan) tidy() (Plan, error) {
	errs := []error{tidy(&p.Scope, prose.Clean, "scope")}
	p.Milestones = slices.Clone(p.Milestones) // the caller's own stay as they are
	for i := range p.Milestones {
		errs = append(errs, p.Milestones[i].MilestoneTerms.tidy(milestoneField(i)))
	}
	return p, errors.Join(errs...)
}

// Amended is what an amendment did to the milestones of a contract.
type Amended struct {
	Changed []*Milestone // of those that there were
	Raised  []raise
	Added   []*Milestone // without an ID yet
	Dropped []*Milestone
}

// raise is how much more has to wait in escrow for a milestone.
type raise struct {
	of   *Milestone
	more money.Amount
}

// Amend puts a plan in the place of what is open on a contract whose work is in
// these words. Refusals come back joined, each at its field, and c is as it was
// then.
func (c *Contract) Amend(scope string, p Plan, floor terms.Floor, at time.Time) (done Amended, err error) {
	if !c.canChange() {
		return done, ErrNothingToAmend
	}
	if err := c.checkPlan(scope, p, floor, at); err != nil {
		return done, err
	}
	before := len(c.Milestones)
	for _, part := range p.Milestones {
		if part.N == 0 || part.N > before {
			m := Milestone{Contract: c.ID, N: len(c.Milestones) + 1, State: Planned, Lifecycle: c.Lifecycle}
			m.agree(part.MilestoneTerms, floor)
			c.lay(&m)
			c.Milestones = append(c.Milestones, m)
		}
	}
	for i := range c.Milestones {
		m := &c.Milestones[i]
		part := p.of(m.N)
		switch {
		case i >= before:
			done.Added = append(done.Added, m)
		case !m.open():
		case part == nil:
			if err := m.drop(at); err != nil {
				return done, err
			}
			done.Dropped = append(done.Dropped, m)
		case !part.is(m.terms()):
			cost := c.Cost(m)
			c.change(m, part.MilestoneTerms, floor)
			if more := c.Cost(m).Sub(cost); m.live() && more.Positive() {
				done.Raised = append(done.Raised, raise{m, more})
			}
			done.Changed = append(done.Changed, m)
		}
	}
	return done, nil
}

// canChange reports whether the contract can still be changed: it goes on.
func (c *Contract) canChange() bool {
	return c.State == Signed || c.State == Active || c.State == Starved
}

// of is the part with a number, or nil.
func (p Plan) of(n int) *Part {
	if i := slices.IndexFunc(p.Milestones, func(part Part) bool { return part.N == n }); i >= 0 {
		return &p.Milestones[i]
	}
	return nil
}

// agree makes t what is agreed on a milestone.
func (m *Milestone) agree(t MilestoneTerms, floor terms.Floor) {
	m.Due, _ = time.Parse(dateOnly, t.Due) // checked when the plan was
	if m.Price != t.Price || m.Hours != t.Hours {
		m.Floor = floor.Hourly
	}
	m.Title, m.Price, m.Hours, m.Criteria = t.Title, t.Price, t.Hours, t.Criteria
}

// change makes t what is agreed on a milestone that may have begun: what the
// client waits for moves with its due date.
func (c *Contract) change(m *Milestone, t MilestoneTerms, floor terms.Floor) {
	due := m.Due
	m.agree(t, floor)
	c.lay(m)
	if m.TakeBackFrom == nil || m.Due.Equal(due) {
		return
	}
	from := c.takeBackFrom(m, *m.FundedAt)
	if m.State == ChangesAsked && m.TakeBackFrom.After(from) {
		from = *m.TakeBackFrom // the days to make changes are not cut short
	}
	m.TakeBackFrom = &from
}

// checkPlan returns every refusal there is against a plan, joined.
func (c *Contract) checkPlan(scope string, p Plan, floor terms.Floor, at time.Time) error {
	was, errs, last := c.plan(scope), []error{unless(lengthIn(p.Scope, maxScope), ErrScope.At("scope"))}, 0
	previous, today, added := day(at), day(at), 0
	for i, part := range p.Milestones[:min(len(p.Milestones), maxMilestones)] {
		field := milestoneField(i)
		old := was.of(part.N)
		switch {
		case part.N == 0 || part.N == len(c.Milestones)+added+1: // as it will be numbered
			added++
			last = len(c.Milestones) + added
		case old == nil:
			errs = append(errs, ErrPartUnknown.At(field+"n"))
		case part.N <= last:
			errs = append(errs, ErrPartOrder.At(field+"n"))
		default:
			last = part.N
		}
		if old == nil || !old.is(part.MilestoneTerms) {
			errs = append(errs, part.check(field, floor, c.Currency), c.checkPart(part, field), c.checkSpan(part, last, field))
		}
		if old == nil || old.Due != part.Due {
			errs = append(errs, dueError(part.Due, today, previous, field+"due"))
		}
		if due, err := time.Parse(dateOnly, part.Due); err == nil && due.After(previous) {
			previous = due
		}
	}
	errs = append(errs, c.checkLeftOut(p), unless(len(p.Milestones) > 0, ErrNothingLeft),
		unless(len(c.Milestones)+added <= maxMilestones && len(p.Milestones) <= maxMilestones, ErrTooManyParts),
		unless(!was.is(p), ErrNoChange), c.checkTotal(p))
	return errors.Join(errs...)
}

// checkPart refuses to change what has to stay of a milestone that there was.
func (c *Contract) checkPart(part Part, field string) error {
	if part.N < 1 || part.N > len(c.Milestones) {
		return nil
	}
	m := &c.Milestones[part.N-1]
	switch {
	case m.State == Submitted:
		return ErrPartSubmitted.At(field + "title")
	case m.State == Disputed:
		return ErrDisputed.At(field + "title")
	case m.State != Planned && part.Price.Currency == c.Currency && part.Price.Less(m.Price):
		return ErrPriceCut.With(m.Price).At(field + "price")
	case m.SubmittedAt != nil && !slices.Equal(part.Criteria, m.Criteria):
		return ErrCriteriaStand.At(field + "criteria")
	}
	return nil
}

// checkLeftOut refuses to drop what has begun.
func (c *Contract) checkLeftOut(p Plan) error {
	for i := range c.Milestones {
		if m := &c.Milestones[i]; m.live() && p.of(m.N) == nil {
			return ErrPartBegun.With(m.Title)
		}
	}
	return nil
}

func (c *Contract) checkTotal(p Plan) error {
	total := int64(0)
	for i := range c.Milestones {
		if m := &c.Milestones[i]; !m.open() {
			total += m.Price.Minor
		}
	}
	for _, part := range p.Milestones {
		total += min(max(part.Price.Minor, 0), money.Max)
	}
	return unless(total <= money.Max, ErrTotal.At("milestones"))
}

func (p Plan) is(o Plan) bool {
	return p.Scope == o.Scope && slices.EqualFunc(p.Milestones, o.Milestones, func(a, b Part) bool { return a.N == b.N && a.is(b.MilestoneTerms) })
}
