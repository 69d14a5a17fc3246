package agenda_test

import (
	"strings"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/agenda"
	"freehold/internal/banking"
	"freehold/internal/contract"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db/dbtest"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/proposal"
)

func euros(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }

const day = 24 * time.Hour

// market is one in which Carl has published a post, for which nobody has proposed.
type market struct {
	*markettest.Market
	carl, ada account.Actor
	post      jobpost.ID
}

func open(t *testing.T) market {
	t.Helper()
	m := market{Market: markettest.New(t)}
	m.carl, m.ada = m.Person("Carl", euros(1000)), m.Person("Ada", money.Amount{})
	m.post = m.publishes("A logo for an orchard", 14)
	return m
}

func (m market) publishes(title string, answerDays int) jobpost.ID {
	m.Helper()
	draft, err := jobpost.SaveDraft(m.Context(), m.DB, m.carl, 0, jobpost.Input{
		Title: title, Description: title + ", as described here and nowhere else.", Category: "design", Level: "intermediate",
		Kind: jobpost.Fixed, Currency: "EUR", BudgetMin: 400_00, Hours: 10, AnswerDays: answerDays,
	})
	m.OK(err)
	_, err = jobpost.Publish(m.Context(), m.DB, m.carl, draft.ID)
	m.OK(err)
	return draft.ID
}

func (m market) proposes(to jobpost.ID) proposal.ID {
	m.Helper()
	p, err := proposal.Propose(m.Context(), m.DB, m.ada, to, proposal.Input{
		Letter: strings.Repeat("Apples for "+string(rune('a'+to))+". ", 20), Price: euros(500), Hours: 10,
	})
	m.OK(err)
	return p.ID
}

