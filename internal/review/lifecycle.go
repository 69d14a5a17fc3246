package review

import (
	"freehold/internal/contract"
	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/say"
)

// What happens to the reviews of a contract.
const (
	write   lifecycle.Event = "write"
	lapse   lifecycle.Event = "lapse"
	reveal  lifecycle.Event = "reveal"
	respond lifecycle.Event = "respond"
	shut    lifecycle.Event = "close"
)

var (
	writing    = &lifecycle.Clock{Name: say.Key("the time to write"), Long: say.Key("14 days after the contract ended"), For: lifecycle.Nobody, Fixed: true}
	responding = &lifecycle.Clock{Name: say.Key("the time to respond"), Long: say.Key("28 days after the reviews were revealed"), For: lifecycle.Nobody, Fixed: true}
)

var of = lifecycle.In[State]

// Lifecycle is every way the two reviews of a contract can go.
var Lifecycle = lifecycle.Table[State]{
	Of: say.Key("review"),
	States: []lifecycle.State[State]{
		{Is: Open, Means: say.Key("the contract has ended and money was paid; both can write")},
		{Is: ClientWrote, Means: say.Key("the client’s review is in, and sealed")},
		{Is: FreelancerWrote, Means: say.Key("the freelancer’s review is in, and sealed")},
		{Is: Revealed, Means: say.Key("everybody can read what was written, and whoever was reviewed can respond")},
		{Is: Unwritten, Means: say.Key("neither of the two wrote anything"), End: true},
		{Is: Closed, Means: say.Key("what was written stays"), End: true},
	},
	Steps: []lifecycle.Step[State]{
		{From: of(Open), Event: write, By: contract.Client, To: ClientWrote, Says: say.Key("The client writes a review. Nobody can read it yet.")},
		{From: of(Open), Event: write, By: contract.Freelancer, To: FreelancerWrote, Says: say.Key("The freelancer writes a review. Nobody can read it yet.")},
		{From: of(FreelancerWrote), Event: write, By: contract.Client, To: Revealed, Says: say.Key("The client writes a review. Both are revealed at the same moment.")},
		{From: of(ClientWrote), Event: write, By: contract.Freelancer, To: Revealed, Says: say.Key("The freelancer writes a review. Both are revealed at the same moment.")},
		{From: of(Open), Event: lapse, Clock: writing, To: Unwritten, Says: say.Key("There are no reviews of this contract.")},
		{From: of(ClientWrote, FreelancerWrote), Event: reveal, Clock: writing, To: Revealed, Says: say.Key("The one review there is is revealed. The other side can no longer write one, but can respond.")},
		{From: of(Revealed), Event: respond, By: contract.Client, To: Revealed, Says: say.Key("The client responds to what was written about them."), Bound: say.Key("Once.")},
		{From: of(Revealed), Event: respond, By: contract.Freelancer, To: Revealed, Says: say.Key("The freelancer responds to what was written about them."), Bound: say.Key("Once.")},
		{From: of(Revealed), Event: shut, Clock: responding, To: Closed, Says: say.Key("Nothing can be added any more.")},
	},
}

// TellLifecycles says all lifecycles in words, from a job post to its reviews.
func TellLifecycles() []lifecycle.Told { return append(contract.TellLifecycles(), Lifecycle.Tell()) }
