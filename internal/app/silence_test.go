package app_test

import (
	"testing"

	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

// Three propose and one is answered. The other two share what Carl left as a
// bond, and everybody who comes after them sees how he answers.
func TestTheUnansweredShareTheBond(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client := m.Person("Carl", euros(100))
	published(m.Market, client, 1, "Words for eleven coffees")
	carl := m.signedIn(client)
	var freelancers []*browser
	for i, name := range []string{"Ada", "Ben", "Cleo"} {
		b := m.signedIn(m.Person(name, money.Amount{}))
		b.proposes("Words for eleven coffees", words(2+i, 40))
		freelancers = append(freelancers, b)
	}
	ada, ben, cleo := freelancers[0], freelancers[1], freelancers[2]

	carl.click("My posts")
	carl.click("0 of 3 answered")
	carl.click("Cleo")
	carl.unfold("Decline")
	carl.choose("Reason", "The dates do not fit")
	carl.fill("Your own words", "I need it before the harvest.")
	carl.click("Decline")
	carl.sees("Declined. They have your reason.")

	m.wait(7 * day)
	ada.click("My proposals")
	ada.sees("lapsed")
	ada.owns("€10.00")
	ada.sees("Your share of the answer bond of “Words for eleven coffees”, which was never answered")
	ben.owns("€10.00")
	cleo.click("My proposals")
	cleo.click("Words for eleven coffees")
	cleo.sees("Declined. The reason: The dates do not fit.", "I need it before the harvest.")
	cleo.click("Wallet")
	cleo.sees("There is no money here yet.")
	carl.owns("€80.00")
	carl.click("My posts")
	carl.click("Words for eleven coffees")
	carl.sees("lapsed", "The answer-by date passed while somebody waited for an answer")

	published(m.Market, client, 9, "Words for a twelfth coffee")
	ada.click("Find work")
	ada.click("Search all")
	ada.sees("answers 33 %")
	ada.click("Words for a twelfth coffee")
	ada.sees("Proposals answered 1 of 3 (33 %)", "Left without an answer 2")
}

// proposes finds a post and writes a short proposal.
func (b *browser) proposes(post, letter string) {
	b.Helper()
	b.click("Find work")
	b.click("Search all")
	b.click(post)
	b.click("Propose")
	b.fill("Your letter", letter)
	b.fill("Your price in", "450")
	b.fill("Hours in all", "20")
	b.click("Send the proposal")
	b.sees("Your proposal is before the client.")
}

// Carl's wallet is empty when the second half should be funded. Ada stops, waits
// a week, and leaves with what was set aside for that.
func TestAdaLeavesWhenTheMoneyDoesNotCome(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client, freelancer := m.Person("Carl", euros(240)), m.Person("Ada", money.Amount{})
	signed(m.Market, client, freelancer, contract.Next, 1, "A field guide", part{"The first half", 200, 10}, part{"The second half", 300, 20})
	carl, ada := m.signedIn(client), m.signedIn(freelancer)

	carl.click("Contracts")
	carl.click("A field guide")
	carl.click("Put €240.00 in escrow")
	carl.owns("€0.00")
	ada.submits("A field guide")
	carl.approves("A field guide", "€200.00")
	carl.sees("starved", "Fund the next milestone. Nobody has to work until it is funded.", "Add money to your wallet first")

	ada.click("Notices")
	ada.sees("is not funded, so stop working")
	ada.click("Contracts")
	ada.click("A field guide")
	ada.seesNot("Submit the work", "Leave with the ending fee")
	m.wait(7 * day)
	ada.click("Contracts")
	ada.click("A field guide")
	ada.sees("You have waited long enough.")
	ada.click("Leave with the ending fee")
	ada.sees("You have left. The ending fee is in your wallet.", "ended early")
	ada.owns("€230.00")
	carl.open("/contracts/1")
	carl.sees("ended early")
	carl.seesNot("wait in escrow", "Fund the work")
	carl.owns("€0.00")
}

// Nothing comes of what Ada promised, so Carl has his money again.
func TestCarlTakesHisMoneyBack(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client, freelancer := m.Person("Carl", euros(600)), m.Person("Ada", money.Amount{})
	signed(m.Market, client, freelancer, contract.Next, 1, "A field guide", part{"The first half", 200, 10}, part{"The second half", 300, 20})
	carl, ada := m.signedIn(client), m.signedIn(freelancer)

	carl.click("Contracts")
	carl.click("A field guide")
	carl.click("Put €240.00 in escrow")
	m.wait(12 * day)
	carl.click("Contracts")
	carl.click("A field guide")
	carl.seesNot("Take the money back")
	m.wait(6 * day)
	carl.click("Contracts")
	carl.click("A field guide")
	carl.click("Take the money back")
	carl.click("Take €210.00 back")
	carl.sees("The money is back in your wallet.", "ended early")
	carl.owns("€600.00")

	ada.click("Notices")
	ada.sees("Nobody should work on it any more.")
	ada.click("Contracts")
	ada.click("A field guide")
	ada.sees("ended early")
	ada.seesNot("Submit the work")
}

// submits hands over the work on the part of a contract that is under way.
func (b *browser) submits(title string) {
	b.Helper()
	b.click("Contracts")
	b.click(title)
	b.click("Submit the work")
	b.tick("It is done")
	b.fill("What you hand over", "All of it.")
	b.click("Submit")
	b.sees("Your work is submitted.")
}

// approves pays for work that was handed over.
func (b *browser) approves(title, amount string) {
	b.Helper()
	b.click("Contracts")
	b.click(title)
	b.click("Approve and pay")
	b.click("Approve and pay " + amount)
	b.sees("Approved and paid.")
}
