package app_test

import (
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
)

// keeper is somebody of the staff, with a role.
func (m *market) keeper(name string, role account.Role) account.Actor {
	m.Helper()
	by := m.Person(name, money.Amount{})
	m.OK(account.Grant(m.Context(), m.DB, account.System, by.ID, role))
	return by
}

// Ada reports what Carl has published. Rae looks at it, hears Carl, and keeps him
// from publishing for a month. He reads why, withdraws his money all the same, and
// appeals; Sam, who had no part in it, finds him right, and it is as if it had
// never been.
func TestCarlIsHeardReadsWhyAndAppeals(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client := m.Person("Carl", euros(100))
	draft, err := jobpost.SaveDraft(t.Context(), m.DB, client, 0, jobpost.Input{Title: "Words for a lamp", Description: strings.Repeat("Buy the lamp first, we pay it back. ", 4), Category: "writing",
		Level: "entry", Currency: "EUR", BudgetMin: 500_00, Hours: 10, AnswerDays: 14})
	m.OK(err)
	_, err = jobpost.Publish(t.Context(), m.DB, client, draft.ID)
	m.OK(err)
	carl, ada := m.signedIn(client), m.signedIn(m.Person("Ada", money.Amount{}))
	rae, sam := m.signedIn(m.keeper("Rae", account.Reviewer)), m.signedIn(m.keeper("Sam", account.Reviewer))

	ada.open("/posts/1")
	ada.click("Report this")
	ada.sees("the job post “Words for a lamp”")
	ada.tick("No tricks with money")
	ada.click("Report it")
	ada.refuses("What is wrong with it?", "Say what is wrong with it")
	ada.fill("What is wrong with it?", "One has to buy the lamp first.")
	ada.click("Report it")
	ada.sees("Your report has arrived.", "It is the staff’s turn.")

	rae.click("Notices")
	rae.sees("Somebody reported the job post “Words for a lamp”.")
	rae.open("/staff/reports/1")
	rae.click("Take it on")
	rae.sees("It is yours for two days.")
	rae.choose("What is to follow", "limit posting")
	rae.fill("For how many days", "30")
	rae.fill("What happened", "On the first day of January the post told whoever proposes to buy a lamp before they begin.")
	rae.fill("Why that breaks the rule", "Nobody has to pay before they can work, and a lamp that is paid back later is paid for first.")
	rae.click("Tell the person what is considered")
	rae.sees("Decision 1: limit posting", "The person can answer until")

	carl.click("Notices")
	carl.sees("Rae, of the staff, considers a decision about you. Nothing has happened yet.")
	carl.open("/decisions/1")
	carl.click("Number 2: The report, without its reporter’s name")
	carl.sees("One has to buy the lamp first.")
	carl.seesNot("Ada")
	carl.open("/decisions/1")
	carl.fill("What do you have to say?", "The lamp is ours and comes by post. I have written it badly.")
	carl.click("Send your answer")
	carl.sees("Your answer is in.")

	rae.open("/decisions/1")
	rae.sees("The lamp is ours and comes by post.", "not read by you")
	rae.click("Number 1: What was reported: the job post “Words for a lamp”")
	rae.open("/decisions/1")
	rae.click("Number 2: The report, without its reporter’s name")
	rae.open("/decisions/1")
	rae.fill("What whoever reported it reads", "Thank you. It is as you say, and he publishes nothing for a month.")
	rae.click("Deliver the decision")
	rae.sees("It is decided, and delivered.", "in force")

	carl.open("/")
	carl.sees("A decision keeps you from some things here.")
	carl.click("Read why, what still works, and how to appeal")
	carl.sees("What always works", "Decision 1: limit posting")
	carl.open("/posts/new")
	carl.sees("A decision keeps you from some things here.")
	carl.open("/wallet/withdraw")
	carl.fill("Amount", "30")
	carl.click("Withdraw it")
	carl.owns("€50.00")
	ada.open("/my/reports")
	ada.sees("he publishes nothing for a month")

	carl.open("/decisions/1")
	carl.fill("What is wrong with it?", "Nobody was to pay for anything. The parcel is on its way to whoever is hired.")
	carl.click("File the appeal")
	carl.sees("Your appeal is filed.", "Sam, who had no part in the decision, answers by")
	sam.open("/decisions/1")
	sam.fill("Ask Carl something", "Who has paid for the parcel?")
	sam.click("Say it")
	carl.open("/decisions/1")
	carl.sees("Who has paid for the parcel?")
	carl.fill("Say something to whoever judges it", "I have.")
	carl.click("Say it")
	rae.open("/decisions/1")
	rae.seesNot("Answer the appeal")
	sam.open("/decisions/1")
	sam.tick("Yes")
	sam.fill("Your reasons", "The parcel was sent and paid for by the client, before anybody was hired; the post was clumsy and no trick.")
	sam.click("Answer it")
	carl.open("/decisions/1")
	carl.sees("overturned", "The parcel was sent and paid for by the client")
	carl.open("/")
	carl.seesNot("A decision keeps you")

	stranger := m.browser("a stranger")
	stranger.open("/decisions")
	stranger.sees("Under the rule “No tricks with money”", "It was appealed: upheld.")
	stranger.seesNot("Carl", "lamp")
}

// Eve, who has no account, asks. Sue owes her an answer, does not give it in time,
// and Grace has it then. What she answers first was written to somebody else.
func TestEveIsAnsweredByAPersonInTheirOwnWords(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	m.keeper("Sue", account.Support)
	grace := m.signedIn(m.keeper("Grace", account.Support))
	carl := m.signedIn(m.Person("Carl", euros(10)))
	carl.click("Talk to a person")
	carl.tick("Something else")
	carl.fill("In a line", "The colour of the mark")
	carl.fill("What do you want to tell us?", "May I use it on a crate?")
	carl.click("Send it")
	carl.sees("It is our turn:", "May I use it on a crate?")
	grace.open("/cases/1")
	grace.fill("Your answer to Carl", "You may put our mark on a crate, as long as what is in it was bought and sold on this market.")
	grace.click("Answer")
	grace.sees("Answered. It is their turn.")

	eve := m.browser("Eve")
	eve.open("/talk")
	eve.click("Send it")
	eve.refuses("Your name", "Say what we may call you")
	eve.fill("Your name", "Eve")
	eve.fill("Your e-mail address", "eve@example.org")
	eve.tick("Something else")
	eve.fill("In a line", "A mark on a crate")
	eve.fill("What do you want to tell us?", "May I have it green?")
	eve.click("Send it")
	eve.sees("Sue, of the staff, has it", "It is our turn: Sue answers you by")

	m.wait(2 * day)
	grace.open("/staff/cases")
	grace.click("A mark on a crate")
	grace.fill("Your answer to Eve", "You may put our mark on a crate, as long as what is in it was bought and sold on this market.")
	grace.click("Answer")
	grace.refuses("Your answer to Eve", "was written to somebody else before")
	grace.fill("Your answer to Eve", "Green it may be, if it is the green that we use; it stands on the page about how these pages are made.")
	grace.click("Answer")
	grace.sees("Answered. It is their turn.")

	eve.open(m.mailTo("eve@example.org").Body.Link)
	eve.seesNot("Somebody else has it")
	stranger := m.browser("a stranger")
	stranger.open("/support/clock")
	stranger.sees("copies that were refused 1", "were late, and passed to somebody else 1")
}
