package proposal

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/profile"
)

// Listed is a proposal in its client's list. It has no price: that is read on
// the proposal itself, together with all that it pays for.
type Listed struct {
	ID            ID
	State         State
	Freelancer    profile.Card `db:"-"`
	Fit           int          // 0 to 100
	FitReasons    []jobpost.FitTerm
	SubmittedAt   time.Time
	ReadAt        *time.Time
	AnsweredAt    *time.Time
	DeclineReason *string
	Note          string // the client's own
}

// Listing is what a client sees of the proposals to a post.
type Listing struct {
	Post    jobpost.Post
	Items   []Listed // what came before the client, the best fit first; what has ended too
	Unread  int
	Owed    int // how many wait for the client's answer
	Waiting int // how many are on the waiting list
}

// List returns the proposals to a client's own post; to anybody else it is
// jobpost.ErrNotFound. The cap and the answer-by date keep it short.
func List(ctx context.Context, d *db.DB, by account.Actor, id jobpost.ID) (l Listing, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		if l.Post, err = jobpost.PostByID(ctx, tx, id); err != nil {
			return err
		}
		if l.Post.Client != by.ID {
			return jobpost.ErrNotFound
		}
		if l.Waiting, err = countIn(ctx, tx, id, []State{WaitingList}); err != nil {
			return err
		}
		l.Items, err = listed(ctx, tx, id)
		return err
	})
	if err != nil {
		return Listing{}, err
	}
	for _, p := range l.Items {
		if p.State == Submitted {
			l.Unread++
		}
		if !p.State.Ended() && p.AnsweredAt == nil {
			l.Owed++
		}
	}
	return l, nil
}

func listed(ctx context.Context, tx *db.Tx, post jobpost.ID) ([]Listed, error) {
	rows, err := listedRows(ctx, tx, post)
	if err != nil {
		return nil, err
	}
	people := make([]account.ID, len(rows))
	for i, r := range rows {
		people[i] = r.Person
	}
	cards, err := profile.Cards(ctx, tx, people)
	items := make([]Listed, len(rows))
	for i, r := range rows {
		items[i] = r.Listed
		items[i].Freelancer = cards[r.Person]
	}
	return items, err
}
