package app_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"freehold/internal/contract"
	"freehold/internal/kit/money"
)

// A contract is done. Ada says how it was, and Carl cannot read it before he has
// said so, too; then everybody reads both, and counts them.
func TestCarlAndAdaSayHowItWas(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client, freelancer := m.Person("Carl", euros(240)), m.Person("Ada", money.Amount{})
	c := signed(m.Market, client, freelancer, contract.All, 1, "A field guide", part{"All of it", 200, 10})
	ctx := t.Context()
	m.OK(contract.Fund(ctx, m.DB, client, c.ID))
	_, err := contract.SubmitMilestone(ctx, m.DB, freelancer, c.Work[0].ID, contract.Work{Note: "Here it is.", Met: []bool{true}})
	m.OK(err)
	carl, ada := m.signedIn(client), m.signedIn(freelancer)
	carl.open("/contracts/1/review")
	carl.sees("This contract has not ended yet.")
	m.OK(contract.ApproveMilestone(ctx, m.DB, client, c.Work[0].ID))

	ada.click("Contracts")
	ada.click("A field guide")
	ada.sees("It is your turn to say how it was")
	ada.click("Write your review")
	ada.fill("In your own words", "I would do it again.")
	ada.click("Hand in your review")
	ada.sees("Choose one of these, or say that you cannot say.")
	ada.marks("Clear about what was wanted", "5 · excellent")
	ada.marks("Answered in time", "4 · mostly")
	ada.marks("Paid in time", "5 · always")
	ada.marks("Fair about changes", "I cannot say")
	ada.marks("Would work with them again", "5 · gladly")
	ada.holds("In your own words", "I would do it again.")
	ada.click("Hand in your review")
	ada.sees("Your review is in.", "I would do it again.", "mostly (4 of 5)", "could not say")
	carl.open("/people/1")
	carl.sees("No reviews yet.")
	carl.seesNot("I would do it again.")

	carl.click("Notices")
	carl.sees("Ada has written a review of “A field guide”")
	carl.open("/contracts/1/review")
	carl.seesNot("I would do it again.")
	carl.marks("Quality of the work", "5 · excellent")
	carl.marks("Kept dates", "5 · always")
	carl.marks("Communication", "3 · fair")
	carl.marks("Would work with them again", "4 · yes")
	carl.fill("In your own words", "Every bird is in it.")
	carl.click("Hand in your review")
	carl.sees("What Ada wrote about you", "I would do it again.")
	carl.fill("Your response", "So would I.")
	carl.click("Respond")
	carl.sees("Your response stands beside the review now.", "So would I.")

	eve := m.newcomer("Eve")
	eve.open("/people/1")
	eve.sees("Ada, who did the work", "I would do it again.", "So would I.", "1 review: how often each mark was given")
	eve.open("/people/2/standing")
	eve.sees("How Ada stands", "Contracts completed", "1 of 1 (100 %)")
	eve.open("/people/2")
	eve.sees("Carl, who was the client", "Every bird is in it.")
	eve.open("/standing")
	eve.sees("There are no points, no weights")
}

// marks answers one of the questions of a review.
func (b *browser) marks(question, answer string) {
	b.Helper()
	b.typed = true
	b.do(chromedp.Click(chromedp.Search(fmt.Sprintf(`//fieldset[legend[normalize-space(.)=%q]]//label[starts-with(normalize-space(.), %q)]//input`, question, answer))))
}
