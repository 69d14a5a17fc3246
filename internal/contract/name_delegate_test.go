package contract_test

import (
	"errors"
	"testing"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

func TestADelegateJudgesWorkAndDoesNothingElse(t *testing.T) {
	t.Parallel()
	d := submitted(t, contract.Next, euros(1000))
	dana := d.Person("Dana", money.Amount{})
	if _, err := contract.Show(d.Context(), d.DB, dana, d.id); !errors.Is(err, contract.ErrNotFound) {
		t.Errorf("before, Dana sees: %v", err)
	}
	for who, err := range map[account.ID]error{d.carl.ID: contract.ErrDelegate, d.ada.ID: contract.ErrDelegate, 99: contract.ErrDelegate} {
		if got := contract.NameDelegate(d.Context(), d.DB, d.carl, d.id, who); !errors.Is(got, err) {
			t.Errorf("person %d: %v", who, got)
		}
	}
	if err := contract.NameDelegate(d.Context(), d.DB, d.ada, d.id, dana.ID); !errors.Is(err, contract.ErrNotClient) {
		t.Errorf("Ada names one: %v", err)
	}
	d.OK(contract.NameDelegate(d.Context(), d.DB, d.carl, d.id, dana.ID))
	d.told(dana, "delegated", "Carl asks you to judge work", "in their place")

	v := d.show(dana)
	if !v.AsDelegate || v.You != contract.Client || !v.Work[0].CanApprove || !v.Work[0].CanAskChanges || v.Work[0].CanDispute || v.CanNotice || v.CanAmend || v.Wallet.Positive() {
		t.Errorf("Dana sees %+v", v)
	}
	for name, act := range map[string]func() error{
		"give notice": func() error {
			return contract.GiveNotice(d.Context(), d.DB, dana, d.id, contract.Notice{Reason: contract.ForOther, Words: "No."})
		},
		"name another":  func() error { return contract.NameDelegate(d.Context(), d.DB, dana, d.id, d.ada.ID) },
		"take it back":  func() error { return contract.TakeBack(d.Context(), d.DB, dana, d.parts[0]) },
		"name a share":  func() error { return contract.NameShare(d.Context(), d.DB, dana, d.parts[0], 50) },
		"have it taken": func() error { return contract.SetTopUp(d.Context(), d.DB, dana, d.id, true) },
		"change it": func() error {
			_, err := contract.ProposeAmendment(d.Context(), d.DB, dana, d.id, v.Plan(), "Why not.")
			return err
		},
	} {
		if err := act(); !errors.Is(err, contract.ErrNotFound) && !errors.Is(err, contract.ErrMilestoneNotFound) {
			t.Errorf("Dana can %s: %v", name, err)
		}
	}
	d.OK(contract.AskChanges(d.Context(), d.DB, dana, d.parts[0], []int{0}, "There are two."))
	d.told(d.carl, "judged", "Dana asked for changes", "in your place")
	d.submits(0)
	d.OK(contract.ApproveMilestone(d.Context(), d.DB, dana, d.parts[0]))
	d.is(contract.Active, contract.Approved, contract.Funded)

	d.OK(contract.EndDelegation(d.Context(), d.DB, dana, d.id))
	if err := contract.EndDelegation(d.Context(), d.DB, d.carl, d.id); !errors.Is(err, contract.ErrNoDelegate) {
		t.Errorf("ended twice: %v", err)
	}
	d.submits(1)
	if err := contract.ApproveMilestone(d.Context(), d.DB, dana, d.parts[1]); !errors.Is(err, contract.ErrMilestoneNotFound) {
		t.Errorf("afterwards Dana approves: %v", err)
	}
}

func TestNobodyPassesForADelegateWhereThereIsNone(t *testing.T) {
	t.Parallel()
	d := signed(t, contract.Next, euros(1000))
	if _, err := contract.Show(d.Context(), d.DB, account.Actor{}, d.id); !errors.Is(err, contract.ErrNotFound) {
		t.Errorf("somebody who is not signed in sees: %v", err)
	}
}
