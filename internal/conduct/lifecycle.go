package conduct

import (
	"freehold/internal/dispute"
	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/say"
)

// ReportState is how far a report has come.
type ReportState string

// The states of a report.
const (
	New      ReportState = "new"
	InReview ReportState = "in review"
	NoAction ReportState = "no action"
	Decision ReportState = "decision"
)

// State is how far a decision has come.
type State string

// The states of a decision.
const (
	Drafted    State = "drafted"   // written down, and nothing else: emergencies alone stay here
	Hearing    State = "hearing"   // the person can answer before anything is decided
	Announced  State = "announced" // delivered, and takes effect later
	InForce    State = "in force"
	Ended      State = "ended" // its time is over
	Lifted     State = "lifted"
	Lapsed     State = "lapsed" // an appeal was not answered in time
	Overturned State = "overturned"
	Dropped    State = "dropped"
)

// AppealState is how far an appeal has come.
type AppealState string

// The states of an appeal.
const (
	Filed    AppealState = "filed"
	Upheld   AppealState = "upheld" // for the person
	Rejected AppealState = "rejected"
	Late     AppealState = "lapsed"
)

var (
	_ = say.Words(New, InReview, NoAction, Decision)
	_ = say.Words(Drafted, Hearing, Announced, InForce, Ended, Lifted, Lapsed, Overturned, Dropped)
	_ = say.Words(Filed, Upheld, Rejected, Late)
)

// Who acts.
const (
	Person   lifecycle.Actor = "person"           // whom it is about
	Reviewer lifecycle.Actor = "reviewer"         // of the staff
	Other    lifecycle.Actor = "another reviewer" // who had no part in it
)

var _ = say.Words(Person, Reviewer, Other)

// What happens.
const (
	claim    lifecycle.Event = "claim"
	release  lifecycle.Event = "release"
	dismiss  lifecycle.Event = "dismiss"
	decided  lifecycle.Event = "decided"
	hear     lifecycle.Event = "hear"
	deliver  lifecycle.Event = "deliver"
	announce lifecycle.Event = "announce"
	drop     lifecycle.Event = "drop"
	begin    lifecycle.Event = "begin"
	end      lifecycle.Event = "end"
	lift     lifecycle.Event = "lift"
	overturn lifecycle.Event = "overturn"
	lapse    lifecycle.Event = "lapse"
	uphold   lifecycle.Event = "uphold"
	reject   lifecycle.Event = "reject"
)

var (
	holding   = &lifecycle.Clock{Name: say.Key("the days of a reviewer"), Long: say.Key("2 days after it was taken on"), For: lifecycle.Nobody}
	hearing   = &lifecycle.Clock{Name: say.Key("the days of the hearing"), Long: say.Key("5 days after the person was told, or as soon as they have answered"), For: Person}
	stale     = &lifecycle.Clock{Name: say.Key("the days to decide"), Long: say.Key("30 days after the hearing began"), For: Person, Fixed: true}
	hot       = &lifecycle.Clock{Name: say.Key("the day of an emergency"), Long: say.Key("1 day after it was written"), For: Person, Fixed: true}
	notice    = &lifecycle.Clock{Name: say.Key("the days of notice"), Long: say.Key("30 days after it was delivered"), For: Person, Fixed: true}
	itsDate   = &lifecycle.Clock{Name: say.Key("its date"), Long: say.Key("at most 6 months after it took effect, 7 working days in an emergency"), For: Person, Fixed: true}
	answering = &lifecycle.Clock{Name: say.Key("the days to answer an appeal"), Long: say.Key("14 days after it was filed"), For: Person, Fixed: true}
)

var (
	reports   = lifecycle.In[ReportState]
	decisions = lifecycle.In[State]
	appeals   = lifecycle.In[AppealState]
)

// Reports is every way a report can go.
var Reports = lifecycle.Table[ReportState]{
	Of: say.Key("report"),
	States: []lifecycle.State[ReportState]{
		{Is: New, Means: say.Key("somebody has reported something, and nobody looks at it yet"), Reminds: Reviewer},
		{Is: InReview, Means: say.Key("a named person of the staff looks at it")},
		{Is: NoAction, Means: say.Key("nothing follows, and the reporter has read why"), End: true},
		{Is: Decision, Means: say.Key("a decision was delivered, and the reporter has read why"), End: true},
	},
	Steps: []lifecycle.Step[ReportState]{
		{From: reports(New), Event: claim, By: Reviewer, To: InReview, Says: say.Key("Somebody of the staff takes it on, in their name.")},
		{From: reports(InReview), Event: release, Clock: holding, To: New, Says: say.Key("It goes back to all of them. Its own date stays."), Bound: say.Key("It stands the higher in the queue the longer it waits.")},
		{From: reports(InReview), Event: dismiss, By: Reviewer, To: NoAction, Says: say.Key("The reviewer finds no rule broken, and tells the reporter why.")},
		{From: reports(InReview), Event: decided, Because: say.Key("A decision is delivered."), To: Decision, Says: say.Key("The reporter is told what came of it, and why.")},
		{From: reports(InReview), Event: drop, Because: say.Key("What was considered is dropped."), To: NoAction, Says: say.Key("The reporter is told that nothing follows, and why.")},
	},
}

