package api

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

// noticeGiven is who ends the contract early, and why.
type noticeGiven struct {
	By     contract.Side         `json:"by"`
	Reason contract.NoticeReason `json:"reason"`
	Words  string                `json:"words"`
	At     time.Time             `json:"at"`
	EndsAt time.Time             `json:"ends_at"`
}

func noticeGivenOf(c *contract.Contract) *noticeGiven {
	if c.NoticeBy == "" {
		return nil
	}
	return &noticeGiven{c.NoticeBy, c.NoticeReason, c.NoticeWords, *c.NoticeAt, *c.EndsAt}
}

// settlements are the ways to end early that are open.
type settlements struct {
	Ways []settlement `json:"ways" doc:"empty once the contract cannot end early any more"`
	Can  []string     `json:"can" doc:"What I can do now: end, agree-to-end."`
}

type settlement struct {
	How        contract.Parting `json:"how" doc:"by the client, by the freelancer, or together"`
	At         time.Time        `json:"at"`
	Freelancer money.Amount     `json:"freelancer" doc:"All that the freelancer gets."`
	Client     money.Amount     `json:"client" doc:"All that goes back to the client."`
	Market     money.Amount     `json:"market" doc:"Our fee."`
	EndingFee  money.Amount     `json:"ending_fee" doc:"Within one of the sums above."`
	FeeTo      contract.Side    `json:"ending_fee_to"`
	Parts      []settledPart    `json:"parts"`
}

type settledPart struct {
	Milestone contract.MilestoneID `json:"milestone"`
	Share     int                  `json:"share_bp" doc:"of the price, in hundredths of a percent"`
	Net       money.Amount         `json:"net" doc:"To the freelancer."`
	Back      money.Amount         `json:"back" doc:"To the client."`
}

func (s *server) settlement(ctx context.Context, by account.Actor, in *of) (settlements, error) {
	v, err := contract.ShowSettlement(ctx, s.DB, by, contract.ID(in.ID))
	return settlements{each(v.Ways, settlementOf), able(map[string]bool{"end": v.CanNotice, "agree-to-end": v.CanAgree})}, err
}

func settlementOf(w contract.Settlement) settlement {
	return settlement{w.How, w.At, w.Freelancer, w.Client, w.Market, w.EndingFee, w.FeeTo, each(w.Parts, func(p contract.SettledPart) settledPart {
		return settledPart{p.ID, int(p.Share), p.Pay.Net, p.Back}
	})}
}

type givingNotice struct {
	Reason contract.NoticeReason `json:"reason" doc:"plans, fit, illness or other. Illness counts against nobody."`
	Words  string                `json:"words" doc:"Why. The other side reads it."`
}

func (s *server) giveNotice(ctx context.Context, by account.Actor, in *to[givingNotice]) (state, error) {
	return state{string(contract.UnderNotice)}, contract.GiveNotice(ctx, s.DB, by, contract.ID(in.ID), contract.Notice(in.Body))
}

type agreement struct {
	Freelancer money.Amount `json:"freelancer" doc:"What the freelancer gets, as the settlement said when it was read."`
}

func (s *server) agreeToEnd(ctx context.Context, by account.Actor, in *to[agreement]) (state, error) {
	return state{string(contract.Ended)}, contract.AgreeToEnd(ctx, s.DB, by, contract.ID(in.ID), in.Body.Freelancer)
}

type share struct {
	Percent int `json:"percent" doc:"that is done, 0 to 100"`
}

func (s *server) nameShare(ctx context.Context, by account.Actor, in *to[share]) (state, error) {
	return state{string(contract.UnderNotice)}, contract.NameShare(ctx, s.DB, by, contract.MilestoneID(in.ID), in.Body.Percent)
}
