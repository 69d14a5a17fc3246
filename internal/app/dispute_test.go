package app_test

import (
	"testing"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

// arbiter is somebody who decides disputes.
func (m *market) arbiter(name string) account.Actor {
	m.Helper()
	a := m.Person(name, money.Amount{})
	m.Do(`INSERT INTO account.grants (person, role, held, at) VALUES ($1, 'arbiter', true, $2)`, a.ID, m.Clock.Now())
	return a
}

// Carl disputes a part of the price; the rest is Ada's at once. They name splits
// and do not agree, so Mo decides, and what he decides is carried out.
func TestAnArbiterDecidesWhatCarlDisputes(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client, freelancer := m.Person("Carl", euros(210)), m.Person("Ada", money.Amount{})
	signed(m.Market, client, freelancer, contract.All, 1, "A field guide", part{"All of it", 200, 10})
	carl, ada, mo := m.signedIn(client), m.signedIn(freelancer), m.signedIn(m.arbiter("Mo"))
	carl.open("/contracts/1")
	carl.click("Put €210.00 in escrow")
	ada.submits("A field guide")

	carl.open("/contracts/1")
	carl.click("Dispute a sum")
	carl.sees("Only the sum that you name waits.")
	carl.fill("The sum that you dispute, in EUR", "500")
	carl.click("Open the dispute")
	carl.refuses("The sum that you dispute, in EUR", "at most €200.00")
	carl.fill("The sum that you dispute, in EUR", "80")
	carl.tick("A part of it is missing")
	carl.fill("What is wrong, by what you agreed on", "There is no owl in it.")
	carl.click("Open the dispute")
	carl.sees("The dispute is open.", "€80.00", "Name a split that you would agree to.")
	ada.owns("€120.00")

	ada.click("Notices")
	ada.sees("Carl disputes €80.00 of “A field guide: All of it”. The rest is paid.")
	ada.open("/disputes/1")
	ada.sees("There is no owl in it.", "A part of it is missing", "It is your turn.")
	ada.fill("How much is the freelancer’s, in EUR", "75")
	ada.click("Name this split")
	ada.unfold("Bring evidence")
	ada.fill("What it shows", "The owl is on page nine, asleep.")
	ada.click("Add it")
	ada.sees("It is added.", "Number 1, by Ada")
	carl.open("/disputes/1")
	carl.sees("Agree to €75.00", "The owl is on page nine, asleep.")
	carl.fill("How much is the freelancer’s, in EUR", "90")
	carl.click("Name this split")
	carl.refuses("How much is the freelancer’s, in EUR", "from nothing to all of it.")
	mo.open("/staff/disputes")
	mo.sees("No dispute has been given to you.")

	m.wait(5 * day)
	mo.click("Notices")
	mo.sees("You are the arbiter of the dispute about “A field guide: All of it”.")
	mo.open("/staff/disputes")
	mo.click("A field guide: All of it")
	mo.fill("How much is the freelancer’s, in EUR", "60")
	mo.click("Decide it")
	mo.sees("Name at least one acceptance criterion", "Say why")
	mo.tick("It is done")
	mo.tick("Number 1, by Ada")
	mo.fill("Why", "Ada drew the owl, but asleep it shows no eyes, which Carl had asked for.")
	mo.click("Decide it")
	mo.sees("You have decided. Both read it now.", "€60.00 of the €80.00 are the freelancer’s.")
	carl.open("/disputes/1")
	carl.sees("Have the decision reviewed", "asleep it shows no eyes")
	m.wait(7 * day)
	carl.open("/disputes/1")
	carl.sees("closed", "€60.00 of it went to the freelancer, and €20.00 back to the client.")
	ada.owns("€180.00")
	carl.owns("€21.00")
	carl.open("/disputes")
	carl.sees("the freelancer drew the owl", "which the client had asked for.", "€60.00 of €80.00 went to the freelancer, after 12 days.")
	carl.seesNot("Ada", "owl is on page nine")
	m.OK(m.app.CheckPromises(t.Context()))
}
