package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
	"freehold/internal/web/view"
)

// visits are what people look at: who they are, and what there is.
type visits struct {
	freelancers []string // their sessions
	contracts   []ofParty
	posts       []int64
	titles      []string // of some posts, out of which searches are made
}

// ofParty is a contract and the session of one of the two.
type ofParty struct {
	id      contract.ID
	session string
}

// visitsOn signs in everybody of the demonstration.
func visitsOn(ctx context.Context, d *db.DB, people []view.DemoPerson) (v visits, err error) {
	for _, p := range people {
		if err := v.signIn(ctx, d, p.Email, p.Password); err != nil {
			return v, fmt.Errorf("%s: %w", p.Name, err)
		}
	}
	return v, d.View(ctx, func(tx *db.Tx) error {
		if v.posts, err = db.Values[int64](ctx, tx, `SELECT id FROM jobpost.posts WHERE state = 'open' AND visibility = 'public'`); err != nil {
			return err
		}
		v.titles, err = db.Values[string](ctx, tx, `SELECT title FROM jobpost.posts WHERE state = 'open' AND id % 50 = 0`)
		return err
	})
}

func (v *visits) signIn(ctx context.Context, d *db.DB, email, password string) error {
	session, err := account.SignIn(ctx, d, email, password, account.Visitor{}, account.Browser)
	if err != nil {
		return err
	}
	by, err := account.Authenticate(ctx, d, session, account.Visitor{})
	if err != nil {
		return err
	}
	contracts, err := contract.MineContracts(ctx, d, by, 0, 100)
	if err != nil {
		return err
	}
	for _, c := range contracts {
		v.contracts = append(v.contracts, ofParty{c.ID, session})
	}
	if by.Freelancer {
		v.freelancers = append(v.freelancers, session)
	}
	return nil
}

func oneOf[T any](r *rand.Rand, all []T) T { return all[r.IntN(len(all))] }

// pages are those whose times are given.
func (v visits) pages() []page {
	return []page{
		named("feed", func(r *rand.Rand) (string, string) { return "/feed", oneOf(r, v.freelancers) }),
		named("search", func(r *rand.Rand) (string, string) { return v.search(r), oneOf(r, v.freelancers) }),
		v.post(),
		v.contract(),
	}
}

// contract is any of the contracts, read by one of the two.
func (v visits) contract() page {
	return named("contract", func(r *rand.Rand) (string, string) {
		c := oneOf(r, v.contracts)
		return fmt.Sprintf("/contracts/%d", c.id), c.session
	})
}

// post is any of the posts, read by a freelancer who is signed in.
func (v visits) post() page {
	return named("post", func(r *rand.Rand) (string, string) {
		return fmt.Sprintf("/posts/%d", oneOf(r, v.posts)), oneOf(r, v.freelancers)
	})
}

// visited is any of the posts, read by a visitor who has not signed in.
func (v visits) visited() page {
	return named("visited", func(r *rand.Rand) (string, string) { return fmt.Sprintf("/posts/%d", oneOf(r, v.posts)), "" })
}

func (v visits) bare() page {
	return named("bare", func(r *rand.Rand) (string, string) { return fmt.Sprintf("/bare/%d", oneOf(r, v.posts)), "" })
}

// search is what people type: one to three words that stand together in some
// title, now and then with a filter, or a filter alone.
func (v visits) search(r *rand.Rand) string {
	q := url.Values{}
	words := strings.Fields(oneOf(r, v.titles))
	if n := r.IntN(4); n > 0 {
		from := r.IntN(len(words))
		q.Set("q", strings.Join(words[from:min(len(words), from+n)], " "))
	}
	switch r.IntN(6) {
	case 0:
		q.Set("category", oneOf(r, []string{"web-development", "writing", "translation", "data-and-ai", "design"}))
	case 1:
		q.Set("kind", oneOf(r, []string{"fixed", "hourly"}))
	case 2:
		q.Set("sort", oneOf(r, []string{"newest", "price", "answer rate"}))
	}
	return "/posts?" + q.Encode()
}
