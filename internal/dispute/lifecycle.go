package dispute

import (
	"freehold/internal/contract"
	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/say"
	"freehold/internal/review"
)

// What happens to a dispute.
const (
	agree     lifecycle.Event = "agree"
	call      lifecycle.Event = "call an arbiter"
	decide    lifecycle.Event = "decide"
	passOn    lifecycle.Event = "pass on"
	giveUp    lifecycle.Event = "give up"
	askReview lifecycle.Event = "ask for a review"
	vote      lifecycle.Event = "vote"
	finish    lifecycle.Event = "finish"
)

var (
	talk     = &lifecycle.Clock{Name: say.Key("the days to talk"), Long: say.Key("5 days after it was opened"), For: lifecycle.Nobody, Fixed: true}
	deciding = &lifecycle.Clock{Name: say.Key("the days to decide"), Long: say.Key("10 days after an arbiter was named"), For: lifecycle.Nobody}
	given    = &lifecycle.Clock{Name: say.Key("the second time that no arbiter decided"), Long: say.Key("20 days after the talking was over"), For: contract.Freelancer}
	asking   = &lifecycle.Clock{Name: say.Key("the days to ask for a review"), Long: say.Key("7 days after the decision"), For: lifecycle.Nobody, Fixed: true}
	voting   = &lifecycle.Clock{Name: say.Key("the days to review"), Long: say.Key("10 days after a review was asked for"), For: lifecycle.Nobody, Fixed: true}
)

var of = lifecycle.In[State]

// Lifecycle is every way a dispute can go.
var Lifecycle = lifecycle.Table[State]{
	Of: say.Key("dispute"),
	States: []lifecycle.State[State]{
		{Is: Talking, Means: say.Key("the two look for a split; only the disputed sum waits"), Money: true},
		{Is: Deciding, Means: say.Key("a named arbiter reads what both have brought, and decides"), Money: true},
		{Is: Decided, Means: say.Key("there is a decision, which either of the two can have reviewed"), Money: true},
		{Is: Reviewing, Means: say.Key("arbiters who had no part in it look at the decision"), Money: true},
		{Is: Closed, Means: say.Key("the money is divided"), End: true},
	},
	Steps: []lifecycle.Step[State]{
		{From: of(Talking, Deciding), Event: agree, By: contract.Client, To: Closed, Says: say.Key("The client names the split that the freelancer has named. The money is divided at once.")},
		{From: of(Talking, Deciding), Event: agree, By: contract.Freelancer, To: Closed, Says: say.Key("The freelancer names the split that the client has named. The money is divided at once.")},
		{From: of(Talking), Event: call, Clock: talk, To: Deciding, Says: say.Key("An arbiter is named: the one with the least to do who had no part in either side's other disputes.")},
		{From: of(Deciding), Event: decide, By: Arbiter, To: Decided, Says: say.Key("The arbiter decides by the acceptance criteria and the evidence, and says why.")},
		{From: of(Deciding), Event: passOn, Clock: deciding, To: Deciding, Says: say.Key("The arbiter has missed the date, which is counted in public. Another one is named."), Bound: say.Key("Once.")},
		{From: of(Deciding), Event: giveUp, Clock: given, To: Closed, Says: say.Key("Two arbiters have missed the date. Work was delivered, so the disputed sum is paid to the freelancer; of a share that is disputed, as much as the days come to.")},
		{From: of(Decided), Event: askReview, By: contract.Client, To: Reviewing, Says: say.Key("The client asks for a review. Three arbiters are drawn who had no part in it.")},
		{From: of(Decided), Event: askReview, By: contract.Freelancer, To: Reviewing, Says: say.Key("The freelancer asks for a review. Three arbiters are drawn who had no part in it.")},
		{From: of(Decided), Event: finish, Clock: asking, To: Closed, Says: say.Key("The decision stands, and is carried out.")},
		{From: of(Reviewing), Event: vote, By: Arbiter, To: Reviewing, Says: say.Key("One of those who were drawn votes. Nobody sees the vote before all are in."), Bound: say.Key("Once each.")},
		{From: of(Reviewing), Event: finish, Clock: voting, To: Closed, Says: say.Key("The middle one of the votes holds, as soon as all are in, or of those that came in time.")},
	},
}

// TellLifecycles says all lifecycles in words, from a job post to the end of a
// dispute.
func TellLifecycles() []lifecycle.Told { return append(review.TellLifecycles(), Lifecycle.Tell()) }
