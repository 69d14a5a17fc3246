// Package agenda is whose turn it is: what waits for a person, what they wait
// for, and when each of it is due. It only reads.
package agenda

import (
	"context"
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// Item is one thing that waits for somebody.
type Item struct {
	Kind  Kind
	Words say.Sentence
	Link  string     // where to do it, or to see how it stands
	Due   *time.Time // nil: nothing happens by itself
	Mine  bool       // it waits for the reader; otherwise the reader waits for it
}

// Kind is what sort of thing waits.
type Kind string

// The kinds of things that wait.
const (
	Answers    Kind = "answers"
	Invitation Kind = "invitation"
	Proposal   Kind = "proposal"
	Offer      Kind = "offer"
	Amendment  Kind = "amendment"
	Fund       Kind = "fund"
	FundNext   Kind = "fund next"
	Leave      Kind = "leave"
	Submit     Kind = "submit"
	Mend       Kind = "mend"
	Judge      Kind = "judge"
	Week       Kind = "week"
	Month      Kind = "month"
	Hours      Kind = "hours"
	Dispute    Kind = "dispute"
	Decide     Kind = "decide"
	Review     Kind = "review"
	Hearing    Kind = "hearing"
	Appeal     Kind = "appeal"
	Case       Kind = "case"
)

// most is how many things are shown: beyond it nobody reads.
const most = 100

// Of returns what waits for by and what by waits for, the nearest date first
// and what has none last.
func Of(ctx context.Context, d *db.DB, by account.Actor) (items []Item, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		waiting, err := waitingFor(ctx, tx, by.ID)
		items = make([]Item, len(waiting))
		for i, w := range waiting {
			items[i] = w.item()
		}
		return err
	})
	return items, err
}

// waiting is one row of what waits.
type waiting struct {
	What  Kind
	Mine  bool
	ID    int64  // of the page to go to
	Title string // of the post, contract or milestone
	Other string // the name of the other side
	N     int
	Due   *time.Time
}

// item puts w into words.
func (w waiting) item() Item {
	item := Item{Kind: w.What, Due: w.Due, Mine: w.Mine}
	switch w.What {
	case Answers:
		item.Link = fmt.Sprintf("/posts/%d/proposals", w.ID)
		item.Words = say.That("Answer the proposals to “%s”: %d without an answer.", w.Title, w.N)
	case Invitation:
		item.Link = fmt.Sprintf("/posts/%d", w.ID)
		item.Words = say.That("%s invites you to propose for “%s”.", w.Other, w.Title)
	case Proposal:
		item.Link = fmt.Sprintf("/proposals/%d", w.ID)
		item.Words = say.That("%s owes you an answer to your proposal for “%s”.", w.Other, w.Title)
	case Offer:
		item.Link = fmt.Sprintf("/offers/%d", w.ID)
		item.Words = w.say("Sign, counter or decline the offer for “%s”.", "%s has your offer for “%s” to sign, counter or decline.")
	case Amendment:
		item.Link = fmt.Sprintf("/amendments/%d", w.ID)
		item.Words = w.say("Sign or decline the changes to “%s”.", "%s has the changes to “%s” to sign or decline.")
	case Dispute:
		item.Link = fmt.Sprintf("/disputes/%d", w.ID)
		item.Words = w.say("Name a split for the dispute about “%s”, or answer the one that was named.", "%s has the dispute about “%s” to answer.")
	case Decide:
		item.Link = fmt.Sprintf("/disputes/%d", w.ID)
		item.Words = w.say("Decide the dispute about “%s”.", "%s, the arbiter, decides the dispute about “%s”.")
	case Hearing:
		item.Link = fmt.Sprintf("/decisions/%d", w.ID)
		item.Words = say.That("Answer what %s, of the staff, considers about you. Nothing is decided yet.", w.Other)
	case Appeal:
		item.Link = fmt.Sprintf("/decisions/%d", w.ID)
		item.Words = say.That("%s judges your appeal, or the decision lapses.", w.Other)
		if w.Mine {
			item.Words = say.That("Judge the appeal of %s, or the decision lapses.", w.Other)
		}
	case Case:
		item.Link = fmt.Sprintf("/cases/%d", w.ID)
		item.Words = w.say("Answer the case “%s”.", "%s, of the staff, answers “%s”.")
	case Review:
		item.Link = fmt.Sprintf("/contracts/%d/review", w.ID)
		item.Words = say.That("Say how it was to work with %s on “%s”.", w.Other, w.Title)
	default:
		item.Link = fmt.Sprintf("/contracts/%d", w.ID)
		item.Words = w.contract()
	}
	return item
}

func (w waiting) contract() say.Sentence {
	switch w.What {
	case Fund:
		return w.say("Put the money for “%s” in escrow, so that work can begin.", "%s has to put the money for “%s” in escrow. Do not begin before.")
	case FundNext:
		return w.say("Put the money for the next milestone of “%s” in escrow: work has stopped.", "%s has to put the money for the next milestone of “%s” in escrow. Nobody has to work until then.")
	case Leave:
		return say.That("“%s” has waited for money for too long. You may leave it, with its ending fee.", w.Title)
	case Submit:
		return w.say("Do the work for “%s” and submit it.", "%s works on “%s”.")
	case Mend:
		return w.say("Make the changes to “%s” and submit it again.", "%s makes the changes that you asked for to “%s”.")
	case Week:
		return w.say("Log the hours that you work for “%s”.", "%s logs hours for “%s”.")
	case Month:
		return w.say("Do what you agreed on for “%s”.", "%s works on “%s”.")
	case Hours:
		return w.say("Look at the hours of “%s”, then approve them or dispute lines.", "%s looks at your hours of “%s”. If they say nothing, you are paid.")
	default: // Judge
		return w.say("Approve “%s”, or ask for changes.", "%s looks at your work for “%s”. If they say nothing, you are paid.")
	}
}

// say speaks of the title to the one whose turn it is, and of the other and the
// title to the one who waits.
func (w waiting) say(mine, theirs string) say.Sentence {
	if w.Mine {
		return say.That(mine, w.Title)
	}
	return say.That(theirs, w.Other, w.Title)
}
