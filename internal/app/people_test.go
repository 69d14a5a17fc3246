package app_test

import (
	"strings"
	"testing"

	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/profile"
	"freehold/internal/proposal"
)

// Carl looks for people who fit his post, and invites Ada. She rests for a while,
// which he is told; once she is back, he can invite her.
func TestCarlFindsAdaAndInvitesHer(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client, freelancer := m.Person("Carl", euros(100)), m.Person("Ada", money.Amount{})
	m.OK(profile.Save(t.Context(), m.DB, freelancer, profile.Input{Headline: "Marks for orchards", Skills: []string{"Logo design"}, Level: "expert"}))
	draft, err := jobpost.SaveDraft(t.Context(), m.DB, client, 0, jobpost.Input{Title: "A logo", Description: strings.Repeat("A mark for a crate. ", 5), Category: "design",
		Skills: []string{"Logo design"}, Level: "expert", Currency: "EUR", BudgetMin: 500_00, Hours: 10, AnswerDays: 14})
	m.OK(err)
	_, err = jobpost.Publish(t.Context(), m.DB, client, draft.ID)
	m.OK(err)
	carl, ada := m.signedIn(client), m.signedIn(freelancer)

	ada.open("/my/invitations")
	ada.unfold("When you would rather not be asked")
	ada.fill("The smallest fixed price that you look at", "a lot")
	ada.click("Save")
	ada.refuses("The smallest fixed price that you look at", "")
	ada.fill("The smallest fixed price that you look at", "5000")
	ada.click("Save")
	ada.sees("Saved. Clients who would invite you to anything else are told so.")

	carl.open("/posts/1")
	carl.click("Find people for this")
	carl.sees("Those who fit A logo best come first", "Marks for orchards", "new here")
	carl.click("Invite Ada")
	carl.click("Invite")
	carl.sees("Ada does not want to be invited to work that pays less than €5,000.00 in all.")

	ada.open("/my/invitations")
	ada.unfold("When you would rather not be asked")
	ada.fill("The smallest fixed price that you look at", "100")
	ada.click("Save")
	carl.click("Invite")
	carl.sees("Ada is invited. It is their turn")
	carl.open("/people?for=1&q=orchard")
	carl.sees("1 person", "Is invited. It is their turn.")
	carl.open("/people?q=nobody-has-this-word")
	carl.sees("Nobody here is found by that.")
}

func TestCarlNotesSomethingForHimself(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client, freelancer := m.Person("Carl", euros(100)), m.Person("Ada", money.Amount{})
	draft, err := jobpost.SaveDraft(t.Context(), m.DB, client, 0, jobpost.Input{Title: "A logo", Description: strings.Repeat("A mark for a crate. ", 5), Category: "design",
		Skills: []string{"Logo design"}, Level: "expert", Currency: "EUR", BudgetMin: 500_00, Hours: 10, AnswerDays: 14})
	m.OK(err)
	_, err = jobpost.Publish(t.Context(), m.DB, client, draft.ID)
	m.OK(err)
	_, err = proposal.Propose(t.Context(), m.DB, freelancer, draft.ID, proposal.Input{Letter: "I have drawn marks for three orchards.", Price: euros(500), Hours: 10})
	m.OK(err)

	carl, ada := m.signedIn(client), m.signedIn(freelancer)
	carl.open("/proposals/1")
	carl.fill("What you want to remember", strings.Repeat("x", 2001))
	carl.click("Keep the note")
	carl.refuses("What you want to remember", "A note has up to 2,000 characters. Yours has 2,001.")
	carl.fill("What you want to remember", "Knows kilns.")
	carl.click("Keep the note")
	carl.sees("Noted. Only you read it.")
	carl.open("/posts/1/proposals")
	carl.sees("Knows kilns.")
	m.OK(proposal.Decline(t.Context(), m.DB, client, 1, proposal.Reason{Code: "timing"}))
	carl.open("/posts/1/proposals")
	carl.sees("Knows kilns.")
	ada.open("/proposals/1")
	ada.seesNot("Knows kilns.", "Your note")
}
