package contract

import (
	"fmt"
	"slices"

	"freehold/internal/jobpost"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/say"
	"freehold/internal/proposal"
	"freehold/internal/terms"
)

// Side is who somebody is to an offer or a contract.
type Side = lifecycle.Actor

// The sides. The market acts when a date has passed, and when one act follows
// from another.
const (
	Client     Side = "client"
	Freelancer Side = "freelancer"
	Market     Side = lifecycle.Market
)

var _ = say.Words(Client, Freelancer, Market)

// other is who stands across the table from a side.
func other(s Side) Side {
	if s == Client {
		return Freelancer
	}
	return Client
}

// Lifecycles are the tables that a contract was signed under, and keeps.
type Lifecycles struct {
	Contract  *lifecycle.Table[State]
	Milestone *lifecycle.Table[MilestoneState]
	Patience  terms.Days // after somebody may act and does not, until it happens by itself
}

// Version is that of the lifecycles under which contracts are signed now. A
// version that somebody has signed is never changed: what is to be different
// becomes the next one, and is marked with it in the tables (Since).
const Version = 4

var versions = map[int]Lifecycles{
	1: {ContractLifecycle.At(1), MilestoneLifecycle.At(1), 30},
	2: {ContractLifecycle.At(2), MilestoneLifecycle.At(2), 30},
	3: {ContractLifecycle.At(3), MilestoneLifecycle.At(3), 30},
	4: {ContractLifecycle.At(4), MilestoneLifecycle.At(4), 30},
}

// under are the lifecycles of a version.
func under(version int) Lifecycles {
	l, ok := versions[version]
	if !ok {
		panic(fmt.Sprintf("a contract was signed under lifecycles of version %d, which this program does not know", version))
	}
	return l
}

// TellLifecycles says all lifecycles in words, from a job post to its last
// milestone, as they are for what begins now.
func TellLifecycles() []lifecycle.Told {
	now := under(Version)
	return []lifecycle.Told{
		jobpost.Lifecycle.Tell(), proposal.Lifecycle.Tell(), OfferLifecycle.Tell(), now.Contract.Tell(), now.Milestone.Tell(),
		AmendmentLifecycle.Tell(),
	}
}

var (
	// ErrNotClient is the answer to the freelancer who does what is the client's to do.
	ErrNotClient = fault.New(fault.Forbidden, "not_the_client", "Only the client can do that. You are the freelancer here.")
	// ErrNotFreelancer is the answer to the client who does what is the freelancer's to do.
	ErrNotFreelancer = fault.New(fault.Forbidden, "not_the_freelancer", "Only the freelancer can do that. You are the client here.")
)

// next is where an event leads from a state when by brings it about. If that is
// not theirs to do it says whose it is; if it is not possible now, the answer is
// refusal.
func next[S ~string](t *lifecycle.Table[S], from S, e lifecycle.Event, by Side, refusal error) (S, error) {
	if to, ok := t.Next(from, e, by); ok {
		return to, nil
	}
	takers := t.Takers(e)
	switch {
	case by == Market || len(takers) == 0 || slices.Contains(takers, by):
		return from, refusal
	case takers[0] == Client:
		return from, ErrNotClient
	default:
		return from, ErrNotFreelancer
	}
}

// What happens to an offer.
const (
	counter  lifecycle.Event = "counter"
	sign     lifecycle.Event = "sign"
	decline  lifecycle.Event = "decline"
	withdraw lifecycle.Event = "withdraw"
	expire   lifecycle.Event = "expire"
)

var expiry = &lifecycle.Clock{Name: say.Key("the date of the offer"), Long: say.Key("3 to 14 days after the latest terms were put on the table, as the market has set"), For: lifecycle.Nobody}

var ofOffer = lifecycle.In[OfferState]

