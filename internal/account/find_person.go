package account

import (
	"context"

	"freehold/internal/kit/db"
)

// PersonByID returns a person, or ErrNotFound.
func PersonByID(ctx context.Context, tx *db.Tx, id ID) (Person, error) {
	return person(ctx, tx, `id = $1`, id)
}

// PersonByEmail returns whose address it is, however it is capitalised, or
// ErrNotFound. It is not for pages: who has an account is nobody's business.
func PersonByEmail(ctx context.Context, tx *db.Tx, address string) (Person, error) {
	return person(ctx, tx, `lower(email) = $1`, folded(address))
}

// Names returns what people are called. Ids that do not exist are left out.
func Names(ctx context.Context, tx *db.Tx, ids []ID) (map[ID]string, error) {
	return namesOf(ctx, tx, ids)
}

// AnybodyBesides is whether somebody has joined who is neither by nor of the staff.
func AnybodyBesides(ctx context.Context, tx *db.Tx, by Actor) (bool, error) {
	return anybodyBesides(ctx, tx, by)
}

// After returns up to n people who joined after the given one, in their order;
// imported accounts with nobody behind them are left out.
func After(ctx context.Context, tx *db.Tx, id ID, n int) ([]ID, error) {
	return after(ctx, tx, id, n)
}

// ActorOf returns a person as one who acts outside of any session: for the
// programs of the operator and for mail that comes in, never for a request.
func ActorOf(ctx context.Context, tx *db.Tx, id ID) (Actor, error) {
	return actorByID(ctx, tx, id)
}
