package contract_test

import (
	"testing"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

func TestAContractIsForTheTwo(t *testing.T) {
	t.Parallel()
	d := signed(t, contract.Next, euros(1000))
	for _, by := range []account.Actor{d.Person("Eve", money.Amount{}), {}, account.System} {
		_, err := contract.Show(t.Context(), d.DB, by, d.id)
		refused(t, err, contract.ErrNotFound)
		_, err = contract.ShowOffer(t.Context(), d.DB, by, d.show(d.carl).Offer)
		refused(t, err, contract.ErrOfferNotFound)
	}
	v := d.show(d.ada)
	if v.You != contract.Freelancer || v.ClientName != "Carl" || v.FreelancerName != "Ada" || len(v.Signatures) != 2 || len(v.Journal) == 0 {
		t.Errorf("Ada sees %+v", v)
	}
	if v.Wallet.Positive() {
		t.Errorf("Ada sees that Carl has %v", v.Wallet)
	}
	if v.CanFund || v.Work[0].CanApprove || v.Work[0].CanSubmit {
		t.Error("Ada is offered what is not hers to do, or not yet")
	}
}

func TestListsAreReadPageByPage(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 3)
	var ids []contract.ID
	for _, name := range []string{"", "Bea", "Dora"} {
		if name != "" {
			m.ada = m.Person(name, money.Amount{})
			m.proposal = m.proposes(m.ada)
		}
		ids = append(ids, m.signs(twoParts(contract.Next)).id)
	}
	first, err := contract.MineContracts(t.Context(), m.DB, m.carl, 0, 2)
	m.OK(err)
	if len(first) != 2 || first[0].ID != ids[2] || first[0].Other != "Dora" || first[1].ID != ids[1] {
		t.Fatalf("the first page is %+v", first)
	}
	if i := first[0]; i.Sums.Committed != euros(500) || i.You != contract.Client || i.Turn.Of != contract.Client || len(i.Milestones) != 2 {
		t.Errorf("the first is %+v", i)
	}
	rest, err := contract.MineContracts(t.Context(), m.DB, m.carl, first[1].ID, 2)
	m.OK(err)
	if len(rest) != 1 || rest[0].ID != ids[0] || rest[0].Other != "Ada" {
		t.Errorf("the rest is %+v", rest)
	}
	hers, err := contract.MineContracts(t.Context(), m.DB, m.ada, 0, 10)
	m.OK(err)
	if len(hers) != 1 || hers[0].ID != ids[2] || hers[0].Other != "Carl" || hers[0].You != contract.Freelancer {
		t.Errorf("Dora has %+v", hers)
	}
	offers, err := contract.MineOffers(t.Context(), m.DB, m.carl, 0, 10)
	m.OK(err)
	if len(offers) != 3 || offers[0].Other != "Dora" || offers[0].Total != euros(500) || offers[0].State != contract.SignedByBoth || len(offers[0].Signed) != 2 {
		t.Errorf("Carl's offers are %+v", offers)
	}
}
