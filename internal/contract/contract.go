package contract

import (
	"fmt"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/proposal"
	"freehold/internal/terms"
)

// ID names a contract.
type ID int64

// State is how far a contract has come.
type State string

// The states of a contract.
const (
	Signed  State = "signed"  // by both; no money yet, so no work yet
	Active  State = "active"  // there is a milestone whose money is in escrow
	Starved State = "starved" // the next milestone's money did not come
	Ended   State = "ended"

	UnderNotice State = "under notice" // one of the two ends it early; what is funded goes on until a date
)

var _ = say.Words(Signed, Active, Starved, UnderNotice, Ended)

// Ending is how a contract came to its end.
type Ending string

// The endings.
const (
	Completed   Ending = "completed" // every milestone was approved
	EndedEarly  Ending = "ended early"
	NeverFunded Ending = "never funded"

	EndedTogether Ending = "ended together" // early, by consent of both
)

var _ = say.Words(Completed, EndedEarly, EndedTogether, NeverFunded)

// Funding is the rule by which the client puts money in escrow.
type Funding string

// The funding rules.
const (
	All  Funding = "all"  // every milestone at once, at the start
	Next Funding = "next" // the next milestone, and an ending fee on the rest
)

var (
	// ErrNotFound is also the answer to a stranger.
	ErrNotFound = fault.New(fault.NotFound, "contract_not_found", "There is no such contract, or it is not yours to see.")
	// ErrNotFundedYet says that signing was not followed by money.
	ErrNotFundedYet = fault.New(fault.Conflict, "contract_not_funded",
		"This contract is signed but not funded yet. It is the client's turn to put the money in escrow.")
	// ErrFunded says that nothing waits for the client's money.
	ErrFunded = fault.New(fault.Conflict, "contract_funded",
		"The money that is due now is in escrow already. Nothing was moved.")
	// ErrStarved says that work has stopped for want of money.
	ErrStarved = fault.New(fault.Conflict, "contract_starved",
		"This contract waits for money: the next milestone is not funded. It is the client's turn to fund it.")
	// ErrEnded says that nothing can happen on the contract any more.
	ErrEnded = fault.New(fault.Conflict, "contract_ended", "This contract has ended. Nothing was changed.")
	// ErrOwnNotice is the answer to the one who gave notice and would end at once.
	ErrOwnNotice = fault.New(fault.Conflict, "own_notice",
		"You gave notice, and the contract ends on %s. It ends sooner if the other side agrees to it.")
	// ErrCalendarOver says that no week or month is left to fund.
	ErrCalendarOver = fault.New(fault.Conflict, "calendar_over",
		"All the weeks or months that you agreed on have gone by, so there is none left to fund. If you both want to go on, add some by an amendment.")
	// ErrEndsWithSpan says when a contract by the calendar ends.
	ErrEndsWithSpan = fault.New(fault.Conflict, "ends_with_its_last_week",
		"The contract ends as soon as its last week or month is paid. Nothing has to be settled.")
	// ErrTiming says that not all hours are logged.
	ErrTiming = fault.New(fault.Conflict, "timer_not_stopped",
		"A timer is still running, so not all hours are logged. The contract can end as soon as the freelancer has stopped it.")
	// ErrJudgeFirst says that work is paid once it was seen.
	ErrJudgeFirst = fault.New(fault.Conflict, "judge_first",
		"The client has not seen all of “%s” since they gave notice. Once they have judged it, or their time for that has passed, you can end the contract together.")
	// ErrEndsAfterDispute says what a contract waits for.
	ErrEndsAfterDispute = fault.New(fault.Conflict, "ends_after_dispute",
		"There is a dispute about one of the milestones. The contract ends as soon as that is closed and the notice has passed.")
	// ErrFundedTooLate says that a contract may not be funded after its date.
	ErrFundedTooLate = fault.New(fault.Conflict, "funded_too_late",
		"This contract had to be funded by %s, and ends without having begun. If you both still want to work together, make a new offer.")
	// ErrTooEarly says from when on something is possible.
	ErrTooEarly = fault.New(fault.Conflict, "too_early", "It is too early for that. It is possible from %s on.")
	// ErrNotEnough says what funding takes and what the wallet holds.
	ErrNotEnough = fault.New(fault.Conflict, "insufficient_funds",
		"This takes %s and your wallet holds %s. Nothing was moved. Add money to your wallet, then fund again.")
)

