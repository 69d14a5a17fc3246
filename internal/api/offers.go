package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/proposal"
	"freehold/internal/terms"
)

func offers(a area) {
	add(a, private, "POST /proposals/{id}/offers", "Put my terms on the table.", http.StatusCreated, a.makeOffer)
	add(a, private, "GET /offers", "My offers, made and received.", http.StatusOK, a.myOffers)
	add(a, private, "GET /offers/{id}", "One offer, with the text that both sign.", http.StatusOK, a.showOffer)
	add(a, private, "POST /offers/{id}/counter", "Answer the terms on the table with other ones.", http.StatusOK, a.counter)
	add(a, private, "POST /offers/{id}/sign", "Sign the text with this SHA-256.", http.StatusOK, a.sign)
	add(a, private, "POST /contracts/{id}/offers", "Put terms for other work on the table, between two who have worked together on the contract. Either of the two can.", http.StatusCreated, a.offerAgain)
	add(a, private, "POST /offers/{id}/decline", "Say no to the terms on the table.", http.StatusOK, a.declineOffer)
	add(a, private, "POST /offers/{id}/withdraw", "Take my offer off the table.", http.StatusOK, a.withdrawOffer)
}

// offering are terms as somebody puts them on the table.
type offering struct {
	Terms termsInput `json:"terms"`
}

type termsInput struct {
	Scope          string            `json:"scope" doc:"Markdown"`
	Milestones     []milestoneInput  `json:"milestones,omitempty" doc:"Left out if the work is paid by the calendar."`
	Calendar       *calendarInput    `json:"calendar,omitempty" doc:"Work that is paid by the week, for its hours, or by the month."`
	Funding        contract.Funding  `json:"funding" doc:"all: everything at the start; next: one milestone at a time, and an ending fee on the rest"`
	AcceptanceDays terms.Days        `json:"acceptance_days" doc:"Left out, here and below: the market's default."`
	ChangeRounds   int               `json:"change_rounds"`
	NoticeDays     terms.Days        `json:"notice_days"`
	EndingFee      terms.BasisPoints `json:"ending_fee_bp" doc:"of the unfunded rest, in hundredths of a percent"`
}

type calendarInput struct {
	Every    contract.Span `json:"every" doc:"week or month"`
	Rate     *sum          `json:"rate" doc:"of an hour, or of a month"`
	Hours    int           `json:"hours" doc:"of a week, at most; of a month, as estimated"`
	Count    int           `json:"count" doc:"so many weeks or months, up to 50"`
	Starts   string        `json:"starts" doc:"a Monday, or a day of the month up to the 28th"`
	TimeZone string        `json:"time_zone" doc:"in which days begin, such as Europe/Berlin"`
}

type milestoneInput struct {
	Title    string   `json:"title"`
	Price    *sum     `json:"price"`
	Due      string   `json:"due" doc:"a day, until its end in UTC"`
	Criteria []string `json:"criteria" doc:"What has to be true of the work."`
	Hours    int      `json:"hours"`
}

func (t termsInput) read() (contract.Terms, error) {
	out := contract.Terms{
		Scope: t.Scope, Funding: t.Funding, AcceptanceDays: t.AcceptanceDays, ChangeRounds: t.ChangeRounds,
		NoticeDays: t.NoticeDays, EndingFee: t.EndingFee,
	}
	var wrong []error
	if k := t.Calendar; k != nil {
		rate, err := k.Rate.at("calendar.rate")
		wrong = append(wrong, err)
		out.Calendar = &contract.Calendar{Every: k.Every, Rate: rate, Hours: k.Hours, Count: k.Count, Starts: k.Starts, Zone: k.TimeZone}
	}
	for i, m := range t.Milestones {
		price, err := m.Price.at(fmt.Sprintf("milestones.%d.price", i))
		wrong = append(wrong, err)
		out.Milestones = append(out.Milestones, contract.MilestoneTerms{Title: m.Title, Price: price, Due: m.Due, Criteria: m.Criteria, Hours: m.Hours})
	}
	return out, errors.Join(wrong...)
}

// offeringAgain are terms for other work, between two who have worked together.
type offeringAgain struct {
	Title string     `json:"title" doc:"What the work is called."`
	Terms termsInput `json:"terms"`
}

