package contract_test

import (
	"strings"
	"testing"

	"freehold/internal/contract"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
)

// dearer are Ada's terms: the second part for 400 euros.
func dearer() contract.Terms {
	t := twoParts(contract.Next)
	t.Milestones[1].Price = euros(400)
	return t
}

func TestACounterOfferPutsOtherTermsOnTheTable(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	id := m.offers(twoParts(contract.Next))
	_, err := m.sign(m.carl, id)
	m.OK(err)
	m.Clock.Advance(3 * day)
	m.OK(contract.Counter(t.Context(), m.DB, m.ada, id, dearer()))

	v := m.offer(m.carl, id)
	if v.State != contract.Countered || v.Turn.Of != contract.Client || v.Total != euros(600) || len(v.Signatures) != 0 {
		t.Errorf("it is %s, turn of %s, %v in all, with %d signatures", v.State, v.Turn.Of, v.Total, len(v.Signatures))
	}
	if !v.ExpiresAt.Equal(m.Clock.Now().Add(7 * day)) {
		t.Errorf("it stands until %v", v.ExpiresAt)
	}
	if len(v.Revisions) != 2 || v.Revisions[0].By != contract.Client || v.Revisions[1].By != contract.Freelancer ||
		!strings.Contains(v.Revisions[0].Text, "300.00 EUR") || !strings.Contains(v.Revisions[1].Text, "400.00 EUR") {
		t.Errorf("the revisions are %+v", v.Revisions)
	}
	m.told(m.carl, "offer_countered", "Ada", "€600.00")

	m.OK(contract.Counter(t.Context(), m.DB, m.carl, id, twoParts(contract.All)))
	if v := m.offer(m.ada, id); v.State != contract.Open || v.Turn.Of != contract.Freelancer {
		t.Errorf("it is %s, and the turn of %s", v.State, v.Turn.Of)
	}
}

func TestNobodyCountersTheirOwnTerms(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	id := m.offers(twoParts(contract.Next))
	refused(t, contract.Counter(t.Context(), m.DB, m.carl, id, dearer()), contract.ErrOwnTerms)
	refused(t, contract.Counter(t.Context(), m.DB, m.Person("Eve", money.Amount{}), id, dearer()), contract.ErrOfferNotFound)
	m.OK(contract.Counter(t.Context(), m.DB, m.ada, id, dearer()))
	refused(t, contract.Counter(t.Context(), m.DB, m.ada, id, dearer()), contract.ErrOwnTerms)
}

func TestACounterOfferIsHeldToTheSameRules(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	id := m.offers(twoParts(contract.Next))
	bad := dearer()
	bad.Milestones[0].Criteria = nil
	refused(t, contract.Counter(t.Context(), m.DB, m.ada, id, bad), contract.ErrCriteria)
	if v := m.offer(m.ada, id); v.State != contract.Open || len(v.Revisions) != 1 {
		t.Errorf("it is %s with %d revisions", v.State, len(v.Revisions))
	}
}

func TestSigningAndCounteringAtOnceLetsOneWin(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	id := m.offers(twoParts(contract.Next))
	_, err := m.sign(m.carl, id)
	m.OK(err)
	read := m.offer(m.ada, id).SHA256

	oneWins(t, together(
		func() error {
			_, err := contract.SignOffer(t.Context(), m.DB, m.ada, id, contract.Signing{SHA256: read, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
			return err
		},
		func() error { return contract.Counter(t.Context(), m.DB, m.ada, id, dearer()) },
	), contract.ErrTextChanged, contract.ErrOfferSigned)
}
