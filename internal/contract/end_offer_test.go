package contract_test

import (
	"testing"

	"freehold/internal/contract"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/proposal"
)

func TestDecliningAnOfferKeepsTheProposal(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	offer := m.offers(twoParts(contract.Next))
	m.OK(contract.DeclineOffer(t.Context(), m.DB, m.ada, offer, "The dates are too tight."))

	if v := m.offer(m.carl, offer); v.State != contract.Declined || v.Reason != "The dates are too tight." || v.CanWithdraw {
		t.Errorf("it is %s because %q", v.State, v.Reason)
	}
	if got := m.proposalState(m.proposal); got != proposal.Shortlisted {
		t.Errorf("the proposal is %s", got)
	}
	m.told(m.carl, "offer_declined", "Ada", "The dates are too tight.")
	m.lastAct("offer/1", "declined", "The dates are too tight.")
	m.offers(twoParts(contract.All)) // there can be another one
}

func TestTheClientDeclinesOnlyACounterOffer(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	offer := m.offers(twoParts(contract.Next))
	refused(t, contract.DeclineOffer(t.Context(), m.DB, m.carl, offer, "No."), contract.ErrOwnTerms)
	m.OK(contract.Counter(t.Context(), m.DB, m.ada, offer, dearer()))
	refused(t, contract.DeclineOffer(t.Context(), m.DB, m.carl, offer, " "), contract.ErrReason)
	m.OK(contract.DeclineOffer(t.Context(), m.DB, m.carl, offer, "Too dear."))
	m.told(m.ada, "offer_declined", "Too dear.")
}

func TestWithdrawingAnOffer(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	offer := m.offers(twoParts(contract.Next))
	_, err := m.sign(m.ada, offer)
	m.OK(err)
	refused(t, contract.WithdrawOffer(t.Context(), m.DB, m.ada, offer, "No."), contract.ErrNotClient)
	refused(t, contract.WithdrawOffer(t.Context(), m.DB, m.Person("Eve", money.Amount{}), offer, "No."), contract.ErrOfferNotFound)
	m.OK(contract.WithdrawOffer(t.Context(), m.DB, m.carl, offer, "The orchard was sold."))
	m.told(m.ada, "offer_withdrawn", "The orchard was sold.")
	refused(t, contract.WithdrawOffer(t.Context(), m.DB, m.carl, offer, "Again."), contract.ErrOfferWithdrawn)
}

func TestSigningAndWithdrawingAtOnceLetsOneWin(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	offer := m.offers(twoParts(contract.Next))
	_, err := m.sign(m.carl, offer)
	m.OK(err)
	read := m.offer(m.ada, offer).SHA256
	oneWins(t, together(
		func() error {
			_, err := contract.SignOffer(t.Context(), m.DB, m.ada, offer, contract.Signing{SHA256: read, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
			return err
		},
		func() error { return contract.WithdrawOffer(t.Context(), m.DB, m.carl, offer, "No.") },
	), contract.ErrOfferWithdrawn, contract.ErrOfferSigned)
}

func TestAnOfferNobodyFinishesExpires(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	offer := m.offers(twoParts(contract.Next))
	_, err := m.sign(m.carl, offer)
	m.OK(err)

	m.Clock.Advance(7*day - 1000)
	if n := m.sweep(); n != 0 {
		t.Errorf("%d things fell due too early", n)
	}
	m.Clock.Advance(1000)
	_, err = m.sign(m.ada, offer) // nobody has noticed yet, but it is over
	refused(t, err, contract.ErrOfferExpired)
	if n := m.sweep(); n != 1 {
		t.Errorf("%d things fell due", n)
	}
	if v := m.offer(m.ada, offer); v.State != contract.Expired || v.CanSign {
		t.Errorf("it is %s", v.State)
	}
	if got := m.proposalState(m.proposal); got != proposal.Shortlisted {
		t.Errorf("the proposal is %s", got)
	}
	m.told(m.ada, "offer_expired")
	m.told(m.carl, "offer_expired")
	refused(t, contract.ExpireOffer(t.Context(), m.DB, m.carl, offer), contract.ErrOfferExpired)
}

func TestAnOfferStaysIfItsEndCannotBeTold(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	offer := m.offers(twoParts(contract.Next))
	m.plant()
	if err := contract.DeclineOffer(t.Context(), m.DB, m.ada, offer, "No."); err == nil {
		t.Error("declined without telling anybody")
	}
	if err := contract.WithdrawOffer(t.Context(), m.DB, m.carl, offer, "No."); err == nil {
		t.Error("withdrawn without telling anybody")
	}
	m.unplant()
	if v := m.offer(m.ada, offer); v.State != contract.Open {
		t.Errorf("it is %s", v.State)
	}
}