// Contract binds one client and one freelancer to signed terms.
type Contract struct {
	ID         ID
	Offer      OfferID
	Proposal   proposal.ID
	Client     account.ID
	Freelancer account.ID
	Title      string
	State      State
	Ending     Ending // "" until it has ended
	Currency   string
	Funding    Funding
	Lifecycle  int    // the version it was signed under
	Every      Span   // what of the calendar is paid for; "" : milestones of their own
	Zone       string // in which the calendar's days begin; "" without one

	// As signed; later settings of the market do not reach a signed contract.
	ClientFeeRate     terms.BasisPoints `db:"client_fee_bp"`     // on top of every price
	FreelancerFeeRate terms.BasisPoints `db:"freelancer_fee_bp"` // out of every price
	EndingFeeRate     terms.BasisPoints `db:"ending_fee_bp"`     // of the unfunded rest
	AcceptanceDays    terms.Days
	ChangeRounds      int
	GraceDays         terms.Days
	StarvedDays       terms.Days
	NoticeDays        terms.Days

	SignedAt  time.Time
	FundBy    time.Time // then it ends, never funded
	FundedAt  *time.Time
	StarvedAt *time.Time
	EndedAt   *time.Time

	NoticeBy     Side         // "" unless notice was given
	NoticeReason NoticeReason // why, as one of a few; "" in notices from before there were any
	NoticeWords  string       // and in their own words
	NoticeAt     *time.Time   // when
	EndsAt       *time.Time   // when the notice has passed

	AbsentFrom  *time.Time // when the client said that they would be away
	AbsentUntil *time.Time

	Milestones []Milestone  `db:"-"` // in their order, numbered from 1
	Delegate   account.ID   // who judges work in the client's place; 0: nobody
	TopUp      bool         // missing money is taken from the client's payment method
	Reserve    money.Amount `db:"-"` // what rolled over from weeks that were not worked in full; known while its money is locked

	was State // as it is stored
}

func (c *Contract) side(a account.Actor) Side { return sideOf(a, c.Client, c.Freelancer) }

func (c *Contract) person(s Side) account.ID {
	if s == Client {
		return c.Client
	}
	return c.Freelancer
}

func (c *Contract) subject() string { return fmt.Sprintf("contract/%d", c.ID) }

// URL is where both parties see the contract.
func (c *Contract) URL() string { return fmt.Sprintf("/contracts/%d", c.ID) }

func (c *Contract) about() escrow.About { return escrow.About{Subject: c.subject(), Title: c.Title} }

func (c *Contract) aboutOf(m *Milestone) escrow.About {
	return escrow.About{Subject: c.subject(), Title: c.Title + ": " + m.Title}
}

// ClientFee is our fee on top of a price.
func (c *Contract) ClientFee(price money.Amount) money.Amount {
	return c.ClientFeeRate.Of(price)
}

// Cost is what the client pays for a milestone, and what waits for it in
// escrow: its price and our fee.
func (c *Contract) Cost(m *Milestone) money.Amount { return m.Price.Add(c.ClientFee(m.Price)) }

// Pay is how a milestone's escrow is divided once it is approved.
func (c *Contract) Pay(m *Milestone) escrow.Pay { return c.payFor(m.Price) }

func (c *Contract) payFor(price money.Amount) escrow.Pay {
	out := c.FreelancerFeeRate.Of(price)
	return escrow.Pay{To: c.Freelancer, Net: price.Sub(out), Fee: c.ClientFee(price).Add(out), Contract: int64(c.ID)}
}

