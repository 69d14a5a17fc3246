package app_test

import (
	"context"
	"testing"
	"time"

	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/proposal"
)

// Carl hires Ada by the hour. She measures and types in what she works, he
// disputes one line of it, and what is not worked waits for the next week.
func TestAdaWorksForCarlByTheHour(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client, freelancer := m.Person("Carl", euros(1000)), m.Person("Ada", money.Amount{})
	draft, err := jobpost.SaveDraft(context.Background(), m.DB, client, 0, jobpost.Input{Title: "Words, a few hours a week", Description: words(1, 40),
		Category: "writing", Level: "entry", Kind: jobpost.Hourly, BudgetMin: 30_00, Hours: 10, AnswerDays: 7})
	m.OK(err)
	_, err = jobpost.Publish(context.Background(), m.DB, client, draft.ID)
	m.OK(err)
	p, err := proposal.Propose(context.Background(), m.DB, freelancer, draft.ID, proposal.Input{Letter: words(1_001, 40), Hours: 10, Price: euros(30)})
	m.OK(err)
	carl, ada := m.signedIn(client), m.signedIn(freelancer)

	carl.open(p.URL())
	carl.click("Make an offer")
	carl.holds("For an hour, in EUR", "30.00")
	monday := m.Clock.Now().AddDate(0, 0, (8-int(m.Clock.Now().Weekday()))%7).Truncate(day)
	carl.holds("The first Monday", monday.Format(time.DateOnly))
	carl.fill("The first Monday", monday.AddDate(0, 0, 1).Format(time.DateOnly))
	carl.fill("For so many weeks", "3")
	carl.click("Put the offer on the table")
	carl.refuses("The first Monday", "Weeks begin on a Monday.")
	carl.fill("The first Monday", monday.Format(time.DateOnly))
	carl.click("Put the offer on the table")
	carl.sees("€30.00 an hour", "at most 10 hours a week", "3 weeks")
	carl.sign()
	ada.click("Contracts")
	ada.click("Words, a few hours a week")
	ada.sign()
	carl.click("Contracts")
	carl.click("Words, a few hours a week")
	carl.click("Put €375.00 in escrow") // 315 for the first week, and 10 percent of the others

	m.wait(monday.Add(9 * time.Hour).Sub(m.Clock.Now()))
	ada.click("Contracts")
	ada.click("Words, a few hours a week")
	ada.click("Hours")
	ada.click("Start the timer")
	ada.refuses("What you will work on", "Say in 1 to 500 characters what was done.")
	ada.fill("What you will work on", "A word for wet wool")
	ada.click("Start the timer")
	ada.sees("The timer runs.", "A word for wet wool")
	m.wait(2 * time.Hour)
	ada.click("Stop the timer")
	ada.sees("The timer has stopped.", "2 h")
	ada.fill("What was done", "A word for dry wool")
	ada.fill("Day", m.Clock.Now().Format(time.DateOnly))
	ada.fill("From", "08:00")
	ada.fill("To", "10:30")
	ada.click("Add these hours")
	ada.refuses("From", "A part of this time is logged already")
	ada.fill("From", "06:00")
	ada.fill("To", "07:30")
	ada.click("Add these hours")
	ada.sees("The hours are logged.", "typed in", "€105.00")
	ada.click("A word for dry wool")
	ada.fill("To", "07:00")
	ada.click("Save the change")
	ada.sees("The entry is changed.", "changed afterwards", "€90.00")

	m.wait(7*day + 3*time.Hour) // Monday, after noon
	carl.click("Contracts")
	carl.sees("Look at the hours, then approve them or dispute single lines.")
	carl.click("Words, a few hours a week")
	carl.click("Approve and pay")
	carl.sees("From escrow to the wallet of Ada, at once €90.00")
	carl.seesNot("into escrow for the next milestone") // the calendar funds it, and not the approval
	carl.click("Not now")
	carl.click("Hours")
	carl.click("Dispute lines")
	carl.click("Open the dispute")
	carl.sees("Choose the lines that you dispute.")
	carl.tick("Mon 7 Jan 2030, 06:00")
	carl.tick("Something else")
	carl.fill("What is wrong with them", "There is no dry wool on this farm.")
	carl.click("Open the dispute")
	carl.sees("The dispute is open.", "€30.00", "A word for dry wool")
	ada.owns("€60.00")
	ada.sees("The part of “Words, a few hours a week: Week 1", "that nobody disputes")
	m.OK(m.app.CheckPromises(t.Context()))
}
