package app_test

import (
	"testing"
)

// The main job, from a job post to money withdrawn, by two who have no mouse.
func TestCarlHiresAdaAndShePaysHerRent(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	carl, ada := m.newcomer("Carl"), m.newcomer("Ada")
	carl.keys, ada.keys = true, true

	carl.join("I want something done")
	carl.addMoney("EUR", "3000")
	carlPublishesAPost(carl)

	ada.join("I am looking for work")
	adaSaysWhatSheDoes(ada)
	adaFindsThePost(ada)
	adaProposes(ada)

	carlReadsTheProposal(carl)
	theyTalk(carl, ada)
	theyAgree(carl, ada)

	adaHandsOverTheFirstPart(carl, ada)
	carlFallsSilent(carl, ada)
	adaPaysHerRent(ada)

	carl.owns("€1,425.00") // 3,000.00 less 1,500.00 and our 75.00; bond and ending fee are back
	m.OK(m.app.CheckPromises(t.Context()))
	carl.open("/promises")
	carl.sees("Silence pays submitted work kept", "Proposals answered 100 %, 1 of 1", "€1,500.00")
	carl.seesNot("broken", "not checked yet")
}

const shop = "An online shop for eleven coffees"

func carlPublishesAPost(carl *browser) {
	carl.Helper()
	carl.click("My posts")
	carl.click("Post a job")
	carl.fill("Title", shop)
	carl.fill("What is to be done", "We roast eleven coffees and sell them to whoever rings the bell.\n\n- People find a coffee, order it and pay\n- I can change prices **myself**")
	carl.choose("Category", "Web development")
	carl.fill("Skills", "Go, PostgreSQL, HTML")
	carl.tick("Expert")
	carl.attach("Files", "coffees.txt", "Eleven coffees, and what each costs.")
	carl.click("On to how much")
	carl.fill("From", "1500")
	carl.fill("Hours, estimated", "40")
	carl.click("On to who answers when")
	carl.fill("Questions", "Which shop of yours should I look at?")
	carl.fill("Days in which everybody has your answer", "7")
	carl.click("Keep the draft and look at it")
	carl.sees("A draft, which only you can see", "It says all that people need to know.", "Your payment method is verified.",
		"Your wallet holds the answer bond of €20.00.", "coffees.txt", "€1,575.00, our fee of 5 % included")
	carl.click("Publish")
	carl.sees("Your post is published", "Everybody who proposes has an answer by")
}

func adaSaysWhatSheDoes(ada *browser) {
	ada.Helper()
	ada.menu("Your profile")
	ada.fill("What you do, in one line", "Shops that one person can keep up")
	ada.fill("About you and your work", "I have built shops since 2012, and delete what is not needed.")
	ada.fill("Skills", "PostgreSQL, Go, CSS")
	ada.tick("Expert")
	ada.fill("What you ask for one hour", "37.50")
	ada.fill("Hours a week", "30")
	ada.choose("Language 1", "English")
	ada.choose("Country", "Portugal")
	ada.choose("Time zone", "Europe/Lisbon")
	ada.click("Save")
	ada.sees("Your profile is saved.")
}

func adaFindsThePost(ada *browser) {
	ada.Helper()
	ada.click("Find work")
	ada.unfold("Why am I seeing this?")
	ada.sees(shop, "Your profile fits")
	ada.click("Search all")
	ada.fill("Words", "coffee shop")
	ada.click("Search")
	ada.sees("1 post", shop, "payment verified", "nobody to answer yet")
	ada.click(shop)
	ada.sees("€1,500.00", "An online shop", "Proposals answered None yet", "Payment verified")
}

func adaProposes(ada *browser) {
	ada.Helper()
	ada.click("Propose")
	ada.sees("Your floor", "You pay 0 %. The client pays 5 % on top of your price.", "0 of 20. Proposing costs nothing.")
	ada.fill("Your letter", "Eleven coffees fit on one page, so I would begin with that page and leave out the search.")
	ada.fill("Which shop of yours should I look at?", "The wine dealer's: two thousand bottles, one person.")
	ada.fill("Your price in EUR, for all of it", "1400")
	ada.fill("Hours in all", "40")
	ada.click("Add a milestone")
	ada.click("Add a milestone")
	ada.holds("Your price in EUR, for all of it", "1400")
	ada.fill("Milestone 1: Title", "The page")
	ada.fill("Milestone 1: Price in EUR", "600")
	ada.fill("Milestone 1: Hours", "16")
	ada.fill("Milestone 1: Days until it is due", "10")
	ada.fill("Milestone 2: Title", "The till")
	ada.fill("Milestone 2: Price in EUR", "800")
	ada.fill("Milestone 2: Hours", "24")
	ada.fill("Milestone 2: Days until it is due", "24")
	ada.click("Send the proposal")
	ada.sees("Your proposal is before the client. It is their turn now.", "They have not read it yet.", "An answer is due by")
}

func carlReadsTheProposal(carl *browser) {
	carl.Helper()
	carl.click("Notices")
	carl.sees("Ada")
	carl.click("My posts")
	carl.click("0 of 1 answered")
	carl.sees("Ada", "Shops that one person can keep up", "of 100")
	carl.seesNot("1,400", "600.00", "37.50")
	carl.click("Read it")
	carl.sees("€1,400.00", "€1,470.00 with our fee of 5 %", "The wine dealer", "The till", "It is your turn.")
	carl.click("Shortlist")
	carl.sees("On your shortlist.")
}

