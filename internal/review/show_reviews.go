package review

import (
	"context"
	"math"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/profile"
)

// View is how the reviews of a contract stand for one of the two.
type View struct {
	*Window       // nil as long as there is nothing to review
	Why     error // what the matter is then
	You     contract.Side
	Yours   *Review // what you wrote
	Theirs  *Review // what they wrote, once you can read it
	They    bool    // they have written

	CanWrite   bool
	CanRespond bool
}

// Show returns how the reviews of a contract stand to one of the two. What the
// other wrote is in it only once it is revealed.
func Show(ctx context.Context, d *db.DB, by account.Actor, on contract.ID) (v View, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		w, err := findWindow(ctx, tx, on, "")
		if err != nil {
			return err
		}
		if w == nil {
			if w, err = soon(ctx, tx, on); err != nil {
				return v.none(ctx, tx, by, on, err)
			}
		}
		v = View{Window: w, You: w.side(by)}
		if by.IsSystem() || v.You == "" {
			return ErrNotFound
		}
		v.They = w.wrote(other(v.You)) != nil
		said, err := reviewsOn(ctx, tx, by.ID, on)
		for i := range said {
			if said[i].Author == by.ID {
				v.Yours = &said[i]
			} else {
				v.Theirs = &said[i]
			}
		}
		try := *w
		v.CanWrite = try.Write(v.You, tx.Now) == nil
		v.CanRespond = v.Theirs != nil && v.Theirs.RespondedAt == nil && w.Respond(v.You, tx.Now) == nil
		return err
	})
	return v, err
}

// soon is the window of a contract that has just ended, before the sweep comes by.
func soon(ctx context.Context, tx *db.Tx, on contract.ID) (*Window, error) {
	c, err := contractByID(ctx, tx, on)
	switch {
	case err != nil:
		return nil, err
	case !c.Ended:
		return nil, ErrNotEnded
	case c.PaidMinor <= 0:
		return nil, ErrNothing
	}
	return &Window{
		Contract: c.Contract, Client: c.Client, Freelancer: c.Freelancer, Title: c.Title, State: Open,
		OpenedAt: tx.Now, EndsAt: WriteDays.After(tx.Now),
	}, nil
}

// none is a view of nothing, for one of the two.
func (v *View) none(ctx context.Context, tx *db.Tx, by account.Actor, on contract.ID, why error) error {
	c, err := contractByID(ctx, tx, on)
	if err != nil {
		return err
	}
	if by.ID != c.Client && by.ID != c.Freelancer {
		return ErrNotFound
	}
	if _, refused := fault.Of(why); !refused {
		return why
	}
	v.Why = why
	return nil
}

// Received is a review as everybody can read it.
type Received struct {
	Review
	Name     string // of its author
	Face     profile.Portrait
	Title    string       // "" where the post was not public
	Paid     money.Amount // had been, when the contract ended
	Revealed time.Time
}

// About returns up to n reviews of a person, the latest first, from before the
// given one; 0 begins with the latest. Anybody may read them.
func About(ctx context.Context, tx *db.Tx, person account.ID, before ID, n int) (all []Received, err error) {
	if before == 0 {
		before = math.MaxInt64
	}
	const nobody = account.ID(0)
	rows, err := db.All[receivedRow](ctx, tx, received, nobody, person, before, n, tx.Now)
	for _, r := range rows {
		all = append(all, Received{r.Review, r.Name, r.Face, r.Title, money.Amount{Minor: r.Paid, Currency: r.Currency}, r.Revealed})
	}
	return all, err
}