// unfunded is the sum of the prices that are not in escrow yet, as far as an
// ending fee secures them: all of them, or by the calendar those of about a month.
func (c *Contract) unfunded() money.Amount {
	rest, n := money.Zero(c.Currency), 0
	for _, m := range c.Milestones {
		if m.State != Planned {
			continue
		}
		if n++; c.Every != "" && n > securedSpans[c.Every] {
			break
		}
		rest = rest.Add(m.Price)
	}
	return rest
}

// EndingFee is what has to wait in escrow for the freelancer while some
// milestones are not funded: the agreed part of their prices.
func (c *Contract) EndingFee() money.Amount { return c.EndingFeeRate.Of(c.unfunded()) }

// Need is what funding takes out of the client's wallet now: the cost of the
// milestones whose turn it is, and the ending fee on the rest, of which so much
// is in escrow already.
func (c *Contract) Need(held money.Amount) money.Amount {
	need, then := held.Neg(), c.clone()
	if c.Reserve.Positive() {
		need = need.Sub(c.Reserve)
	}
	for _, m := range then.due() {
		need, m.State = need.Add(c.Cost(m)), Funded
	}
	return need.Add(then.EndingFee())
}

// due are the milestones whose turn it is by the funding rule.
func (c *Contract) due() (due []*Milestone) {
	for i := range c.Milestones {
		m := &c.Milestones[i]
		if m.State != Planned || m.Starts != nil && c.EndsAt != nil && !m.Starts.Before(*c.EndsAt) {
			continue
		}
		if due = append(due, m); c.Funding == Next {
			break
		}
	}
	return due
}

// Sums are a contract's prices added up, without fees.
type Sums struct {
	Committed money.Amount // all milestones, as both signed last
	Funded    money.Amount // those paid into escrow so far, whether or not paid out since
	Released  money.Amount // those paid out
}

// Sums adds up the prices.
func (c *Contract) Sums() Sums {
	s := Sums{money.Zero(c.Currency), money.Zero(c.Currency), money.Zero(c.Currency)}
	for _, m := range c.Milestones {
		if c.amendedAway(&m) || m.State == Unused || m.State == Passed {
			continue // nothing is paid for it any more
		}
		s.Committed = s.Committed.Add(m.Price)
		if m.live() || m.paid().Positive() || m.State == Settled || m.State == Refunded {
			s.Funded = s.Funded.Add(m.Price)
		}
		s.Released = s.Released.Add(m.paid())
	}
	return s
}

// Fund sets the contract going, or going again, and returns the milestones
// whose money is to be put in escrow.
func (c *Contract) Fund(by Side, at time.Time) ([]*Milestone, error) {
	to, err := c.next(fund, by)
	switch {
	case err != nil:
		return nil, err
	case c.State == Signed && passed(c.FundBy, at):
		return nil, ErrFundedTooLate.With(c.FundBy)
	case c.State == Signed:
		c.FundedAt = &at
	}
	if err := c.passBy(at); err != nil {
		return nil, err
	}
	if len(c.due()) == 0 {
		return nil, ErrCalendarOver
	}
	c.State, c.StarvedAt = to, nil
	return c.fundDue(by, at)
}

// fundDue funds the milestones whose turn it is by the funding rule.
func (c *Contract) fundDue(by Side, at time.Time) ([]*Milestone, error) {
	due := c.due()
	for _, m := range due {
		if err := m.fund(fund, by, at); err != nil {
			return nil, err
		}
		if c.Every == "" {
			m.TakeBackFrom = new(c.takeBackFrom(m, at))
		}
	}
	return due, nil
}

// FundAhead funds the next week or month before it begins.
func (c *Contract) FundAhead(at time.Time) ([]*Milestone, error) {
	due := c.due()
	switch {
	case len(due) == 0 || c.Every == "":
		return nil, ErrFunded
	case c.State != Active && c.State != UnderNotice:
		return nil, c.refusal()
	case !passed(due[0].aheadFrom(), at):
		return nil, ErrTooEarly.With(due[0].aheadFrom())
	}
	return due, due[0].fund(fundAhead, Market, at)
}

// FundNext funds what is next once a milestone was approved, and returns it.
func (c *Contract) FundNext(at time.Time) ([]*Milestone, error) { return c.fundDue(Market, at) }