func theyTalk(carl, ada *browser) {
	carl.Helper()
	carl.click("Write a message")
	carl.fill("Your message", "Could the page show where each coffee grows?")
	carl.unfold("Add files")
	carl.attach("Files", "map.txt", "Ethiopia, Peru, Sumatra")
	carl.click("Send")
	carl.sees("Could the page show", "map.txt")

	ada.click("My proposals")
	ada.click(shop)
	ada.sees("You are on the shortlist.")
	ada.click("Messages")
	ada.sees("1 unread")
	ada.click("Carl")
	ada.sees("Could the page show where each coffee grows?", "new")
	ada.downloads("map.txt", "Ethiopia, Peru, Sumatra")
	ada.fill("Your message", "Yes. A small map each, drawn once.")
	ada.click("Send")
}

func theyAgree(carl, ada *browser) {
	carl.Helper()
	carl.click("Messages")
	carl.click("Ada")
	carl.sees("A small map each")
	carl.click("“" + shop + "”")
	carl.click("Make an offer")
	carl.holds("Milestone 2: Price in EUR", "800.00")
	carl.fill("What the work is", "A shop for eleven coffees, with a small map of where each grows.")
	carl.fill("Milestone 1: Acceptance criteria", "Every coffee has a price and a map\nIt works on a phone")
	carl.fill("Milestone 2: Acceptance criteria", "A paid order arrives by mail")
	carl.click("Put the offer on the table")
	carl.sees("Your offer is on the table.", "€1,400.00", "It is the freelancer’s turn.")

	ada.click("Contracts")
	ada.click(shop)
	ada.sees("It is your turn.")
	ada.click("Answer with other terms")
	ada.fill("Milestone 2: Price in EUR", "900")
	ada.click("Put these terms on the table")
	ada.sees("Your counter-offer is on the table.", "€1,500.00")

	carl.click("Contracts")
	carl.click(shop)
	carl.sees("€1,500.00", "€1,575.00")
	carl.unfold("Version 1 by the client")
	carl.sign()
	carl.sees("You have signed. It is the other side’s turn now.")
	ada.click("Contracts")
	ada.click(shop)
	ada.sign()
	ada.sees("Both have signed: this is your contract.", "It is the client’s turn.")

	carl.click("Contracts")
	carl.click(shop)
	carl.click("Put €720.00 in escrow") // 600.00, our 5 %, and a tenth of the rest as ending fee
	carl.sees("The money is in escrow. Work can begin.")
}

func adaHandsOverTheFirstPart(carl, ada *browser) {
	carl.Helper()
	ada.click("Contracts")
	ada.click(shop)
	ada.click("Submit the work")
	ada.tick("Every coffee has a price and a map")
	ada.tick("It works on a phone")
	ada.fill("What you hand over", "All eleven. The one from Sumatra was hard to place.")
	ada.attach("Files", "page.txt", "The page.")
	ada.click("Submit")
	ada.sees("Your work is submitted. It is the client’s turn now.")

	carl.click("Contracts")
	carl.click(shop)
	carl.sees("page.txt")
	carl.click("Ask for changes")
	carl.sees("You have 2 rounds of changes left.")
	carl.tick("It works on a phone")
	carl.fill("What is missing", "On mine the map hides the price.")
	carl.click("Ask for these changes")
	carl.sees("It is the freelancer’s turn now.", "Not met: It works on a phone")

	ada.click("Contracts")
	ada.click(shop)
	ada.sees("On mine the map hides the price.")
	ada.click("Submit the work")
	ada.tick("Every coffee has a price and a map")
	ada.tick("It works on a phone")
	ada.fill("What you hand over", "The map folds away now.")
	ada.click("Submit")

	carl.click("Contracts")
	carl.click(shop)
	carl.click("Approve and pay")
	carl.sees("From your wallet into escrow for the next milestone, “The till”, in the same moment")
	carl.click("Approve and pay €600.00")
	carl.sees("Approved and paid.", "Released €600.00", "Funded €1,500.00")
}

// Carl looks at nothing any more, and Ada is paid all the same.
func carlFallsSilent(carl, ada *browser) {
	carl.Helper()
	ada.click("Contracts")
	ada.click(shop)
	ada.click("Submit the work")
	ada.tick("A paid order arrives by mail")
	ada.fill("What you hand over", "I ordered a pound of each to try it.")
	ada.click("Submit")
	ada.sees("The work counts as accepted, and €900.00 is paid to the freelancer.")

	carl.wait(8 * day)
	ada.click("Notices")
	ada.click("The time to answer “The till” has passed, so it counts as approved. €900.00 is in your wallet.")
	ada.sees("completed", "Released €1,500.00", "silence pays")
	carl.click("Notices")
	carl.sees("You neither approved “The till” nor asked for changes in time, so it counts as approved and was paid.")
}

func adaPaysHerRent(ada *browser) {
	ada.Helper()
	ada.owns("€1,500.00")
	ada.sees("Paid for “"+shop+": The page”", "Paid for “"+shop+": The till”")
	ada.click("Withdraw money")
	ada.fill("Amount", "1500")
	ada.click("Withdraw it")
	ada.sees("€1,500.00 has left your wallet")
	ada.awaits("sent Asked for just now €1,500.00")
	ada.owns("€0.00")
}