// Decisions is every way a decision can go.
var Decisions = lifecycle.Table[State]{
	Of: say.Key("decision"),
	States: []lifecycle.State[State]{
		{Is: Drafted, Means: say.Key("it is written down, and nothing has happened yet")},
		{Is: Hearing, Means: say.Key("the person has read the facts, the evidence and the rule, and can answer before anything is decided")},
		{Is: Announced, Means: say.Key("it is delivered, and takes effect at its date")},
		{Is: InForce, Means: say.Key("it does what it says, and nothing else")},
		{Is: Ended, Means: say.Key("its time is over, and nothing of it is left"), End: true},
		{Is: Lifted, Means: say.Key("the staff has ended it before its time"), End: true},
		{Is: Lapsed, Means: say.Key("an appeal was not answered in time, so it is over"), End: true},
		{Is: Overturned, Means: say.Key("an appeal was right, and all that it did is undone"), End: true},
		{Is: Dropped, Means: say.Key("nothing was decided"), End: true},
	},
	Steps: []lifecycle.Step[State]{
		{From: decisions(Drafted), Event: hear, By: Reviewer, To: Hearing, Says: say.Key("The person is told in the same moment what is considered, by whom, and on what evidence.")},
		{From: decisions(Hearing), Event: deliver, By: Reviewer, Opens: hearing, To: InForce, Says: say.Key("The reviewer has opened all that they cite, and delivers the decision with its reasons. It can be no heavier than what the person was heard about.")},
		{From: decisions(Hearing), Event: announce, By: Reviewer, Opens: hearing, To: Announced, Says: say.Key("The end of an account is delivered with its reasons. It takes effect 30 days later.")},
		{From: decisions(Hearing), Event: drop, By: Reviewer, To: Dropped, Says: say.Key("The answer was convincing. The person is told so.")},
		{From: decisions(Hearing), Event: lapse, Clock: stale, To: Dropped, Says: say.Key("Nobody has decided. It is dropped, and the person is told so.")},
		{From: decisions(Drafted), Event: deliver, By: Reviewer, To: InForce, Says: say.Key("Somebody could come to harm: it takes effect at once, for at most 7 working days.")},
		{From: decisions(Drafted), Event: lapse, Clock: hot, To: Dropped, Says: say.Key("It was no emergency: nobody has delivered it.")},
		{From: decisions(Announced), Event: begin, Clock: notice, To: InForce, Says: say.Key("The account can begin nothing new. Its money, its contracts, its people and its records stay.")},
		{From: decisions(Announced, InForce), Event: lift, By: Reviewer, To: Lifted, Says: say.Key("The staff ends it, and says why.")},
		{From: decisions(Announced, InForce), Event: overturn, By: Other, To: Overturned, Says: say.Key("Somebody who had no part in it finds the appeal right.")},
		{From: decisions(Announced, InForce), Event: lapse, Clock: answering, To: Lapsed, Says: say.Key("An appeal was not answered in time.")},
		{From: decisions(InForce), Event: end, Clock: itsDate, To: Ended, Says: say.Key("Its time is over. To go on takes a new decision, with a new hearing.")},
	},
}

// Appeals is every way an appeal can go.
var Appeals = lifecycle.Table[AppealState]{
	Of: say.Key("appeal"),
	States: []lifecycle.State[AppealState]{
		{Is: Filed, Means: say.Key("somebody who had no part in the decision reads what is said against it")},
		{Is: Upheld, Means: say.Key("the person was right, and the decision is undone"), End: true},
		{Is: Rejected, Means: say.Key("the decision stands, for the reasons given; outside bodies are named"), End: true},
		{Is: Late, Means: say.Key("nobody answered in time, and the decision has lapsed"), End: true},
	},
	Steps: []lifecycle.Step[AppealState]{
		{From: appeals(Filed), Event: uphold, By: Other, To: Upheld, Says: say.Key("The decision is undone in the same moment: what it removed is back, what it stopped goes on.")},
		{From: appeals(Filed), Event: reject, By: Other, To: Rejected, Says: say.Key("The decision stands. The person reads why, and which bodies outside of this market they can turn to.")},
		{From: appeals(Filed), Event: lapse, Clock: answering, To: Late, Says: say.Key("The decision lapses by itself.")},
	},
}

// TellLifecycles says all lifecycles in words, from a job post to an appeal.
func TellLifecycles() []lifecycle.Told {
	return append(dispute.TellLifecycles(), Reports.Tell(), Decisions.Tell(), Appeals.Tell())
}
