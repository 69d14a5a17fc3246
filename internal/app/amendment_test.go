package app_test

import (
	"testing"

	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

// The work grows. Ada proposes what it takes, both sign, and the money is in
// escrow in the same moment. What Carl would cut afterwards, he cannot.
func TestCarlAndAdaChangeWhatTheyAgreedOn(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client, freelancer := m.Person("Carl", euros(400)), m.Person("Ada", money.Amount{})
	signed(m.Market, client, freelancer, contract.Next, 1, "A field guide", part{"The first half", 200, 10}, part{"The second half", 300, 20})
	carl, ada := m.signedIn(client), m.signedIn(freelancer)
	carl.open("/contracts/1")
	carl.click("Put €240.00 in escrow")

	ada.open("/contracts/1")
	ada.click("Propose changes")
	ada.fill("Milestone 1: Price in EUR", "260")
	ada.click("Add another milestone")
	ada.holds("Milestone 1: Price in EUR", "260")
	ada.fill("Milestone 3: Title", "An index of owls")
	ada.fill("Milestone 3: Price in EUR", "100")
	ada.fill("Milestone 3: Hours", "4")
	ada.fill("Milestone 3: Due", m.Clock.Now().AddDate(0, 0, 5).Format("2006-01-02"))
	ada.fill("Milestone 3: Acceptance criteria", "Every owl is in it")
	ada.click("Put these changes on the table")
	ada.refuses("Milestone 3: Due", "A milestone cannot be due before the one that it follows.")
	ada.refuses("What has changed", "Say why")
	ada.fill("Milestone 3: Due", m.Clock.Now().AddDate(0, 0, 30).Format("2006-01-02"))
	ada.fill("What has changed", "There are more owls than we thought.")
	ada.click("Put these changes on the table")
	ada.sees("Your changes are on the table.", "€73.00", "An index of owls")
	ada.sign()
	ada.sees("You have signed. It is the other side’s turn now.")

	carl.click("Notices")
	carl.sees("Ada signed the amendment to “A field guide”")
	carl.open("/contracts/1")
	carl.seesNot("Propose changes")
	carl.click("Amendment 1")
	carl.sees("There are more owls than we thought.", "It is your turn.", "With the second signature this goes from the client’s wallet into escrow.")
	carl.sign()
	carl.sees("Both have signed, and the contract is changed.", "in force")
	carl.owns("€87.00")

	carl.open("/contracts/1/amend")
	carl.fill("Milestone 1: Price in EUR", "200")
	carl.tick("Leave this milestone out")
	carl.fill("What has changed", "I have less money.")
	carl.click("Put these changes on the table")
	carl.refuses("Milestone 1: Price in EUR", "its price can be raised and not lowered.")
	carl.fill("Milestone 1: Price in EUR", "260")
	carl.click("Put these changes on the table")
	carl.sees("Your changes are on the table.")
	ada.open("/contracts/1")
	ada.click("Amendment 2")
	ada.unfold("Decline these changes")
	ada.fill("Why", "The second half is the better one.")
	ada.click("Decline these changes")
	ada.sees("You have declined.", "The second half is the better one.")
	m.OK(m.app.CheckPromises(t.Context()))
}
