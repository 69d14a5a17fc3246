package contract

import (
	"context"
	"math"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/profile"
	"freehold/internal/proposal"
)

// Item is a contract in somebody's list.
type Item struct {
	*Contract

	You   Side
	Other string           // the name of the other side
	Face  profile.Portrait // theirs
	Sums  Sums
	Turn  Turn
}

// MineContracts returns up to n of by's contracts, on either side, from before
// the given one, newest first. A before of 0 starts with the newest.
func MineContracts(ctx context.Context, d *db.DB, by account.Actor, before ID, n int) (items []Item, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		items = nil
		rows, err := db.All[contractRow](ctx, tx, contractsOf, by.ID, orNewest(before), n)
		if err != nil {
			return err
		}
		contracts := make([]*Contract, len(rows))
		for i := range rows {
			contracts[i] = &rows[i].Contract
		}
		if err := readMilestones(ctx, tx, contracts); err != nil {
			return err
		}
		for i, c := range contracts {
			items = append(items, Item{c, c.side(by), rows[i].Other, rows[i].Face, c.Sums(), c.Turn(tx.Now)})
		}
		return nil
	})
	return items, err
}

// OfferItem is an offer in somebody's list.
type OfferItem struct {
	*Offer

	You   Side
	Other string           // the name of the other side
	Face  profile.Portrait // theirs
	Title string           // of the job post
	Total money.Amount
	Turn  Turn
}

// MineOffers returns up to n of by's offers, made or received, from before the
// given one, newest first. A before of 0 starts with the newest.
func MineOffers(ctx context.Context, d *db.DB, by account.Actor, before OfferID, n int) (items []OfferItem, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		items = nil
		rows, err := db.All[offerRow](ctx, tx, offersOf, by.ID, orNewest(before), n)
		if err != nil {
			return err
		}
		for i := range rows {
			r := &rows[i]
			r.setTable(r.By, r.Signers)
			items = append(items, OfferItem{&r.Offer, r.side(by), r.Other, r.Face, r.Title, r.Terms.Total(), r.Turn()})
		}
		return nil
	})
	return items, err
}

// LatestOffer is the newest offer on a proposal; 0 if there was none. Who may see
// it is for the caller to know.
func LatestOffer(ctx context.Context, tx *db.Tx, p proposal.ID) (OfferID, error) {
	return db.Value[OfferID](ctx, tx, `SELECT coalesce(max(id), 0) FROM contract.offers WHERE proposal = $1 AND title IS NULL`, p)
}

func orNewest[ID ~int64](before ID) int64 {
	if before == 0 {
		return math.MaxInt64
	}
	return int64(before)
}
