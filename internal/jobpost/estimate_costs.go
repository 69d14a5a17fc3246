package jobpost

import (
	"context"

	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/terms"
)

// Costs are what a post would cost its client, as far as that can be told.
type Costs struct {
	Of      Post              // with what it was reckoned
	Floor   terms.Floor       // for one hour; zero as long as category or level is open
	Least   money.Amount      // that the budget has to be; zero as long as it takes more to tell
	Fee     terms.BasisPoints // on top of what is paid
	Bond    money.Amount      // set aside on publishing
	Refusal error             // of a budget below the floor; nil: it is not
}

// EstimateCosts tells what a post would cost, while it is being written. What is
// filled in must be valid, as for SaveDraft; a budget below the floor is no error
// here, for the answer says so.
func EstimateCosts(ctx context.Context, d *db.DB, in Input) (c Costs, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		in, _, err := in.resolve(ctx, tx)
		if err != nil {
			return err
		}
		c = Costs{}
		c.Of.write(in)
		set, err := terms.Current(ctx, tx)
		if err != nil {
			return err
		}
		c.Fee = set.ClientFee
		if c.Bond, err = terms.BondIn(ctx, tx, in.Currency); err != nil {
			return err
		}
		if in.Category == "" || in.Level == "" {
			return nil
		}
		if c.Floor, err = terms.FloorFor(ctx, tx, in.Category, in.Level, nil, in.Currency); err != nil {
			return err
		}
		if hours := c.Of.Kind.FlooredHours(c.Of.Hours); hours > 0 {
			c.Least = c.Floor.Least(hours)
			if c.Of.HasBudget() {
				c.Refusal = atField("budget", c.Floor.Check(c.Of.Min(), hours))
			}
		}
		return nil
	})
	return c, err
}
