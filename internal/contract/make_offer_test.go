package contract_test

import (
	"errors"
	"strings"
	"testing"

	"freehold/internal/contract"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/proposal"
	"freehold/internal/terms"
)

func TestAnOfferPutsTermsOnTheTable(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	id := m.offers(twoParts(contract.Next))

	v := m.offer(m.ada, id)
	if v.State != contract.Open || v.You != contract.Freelancer || v.Turn.Of != contract.Freelancer {
		t.Errorf("it is %s, and the turn of %s", v.State, v.Turn.Of)
	}
	if v.Total != euros(500) || v.Cost != euros(525) {
		t.Errorf("in all %v, with our fee %v", v.Total, v.Cost)
	}
	for _, words := range []string{"Carl", "Ada", "A logo for an orchard", "A logo, as **vectors**.", "200.00 EUR", "315.00 EUR", "Three of them", "7 days"} {
		if !strings.Contains(v.Text, words) {
			t.Errorf("the text does not say %q", words)
		}
	}
	if !v.CanSign || !v.CanCounter || !v.CanDecline || v.CanWithdraw {
		t.Errorf("Ada can sign %v, counter %v, decline %v, withdraw %v", v.CanSign, v.CanCounter, v.CanDecline, v.CanWithdraw)
	}
	if v := m.offer(m.carl, id); !v.CanSign || v.CanCounter || v.CanDecline || !v.CanWithdraw {
		t.Errorf("Carl can sign %v, counter %v, decline %v, withdraw %v", v.CanSign, v.CanCounter, v.CanDecline, v.CanWithdraw)
	}
	m.told(m.ada, "offer_made", "Carl", "A logo for an orchard", "€500.00")
	m.lastAct("offer/1", "Carl made an offer")
}

func TestWrongTermsAreRefusedEachAtItsField(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	bad := twoParts(contract.Next)
	bad.Scope, bad.Milestones[0].Hours, bad.Milestones[1].Due = "", 200, "2029-12-31"

	_, err := contract.MakeOffer(t.Context(), m.DB, m.carl, m.proposal, bad)
	want := map[string]error{"scope": contract.ErrScope, "milestones.0.price": terms.ErrBelowFloor, "milestones.1.due": contract.ErrDuePast}
	for _, f := range fault.All(err) {
		if !errors.Is(f, want[f.Field]) {
			t.Errorf("at %q: %v, want %v", f.Field, f, want[f.Field])
		}
		delete(want, f.Field)
	}
	if len(want) > 0 {
		t.Errorf("nothing was said of %v", want)
	}
	if list, err := contract.MineOffers(t.Context(), m.DB, m.ada, 0, 10); err != nil || len(list) > 0 {
		t.Errorf("Ada has %d offers: %v", len(list), err)
	}
}

func TestOnlyTheClientMakesOffers(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	_, err := contract.MakeOffer(t.Context(), m.DB, m.ada, m.proposal, twoParts(contract.Next))
	refused(t, err, proposal.ErrNotClient)
	_, err = contract.MakeOffer(t.Context(), m.DB, m.Person("Eve", money.Amount{}), m.proposal, twoParts(contract.Next))
	refused(t, err, proposal.ErrNotFound)
}

func TestMakingTwoOffersAtOnceMakesOne(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	make1 := func() error {
		_, err := contract.MakeOffer(t.Context(), m.DB, m.carl, m.proposal, twoParts(contract.Next))
		return err
	}
	oneWins(t, together(make1, make1), proposal.ErrOfferOpen)
}

func TestNoOfferIsMadeIfAdaCannotBeTold(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	m.plant()
	if _, err := contract.MakeOffer(t.Context(), m.DB, m.carl, m.proposal, twoParts(contract.Next)); err == nil {
		t.Fatal("offered without telling anybody")
	}
	m.unplant()
	m.offers(twoParts(contract.Next)) // as if nothing had happened
}