// sees fails the test unless by's agenda is exactly this: each line "mine" or
// "theirs", the link and words of the sentence.
func (m market) sees(by account.Actor, want ...string) []agenda.Item {
	m.Helper()
	items, err := agenda.Of(m.Context(), m.DB, by)
	m.OK(err)
	var got []string
	for _, i := range items {
		side := "theirs"
		if i.Mine {
			side = "mine"
		}
		got = append(got, side+" "+i.Link+" "+i.Words.String())
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		m.Errorf("%s sees\n\t%s\nwant\n\t%s", by.Name, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
	return items
}

func TestWhoeverHasNothingToDoSeesNothing(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.sees(m.carl)
	m.sees(m.ada)
}

func TestAProposalIsTheClientsTurnByTheDateOfItsPost(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.proposes(m.post)

	items := m.sees(m.carl, "mine /posts/1/proposals Answer the proposals to “A logo for an orchard”: 1 without an answer.")
	if due := items[0].Due; due == nil || !due.Equal(dbtest.Noon.Add(14*day)) {
		t.Errorf("due %v", due)
	}
	m.sees(m.ada, "theirs /proposals/1 Carl owes you an answer to your proposal for “A logo for an orchard”.")
}

func TestTheNearestDateComesFirst(t *testing.T) {
	t.Parallel()
	m := open(t)
	soon := m.publishes("A sign for a market stall", 3)
	m.proposes(m.post)
	m.proposes(soon)
	m.sees(m.ada,
		"theirs /proposals/2 Carl owes you an answer to your proposal for “A sign for a market stall”.",
		"theirs /proposals/1 Carl owes you an answer to your proposal for “A logo for an orchard”.")
}

func TestAnInvitationIsTheFreelancersTurn(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.OK(jobpost.Invite(t.Context(), m.DB, m.carl, m.post, m.ada.ID, "Would you?"))
	m.sees(m.ada, "mine /posts/1 Carl invites you to propose for “A logo for an orchard”.")
	m.sees(m.carl)
}

// offers makes an offer of two milestones, funded one after the other.
func (m market) offers(p proposal.ID) contract.OfferID {
	m.Helper()
	id, err := contract.MakeOffer(m.Context(), m.DB, m.carl, p, contract.Terms{
		Scope: "A logo.", Funding: contract.Next,
		Milestones: []contract.MilestoneTerms{
			{Title: "Sketches", Price: euros(200), Due: "2030-01-11", Criteria: []string{"Three of them"}, Hours: 4},
			{Title: "The logo", Price: euros(300), Due: "2030-01-21", Criteria: []string{"As SVG"}, Hours: 6},
		},
	})
	m.OK(err)
	return id
}

func (m market) signs(by account.Actor, id contract.OfferID) contract.ID {
	m.Helper()
	o, err := contract.ShowOffer(m.Context(), m.DB, by, id)
	m.OK(err)
	made, err := contract.SignOffer(m.Context(), m.DB, by, id, contract.Signing{SHA256: o.SHA256, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
	m.OK(err)
	return made
}

func TestFromOfferToPaymentItIsAlwaysSomebodysTurn(t *testing.T) {
	t.Parallel()
	m := open(t)
	offer := m.offers(m.proposes(m.post))
	m.sees(m.carl, "theirs /offers/1 Ada has your offer for “A logo for an orchard” to sign, counter or decline.")
	m.sees(m.ada, "mine /offers/1 Sign, counter or decline the offer for “A logo for an orchard”.")

	m.signs(m.ada, offer)
	m.sees(m.carl, "mine /offers/1 Sign, counter or decline the offer for “A logo for an orchard”.")
	m.sees(m.ada, "theirs /offers/1 Carl has your offer for “A logo for an orchard” to sign, counter or decline.")

	c := m.signs(m.carl, offer)
	m.sees(m.carl, "mine /contracts/1 Put the money for “A logo for an orchard” in escrow, so that work can begin.")
	m.sees(m.ada, "theirs /contracts/1 Carl has to put the money for “A logo for an orchard” in escrow. Do not begin before.")

	m.OK(contract.Fund(t.Context(), m.DB, m.carl, c))
	m.sees(m.carl, "theirs /contracts/1 Ada works on “A logo for an orchard: Sketches”.")
	items := m.sees(m.ada, "mine /contracts/1 Do the work for “A logo for an orchard: Sketches” and submit it.")
	if due := items[0].Due; due == nil || !due.Equal(time.Date(2030, 1, 12, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("due %v, want the end of the day agreed", due)
	}

	sketches := m.milestone(c, 0)
	work := contract.Work{Note: "Here.", Met: []bool{true}}
	_, err := contract.SubmitMilestone(t.Context(), m.DB, m.ada, sketches, work)
	m.OK(err)
	m.sees(m.carl, "mine /contracts/1 Approve “A logo for an orchard: Sketches”, or ask for changes.")
	m.sees(m.ada, "theirs /contracts/1 Carl looks at your work for “A logo for an orchard: Sketches”. If they say nothing, you are paid.")

	m.OK(contract.AskChanges(t.Context(), m.DB, m.carl, sketches, []int{0}, "There are two."))
	m.sees(m.carl, "theirs /contracts/1 Ada makes the changes that you asked for to “A logo for an orchard: Sketches”.")
	m.sees(m.ada, "mine /contracts/1 Make the changes to “A logo for an orchard: Sketches” and submit it again.")
}

func (m market) milestone(c contract.ID, n int) contract.MilestoneID {
	m.Helper()
	v, err := contract.Show(m.Context(), m.DB, m.carl, c)
	m.OK(err)
	return v.Work[n].ID
}

func TestAContractWithoutMoneyIsTheClientsTurnAndThenTheFreelancersToo(t *testing.T) {
	t.Parallel()
	m := open(t)
	offer := m.offers(m.proposes(m.post))
	m.signs(m.ada, offer)
	c := m.signs(m.carl, offer)
	m.OK(contract.Fund(t.Context(), m.DB, m.carl, c))
	_, err := contract.SubmitMilestone(t.Context(), m.DB, m.ada, m.milestone(c, 0), contract.Work{Note: "Here.", Met: []bool{true}})
	m.OK(err)
	_, err = banking.Withdraw(t.Context(), m.DB, m.Rail, m.carl, m.Wallet(m.carl, "EUR"), banking.Usual)
	m.OK(err)
	m.OK(contract.ApproveMilestone(t.Context(), m.DB, m.carl, m.milestone(c, 0)))

	m.sees(m.carl, "mine /contracts/1 Put the money for the next milestone of “A logo for an orchard” in escrow: work has stopped.")
	m.sees(m.ada, "theirs /contracts/1 Carl has to put the money for the next milestone of “A logo for an orchard” in escrow. Nobody has to work until then.")
	m.Clock.Advance(7 * day)
	m.sees(m.ada, "mine /contracts/1 “A logo for an orchard” has waited for money for too long. You may leave it, with its ending fee.")
}
