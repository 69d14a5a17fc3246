package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/geo"
	"freehold/internal/kit/money"
	"freehold/internal/kit/prose"
	"freehold/internal/profile"
	"freehold/internal/skill"
	"freehold/internal/terms"
)

// PeopleQuery is whom somebody looks for. The zero one is every freelancer, who
// last wrote on their profile first.
type PeopleQuery struct {
	Text     string        // words of a profile, a skill, or a name
	Category skill.Key     // in which they have a skill, and what else is not empty
	Skill    string        // a name or an alias
	Level    skill.Level   // this one or above
	MaxRate  *money.Amount // for an hour; other currencies are compared by the reference rate
	Hours    int           // free in a week, and from now on
	Country  string        // ISO 3166-1
	Worked   bool          // who have worked with the one who looks
	For      jobpost.ID    // an own post: best fit first
	Cursor   string        // PeoplePage.Next of the page before; empty: from the start
	N        int           // people on a page, at most 100; 0: 20
}

// PeoplePage is a part of the people who were found.
type PeoplePage struct {
	People []Somebody
	Next   string        // PeopleQuery.Cursor of the page after; empty: this is the last
	Total  int           // who match, up to MaxTotal
	More   bool          // there are more than Total
	Post   *jobpost.Post // for which they are looked for; nil: for none
}

// Somebody is a freelancer in a list.
type Somebody struct {
	profile.Card

	Rate          *money.Amount `db:"-"` // for one hour; nil: not said
	HoursPerWeek  *int
	AvailableFrom *time.Time // nil: now
	RestsUntil    *time.Time // no invitations before that day; nil: at any time
	Skills        []string
	Completed     int          // contracts here
	Worked        bool         // with the one who looks
	Invited       bool         // to the post for which they are looked for
	Proposed      bool         // to it
	Fit           *jobpost.Fit `db:"-"` // with it; nil: they are looked for without a post
}

// New reports whether somebody has completed nothing here yet.
func (s Somebody) New() bool { return s.Completed == 0 }

// newcomersEvery is how many places of a list there are to one that is kept for
// somebody who has completed nothing here yet, as long as there is one.
const newcomersEvery = 5

// ErrHoursWanted refuses hours of which a week has none.
var ErrHoursWanted = fault.New(fault.Invalid, "hours_wanted_range", "A week has from 0 to %d hours of work.").At("hours")

const maxWeekHours = 80

func (q *PeopleQuery) clean() error {
	var badText, badSkill error
	q.Text, badText = prose.Line(q.Text)
	q.Skill, badSkill = prose.Line(q.Skill)
	q.N = min(cmp.Or(max(q.N, 0), pageSize), maxPage)
	errs := []error{at("q", badText), at("skill", badSkill)}
	if utf8.RuneCountInString(q.Text) > maxText {
		errs = append(errs, ErrTextTooLong.With(maxText))
	}
	if q.Level != "" && !slices.Contains(skill.Levels, q.Level) {
		errs = append(errs, skill.ErrUnknownLevel)
	}
	if _, ok := geo.Name(q.Country); q.Country != "" && !ok {
		errs = append(errs, ErrUnknownCountry)
	}
	if a := q.MaxRate; a != nil && (a.Minor < 0 || a.Minor > money.Max || !money.Known(a.Currency)) {
		errs = append(errs, ErrPriceRange.At("max_rate"))
	}
	if q.Hours < 0 || q.Hours > maxWeekHours {
		errs = append(errs, ErrHoursWanted.With(maxWeekHours))
	}
	return errors.Join(errs...)
}

// People finds freelancers. Anybody may look, signed in or not. No place can be
// bought: people are in the order of how well they match the words, or fit the
// post, and every fifth place is kept for somebody who has completed nothing here
// yet. Who takes no invitations now comes last.
func People(ctx context.Context, d *db.DB, by account.Actor, q PeopleQuery) (page PeoplePage, err error) {
	if err := q.clean(); err != nil {
		return page, err
	}
	err = d.View(ctx, func(tx *db.Tx) error {
		page = PeoplePage{}
		after, err := placeOf(q.Cursor)
		if err != nil {
			return err
		}
		found, err := q.candidates(ctx, tx, by)
		if err != nil {
			return err
		}
		page.Total, page.More = min(len(found), MaxTotal), len(found) > MaxTotal
		if page.Post, found, err = q.ordered(ctx, tx, by, found[:page.Total]); err != nil {
			return err
		}
		page.Total = len(found) // less those who ask for more
		found = found[min(after.in(found), len(found)):]
		if len(found) > q.N {
			found = found[:q.N]
			page.Next = place{after.n + q.N, found[q.N-1].ID}.String()
		}
		page.People, err = q.cards(ctx, tx, by, found)
		return err
	})
	return page, err
}

