package profile_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/profile"
	"freehold/internal/skill"
)

func TestWishesAreKeptAsTheyAreAndReplaced(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	ada := m.Person("Ada", money.Amount{})
	none, err := profile.ShowWishes(t.Context(), m.DB, ada)
	if err != nil || none.RestsUntil != nil || none.Least != nil || len(none.Unwanted) != 0 {
		t.Errorf("somebody who has said nothing wishes for %+v: %v", none, err)
	}
	until := time.Date(2030, 3, 1, 0, 0, 0, 0, time.UTC)
	least := money.Amount{Minor: 500_00, Currency: "EUR"}
	m.OK(profile.SaveWishes(t.Context(), m.DB, ada, profile.Wishes{RestsUntil: &until, Least: &least, Unwanted: []skill.Key{"writing", "design", "writing"}}))
	w, err := profile.ShowWishes(t.Context(), m.DB, ada)
	if err != nil || !w.RestsUntil.Equal(until) || *w.Least != least || !slices.Equal(w.Unwanted, []skill.Key{"design", "writing"}) {
		t.Errorf("kept %+v: %v", w, err)
	}
	if !w.Resting(m.Clock.Now()) || w.Resting(until) {
		t.Error("rests at the wrong time")
	}
	past := m.Clock.Now().AddDate(0, 0, -1)
	m.OK(profile.SaveWishes(t.Context(), m.DB, ada, profile.Wishes{RestsUntil: &past}))
	if w, err := profile.ShowWishes(t.Context(), m.DB, ada); err != nil || w.RestsUntil != nil || w.Least != nil || len(w.Unwanted) != 0 {
		t.Errorf("left %+v: %v", w, err)
	}
}

func TestWishesThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	ada := m.Person("Ada", money.Amount{})
	far := m.Clock.Now().AddDate(3, 0, 0)
	for _, c := range []struct {
		w    profile.Wishes
		want error
	}{
		{profile.Wishes{RestsUntil: &far}, profile.ErrRestsTooLong},
		{profile.Wishes{Least: &money.Amount{Minor: 0, Currency: "EUR"}}, profile.ErrBadLeast},
		{profile.Wishes{Least: &money.Amount{Minor: 1, Currency: "XXX"}}, profile.ErrBadLeast},
		{profile.Wishes{Unwanted: []skill.Key{"none"}}, skill.ErrUnknownCategory},
	} {
		if err := profile.SaveWishes(t.Context(), m.DB, ada, c.w); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v, want %v", c.w, err, c.want)
		}
	}
}