// takeBackFrom is from when on the client may take back the money of a
// milestone that is funded now and for which nothing comes. Whoever is funded
// later than the plan foresaw loses no time by it: they have as long from then
// on as the plan gave them.
func (c *Contract) takeBackFrom(m *Milestone, funded time.Time) time.Time {
	begin := day(c.SignedAt)
	for _, before := range c.Milestones[:m.N-1] {
		if !c.amendedAway(&before) {
			begin = before.Due
		}
	}
	planned := m.Due.AddDate(0, 0, 1) // the due day belongs to the freelancer
	if late := funded.Add(m.Due.Sub(begin)); late.After(planned) {
		planned = late
	}
	return c.GraceDays.After(planned)
}

// mendBy is from when on the client may take the money back if changes that are
// asked for now are not made: after the days of grace, and not before the date
// that held for the work itself.
func (c *Contract) mendBy(m *Milestone, asked time.Time) time.Time {
	if m.FundedAt == nil {
		return asked // there is nothing to mend
	}
	by := c.takeBackFrom(m, *m.FundedAt)
	if later := c.GraceDays.After(asked); later.After(by) {
		by = later
	}
	return by
}

// AskChanges gives work back to be mended. Once notice was given the client asks
// while there is time left to mend it: otherwise work that was handed over could be
// made to count as begun in the last minute.
func (c *Contract) AskChanges(m *Milestone, by Side, at time.Time) error {
	if c.Lifecycle >= leavesTimeToMend && c.State == UnderNotice && m.State == Submitted && by == Client && timeToMend.After(at).After(*c.EndsAt) {
		return ErrNoTimeToMend.With(*c.EndsAt)
	}
	return m.AskChanges(by, at, c.ChangeRounds, c.mendBy(m, at))
}

// timeToMend is what is left of a notice, at the least, when changes are asked for.
const timeToMend terms.Days = 2

// leavesTimeToMend is the version of the lifecycles from which on it is.
const leavesTimeToMend = 4

// anyLive reports whether money waits in escrow for some milestone.
func (c *Contract) anyLive() bool {
	return slices.ContainsFunc(c.Milestones, func(m Milestone) bool { return m.live() })
}

// Starve stops a contract whose next milestone could not be funded.
func (c *Contract) Starve(at time.Time) error {
	to, err := c.next(starve, Market)
	if err != nil {
		return err
	}
	c.State, c.StarvedAt = to, &at
	if next := c.due()[0]; next.Starts != nil && next.Starts.After(at) {
		c.StarvedAt = next.Starts // nobody waits for money before they could work for it
	}
	return nil
}

// LeaveFrom is from when on the freelancer may leave a starved contract.
func (c *Contract) LeaveFrom() time.Time { return c.StarvedDays.After(*c.StarvedAt) }

// ForsakenAt is when a starved contract ends by itself.
func (c *Contract) ForsakenAt() time.Time { return under(c.Lifecycle).Patience.After(c.LeaveFrom()) }

// Leave ends a contract that has been starved for long enough. The ending fee
// is the freelancer's. They may leave once the agreed days have passed; later
// still, it ends without them.
func (c *Contract) Leave(by Side, at time.Time) error {
	if c.State == Starved && by != Client {
		opens := c.LeaveFrom()
		if by == Market {
			opens = c.ForsakenAt()
		}
		if !passed(opens, at) {
			return ErrTooEarly.With(opens)
		}
	}
	return c.end(leave, by, EndedEarly, at)
}

// Lapse ends a contract that was not funded by its date.
func (c *Contract) Lapse(by Side, at time.Time) error {
	if c.State == Signed && !passed(c.FundBy, at) {
		return ErrTooEarly.With(c.FundBy)
	}
	return c.end(lapse, by, NeverFunded, at)
}

// amendedAway reports whether both agreed to do without a milestone, while the
// contract went on.
func (c *Contract) amendedAway(m *Milestone) bool {
	return m.State == Dropped && (c.EndedAt == nil || m.EndedAt.Before(*c.EndedAt))
}