// matched is somebody who was found, and where they stand.
type matched struct {
	ID      account.ID
	Key     int64 // the higher, the better they match
	New     bool
	Resting bool
	fit     *jobpost.Fit `db:"-"`
}

// ordered puts those who were found in order, and leaves out who asks for more
// than is wanted.
func (q PeopleQuery) ordered(ctx context.Context, tx *db.Tx, by account.Actor, found []matched) (*jobpost.Post, []matched, error) {
	if q.MaxRate == nil && q.For == 0 {
		return nil, inOrder(found), nil
	}
	ids := make([]account.ID, len(found))
	for i, f := range found {
		ids[i] = f.ID
	}
	people, err := jobpost.FitFreelancers(ctx, tx, ids)
	if err != nil {
		return nil, nil, err
	}
	if q.MaxRate != nil {
		rates, err := terms.ReferenceRates(ctx, tx)
		if err != nil {
			return nil, nil, err
		}
		most := rates.Cents(*q.MaxRate)
		found = slices.DeleteFunc(found, func(f matched) bool { return people[f.ID].Hourly == 0 || people[f.ID].Hourly > most })
	}
	if q.For == 0 {
		return nil, inOrder(found), nil
	}
	post, err := jobpost.Own(ctx, tx, by, q.For)
	if err != nil {
		return nil, nil, err
	}
	posts, err := jobpost.FitPosts(ctx, tx, []jobpost.ID{q.For})
	for i := range found {
		fit := jobpost.FitOf(posts[q.For], people[found[i].ID])
		found[i].fit, found[i].Key = &fit, int64(fit.Total)
	}
	return post, inOrder(found), err
}

// inOrder is who stands where: the best first, but every fifth place is that of
// the best of those who are new here, and who rests comes last.
func inOrder(found []matched) []matched {
	slices.SortStableFunc(found, func(a, b matched) int { return cmp.Or(cmp.Compare(b.Key, a.Key), cmp.Compare(b.ID, a.ID)) })
	var rest, fresh, others []matched
	for _, f := range found {
		switch {
		case f.Resting:
			rest = append(rest, f)
		case f.New:
			fresh = append(fresh, f)
		default:
			others = append(others, f)
		}
	}
	all := make([]matched, 0, len(found))
	for len(fresh) > 0 || len(others) > 0 {
		kept := len(all)%newcomersEvery == newcomersEvery-1
		better := len(others) == 0 || len(fresh) > 0 && (fresh[0].Key > others[0].Key || fresh[0].Key == others[0].Key && fresh[0].ID > others[0].ID)
		if len(fresh) > 0 && (kept || better) {
			all, fresh = append(all, fresh[0]), fresh[1:]
		} else {
			all, others = append(all, others[0]), others[1:]
		}
	}
	return append(all, rest...)
}

// place is where a page of people begins: after somebody, who was in that place.
type place struct {
	n    int
	last account.ID
}

func (p place) String() string { return fmt.Sprintf("%d-%d", p.n, p.last) }

func placeOf(cursor string) (p place, err error) {
	if cursor == "" {
		return p, nil
	}
	if _, err := fmt.Sscanf(cursor, "%d-%d", &p.n, &p.last); err != nil || p.String() != cursor || p.n < 1 || p.n > MaxTotal {
		return p, ErrBadCursor
	}
	return p, nil
}

// in is how many of those who were found stand before the page: up to whom it
// comes after, wherever they stand by now.
func (p place) in(found []matched) int {
	if i := slices.IndexFunc(found, func(f matched) bool { return f.ID == p.last }); i >= 0 {
		return i + 1
	}
	return p.n
}
