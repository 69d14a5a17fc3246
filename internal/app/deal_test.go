package app_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/proposal"
)

// What came before a story begins is done here, without a browser.

func euros(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }

// published is an open post, unlike that of any other seed.
func published(m *markettest.Market, by account.Actor, seed int, title string) jobpost.Post {
	m.Helper()
	draft, err := jobpost.SaveDraft(context.Background(), m.DB, by, 0, jobpost.Input{Title: title, Description: words(seed, 40),
		Category: "writing", Level: "entry", BudgetMin: 50_000, Hours: 20, AnswerDays: 7})
	m.OK(err)
	p, err := jobpost.Publish(context.Background(), m.DB, by, draft.ID)
	m.OK(err)
	return p
}

// signed is a contract that begins with a post and ends with two signatures.
func signed(m *markettest.Market, client, freelancer account.Actor, f contract.Funding, seed int, title string, parts ...part) contract.View {
	m.Helper()
	ctx, t := context.Background(), contract.Terms{Scope: "The work.", Funding: f}
	for _, p := range parts {
		t.Milestones = append(t.Milestones, contract.MilestoneTerms{Title: p.title, Price: euros(p.price), Hours: 8,
			Criteria: []string{"It is done"}, Due: m.DB.Now().AddDate(0, 0, p.days).Format(time.DateOnly)})
	}
	post := published(m, client, seed, title)
	p, err := proposal.Propose(ctx, m.DB, freelancer, post.ID, proposal.Input{Letter: words(seed+1_000, 40), Hours: 20, Price: t.Total()})
	m.OK(err)
	offer, err := contract.MakeOffer(ctx, m.DB, client, p.ID, t)
	m.OK(err)
	var id contract.ID
	for _, by := range []account.Actor{client, freelancer} {
		v, err := contract.ShowOffer(ctx, m.DB, by, offer)
		m.OK(err)
		id, err = contract.SignOffer(ctx, m.DB, by, offer, contract.Signing{SHA256: v.SHA256, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
		m.OK(err)
	}
	v, err := contract.Show(ctx, m.DB, client, id)
	m.OK(err)
	return v
}

// part is a milestone at so many euros, due in so many days.
type part struct {
	title string
	price int64
	days  int
}

// words are n words that no other seed has.
func words(seed, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "word%d ", seed*1000+i)
	}
	return b.String()
}
