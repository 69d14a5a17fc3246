package app_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/importer"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
)

// realPosts are job posts as people wrote them for another market. They are not
// ours to publish, so they lie beside the project and not in it.
const realPosts = "../../../shared/data/jobs-freelance-dev/peopleperhour_2023.jsonl"

// The main job once more, on a post that somebody really wrote: it was imported,
// Ada finds it, and its client comes and claims it.
func TestARealPostIsWorkedOnAndPaid(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	post := m.importReal()
	price := money.Amount{Minor: 200_00, Currency: post.Currency}
	staff := m.Person("Olga", money.Amount{})
	m.OK(account.Grant(t.Context(), m.DB, account.System, staff.ID, account.Support))
	ada, olga, carl := m.signedIn(m.Person("Ada", money.Amount{})), m.signedIn(staff), m.newcomer("Carl")

	ada.click("Find work")
	ada.click("Search all")
	ada.fill("Words", post.Title)
	ada.click("Search")
	ada.click(post.Title)
	ada.sees("from elsewhere", "They have not joined yet.", "No answer bond stands behind this post.")
	ada.click("Propose")
	ada.fill("Your letter", "I have done this twice, and would begin with what you already have.")
	ada.fill("Your price in "+post.Currency, "200")
	ada.fill("Hours in all", "5")
	ada.click("Send the proposal")
	ada.sees("Your proposal is before the client.")

	olga.menu("Staff")
	olga.click("Hand an imported account to its owner")
	olga.fill("Number of the person", fmt.Sprint(post.Client))
	olga.fill("The owner’s e-mail address", carl.email)
	olga.click("Save")
	carl.open(m.mailTo(carl.email).Body.Link)
	carl.fill("New password", markettest.Password)
	carl.click("Take this password")
	carl.signIn(markettest.Password)
	carl.addMoney(post.Currency, "300")

	carl.click("My posts")
	carl.click(post.Title)
	carl.click("Answer 1 proposal")
	carl.click("Read it")
	carl.click("Make an offer")
	carl.fill("What the work is", "What the post says, and a page on how to go on with it.")
	carl.fill("Milestone 1: Due", m.Clock.Now().Add(10*day).Format(time.DateOnly))
	carl.fill("Milestone 1: Acceptance criteria", "It is done")
	carl.click("Put the offer on the table")
	carl.sign()
	ada.click("Contracts")
	ada.click(post.Title)
	ada.sign()
	carl.click("Contracts")
	carl.click(post.Title)
	carl.click("Put " + price.Add(money.Amount{Minor: 10_00, Currency: post.Currency}).Format("en") + " in escrow")
	ada.submits(post.Title)
	carl.approves(post.Title, price.Format("en"))
	carl.sees("completed")

	ada.owns(price.Format("en"))
	ada.click("Withdraw money")
	ada.fill("Amount", "200")
	ada.click("Withdraw it")
	ada.awaits("sent Asked for just now " + price.Format("en"))
}

// importReal brings all of them in, and returns one that pays a fixed price.
func (m *market) importReal() (post jobpost.Post) {
	m.Helper()
	file, err := os.Open(realPosts)
	if err != nil {
		m.Fatalf("this journey is about job posts that people really wrote, in a file beside the project: %v", err)
	}
	defer file.Close()
	report, err := importer.JobPosts(context.Background(), m.DB, file, nil)
	m.OK(err)
	if report.Created < 1000 {
		m.Fatalf("%d of the posts are taken in, and %d refused", report.Created, report.RefusedRows)
	}
	m.View(func(ctx context.Context, tx *db.Tx) error {
		id, err := db.Value[jobpost.ID](ctx, tx, `
			SELECT min(id) FROM jobpost.posts
			WHERE kind = 'fixed' AND state = 'open' AND budget_min >= 20000 AND title !~ '"'`)
		if err != nil {
			return err
		}
		post, err = jobpost.PostByID(ctx, tx, id)
		return err
	})
	return post
}