func (s *server) offerAgain(ctx context.Context, by account.Actor, in *to[offeringAgain]) (offerState, error) {
	t, err := in.Body.Terms.read()
	if err != nil {
		return offerState{}, inside("terms", err)
	}
	id, err := contract.OfferAgain(ctx, s.DB, by, contract.ID(in.ID), in.Body.Title, t)
	if f, refused := fault.Of(err); refused && f.Field == "title" {
		return offerState{}, f
	}
	if err != nil {
		return offerState{}, inside("terms", err)
	}
	return s.offerState(ctx, by, id)
}

// offerState is how far an offer has come.
type offerState struct {
	ID    contract.OfferID    `json:"id"`
	State contract.OfferState `json:"state" doc:"open, countered, signed by one, signed by both, declined, withdrawn or expired"`
}

func (s *server) makeOffer(ctx context.Context, by account.Actor, in *to[offering]) (offerState, error) {
	t, err := in.Body.Terms.read()
	if err != nil {
		return offerState{}, inside("terms", err)
	}
	id, err := contract.MakeOffer(ctx, s.DB, by, proposal.ID(in.ID), t)
	return offerState{id, contract.Open}, inside("terms", err)
}

func (s *server) counter(ctx context.Context, by account.Actor, in *to[offering]) (offerState, error) {
	t, err := in.Body.Terms.read()
	if err != nil {
		return offerState{}, inside("terms", err)
	}
	id := contract.OfferID(in.ID)
	if err := contract.Counter(ctx, s.DB, by, id, t); err != nil {
		return offerState{}, inside("terms", err)
	}
	return s.offerState(ctx, by, id)
}

// offerState reads how far an offer has come by now.
func (s *server) offerState(ctx context.Context, by account.Actor, id contract.OfferID) (offerState, error) {
	v, err := contract.ShowOffer(ctx, s.DB, by, id)
	if err != nil {
		return offerState{}, err
	}
	return offerState{id, v.State}, nil
}

type signing struct {
	SHA256        string `json:"sha256" doc:"Of the text that I have read."`
	Password      string `json:"password" doc:"Shows that it is me who signs."`
	PostalAddress string `json:"postal_address,omitempty" doc:"Mine, in several lines: it stands beside my signature, where only the other side sees it. Needed if one of us lives in the United States, whose law wants it in the contract."`
}

type signed struct {
	State    contract.OfferState `json:"state" doc:"signed by one or signed by both"`
	Contract *contract.ID        `json:"contract" doc:"null until both have signed"`
}

func (s *server) sign(ctx context.Context, by account.Actor, in *to[signing]) (signed, error) {
	id, err := contract.SignOffer(ctx, s.DB, by, contract.OfferID(in.ID), contract.Signing(in.Body))
	if err != nil {
		return signed{}, err
	}
	if id == 0 {
		return signed{contract.SignedByOne, nil}, nil
	}
	return signed{contract.SignedByBoth, &id}, nil
}

// ending is why somebody says no. The two texts are one to whoever reads them.
type ending struct {
	Reason string `json:"reason" doc:"In my own words."`
	Words  string `json:"words" doc:"More of them, if wanted."`
}

func (e ending) text() string { return strings.Trim(e.Reason+": "+e.Words, ": ") }

func (s *server) declineOffer(ctx context.Context, by account.Actor, in *to[ending]) (state, error) {
	return state{string(contract.Declined)}, contract.DeclineOffer(ctx, s.DB, by, contract.OfferID(in.ID), in.Body.text())
}

func (s *server) withdrawOffer(ctx context.Context, by account.Actor, in *to[ending]) (state, error) {
	return state{string(contract.Withdrawn)}, contract.WithdrawOffer(ctx, s.DB, by, contract.OfferID(in.ID), in.Body.text())
}

// offerItem is an offer in somebody's list.
type offerItem struct {
	ID        contract.OfferID    `json:"id"`
	Proposal  proposal.ID         `json:"proposal"`
	Title     string              `json:"title" doc:"of the job post"`
	State     contract.OfferState `json:"state"`
	You       contract.Side       `json:"you"`
	Other     string              `json:"other" doc:"the name of the other side"`
	Total     money.Amount        `json:"total"`
	ExpiresAt time.Time           `json:"expires_at"`
	Turn      turn                `json:"turn"`
}

