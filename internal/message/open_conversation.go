package message

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/proposal"
	"freehold/internal/restriction"
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
		if err := mayApproach(ctx, tx, by, about, p); err != nil {
			return err
		}
		id, err = ensure(ctx, tx, about, p)
		return err
	})
	return id, err
}

// mayApproach refuses somebody who may begin nothing new, but for a conversation
// that there is, and for people they have worked with.
func mayApproach(ctx context.Context, tx *db.Tx, by account.Actor, about proposal.ID, p parties) error {
	known, err := db.Value[bool](ctx, tx, `
		SELECT EXISTS (SELECT FROM message.conversations WHERE proposal = $1)
			OR EXISTS (SELECT FROM contract.contracts WHERE client = $2 AND freelancer = $3)`, about, p.Client, p.Freelancer)
	if err != nil || known {
		return err
	}
	return restriction.May(ctx, tx, by, restriction.Approach)
}
