package search

import (
	"cmp"
	"context"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/terms"
)

// Feed is a part of the posts that suit a freelancer.
type Feed struct {
	Items []Suited
	Next  string // the cursor of the part after; empty: this is the last
}

// Suited is a post, and why it stands where it does.
type Suited struct {
	Item
	Score int // 0 to 100: four fifths of the fit, and the freshness
	Fit   jobpost.Fit
	Fresh jobpost.FitTerm
}

// Why are the reasons for which somebody sees the post, the weightiest first.
func (s Suited) Why() []say.Sentence {
	terms := slices.Clone(s.Fit.Terms)
	terms = append(terms, s.Fresh)
	slices.SortStableFunc(terms, func(a, b jobpost.FitTerm) int { return cmp.Compare(b.Points, a.Points) })
	var why []say.Sentence
	for _, t := range terms {
		if t.Points > 0 {
			why = append(why, t.Why)
		}
	}
	return why
}

const (
	perSkill   = 40  // the newest posts that are looked at for each skill of the freelancer
	anyNewest  = 60  // and whatever they ask for
	candidates = 200 // in all
	ofFresh    = 20  // points for freshness
	staleDays  = 10  // after which there are none

	feedOrder Sort = "feed"
)

// FeedFor returns the posts that suit by, best first: those that ask for their
// skills and the newest of all, but not their own, nor those they have proposed
// to. It ends after a few hundred; the rest is what searching is for.
func FeedFor(ctx context.Context, d *db.DB, by account.Actor, place string, n int) (feed Feed, err error) {
	n = cmp.Or(min(max(n, 0), maxPage), pageSize)
	err = d.View(ctx, func(tx *db.Tx) error {
		from, err := parseCursor(place, feedOrder, tx.Now)
		if err != nil {
			return err
		}
		suited, err := suitedTo(ctx, tx, by, from.asOf)
		if err != nil {
			return err
		}
		suited = slices.DeleteFunc(suited, func(s Suited) bool { return !s.after(from) })
		feed = Feed{}
		if len(suited) > n {
			suited = suited[:n]
			from.key, from.id = int64(suited[n-1].Score), suited[n-1].ID
			feed.Next = from.String()
		}
		feed.Items, err = withItems(ctx, tx, suited)
		return err
	})
	return feed, err
}

// after reports whether s comes after a place in the feed.
func (s Suited) after(c cursor) bool {
	return int64(s.Score) < c.key || int64(s.Score) == c.key && s.ID < c.id
}

// suitedTo scores the candidates as they were at a time, best first. The items
// have nothing but their ids yet.
func suitedTo(ctx context.Context, tx *db.Tx, by account.Actor, asOf time.Time) ([]Suited, error) {
	me, err := jobpost.FitFreelancerOf(ctx, tx, by.ID)
	if err != nil {
		return nil, err
	}
	rates, err := terms.ReferenceRates(ctx, tx)
	if err != nil {
		return nil, err
	}
	found, err := candidatesFor(ctx, tx, by.ID, me.Skills, asOf)
	if err != nil {
		return nil, err
	}
	suited := make([]Suited, len(found))
	for i, c := range found {
		fit, fresh := jobpost.FitOf(c.Facts(rates), me), freshness(asOf.Sub(c.PublishedAt))
		suited[i] = Suited{Item: Item{ID: c.ID}, Score: fit.Total*(100-ofFresh)/100 + fresh.Points, Fit: fit, Fresh: fresh}
	}
	slices.SortFunc(suited, func(a, b Suited) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.ID, a.ID))
	})
	return suited, nil
}

// freshness is what the age of a post counts for: less every day.
func freshness(age time.Duration) jobpost.FitTerm {
	const day = 24 * time.Hour
	points := max(0, ofFresh-int(age*ofFresh/(staleDays*day)))
	switch days := int(age / day); days {
	case 0:
		return jobpost.FitTerm{Points: points, Of: ofFresh, Why: say.That("Published in the last 24 hours.")}
	case 1:
		return jobpost.FitTerm{Points: points, Of: ofFresh, Why: say.That("Published yesterday.")}
	default:
		return jobpost.FitTerm{Points: points, Of: ofFresh, Why: say.That("Published %d days ago.", days)}
	}
}

func withItems(ctx context.Context, tx *db.Tx, suited []Suited) ([]Suited, error) {
	ids := make([]jobpost.ID, len(suited))
	for i, s := range suited {
		ids[i] = s.ID
	}
	items, err := itemsByID(ctx, tx, ids)
	for i := range items {
		suited[i].Item = items[i]
	}
	return suited, err
}