// OfferLifecycle is every way an offer can go. Who may counter terms that one
// of the two has signed also depends on whose terms they are.
var OfferLifecycle = lifecycle.Table[OfferState]{
	Of: say.Key("offer"),
	States: []lifecycle.State[OfferState]{
		{Is: Open, Means: say.Key("the client's terms are on the table")},
		{Is: Countered, Means: say.Key("the freelancer's terms are on the table")},
		{Is: SignedByOne, Means: say.Key("one of the two has signed what is on the table")},
		{Is: SignedByBoth, Means: say.Key("it is a contract"), End: true},
		{Is: Declined, Means: say.Key("one of the two said no"), End: true},
		{Is: Withdrawn, Means: say.Key("it was taken off the table"), End: true},
		{Is: Expired, Means: say.Key("nobody finished it in time"), End: true},
	},
	Steps: []lifecycle.Step[OfferState]{
		{From: ofOffer(Open, SignedByOne), Event: counter, By: Freelancer, To: Countered,
			Says: say.Key("The freelancer puts other terms on the table. Signatures start anew."), Bound: say.Key(atMostRevisions)},
		{From: ofOffer(Countered, SignedByOne), Event: counter, By: Client, To: Open,
			Says: say.Key("The client puts other terms on the table. Signatures start anew."), Bound: say.Key(atMostRevisions)},
		{From: ofOffer(Open, Countered), Event: sign, By: Client, To: SignedByOne, Says: say.Key("The client signs. Nothing binds anybody until the freelancer signs too.")},
		{From: ofOffer(Open, Countered), Event: sign, By: Freelancer, To: SignedByOne, Says: say.Key("The freelancer signs. Nothing binds anybody until the client signs too.")},
		{From: ofOffer(SignedByOne), Event: sign, By: Client, To: SignedByBoth, Says: say.Key("The client signs too. The offer is a contract.")},
		{From: ofOffer(SignedByOne), Event: sign, By: Freelancer, To: SignedByBoth, Says: say.Key("The freelancer signs too. The offer is a contract.")},
		{From: ofOffer(Open, Countered, SignedByOne), Event: decline, By: Freelancer, To: Declined, Says: say.Key("The freelancer says no, and why.")},
		{From: ofOffer(Countered, SignedByOne), Event: decline, By: Client, To: Declined, Says: say.Key("The client says no to the freelancer's terms, and why.")},
		{From: ofOffer(Open, Countered, SignedByOne), Event: withdraw, By: Client, To: Withdrawn, Says: say.Key("The client takes the offer off the table, and says why.")},
		{From: ofOffer(Open, Countered, SignedByOne), Event: withdraw, Because: say.Key("somebody else was hired for the last place"), To: Withdrawn, Says: say.Key("The offer is off the table.")},
		{From: ofOffer(Open, Countered, SignedByOne), Event: expire, Clock: expiry, To: Expired, Says: say.Key("The offer expires. Nothing binds either of the two.")},
	},
}

// What happens to a contract.
const (
	fund     lifecycle.Event = "fund"
	lapse    lifecycle.Event = "lapse"
	starve   lifecycle.Event = "starve"
	leave    lifecycle.Event = "leave"
	complete lifecycle.Event = "complete"
	windUp   lifecycle.Event = "wind up"

	giveNotice lifecycle.Event = "give notice"
	agree      lifecycle.Event = "agree to end"
	settleUp   lifecycle.Event = "settle"

	runOut    lifecycle.Event = "run out"
	starveOut lifecycle.Event = "starve out"
)

var (
	funding    = &lifecycle.Clock{Name: say.Key("the date for funding"), Long: say.Key("1 to 7 days after both have signed, as the contract says"), For: lifecycle.Nobody}
	starvation = &lifecycle.Clock{Name: say.Key("the days a contract may starve"), Long: say.Key("1 to 7 days after the money was missing, as the contract says"), For: Freelancer}
	notice     = &lifecycle.Clock{Name: say.Key("the notice"), Long: say.Key("7 days or more after notice was given, as the contract says, and until submitted work has been judged"), For: lifecycle.Nobody, Fixed: true}
	forsaken   = &lifecycle.Clock{Name: say.Key("the patience with a starved contract"), Long: say.Key("30 days after the freelancer could have left"), For: Freelancer}
)

var ofContract = lifecycle.In[State]

