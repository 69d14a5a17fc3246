package app_test

import (
	"testing"

	"freehold/internal/markettest"
)

// Nobody is asked for money or a confirmed address before it matters, and then
// they are told what is missing.
func TestNooraPublishesStepByStep(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	noora := m.newcomer("Noora")
	noora.open("/sign-up")
	noora.tick("I want something done")
	noora.fill("Your name", "Noora")
	noora.fill("Your e-mail address", noora.email)
	noora.fill("A password", "too short")
	noora.click("Join")
	noora.refuses("A password", "Choose a password of 10 to 200 characters.")
	noora.holds("Your name", "Noora")
	noora.holds("Your e-mail address", noora.email)
	noora.fill("A password", markettest.Password)
	noora.click("Join")
	noora.signIn(markettest.Password)

	noora.click("Post a job")
	noora.fill("Title", "A map of one river")
	noora.fill("What is to be done", "Two hundred volunteers count birds along it.")
	noora.click("On to how much")
	noora.fill("From", "plenty")
	noora.fill("Hours, estimated", "20")
	noora.click("On to who answers when")
	noora.refuses("From", "Write it in digits")
	noora.holds("From", "plenty")
	noora.holds("Hours, estimated", "20")
	noora.fill("From", "500")
	noora.click("On to who answers when")
	noora.fill("Days in which everybody has your answer", "40")
	noora.click("Keep the draft and look at it")
	noora.refuses("Days in which everybody has your answer", "from 3 to 21")
	noora.holds("Days in which everybody has your answer", "40")
	noora.fill("Days in which everybody has your answer", "14")
	noora.click("Keep the draft and look at it")

	noora.sees("Still to do: Your address is confirmed.", "Still to do: Your payment method is verified.")
	noora.click("Edit the draft")
	noora.choose("Category", "Design")
	noora.tick("Entry")
	noora.click("Keep the draft and look at it")
	noora.click("Publish")
	noora.sees("Follow the link in the mail we sent you")
	noora.open(noora.mailTo(noora.email).Body.Link)
	noora.click("Yes, this is my address")
	noora.publishesTheDraft()
	noora.sees("Add money to your wallet once, in any currency: that verifies your payment method. Your draft is kept.")
	noora.click("Wallet")
	noora.click("Add money")
	noora.fill("Amount", "13.13") // which the sandbox never pays
	noora.click("Add it to my wallet")
	noora.refuses("Amount", "Nothing was taken.")
	noora.addMoney("EUR", "10")
	noora.publishesTheDraft()
	noora.sees("Your wallet does not hold that much.")
	noora.addMoney("EUR", "10")
	noora.publishesTheDraft()
	noora.sees("Your post is published.")
	noora.owns("€0.00")
}

func (b *browser) publishesTheDraft() {
	b.Helper()
	b.click("My posts")
	b.click("A map of one river")
	b.click("Publish")
}

// Ada has lost her password, and a browser that she no longer has is still
// signed in.
func TestAdaComesBackInAndShutsTheOtherDoor(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	ada := m.newcomer("Ada")
	ada.join("I am looking for work")
	ada.menu("Sign out")
	ada.sees("You are signed out.")

	ada.open("/wallet")
	ada.click("I do not know my password any more")
	ada.fill("E-mail address", ada.email)
	ada.click("Send me the link")
	ada.sees("If that address belongs to a member")
	ada.open(ada.mailTo(ada.email).Body.Link)
	ada.fill("New password", "a bird in the hand")
	ada.click("Take this password")
	ada.signIn(markettest.Password)
	ada.sees("Please look again")
	ada.signIn("a bird in the hand")
	ada.sees("Hello, Ada")

	lost := m.browser("Ada's lost telephone")
	lost.email = ada.email
	lost.signIn("a bird in the hand")
	lost.sees("Hello, Ada")
	ada.menu("Settings")
	ada.click("Where you are signed in")
	ada.click("End it")
	ada.sees("That session has ended")
	lost.click("Wallet")
	lost.sees("Sign in", "I do not know my password any more")
	ada.click("Wallet")
	ada.sees("There is no money here yet.")
}
