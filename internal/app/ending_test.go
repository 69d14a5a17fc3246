package app_test

import (
	"testing"

	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

// Carl's plans change. He reads what ending the contract pays, gives notice, and
// both say how much is done. A week later it is paid, to the cent that he read.
func TestCarlEndsEarlyAndAdaIsPaidForWhatIsDone(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client, freelancer := m.Person("Carl", euros(240)), m.Person("Ada", money.Amount{})
	signed(m.Market, client, freelancer, contract.Next, 1, "A field guide", part{"The first half", 200, 10}, part{"The second half", 300, 20})
	carl, ada := m.signedIn(client), m.signedIn(freelancer)
	carl.click("Contracts")
	carl.click("A field guide")
	carl.click("Put €240.00 in escrow")
	carl.click("See what ending it would pay")
	carl.sees("If you give notice now", "If Ada gives notice now", "The ending fee, to the freelancer", "Ada gets")
	carl.click("Give notice")
	carl.refuses("Why you end it", "Say why you end the contract. The other side reads it.")
	carl.fill("Why you end it", "The funding was cut.")
	carl.click("Give notice")
	carl.sees("Notice is given.", "under notice")

	ada.click("Notices")
	ada.sees("Carl gave notice on “A field guide”")
	ada.click("Contracts")
	ada.click("A field guide")
	ada.click("Read what will be paid")
	ada.sees("Carl gave notice", "The funding was cut.", "When the notice has passed", "If you agree to end it now")
	ada.click("Say how much of “The first half” is done")
	ada.fill("Percent that is done", "half")
	ada.click("Say so")
	ada.refuses("Percent that is done", "Name a share between 0 and 100 percent.")
	ada.fill("Percent that is done", "50")
	ada.click("Say so")
	carl.open("/contracts/1/end")
	carl.seesNot("Agree, and end it now")
	carl.click("Say how much of “The first half” is done")
	carl.sees("says 50 percent")
	carl.fill("Percent that is done", "50")
	carl.click("Say so")
	carl.open("/contracts/1/end")
	carl.sees("50 % of it: you both say so.", "€130.00")
	m.wait(7 * day)
	ada.open("/contracts/1")
	ada.sees("ended early", "settled")
	ada.owns("€130.00")
	carl.owns("€105.00")
}

// Ada cannot go on, and Carl agrees: it ends at once.
func TestBothAgreeToEndAtOnce(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client, freelancer := m.Person("Carl", euros(240)), m.Person("Ada", money.Amount{})
	signed(m.Market, client, freelancer, contract.Next, 1, "A field guide", part{"The first half", 200, 10}, part{"The second half", 300, 20})
	carl, ada := m.signedIn(client), m.signedIn(freelancer)
	carl.click("Contracts")
	carl.click("A field guide")
	carl.click("Put €240.00 in escrow")
	ada.open("/contracts/1/end")
	ada.fill("Why you end it", "I am going to sea.")
	ada.click("Give notice")
	carl.open("/contracts/1/end")
	carl.click("Agree, and end it now")
	carl.sees("The contract has ended, and what was computed is paid.", "ended together")
	ada.open("/contracts/1/end")
	ada.sees("There is nothing to settle on this contract now.")
}

// Carl gives more than was agreed, and Ada gives some of it back.
func TestABonusAndWhatComesBack(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client, freelancer := m.Person("Carl", euros(400)), m.Person("Ada", money.Amount{})
	signed(m.Market, client, freelancer, contract.Next, 1, "A field guide", part{"The first half", 200, 10}, part{"The second half", 300, 20})
	carl, ada := m.signedIn(client), m.signedIn(freelancer)
	carl.open("/contracts/1")
	carl.seesNot("Give a bonus")
	carl.click("Put €240.00 in escrow")
	carl.click("Give a bonus")
	carl.fill("Amount in EUR", "a lot")
	carl.fill("What it is for", "The owl on page nine.")
	carl.click("Give it")
	carl.holds("What it is for", "The owl on page nine.")
	carl.fill("Amount in EUR", "100")
	carl.click("Give it")
	carl.sees("The bonus is paid.", "Given as a bonus €100.00")
	carl.owns("€55.00")
	ada.click("Notices")
	ada.sees("Carl gave you a bonus on “A field guide”: €100.00 are in your wallet.")
	ada.open("/contracts/1")
	ada.click("Return some of the money")
	ada.fill("Amount in EUR", "101")
	ada.fill("What it is for", "The owl is by my sister.")
	ada.click("Return it")
	ada.refuses("Amount in EUR", "You have earned €100.00 on this contract that you have not returned, so no more than that can go back. Nothing was moved.")
	ada.fill("Amount in EUR", "40")
	ada.click("Return it")
	ada.sees("The money is back with your client.", "Returned to the client €40.00")
	ada.owns("€60.00")
	carl.owns("€97.00")
}
