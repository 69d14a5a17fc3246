package proposal

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// Edit rewrites a freelancer's own proposal for as long as the client has not
// read it. What in says takes the place of what was there. The proposal keeps
// its place.
func Edit(ctx context.Context, d *db.DB, by account.Actor, id ID, in Input) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		post, p, err := lockAsFreelancer(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := p.edit(tx.Now); err != nil {
			return err
		}
		dr, err := prepare(ctx, tx, by, post, in)
		if err != nil {
			return err
		}
		p.take(dr)
		if err := saveContent(ctx, tx, p); err != nil {
			return err
		}
		if err := dr.save(ctx, tx, by, p); err != nil {
			return err
		}
		act := say.That("%s edited the proposal.", by.Name)
		return record(ctx, tx, by, post, p, act, "not read by the client yet")
	})
}