// ContractLifecycle is every way a contract can go.
var ContractLifecycle = lifecycle.Table[State]{
	Of: say.Key("contract"),
	States: []lifecycle.State[State]{
		{Is: Signed, Means: say.Key("both have signed; no money yet, so no work yet")},
		{Is: Active, Means: say.Key("there is a milestone whose money is in escrow"), Money: true,
			Rests: say.Key("A contract goes on as long as a milestone is under way, and each of those has a clock.")},
		{Is: Starved, Means: say.Key("the next milestone's money did not come; only the ending fee is in escrow"), Money: true},
		{Is: UnderNotice, Means: say.Key("one of the two ends it early; what is funded goes on until a date"), Money: true},
		{Is: Ended, Means: say.Key("nothing can happen on it any more"), End: true},
	},
	Steps: []lifecycle.Step[State]{
		{From: ofContract(Signed), Event: fund, By: Client, To: Active, Says: say.Key("The client puts the money in escrow. Work begins.")},
		{From: ofContract(Signed), Event: lapse, Clock: funding, To: Ended, Says: say.Key("The contract ends without having begun, and neither owes the other anything.")},
		{From: ofContract(Active), Event: starve, Because: say.Key("a milestone was approved, and the client's wallet does not hold the money for the next"), To: Starved,
			Says: say.Key("Work stops. The ending fee stays in escrow.")},
		{From: ofContract(Active), Event: giveNotice, By: Client, To: UnderNotice,
			Says: say.Key("The client gives notice and says why. Both see what will be paid, the ending fee to the freelancer included.")},
		{From: ofContract(Active), Event: giveNotice, By: Freelancer, To: UnderNotice,
			Says: say.Key("The freelancer gives notice and says why. Both see what will be paid.")},
		{From: ofContract(UnderNotice), Event: agree, By: Client, To: Ended,
			Says: say.Key("The client agrees to the freelancer's notice. The contract ends at once, and the settlement is paid.")},
		{From: ofContract(UnderNotice), Event: agree, By: Freelancer, To: Ended,
			Says: say.Key("The freelancer agrees to the client's notice. The contract ends at once, the settlement is paid, and the ending fee returns to the client.")},
		{From: ofContract(UnderNotice), Event: settleUp, Clock: notice, To: Ended,
			Says: say.Key("The contract ends early. Submitted work is paid in full, begun work by its share, and the ending fee goes to the freelancer if the client gave notice.")},
		{From: ofContract(Active, UnderNotice), Event: complete, Because: say.Key("the last milestone was approved"), To: Ended, Says: say.Key("The contract is completed.")},
		{From: ofContract(UnderNotice), Event: windUp, Because: say.Key("nothing is under way any more"), To: Ended,
			Says: say.Key("The contract ends early at once. The ending fee goes to the freelancer if the client gave notice and work came in time, and returns to the client otherwise.")},
		{From: ofContract(UnderNotice), Event: runOut, Because: say.Key("the last week or month before the end of the notice is paid"), To: Ended, Since: 3,
			Says: say.Key("Work that is paid by the calendar ends with its last week or month. The ending fee returns to the client.")},
		{From: ofContract(Active), Event: starveOut, Because: say.Key("the last weeks or months went by without the client's money"), To: Ended, Since: 3,
			Says: say.Key("The contract ends early. The ending fee goes to the freelancer.")},
		{From: ofContract(Active), Event: windUp, Because: say.Key("the last milestone under way ended otherwise"), To: Ended,
			Says: say.Key("The contract ends early. The ending fee returns to the client.")},
		{From: ofContract(Starved), Event: fund, By: Client, To: Active, Says: say.Key("The client puts the money for the next milestone in escrow. Work goes on."),
			Bound: say.Key("Each time a milestone is funded, and a contract has at most fifty.")},
		{From: ofContract(Starved), Event: leave, By: Freelancer, Opens: starvation, To: Ended, Says: say.Key("The freelancer leaves, and the ending fee is theirs.")},
		{From: ofContract(Starved), Event: leave, Clock: forsaken, To: Ended, Says: say.Key("The contract ends by itself, and the ending fee is the freelancer's.")},
	},
}

// What happens to a milestone. Funding it is the same event as funding its contract.
const (
	submit     lifecycle.Event = "submit"
	approve    lifecycle.Event = "approve"
	askChanges lifecycle.Event = "ask for changes"
	takeBack   lifecycle.Event = "take back"
	drop       lifecycle.Event = "drop"

	contest      lifecycle.Event = "dispute"
	contestShare lifecycle.Event = "dispute the share"
	awardAll     lifecycle.Event = "award all"
	awardPart    lifecycle.Event = "award a part"
	awardNone    lifecycle.Event = "award nothing"

	fundAhead   lifecycle.Event = "fund ahead"
	goBy        lifecycle.Event = "go by"
	handIn      lifecycle.Event = "hand in"
	leaveUnused lifecycle.Event = "leave unused"
	closeMonth  lifecycle.Event = "close"
)

var (
	grace      = &lifecycle.Clock{Name: say.Key("the days of grace"), Long: say.Key("7 to 90 days after the due date, as the contract says"), For: Client}
	mending    = &lifecycle.Clock{Name: say.Key("the days to make changes"), Long: say.Key("as many as the days of grace, and at least until they end"), For: Client}
	forgotten  = &lifecycle.Clock{Name: say.Key("the patience with work that does not come"), Long: say.Key("30 days after the client could have had the money back"), For: Client}
	acceptance = &lifecycle.Clock{Name: say.Key("the acceptance window"), Long: say.Key("1 to 14 days after the work was submitted, as the contract says; once in a contract it stands still while the client is away, for 14 days at most"), For: Freelancer}
)

