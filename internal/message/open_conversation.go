package message

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/proposal"
)

// Open returns the conversation about a proposal, and begins it if need be.
// Either party can, from the moment the proposal comes before the client; to
// anybody else it is proposal.ErrNotFound.
func Open(ctx context.Context, d *db.DB, by account.Actor, about proposal.ID) (id ConversationID, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		p, err := partiesOf(ctx, tx, about)
		if err != nil {
			return err
		}
		switch {
		case by.ID == p.Freelancer && !p.Submitted:
			return ErrNotYet
		case by.ID != p.Freelancer && (by.ID != p.Client || !p.Submitted):
			return proposal.ErrNotFound
		}
		id, err = ensure(ctx, tx, about, p)
		return err
	})
	return id, err
}