// Finish ends a contract on which nothing is left to do: completed if all its
// milestones were approved, or divided by a dispute, early if some were not.
func (c *Contract) Finish(at time.Time) error {
	if c.Every != "" {
		return c.finishCalendar(at)
	}
	done := func(m Milestone) bool {
		return m.State == Approved || m.State == Split && m.Conceded == nil || c.amendedAway(&m)
	}
	if slices.ContainsFunc(c.Milestones, func(m Milestone) bool { return !done(m) }) {
		return c.end(windUp, Market, EndedEarly, at)
	}
	return c.end(complete, Market, Completed, at)
}

// finishCalendar ends a contract whose weeks or months are over: completed if the
// client funded them until the end, or until that of the notice.
func (c *Contract) finishCalendar(at time.Time) error {
	switch {
	case c.State == UnderNotice && !c.unfundedBeforeEnd():
		return c.end(runOut, Market, EndedEarly, at)
	case c.State == UnderNotice:
		return c.end(windUp, Market, EndedEarly, at)
	case c.unfundedBeforeEnd():
		return c.end(starveOut, Market, EndedEarly, at)
	default:
		return c.end(complete, Market, Completed, at)
	}
}

// GiveNotice sets the date on which the contract ends early, and says why.
func (c *Contract) GiveNotice(by Side, n Notice, at time.Time) error {
	to, err := c.next(giveNotice, by)
	if err != nil {
		return err
	}
	if n, err = n.check(); err != nil {
		return err
	}
	ends := c.noticeEnds(at)
	c.State, c.NoticeBy, c.NoticeReason, c.NoticeWords, c.NoticeAt, c.EndsAt = to, by, n.Reason, n.Words, &at, &ends
	return nil
}

// DeclareAbsence keeps until when the client is away, and lets the acceptance
// windows that are open stand still for as long. It returns their milestones.
func (c *Contract) DeclareAbsence(by Side, day, at time.Time) (waiting []*Milestone, err error) {
	until := day.AddDate(0, 0, 1).Add(-time.Minute)
	latest := LongestAbsence.After(at)
	switch {
	case by != Client:
		return nil, ErrNotClient
	case c.AbsentUntil != nil:
		return nil, ErrAbsentBefore.With(*c.AbsentUntil)
	case c.State != Active:
		return nil, c.refusal()
	case !until.After(at) || until.After(latest):
		return nil, ErrAbsence.With(latest)
	}
	c.AbsentFrom, c.AbsentUntil = &at, &until
	for i := range c.Milestones {
		if m := &c.Milestones[i]; m.State == Submitted && !passed(*m.ApproveBy, at) {
			m.ApproveBy = new(m.ApproveBy.Add(until.Sub(at)))
			waiting = append(waiting, m)
		}
	}
	return waiting, nil
}

// waitFor lets the acceptance window of work that was submitted while the client
// is away open when they are back.
func (c *Contract) waitFor(m *Milestone, at time.Time) {
	if c.AbsentUntil != nil && c.AbsentUntil.After(at) {
		m.ApproveBy = new(c.AcceptanceDays.After(*c.AbsentUntil))
	}
}

// NameShare keeps how much of a milestone under way a side says is done.
func (c *Contract) NameShare(m *Milestone, by Side, percent int) error {
	switch {
	case c.State == Ended:
		return ErrEnded
	case c.State != UnderNotice || m.Every != "" || m.State != Funded && m.State != ChangesAsked:
		return ErrNoShareToName
	case percent < 0 || percent > 100:
		return ErrShare
	case by == Client:
		m.ClientSays = &percent
	default:
		m.FreelancerSays = &percent
	}
	return nil
}

// endsFrom is when the contract ends by itself: once the notice has passed, and
// with it the time to judge what was submitted before. Without that, work could
// be handed over in the last minute, and be paid unseen.
func (c *Contract) endsFrom() time.Time {
	ends := *c.EndsAt
	for i := range c.Milestones {
		if m := &c.Milestones[i]; m.State == Submitted && m.ApproveBy.After(ends) {
			ends = *m.ApproveBy
		}
	}
	return ends
}

