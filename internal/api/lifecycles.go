package api

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/lifecycle"
	"freehold/internal/kit/say"
	"freehold/internal/support"
)

// lifecycleShown is every way a thing can go.
type lifecycleShown struct {
	Of     string       `json:"of" doc:"job post, proposal, offer, contract, milestone"`
	States []stateShown `json:"states" doc:"the first is where it begins"`
}

type stateShown struct {
	Name         string      `json:"name"`
	Means        string      `json:"means"`
	End          bool        `json:"end"`
	Money        bool        `json:"money" doc:"some waits in escrow"`
	Acts         []stepShown `json:"acts" doc:"what people can do"`
	Silence      []stepShown `json:"silence" doc:"what happens by itself, if nobody does anything"`
	Consequences []stepShown `json:"consequences" doc:"what follows from something else"`
	Reminds      string      `json:"reminds,omitempty" doc:"who is reminded, where no clock runs"`
	Rests        string      `json:"rests,omitempty" doc:"why no clock has to run"`
}

type stepShown struct {
	Event   string      `json:"event"`
	By      string      `json:"by" doc:"market: it happens by itself"`
	Says    string      `json:"says"`
	Opens   *clockShown `json:"opens" doc:"the date before which nobody may; null: at any time"`
	Clock   *clockShown `json:"clock" doc:"the date at which it happens by itself"`
	Because string      `json:"because,omitempty" doc:"the act from which it follows"`
	To      string      `json:"to"`
	Bound   string      `json:"bound,omitempty" doc:"why it does not happen for ever"`
}

type clockShown struct {
	Name string `json:"name"`
	Long string `json:"long"`
	For  string `json:"for" doc:"whom it favours"`
}

func (s *server) lifecycles(context.Context, account.Actor, *nothing) ([]lifecycleShown, error) {
	return each(support.TellLifecycles(), func(t lifecycle.Told) lifecycleShown {
		return lifecycleShown{t.Of, each(t.States, stateOf)}
	}), nil
}

func stateOf(s lifecycle.ToldState) stateShown {
	return stateShown{
		s.Name, s.Means, s.End, s.Money, each(s.Acts, stepOf), each(s.Silence, stepOf), each(s.Consequences, stepOf), string(s.Reminds), s.Rests,
	}
}

func stepOf(s lifecycle.ToldStep) stepShown {
	return stepShown{string(s.Event), string(s.By), s.Says, clockOf(s.Opens), clockOf(s.Clock), s.Because, s.To, s.Bound}
}

func clockOf(c *lifecycle.Clock) *clockShown {
	if c == nil {
		return nil
	}
	return &clockShown{c.Name, c.Long, string(c.For)}
}

// prospect is what can happen next to a contract or one of its milestones.
type prospect struct {
	Milestone *int   `json:"milestone" doc:"its number; null: the contract itself"`
	Of        string `json:"of"`
	State     string `json:"state"`
	Acts      []way  `json:"acts" doc:"what people can do"`
	Silence   []way  `json:"silence" doc:"what happens by itself, if nobody acts"`
	Rests     string `json:"rests,omitempty" doc:"why no clock has to run"`
}

type way struct {
	Event string        `json:"event"`
	By    contract.Side `json:"by" doc:"market: it happens by itself"`
	Says  string        `json:"says"`
	From  *time.Time    `json:"from" doc:"not before; null: at any time"`
	At    *time.Time    `json:"at" doc:"when it happens by itself"`
	For   string        `json:"for,omitempty" doc:"whom that date favours"`
	To    string        `json:"to" doc:"the state afterwards"`
}

func prospectOf(r say.Reader) func(contract.Prospect) prospect {
	ways := func(w contract.Way) way {
		return way{w.Event, w.By, w.Says.For(r), w.From, w.At, string(w.For), w.To}
	}
	return func(p contract.Prospect) prospect {
		out := prospect{Of: p.Of, State: p.State, Acts: each(p.Acts, ways), Silence: each(p.Silence, ways), Rests: p.Rests.For(r)}
		if p.Milestone > 0 {
			out.Milestone = &p.Milestone
		}
		return out
	}
}
