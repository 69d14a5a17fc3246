package contract_test

import (
	"errors"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/proposal"
)

func TestWhoHasWorkedTogetherNeedsNoPost(t *testing.T) {
	t.Parallel()
	d := signed(t, contract.Next, euros(2000))
	again := func(by account.Actor, title string) (contract.OfferID, error) {
		return contract.OfferAgain(d.Context(), d.DB, by, d.id, title, twoParts(contract.Next))
	}
	if _, err := again(d.carl, "A label"); !errors.Is(err, contract.ErrNotPartners) {
		t.Errorf("before anything was funded: %v", err)
	}
	d.OK(contract.Fund(d.Context(), d.DB, d.carl, d.id))
	if _, err := again(d.Person("Eve", euros(0)), "A label"); !errors.Is(err, contract.ErrNotFound) {
		t.Errorf("a stranger: %v", err)
	}
	for _, title := range []string{"", strings.Repeat("x", 151)} {
		if _, err := again(d.carl, title); !errors.Is(err, contract.ErrOfferTitle) {
			t.Errorf("%q: %v", title, err)
		}
	}
	first, err := again(d.ada, "A label for the jam")
	d.OK(err)
	d.told(d.carl, "offer_made", "Ada would like to work with you again", "A label for the jam")
	v := d.offer(d.carl, first)
	if v.State != contract.Countered || v.Author != contract.Freelancer || !v.CanSign || v.Title != "A label for the jam" || !strings.Contains(v.Text, "A label for the jam") {
		t.Errorf("Carl sees %+v", v)
	}
	if _, err := again(d.carl, "Another"); !errors.Is(err, contract.ErrOfferOnTable) {
		t.Errorf("two at once: %v", err)
	}
	d.OK(contract.DeclineOffer(d.Context(), d.DB, d.carl, first, "Not this year."))

	second, err := again(d.carl, "A label for the cider")
	d.OK(err)
	d.OK(contract.Counter(d.Context(), d.DB, d.ada, second, twoParts(contract.All)))
	_, err = d.sign(d.carl, second)
	d.OK(err)
	made, err := d.sign(d.ada, second)
	d.OK(err)
	c, err := contract.Show(d.Context(), d.DB, d.ada, made)
	d.OK(err)
	if c.Title != "A label for the cider" || c.Funding != contract.All || c.ID == d.id {
		t.Errorf("they signed %q", c.Title)
	}
	d.OK(contract.Fund(d.Context(), d.DB, d.carl, made))
	p, err := proposal.Open(d.Context(), d.DB, d.ada, d.proposal)
	d.OK(err)
	if p.Proposal.State != proposal.Hired {
		t.Errorf("the proposal is %s", p.Proposal.State)
	}
	third, err := again(d.carl, "A crate")
	d.OK(err)
	d.later(30 * day)
	if got := d.offer(d.carl, third).State; got != contract.Expired {
		t.Errorf("after its time the offer is %s", got)
	}
}
