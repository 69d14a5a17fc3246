package profile_test

import (
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/profile"
	"freehold/internal/proposal"
)

// work is one job from post to pay: Carl hires Ada, and approves what she does.
func work(t *testing.T, m *markettest.Market, carl, ada account.Actor, title string, who jobpost.Visibility) {
	t.Helper()
	ctx := t.Context()
	draft, err := jobpost.SaveDraft(ctx, m.DB, carl, 0, jobpost.Input{Title: title, Description: "For the door of our shop: " + title,
		Category: "design", Skills: []string{"Logo design"}, Level: "intermediate", Kind: jobpost.Fixed, Currency: "EUR",
		BudgetMin: 500_00, Hours: 10, Visibility: who})
	m.OK(err)
	_, err = jobpost.Publish(ctx, m.DB, carl, draft.ID)
	m.OK(err)
	if who == jobpost.Invited {
		m.OK(jobpost.Invite(ctx, m.DB, carl, draft.ID, ada.ID, "Please."))
	}
	price := money.Amount{Minor: 500_00, Currency: "EUR"}
	p, err := proposal.Propose(ctx, m.DB, ada, draft.ID, proposal.Input{Letter: "I should like to make this for you, and have made others: " + title, Price: price, Hours: 10})
	m.OK(err)
	offer, err := contract.MakeOffer(ctx, m.DB, carl, p.ID, contract.Terms{Scope: title, Funding: contract.All,
		Milestones: []contract.MilestoneTerms{{Title: "All of it", Price: price, Due: "2030-02-01", Criteria: []string{"It hangs"}, Hours: 10}}})
	m.OK(err)
	text, err := contract.ShowOffer(ctx, m.DB, carl, offer)
	m.OK(err)
	_, err = contract.SignOffer(ctx, m.DB, carl, offer, contract.Signing{SHA256: text.SHA256, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
	m.OK(err)
	id, err := contract.SignOffer(ctx, m.DB, ada, offer, contract.Signing{SHA256: text.SHA256, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
	m.OK(err)
	m.OK(contract.Fund(ctx, m.DB, carl, id))
	v, err := contract.Show(ctx, m.DB, ada, id)
	m.OK(err)
	_, err = contract.SubmitMilestone(ctx, m.DB, ada, v.Work[0].ID, contract.Work{Note: "It hangs.", Met: []bool{true}})
	m.OK(err)
	m.OK(contract.ApproveMilestone(ctx, m.DB, carl, v.Work[0].ID))
}

func TestWorkDoneHereIsTold(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	carl, by := m.Person("Carl", *euros(5_000_00)), m.Person("Ada", money.Amount{})
	m.OK(profile.Save(t.Context(), m.DB, by, ada()))
	work(t, m, carl, by, "A sign for a bakery", jobpost.Public)
	m.Clock.Advance(time.Minute)
	work(t, m, carl, by, "A thing nobody should know of", jobpost.Invited)

	past := show(m, account.Actor{}, by).Past
	if len(past) != 2 || past[0].Title != "" || past[1].Title != "A sign for a bakery" || !past[0].EndedAt.After(past[1].EndedAt) {
		t.Errorf("told as %+v", past)
	}
	if past := show(m, account.Actor{}, carl).Past; len(past) != 0 {
		t.Errorf("Carl did the work: %+v", past)
	}
}