var (
	ahead     = &lifecycle.Clock{Name: say.Key("the days of funding ahead"), Long: say.Key("3 days before a week or month begins, if the client's wallet holds the money"), For: Freelancer}
	weekOver  = &lifecycle.Clock{Name: say.Key("the end of the week"), Long: say.Key("on the Monday after, at noon in the contract's time zone"), For: Freelancer, Fixed: true}
	monthOver = &lifecycle.Clock{Name: say.Key("the end of the month"), Long: say.Key("with its last day, in the contract's time zone"), For: Freelancer, Fixed: true}
)

var ofMilestone = lifecycle.In[MilestoneState]

// MilestoneLifecycle is every way a milestone can go.
var MilestoneLifecycle = lifecycle.Table[MilestoneState]{
	Of: say.Key("milestone"),
	States: []lifecycle.State[MilestoneState]{
		{Is: Planned, Means: say.Key("agreed; not funded, so nobody works on it"), Reminds: Client},
		{Is: Funded, Means: say.Key("its price is in escrow, and the freelancer works on it"), Money: true},
		{Is: Submitted, Means: say.Key("the client looks at the work"), Money: true},
		{Is: ChangesAsked, Means: say.Key("the freelancer mends the work"), Money: true},
		{Is: Disputed, Means: say.Key("the two disagree about a sum, which waits; the rest is paid"), Money: true, Since: 2,
			Rests: say.Key("A dispute has clocks of its own, and ends by itself.")},
		{Is: Approved, Means: say.Key("the work is accepted and paid"), End: true},
		{Is: Split, Means: say.Key("a dispute ended, and the money was divided"), End: true, Since: 2},
		{Is: Refunded, Means: say.Key("a dispute ended, and the client has the money again"), End: true, Since: 2},
		{Is: Settled, Means: say.Key("the contract ended early, and the share that was done is paid"), End: true},
		{Is: Unused, Means: say.Key("a week in which nobody logged an hour; its money stays for the next one"), End: true, Since: 3},
		{Is: Passed, Means: say.Key("a week or month that was over before the money for it came"), End: true, Since: 3},
		{Is: TakenBack, Means: say.Key("no work came in time, and the client has the money again"), End: true},
		{Is: Dropped, Means: say.Key("it was never funded: the contract ended first, or both agreed to do without it"), End: true},
	},
	Steps: []lifecycle.Step[MilestoneState]{
		{From: ofMilestone(Planned), Event: fund, By: Client, To: Funded, Says: say.Key("The client puts its price and the fee in escrow. Work begins.")},
		{From: ofMilestone(Planned), Event: fund, Because: say.Key("the one before was approved, and the client's wallet holds the money"), To: Funded,
			Says: say.Key("Its price and the fee go into escrow in the same act. Work begins.")},
		{From: ofMilestone(Planned), Event: drop, Because: say.Key("the contract ends, or an amendment leaves it out"), To: Dropped, Says: say.Key("It is dropped. No money had been set aside for it but the ending fee.")},
		{From: ofMilestone(Planned), Event: fundAhead, Clock: ahead, To: Funded, Since: 3,
			Says: say.Key("A week or month is funded before it begins. If the money is not there, the client is told what is missing.")},
		{From: ofMilestone(Planned), Event: goBy, Because: say.Key("the week or month was over before the money for it came"), To: Passed, Since: 3,
			Says: say.Key("It goes by. Nobody worked, and nobody is paid.")},
		{From: ofMilestone(Funded), Event: handIn, By: Freelancer, To: Submitted, Since: 3,
			Says: say.Key("The freelancer hands in the hours of a week. Its price is what was worked; the rest of the money stays for the next week. The acceptance window opens.")},
		{From: ofMilestone(Funded), Event: handIn, Clock: weekOver, To: Submitted, Since: 3,
			Says: say.Key("The hours of a week are handed in. Its price is what was worked; the rest of the money stays for the next week. The acceptance window opens.")},
		{From: ofMilestone(Funded), Event: leaveUnused, Because: say.Key("the week was closed, and nobody had logged an hour"), To: Unused, Since: 3,
			Says: say.Key("Nobody is paid, and the money of the week stays for the next one.")},
		{From: ofMilestone(Funded), Event: closeMonth, Clock: monthOver, To: Approved, Since: 3,
			Says: say.Key("The month of a retainer is over, and is paid to the freelancer.")},
		{From: ofMilestone(Funded), Event: contest, By: Client, To: Disputed, Since: 3,
			Says: say.Key("The client disputes a sum of a month of a retainer before it is over, and says why. That sum waits; the rest is paid to the freelancer at once.")},
		{From: ofMilestone(Submitted), Event: settleUp, Because: say.Key("the contract ends early"), To: Approved, Says: say.Key("Submitted work counts as accepted, and is paid in full.")},
		{From: ofMilestone(Funded, ChangesAsked), Event: settleUp, Because: say.Key("the contract ends early"), To: Settled,
			Says: say.Key("It is paid by its share: the one both name, otherwise that of its days, within what the two name. The rest returns to the client.")},
		{From: ofMilestone(Funded), Event: submit, By: Freelancer, To: Submitted, Says: say.Key("The freelancer hands the work over. The acceptance window opens.")},
		{From: ofMilestone(Funded), Event: takeBack, By: Client, Opens: grace, To: TakenBack, Says: say.Key("Nothing was submitted, and the client takes the money back.")},
		{From: ofMilestone(Funded), Event: takeBack, Clock: forgotten, To: TakenBack, Says: say.Key("Nothing was submitted, and the money goes back to the client.")},
		{From: ofMilestone(Submitted), Event: approve, By: Client, To: Approved, Says: say.Key("The client accepts the work. Its price is paid to the freelancer, and the next milestone is funded.")},
		{From: ofMilestone(Submitted), Event: approve, Clock: acceptance, To: Approved,
			Says: say.Key("Silence pays: the work counts as accepted. Its price is paid to the freelancer, and the next milestone is funded.")},
		{From: ofMilestone(Submitted), Event: askChanges, By: Client, To: ChangesAsked, Says: say.Key("The client names the criteria that are not met, and says why."),
			Bound: say.Key("For each milestone at most the agreed rounds, five at the most. So the acceptance window opens at most six times.")},
		{From: ofMilestone(Submitted), Event: contest, By: Client, To: Disputed, Since: 2,
			Says: say.Key("The client disputes a sum, and says why. That sum waits; the rest is paid to the freelancer at once.")},
		{From: ofMilestone(ChangesAsked), Event: contest, By: Freelancer, To: Disputed, Since: 2,
			Says: say.Key("The freelancer disputes that changes are owed, and says why. The sum waits; the rest is paid to them at once.")},
		{From: ofMilestone(Funded, ChangesAsked), Event: contestShare, By: Client, To: Disputed, Since: 4,
			Says: say.Key("While notice runs, the two name different shares, and the client wants an arbiter to decide. What both grant is paid at once, what neither claims goes back, and what lies between waits.")},
		{From: ofMilestone(Funded, ChangesAsked), Event: contestShare, By: Freelancer, To: Disputed, Since: 4,
			Says: say.Key("While notice runs, the two name different shares, and the freelancer wants an arbiter to decide. What both grant is paid at once, what neither claims goes back, and what lies between waits.")},
		{From: ofMilestone(Disputed), Event: awardAll, Because: say.Key("the dispute gave the freelancer all of it"), To: Approved, Since: 2,
			Says: say.Key("The disputed sum is paid to the freelancer, and the next milestone is funded.")},
		{From: ofMilestone(Disputed), Event: awardPart, Because: say.Key("the dispute gave each of the two a part"), To: Split, Since: 2,
			Says: say.Key("The freelancer's part is paid, the rest returns to the client, and the next milestone is funded.")},
		{From: ofMilestone(Disputed), Event: awardNone, Because: say.Key("the dispute gave the client all of it"), To: Refunded, Since: 2,
			Says: say.Key("All of its money returns to the client, and the next milestone is funded.")},
		{From: ofMilestone(ChangesAsked), Event: submit, By: Freelancer, To: Submitted, Says: say.Key("The freelancer hands the work over again. The acceptance window opens anew.")},
		{From: ofMilestone(ChangesAsked), Event: approve, By: Client, To: Approved, Says: say.Key("The client accepts the work as it is. Its price is paid to the freelancer, and the next milestone is funded.")},
		{From: ofMilestone(ChangesAsked), Event: takeBack, By: Client, Opens: mending, To: TakenBack, Says: say.Key("No changes were made, and the client takes the money back.")},
		{From: ofMilestone(ChangesAsked), Event: takeBack, Clock: forgotten, To: TakenBack, Says: say.Key("No changes were made, and the money goes back to the client.")},
	},
}
