package app_test

import (
	"fmt"
	"testing"

	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

// Carl lets Dana judge the work. She approves it in his place, sees how it ended,
// and is offered nothing else.
func TestDanaJudgesTheWorkInCarlsPlace(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client, freelancer, third := m.Person("Carl", euros(240)), m.Person("Ada", money.Amount{}), m.Person("Dana", money.Amount{})
	c := signed(m.Market, client, freelancer, contract.All, 1, "A field guide", part{"All of it", 200, 10})
	m.OK(contract.Fund(t.Context(), m.DB, client, c.ID))
	_, err := contract.SubmitMilestone(t.Context(), m.DB, freelancer, c.Work[0].ID, contract.Work{Note: "Here it is.", Met: []bool{true}})
	m.OK(err)
	carl, dana := m.signedIn(client), m.signedIn(third)

	carl.open("/contracts/1")
	carl.click("Name somebody")
	carl.fill("The address of their page here", "my sister")
	carl.click("Let them judge the work")
	carl.refuses("The address of their page here", "Name somebody who is here already")
	carl.holds("The address of their page here", "my sister")
	carl.fill("The address of their page here", fmt.Sprintf("https://market.example/people/%d", third.ID))
	carl.click("Let them judge the work")
	carl.sees("They can judge the work in your place from now on", "and Dana in your place")

	dana.click("Notices")
	dana.sees("Carl asks you to judge work on “A field guide” in their place")
	dana.open("/")
	dana.click("Approve “A field guide: All of it”, or ask for changes.")
	dana.sees("You judge work here")
	dana.seesNot("Write a message", "Propose changes", "See what ending it would pay", "Dispute a sum", "Work together again")
	dana.click("Approve and pay")
	dana.click("Approve and pay €200.00")
	dana.sees("Approved and paid.", "completed")
	carl.click("Notices")
	carl.sees("Dana approved “All of it” in your place, and €200.00 was paid.")
	m.OK(m.app.CheckPromises(t.Context()))
}
