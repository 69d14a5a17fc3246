package jobpost

import (
	"time"

	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/say"
)

// The events of a post.
const (
	publishes lifecycle.Event = "publish"
	hires     lifecycle.Event = "hire"
	hiresLast lifecycle.Event = "hire for the last place"
	closes    lifecycle.Event = "close"
	lapses    lifecycle.Event = "lapse"
	runsOut   lifecycle.Event = "run out"
	removes   lifecycle.Event = "remove"
)

// Who has to do with a post.
const (
	client      lifecycle.Actor = "client"
	freelancers lifecycle.Actor = "freelancers"
	staff       lifecycle.Actor = "staff"
)

// AnswerBy is the clock over a post and over all proposals to it.
var AnswerBy = &lifecycle.Clock{Name: say.Key("the answer-by date"), Long: say.Key("3 to 21 days after publishing, as the client chose"), For: freelancers, Fixed: true}

var answerByUnasked = &lifecycle.Clock{Name: say.Key("the answer-by date, with nobody waiting for an answer"), Long: AnswerBy.Long, For: client, Fixed: true}

var in = lifecycle.In[State]

// Lifecycle is every way on there is. What is not in it cannot happen. An offer
// can outlive its post, so somebody can be hired for a post that has ended.
var Lifecycle = lifecycle.Table[State]{
	Of: say.Key("job post"),
	States: []lifecycle.State[State]{
		{Is: Draft, Means: say.Key("only its client can see it"), Rests: say.Key("Nobody waits for a draft, and no money does.")},
		{Is: Open, Means: say.Key("it takes proposals, and its answer bond is in escrow"), Money: true},
		{Is: Filled, Means: say.Key("everybody it was looking for has been hired"), End: true},
		{Is: Closed, Means: say.Key("its client has ended it, and answered everybody"), End: true},
		{Is: Lapsed, Means: say.Key("its date has passed while somebody waited for an answer"), End: true},
		{Is: Removed, Means: say.Key("a decision has taken it off the market"), End: true},
	},
	Steps: []lifecycle.Step[State]{
		{From: in(Draft), Event: publishes, By: client, To: Open,
			Says: say.Key("The client publishes it, with a verified payment method and an answer bond in escrow.")},
		{From: in(Open), Event: hires, Because: say.Key("both have signed a contract, and places are left"), To: Open,
			Says: say.Key("Somebody is hired. The post stays open for the places that are left.")},
		{From: in(Open), Event: hiresLast, Because: say.Key("both have signed the contract for the last place"), To: Filled,
			Says: say.Key("The last place is taken. Every other proposal is answered, and the answer bond returns.")},
		{From: in(Open), Event: closes, By: client, To: Closed,
			Says: say.Key("The client ends it and answers every open proposal in the same act. The answer bond returns.")},
		{From: in(Open), Event: lapses, Clock: AnswerBy, To: Lapsed,
			Says: say.Key("The post ends. Those who were left without an answer share the answer bond, and the client's answer rate falls.")},
		{From: in(Open), Event: runsOut, Clock: answerByUnasked, To: Closed,
			Says: say.Key("The post ends, and the answer bond returns to the client.")},
		{From: in(Open), Event: removes, By: staff, To: Removed,
			Says: say.Key("A decision with reasons removes it. Proposals end with that reason, and the answer bond returns unless the decision says otherwise.")},
		{From: in(Closed), Event: hires, Because: say.Key("both have signed an offer that outlived the post"), To: Closed, Says: say.Key("Somebody is hired.")},
		{From: in(Closed), Event: hiresLast, Because: say.Key("both have signed an offer that outlived the post"), To: Closed, Says: say.Key("The last place is taken.")},
		{From: in(Lapsed), Event: hires, Because: say.Key("both have signed an offer that outlived the post"), To: Lapsed, Says: say.Key("Somebody is hired.")},
		{From: in(Lapsed), Event: hiresLast, Because: say.Key("both have signed an offer that outlived the post"), To: Lapsed, Says: say.Key("The last place is taken.")},
	},
}

// move makes e happen, or says why it cannot.
func (p *Post) move(e lifecycle.Event, at time.Time) error {
	to, ok := Lifecycle.Leads(p.State, e)
	switch {
	case !ok && e == publishes:
		return ErrNotDraft
	case !ok:
		return p.mustBeOpen()
	}
	if to != p.State && Lifecycle.Ended(to) {
		p.EndedAt = &at
	}
	p.State = to
	return nil
}
