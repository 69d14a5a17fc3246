package api

import (
	"context"
	"net/http"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

func amendments(a area) {
	add(a, private, "POST /contracts/{id}/amendments", "Propose to change what is open on the contract.", http.StatusCreated, a.proposeAmendment)
	add(a, private, "GET /amendments/{id}", "One amendment, with the text that both sign.", http.StatusOK, a.showAmendment)
	add(a, private, "POST /amendments/{id}/sign", "Sign the text with this SHA-256. With the second signature the contract is changed.", http.StatusOK, a.signAmendment)
	add(a, private, "POST /amendments/{id}/decline", "Say no to the other side's changes.", http.StatusOK, a.declineAmendment)
	add(a, private, "POST /amendments/{id}/withdraw", "Take my changes off the table.", http.StatusOK, a.withdrawAmendment)
}

// proposing is what somebody would change, and why.
type proposing struct {
	Reason string    `json:"reason" doc:"The other side reads it."`
	Plan   planInput `json:"plan" doc:"All that is to be open on the contract. What is left out is dropped, if it has not begun."`
}

type planInput struct {
	Scope      string      `json:"scope" doc:"Markdown"`
	Milestones []partInput `json:"milestones"`
}

type partInput struct {
	N int `json:"n" doc:"Of the contract's milestone; 0: it is new."`
	milestoneInput
}

func (p planInput) read() (contract.Plan, error) {
	plain := termsInput{Scope: p.Scope}
	for _, m := range p.Milestones {
		plain.Milestones = append(plain.Milestones, m.milestoneInput)
	}
	t, err := plain.read()
	plan := contract.Plan{Scope: t.Scope}
	for i, m := range t.Milestones {
		plan.Milestones = append(plan.Milestones, contract.Part{N: p.Milestones[i].N, MilestoneTerms: m})
	}
	return plan, err
}

type amendmentState struct {
	ID    contract.AmendmentID    `json:"id"`
	State contract.AmendmentState `json:"state" doc:"proposed, signed by one, in force, declined, withdrawn or expired"`
}

func (s *server) proposeAmendment(ctx context.Context, by account.Actor, in *to[proposing]) (amendmentState, error) {
	plan, err := in.Body.Plan.read()
	if err != nil {
		return amendmentState{}, inside("plan", err)
	}
	id, err := contract.ProposeAmendment(ctx, s.DB, by, contract.ID(in.ID), plan, in.Body.Reason)
	return amendmentState{id, contract.Proposed}, inside("plan", err)
}

// amendment is a change to a contract as one of the two sees it.
type amendment struct {
	ID         contract.AmendmentID    `json:"id"`
	Contract   contract.ID             `json:"contract"`
	N          int                     `json:"n" doc:"from 1, on its contract"`
	State      contract.AmendmentState `json:"state" doc:"proposed, signed by one, in force, declined, withdrawn or expired"`
	You        contract.Side           `json:"you"`
	Author     contract.Side           `json:"author"`
	Reason     string                  `json:"reason"`
	Was        contract.Plan           `json:"was" doc:"What was open on the contract when it was proposed."`
	Plan       contract.Plan           `json:"plan" doc:"What is open with it."`
	Takes      *money.Amount           `json:"takes" doc:"Out of the client's wallet into escrow with the second signature, as things stand; less than nothing goes back. null: nothing more moves."`
	Obstacle   string                  `json:"obstacle" doc:"Why it cannot be signed as things stand; empty: it can."`
	Text       string                  `json:"text" doc:"What both sign."`
	SHA256     string                  `json:"sha256" doc:"of text, in UTF-8"`
	Signatures []signature             `json:"signatures"`
	MadeAt     time.Time               `json:"made_at"`
	ExpiresAt  time.Time               `json:"expires_at"`
	EndedAt    *time.Time              `json:"ended_at"`
	Words      string                  `json:"words" doc:"of a decline or withdrawal"`
	Turn       turn                    `json:"turn"`
	Can        []string                `json:"can" doc:"What I can do now: sign, decline, withdraw."`
}

func (s *server) showAmendment(ctx context.Context, by account.Actor, in *of) (amendment, error) {
	v, err := contract.ShowAmendment(ctx, s.DB, by, contract.AmendmentID(in.ID))
	if err != nil {
		return amendment{}, err
	}
	out := amendment{
		ID: v.ID, Contract: v.Contract, N: v.N, State: v.State, You: v.You, Author: v.Author, Reason: v.Reason, Was: v.Was, Plan: v.Plan,
		Text: v.Text, SHA256: v.SHA256, Signatures: each(v.Signatures, signatureOf), MadeAt: v.MadeAt, ExpiresAt: v.ExpiresAt, EndedAt: v.EndedAt,
		Words: v.Words, Turn: turnOf(v.Turn, readerOf(by)), Can: able(map[string]bool{"sign": v.CanSign, "decline": v.CanDecline, "withdraw": v.CanWithdraw}),
	}
	if out.Obstacle = v.Obstacle.For(readerOf(by)); v.Live() && v.Obstacle.Empty() {
		out.Takes = &v.Takes
	}
	return out, nil
}

func (s *server) signAmendment(ctx context.Context, by account.Actor, in *to[signing]) (amendmentState, error) {
	id := contract.AmendmentID(in.ID)
	if err := contract.SignAmendment(ctx, s.DB, by, id, contract.Signing(in.Body)); err != nil {
		return amendmentState{}, err
	}
	v, err := contract.ShowAmendment(ctx, s.DB, by, id)
	if err != nil {
		return amendmentState{}, err
	}
	return amendmentState{id, v.State}, nil
}

func (s *server) declineAmendment(ctx context.Context, by account.Actor, in *to[ending]) (state, error) {
	return state{string(contract.AmendDeclined)}, contract.DeclineAmendment(ctx, s.DB, by, contract.AmendmentID(in.ID), in.Body.text())
}

func (s *server) withdrawAmendment(ctx context.Context, by account.Actor, in *to[ending]) (state, error) {
	return state{string(contract.AmendWithdrawn)}, contract.WithdrawAmendment(ctx, s.DB, by, contract.AmendmentID(in.ID), in.Body.text())
}

// amendmentItem is an amendment in the list of its contract.
type amendmentItem struct {
	ID    contract.AmendmentID    `json:"id"`
	N     int                     `json:"n"`
	State contract.AmendmentState `json:"state"`
}

func amendmentItemOf(a contract.AmendmentItem) amendmentItem {
	return amendmentItem{a.ID, a.N, a.State}
}