func (s *server) myOffers(ctx context.Context, by account.Actor, in *part) (list[offerItem], error) {
	start, err := before[contract.OfferID](*in)
	if err != nil {
		return list[offerItem]{}, err
	}
	mine, err := contract.MineOffers(ctx, s.DB, by, start, in.Limit+1)
	r := readerOf(by)
	return parted(*in, mine, func(o contract.OfferItem) offerItem {
		return offerItem{o.ID, o.Proposal, o.Title, o.State, o.You, o.Other, o.Total, o.ExpiresAt, turnOf(o.Turn, r)}
	}, func(o contract.OfferItem) string { return number(o.ID) }), err
}

// offer is terms on the table as one of the two sees them.
type offer struct {
	ID         contract.OfferID    `json:"id"`
	Proposal   proposal.ID         `json:"proposal"`
	Title      string              `json:"title" doc:"of the job post"`
	State      contract.OfferState `json:"state"`
	You        contract.Side       `json:"you"`
	Client     someone             `json:"client"`
	Freelancer someone             `json:"freelancer"`
	Revision   int                 `json:"revision"`
	Terms      contract.Terms      `json:"terms"`
	Rules      contract.Rules      `json:"rules" doc:"The market's part: fees and windows as they were when the terms were written."`
	Text       string              `json:"text" doc:"What both sign."`
	SHA256     string              `json:"sha256" doc:"of text, in UTF-8"`
	Total      money.Amount        `json:"total"`
	Cost       money.Amount        `json:"cost" doc:"To the client, with the fee."`
	Signatures []signature         `json:"signatures" doc:"On the terms on the table."`
	Revisions  []revision          `json:"revisions" doc:"All that were ever on the table, oldest first."`
	MadeAt     time.Time           `json:"made_at"`
	ExpiresAt  time.Time           `json:"expires_at"`
	EndedAt    *time.Time          `json:"ended_at"`
	Reason     string              `json:"reason" doc:"of a decline or withdrawal"`
	Turn       turn                `json:"turn"`
	Can        []string            `json:"can" doc:"What I can do now: sign, counter, decline, withdraw."`
	Contract   *contract.ID        `json:"contract" doc:"null until both have signed"`
	Journal    []entry             `json:"journal"`
}

type signature struct {
	Person account.ID `json:"person"`
	Name   string     `json:"name"`
	At     time.Time  `json:"at"`
}

func signatureOf(s contract.Signature) signature { return signature{s.Person, s.Name, s.At} }

type revision struct {
	N      int            `json:"n"`
	By     contract.Side  `json:"by"`
	Terms  contract.Terms `json:"terms"`
	SHA256 string         `json:"sha256"`
	At     time.Time      `json:"at"`
}

func (s *server) showOffer(ctx context.Context, by account.Actor, in *of) (offer, error) {
	v, err := contract.ShowOffer(ctx, s.DB, by, contract.OfferID(in.ID))
	if err != nil {
		return offer{}, err
	}
	return offerOf(v, readerOf(by)), nil
}

func offerOf(v contract.OfferView, r say.Reader) offer {
	o := offer{
		ID: v.ID, Proposal: v.Proposal, Title: v.Title, State: v.State, You: v.You,
		Client: someone{v.Client, v.ClientName, v.ClientFace.URL()}, Freelancer: someone{v.Freelancer, v.FreelancerName, v.FreelancerFace.URL()},
		Revision: v.Revision, Terms: v.Terms, Rules: v.Rules, Text: v.Text, SHA256: v.SHA256, Total: v.Total, Cost: v.Cost,
		Signatures: each(v.Signatures, signatureOf),
		Revisions:  each(v.Revisions, func(n contract.Revision) revision { return revision{n.N, n.By, n.Terms, n.SHA256, n.At} }),
		MadeAt:     v.MadeAt, ExpiresAt: v.ExpiresAt, EndedAt: v.EndedAt, Reason: v.Reason, Turn: turnOf(v.Turn, r),
		Can:     able(map[string]bool{"sign": v.CanSign, "counter": v.CanCounter, "decline": v.CanDecline, "withdraw": v.CanWithdraw}),
		Journal: record(v.Journal, r),
	}
	if v.Contract != 0 {
		o.Contract = &v.Contract
	}
	return o
}
