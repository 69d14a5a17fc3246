package api

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

// extra is money between the two beyond the milestones.
type extra struct {
	Amount money.Amount `json:"amount"`
	Words  string       `json:"words" doc:"What it is for. The other side reads it."`
	N      int          `json:"n" minimum:"1" doc:"How many of its kind there will be on the contract, so that one sent twice is given once."`
}

func (e extra) given() contract.Extra {
	return contract.Extra{Amount: e.Amount, Words: e.Words, N: e.N}
}

type numbered struct {
	N int `json:"n"`
}

func (s *server) giveBonus(ctx context.Context, by account.Actor, in *to[extra]) (numbered, error) {
	return numbered{in.Body.N}, contract.GiveBonus(ctx, s.DB, by, contract.ID(in.ID), in.Body.given())
}

func (s *server) refund(ctx context.Context, by account.Actor, in *to[extra]) (numbered, error) {
	return numbered{in.Body.N}, contract.Refund(ctx, s.DB, by, contract.ID(in.ID), in.Body.given())
}
