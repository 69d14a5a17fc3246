package proposal

import (
	"time"

	"freehold/internal/jobpost"
	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/say"
)

// What can happen to a proposal.
const (
	movesUp          lifecycle.Event = "move up"
	isEdited         lifecycle.Event = "edit"
	isRead           lifecycle.Event = "read"
	isShortlisted    lifecycle.Event = "shortlist"
	isUnshortlisted  lifecycle.Event = "take off the shortlist"
	isDeclined       lifecycle.Event = "decline"
	isWithdrawn      lifecycle.Event = "withdraw"
	lapses           lifecycle.Event = "lapse"
	isOffered        lifecycle.Event = "offer a contract"
	isHired          lifecycle.Event = "hire"
	offerFails       lifecycle.Event = "end the offer"
	offerIsRefused   lifecycle.Event = "decline the offer"
	offerIsTakenBack lifecycle.Event = "withdraw the offer"
	offerExpires     lifecycle.Event = "let the offer expire"
)

// Who has to do with a proposal.
const (
	client     lifecycle.Actor = "client"
	freelancer lifecycle.Actor = "freelancer"
)

var (
	answerBy = &lifecycle.Clock{Name: jobpost.AnswerBy.Name, Long: jobpost.AnswerBy.Long, For: freelancer, Fixed: true}
	expiry   = &lifecycle.Clock{Name: say.Key("the date of the offer"), Long: say.Key("3 to 14 days after the latest terms were put on the table, as the market has set"), For: freelancer}
)

var in = lifecycle.In[State]

// Lifecycle is every way on there is. What is not in it cannot happen. Where
// nobody does anything, the answer-by date ends every proposal but one that is
// offered, and the offer's own date ends that.
var Lifecycle = lifecycle.Table[State]{
	Of: say.Key("proposal"),
	States: []lifecycle.State[State]{
		{Is: WaitingList, Means: say.Key("it comes before the client as soon as a place becomes free")},
		{Is: Submitted, Means: say.Key("it is before the client, unread")},
		{Is: Read, Means: say.Key("the client has opened it")},
		{Is: Shortlisted, Means: say.Key("the client comes back to it")},
		{Is: Offered, Means: say.Key("terms for a contract are on the table")},
		{Is: Hired, Means: say.Key("both have signed a contract"), End: true},
		{Is: Declined, Means: say.Key("the client said no, with a reason"), End: true},
		{Is: Withdrawn, Means: say.Key("the freelancer took it back"), End: true},
		{Is: Lapsed, Means: say.Key("the promised date passed without an answer"), End: true},
	},
	Steps: []lifecycle.Step[State]{
		{From: in(WaitingList), Event: movesUp, Because: say.Key("a place before the client becomes free"), To: Submitted,
			Says: say.Key("The proposal comes before the client, who owes it an answer from then on.")},
		{From: in(WaitingList), Event: isEdited, By: freelancer, To: WaitingList, Says: say.Key("The freelancer changes it, as long as nobody has read it.")},
		{From: in(Submitted), Event: isEdited, By: freelancer, To: Submitted, Says: say.Key("The freelancer changes it, as long as nobody has read it.")},
		{From: in(Submitted), Event: isRead, By: client, To: Read, Says: say.Key("The client opens it. From then on it stays as it was read.")},
		{From: in(Submitted, Read), Event: isShortlisted, By: client, To: Shortlisted, Says: say.Key("The client puts it on the shortlist. An answer is still owed.")},
		{From: in(Shortlisted), Event: isUnshortlisted, By: client, To: Read, Says: say.Key("The client takes it off the shortlist. An answer is still owed.")},
		{From: undecided, Event: isDeclined, By: client, To: Declined, Says: say.Key("The client says no and gives a reason. The place in the freelancer's quota is free again.")},
		{From: undecided, Event: isWithdrawn, By: freelancer, To: Withdrawn, Says: say.Key("The freelancer takes it back. The place in their quota is free again.")},
		{From: undecided, Event: lapses, Clock: answerBy, To: Lapsed,
			Says: say.Key("It ends without an answer. If one was owed, the freelancer gets a share of the answer bond, and the client's answer rate falls.")},
		{From: before, Event: isOffered, By: client, To: Offered, Says: say.Key("The client puts terms on the table. That is an answer."),
			Bound: say.Key("An offer is made while the post is open, and its answer-by date ends that.")},
		{From: in(Offered), Event: isHired, Because: say.Key("both sign the offer"), To: Hired, Says: say.Key("The proposal has become a contract.")},
		{From: in(Offered), Event: offerFails, Because: say.Key("the offer ends without a contract, and the post is open"), To: Shortlisted,
			Says: say.Key("The proposal is back on the shortlist.")},
		{From: in(Offered), Event: offerIsRefused, By: freelancer, To: Withdrawn, Says: say.Key("The freelancer declines the offer after the post has ended.")},
		{From: in(Offered), Event: offerIsTakenBack, By: client, To: Declined, Says: say.Key("The client takes the offer back after the post has ended.")},
		{From: in(Offered), Event: offerExpires, Clock: expiry, To: Lapsed, Says: say.Key("The offer expires. If the post has ended by then, so does the proposal.")},
	},
}

// Ended reports whether nothing more can happen.
func (s State) Ended() bool { return Lifecycle.Ended(s) }

// move takes one step of the Lifecycle, or says why it cannot be taken.
func (p *Proposal) move(e lifecycle.Event, at time.Time) error {
	to, ok := Lifecycle.Leads(p.State, e)
	if !ok {
		return p.refuse(e)
	}
	if p.State = to; to.Ended() {
		p.EndedAt = &at
	}
	return nil
}

// allows reports whether an event can happen to p as it stands.
func (p Proposal) allows(e lifecycle.Event) bool {
	_, ok := Lifecycle.Leads(p.State, e)
	return ok
}
