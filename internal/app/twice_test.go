package app_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"testing"

	"freehold/internal/contract"
	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/web/webtest"
)

// Whatever two windows send at once, one of them does it, and the other gets a
// sentence. The promises that are checked at the end see to the books.
func TestOfTwoAtOnceOneWinsAndTheOtherIsTold(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	client, freelancer := m.Person("Carl", euros(1_000)), m.Person("Ada", money.Amount{})
	deal := signed(m.Market, client, freelancer, contract.All, 1, "A field guide", part{"The first half", 200, 10}, part{"The second half", 300, 20})
	draft, err := jobpost.SaveDraft(t.Context(), m.DB, client, 0, jobpost.Input{Title: "Another one", Description: words(9, 40),
		Category: "writing", Level: "entry", BudgetMin: 500_00, Hours: 20})
	m.OK(err)
	site := &webtest.Site{Market: m.Market, URL: m.url}
	carl, ada := site.As(client), site.As(freelancer)
	contractPage, postPage := fmt.Sprintf("/contracts/%d", deal.ID), draft.URL()
	first, second := fmt.Sprintf("%s/milestones/%d", contractPage, deal.Work[0].ID), fmt.Sprintf("%s/milestones/%d", contractPage, deal.Work[1].ID)
	work := url.Values{"criteria": {"0"}, "note": {"All of it."}}
	everything := url.Values{"amount": {"200"}}

	atOnce(t, "The money is in escrow.", form(carl, contractPage, contractPage+"/fund", nil), form(carl, contractPage, contractPage+"/fund", nil))
	atOnce(t, "Your work is submitted.", form(ada, first+"/submission", first+"/submission", work), form(ada, first+"/submission", first+"/submission", work))
	atOnce(t, "Approved and paid.", form(carl, first+"/approval", first+"/approval", nil), form(carl, first+"/approval", first+"/approval", nil))
	atOnce(t, "has left your wallet", form(ada, "/wallet/withdraw", "/wallet/withdraw", everything), form(ada, "/wallet/withdraw", "/wallet/withdraw", everything))
	atOnce(t, "Your post is published.", form(carl, postPage, postPage+"/publish", nil), form(carl, postPage, postPage+"/publish", nil))
	m.Clock.Advance(28 * day)
	atOnce(t, "", form(ada, second+"/submission", second+"/submission", work), form(carl, second+"/take-back", second+"/take-back", nil))
}

// form opens a page and fills in the form on it that goes to an address. What it
// returns sends it.
func form(b *webtest.Browser, page, action string, typed url.Values) (send func() webtest.Page) {
	b.Helper()
	shown := b.Get(page)
	i := slices.IndexFunc(shown.Forms(), func(f webtest.Form) bool { return f.Action == action })
	if i < 0 {
		b.Fatalf("there is no form for %s on %s", action, shown)
	}
	values := shown.Forms()[i].Values
	maps.Copy(values, typed)
	return func() webtest.Page { return b.Post(action, values) }
}

// atOnce sends both.
func atOnce(t *testing.T, done string, sends ...func() webtest.Page) {
	t.Helper()
	pages := make([]webtest.Page, len(sends))
	ready := make(chan struct{})
	var windows sync.WaitGroup
	for i, send := range sends {
		windows.Go(func() { <-ready; pages[i] = send() })
	}
	close(ready)
	windows.Wait()
	slices.SortFunc(pages, func(a, b webtest.Page) int { return a.Status - b.Status })
	if won := pages[0]; won.Status != http.StatusOK || !won.Says(done) {
		t.Errorf("the one that came first got %s", won)
	}
	if lost := pages[1]; lost.Status != http.StatusConflict && lost.Status != http.StatusUnprocessableEntity {
		t.Errorf("the other one got %s", lost)
	}
}
