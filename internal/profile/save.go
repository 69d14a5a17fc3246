package profile

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/skill"
	"freehold/internal/terms"
)

// Save writes the whole profile of by, who is a freelancer from then on. All
// that is wrong with it is said at once, each at its field.
func Save(ctx context.Context, d *db.DB, by account.Actor, in Input) error {
	if err := in.clean(); err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		if err := in.plan(tx.Now); err != nil {
			return err
		}
		skills, err := skill.Find(ctx, tx, in.Skills)
		if err != nil {
			return err
		}
		if err := account.Settle(ctx, tx, by.ID, account.Place{Country: in.Country, TimeZone: in.TimeZone}, account.AsFreelancer); err != nil {
			return err
		}
		if err := checkFloor(ctx, tx, by.ID, in); err != nil {
			return err
		}
		if err := saveFreelancer(ctx, tx, by.ID, in); err != nil {
			return err
		}
		if err := saveSkills(ctx, tx, by.ID, skills); err != nil {
			return err
		}
		if err := saveLanguages(ctx, tx, by.ID, in.Languages); err != nil {
			return err
		}
		return refreshSearch(ctx, tx, by.ID)
	})
}

// checkFloor holds an hourly rate to the floor of the country its owner is in.
// In which category they will work is not known yet; proposals are held to its
// floor.
func checkFloor(ctx context.Context, tx *db.Tx, id account.ID, in Input) error {
	if in.Rate == nil {
		return nil
	}
	p, err := account.PersonByID(ctx, tx, id)
	if err != nil {
		return err
	}
	floor, err := terms.FloorFor(ctx, tx, "", "", p.Country, in.Rate.Currency)
	if err == nil {
		err = floor.Check(*in.Rate, 1)
	}
	if refused, ok := fault.Of(err); ok {
		return refused.At("rate")
	}
	return err
}
