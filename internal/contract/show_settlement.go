package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/kit/db"
)

// Settlements are the ways in which a contract can end early, computed.
type Settlements struct {
	View

	Ways     []Settlement // those still possible; the last one is to end together
	CanAgree bool         // to end at once
}

// ShowSettlement computes for one of the two what ending the contract early
// would move: with notice given now by either side, and together, at once. Once
// notice was given, it is what will happen, and what agreeing would do instead.
// Where a milestone is submitted or approved meanwhile, that counts.
func ShowSettlement(ctx context.Context, d *db.DB, by account.Actor, id ID) (s Settlements, err error) {
	if s.View, err = Show(ctx, d, by, id); err != nil {
		return s, err
	}
	c := s.Contract
	err = d.View(ctx, func(tx *db.Tx) error {
		held, err := escrow.Held(ctx, tx, escrow.EndingFee(c.ID), c.Currency)
		if err != nil {
			return err
		}
		now := tx.Now
		together := c.Settlement(Together, held, now)
		s.CanAgree = !s.AsDelegate && c.clone().Settle(s.You, together, now) == nil
		switch c.State {
		case Active:
			end := c.noticeEnds(now)
			s.Ways = []Settlement{c.Settlement(ByClient, held, end), c.Settlement(ByFreelancer, held, end), together}
		case UnderNotice:
			s.Ways = []Settlement{c.Settlement(partingBy(c.NoticeBy), held, c.endsFrom()), together}
		}
		return nil
	})
	return s, err
}
