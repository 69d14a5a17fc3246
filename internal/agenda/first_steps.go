package agenda

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// Step is one thing that a newcomer does until they are at home here.
type Step struct {
	Words say.Sentence
	Why   say.Sentence
	Link  string
	Done  bool
}

// FirstSteps are what by does to begin, in the order in which it is easiest: for
// clients up to the first post, for freelancers up to the first proposal. There
// are none once all are done.
func FirstSteps(ctx context.Context, d *db.DB, by account.Actor) (steps []Step, err error) {
	var b begun
	err = d.View(ctx, func(tx *db.Tx) (err error) {
		b, err = begunBy(ctx, tx, by.ID)
		return err
	})
	steps = b.steps(by)
	for _, s := range steps {
		if !s.Done {
			return steps, err
		}
	}
	return nil, err
}

// begun is what somebody has done so far.
type begun struct {
	Described bool // their profile says what they do and for how much
	Shown     bool // there is something in the portfolio
	Proposed  bool
	Named     bool // clients: who they are
	Paid      bool // clients: a payment has shown that they can pay
	Drafted   bool
	Published bool
}

func (b begun) steps(by account.Actor) (steps []Step) {
	steps = append(steps, Step{say.That("Confirm your address"), say.That("So that notices reach you, and nobody else can be you."), "/settings", by.Confirmed})
	if by.Freelancer {
		steps = append(steps,
			Step{say.That("Say what you do"), say.That("Headline, skills and rate decide which posts we show you first."), "/my/profile", b.Described},
			Step{say.That("Show a piece of work"), say.That("One good piece says more than ten skills."), "/my/portfolio/new", b.Shown},
			Step{say.That("Write your first proposal"), say.That("It costs nothing, and it is answered by a date you know beforehand."), "/feed", b.Proposed})
	}
	if by.Client {
		steps = append(steps,
			Step{say.That("Say who you are"), say.That("People write better proposals to somebody they can picture."), "/my/client-profile", b.Named},
			Step{say.That("Add money to your wallet"), say.That("The first payment shows that you can pay. It stays yours until you set it aside."), "/wallet/add", b.Paid},
			Step{say.That("Describe what you want done"), say.That("A draft is yours alone until you publish it."), "/posts/new", b.Drafted},
			Step{say.That("Publish your first post"), say.That("From then on you owe everybody who proposes an answer, by a date that you choose."), "/my/posts", b.Published})
	}
	return steps
}