// Settle ends a contract under notice by a settlement: the market once the notice
// has passed, or sooner the side that did not give it.
func (c *Contract) Settle(by Side, s Settlement, at time.Time) error {
	how, event := EndedEarly, settleUp
	if by != Market {
		how, event = EndedTogether, agree
	}
	switch {
	case c.State != UnderNotice:
	case by == Market && !passed(c.endsFrom(), at):
		return ErrTooEarly.With(c.endsFrom())
	case by == c.NoticeBy:
		return ErrOwnNotice.With(*c.EndsAt)
	case c.anyDisputed():
		return ErrEndsAfterDispute
	case by == Market && c.Every != "":
		return ErrEndsWithSpan
	case slices.ContainsFunc(c.Milestones, func(m Milestone) bool { return m.Open() && m.Timing }):
		return ErrTiming
	case by == Freelancer && c.Lifecycle >= agreesToWhatWasSeen:
		if m := c.unseen(); m != nil {
			return ErrJudgeFirst.With(m.Title)
		}
	}
	if err := c.end(event, by, how, at); err != nil {
		return err
	}
	for _, p := range s.Parts {
		m := &c.Milestones[p.N-1]
		end := func() error { return m.settle(p.Share, at) }
		if m.Open() {
			end = func() error { return m.settleWeek(at) }
		}
		if err := end(); err != nil {
			return err
		}
	}
	return nil
}

// agreesToWhatWasSeen is the version of the lifecycles from which on the freelancer
// agrees to an end only once the client has seen what came after their notice.
const agreesToWhatWasSeen = 3

// unseen is work that came after the client gave notice, and that they have not
// judged. Who agrees to end at once agrees to what both have seen: otherwise work
// could be handed over in the last minute, and be paid unseen.
func (c *Contract) unseen() *Milestone {
	for i := range c.Milestones {
		m := &c.Milestones[i]
		if m.Open() && m.Logged > 0 || m.State == Submitted && m.SubmittedAt.After(*c.NoticeAt) {
			return m
		}
	}
	return nil
}

// anyDisputed reports whether the two are in dispute about some milestone.
func (c *Contract) anyDisputed() bool {
	return slices.ContainsFunc(c.Milestones, func(m Milestone) bool { return m.State == Disputed })
}

// feeTo is whose the ending fee is when a contract ends on which nothing is
// under way any more: the freelancer's if the client gave notice, unless no work
// came in time.
func (c *Contract) feeTo() Side {
	if c.Every != "" {
		if c.NoticeBy != Freelancer && c.unfundedBeforeEnd() {
			return Freelancer
		}
		return Client
	}
	takenBack := slices.ContainsFunc(c.Milestones, func(m Milestone) bool { return m.State == TakenBack })
	if c.NoticeBy == Client && !takenBack {
		return Freelancer
	}
	return Client
}

// clone is a copy on which to try something.
func (c *Contract) clone() *Contract {
	t := *c
	t.Milestones = slices.Clone(c.Milestones)
	return &t
}

// end ends the contract, and drops what was never begun.
func (c *Contract) end(e lifecycle.Event, by Side, how Ending, at time.Time) error {
	to, err := c.next(e, by)
	if err != nil {
		return err
	}
	c.State, c.Ending, c.EndedAt, c.StarvedAt = to, how, &at, nil
	for i := range c.Milestones {
		if m := &c.Milestones[i]; m.State == Planned {
			if err := m.drop(at); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *Contract) next(e lifecycle.Event, by Side) (State, error) {
	return next(under(c.Lifecycle).Contract, c.State, e, by, c.refusal())
}

func (c *Contract) refusal() error {
	switch c.State {
	case Signed:
		return ErrNotFundedYet
	case Starved:
		return ErrStarved
	case UnderNotice:
		return ErrUnderNotice.With(*c.EndsAt)
	case Ended:
		return ErrEnded
	default:
		return ErrFunded
	}
}
