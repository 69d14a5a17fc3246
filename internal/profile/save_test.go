package profile_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/profile"
	"freehold/internal/skill"
	"freehold/internal/terms"
)

func euros(minor int64) *money.Amount { return &money.Amount{Minor: minor, Currency: "EUR"} }

// ada is a freelancer's profile as it should be.
func ada() profile.Input {
	hours := 30
	from := time.Date(2030, 2, 1, 0, 0, 0, 0, time.UTC)
	return profile.Input{
		Headline: "Go developer", About: "I write servers that stay up.", Skills: []string{"Go", "postgres", "golang"},
		Level: "expert", Rate: euros(9000), Country: "DE", TimeZone: "Europe/Berlin",
		Languages:    []profile.Language{{Code: "en", Fluency: profile.Fluent}, {Code: "de", Fluency: profile.Native}},
		HoursPerWeek: &hours, AvailableFrom: &from,
	}
}

func show(m *markettest.Market, by, whose account.Actor) profile.View {
	m.Helper()
	v, err := profile.Show(context.Background(), m.DB, by, whose.ID)
	m.OK(err)
	return v
}

func TestAProfileIsShownAsItWasSaved(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	by := m.Person("Ada", money.Amount{})
	m.OK(profile.Save(t.Context(), m.DB, by, ada()))

	v := show(m, account.Actor{}, by)
	f := v.Freelancer
	switch {
	case v.Name != "Ada" || *v.Country != "DE" || v.TimeZone != "Europe/Berlin" || v.Own || v.Imported:
		t.Errorf("shown as %+v", v)
	case f.Headline != "Go developer" || *f.Level != skill.Expert || *f.Rate != *euros(9000) || *f.HoursPerWeek != 30:
		t.Errorf("offers %+v", f)
	case len(f.Skills) != 2 || f.Skills[0].Name != "Go" || f.Skills[1].Name != "PostgreSQL":
		t.Errorf("can do %v", f.Skills)
	case len(f.Languages) != 2 || f.Languages[0].Name() != "German" || f.Languages[1].Fluency != profile.Fluent:
		t.Errorf("speaks %v", f.Languages)
	case !f.AvailableFrom.Equal(time.Date(2030, 2, 1, 0, 0, 0, 0, time.UTC)):
		t.Errorf("is available from %v", f.AvailableFrom)
	}
	if !show(m, by, by).Own {
		t.Error("Ada does not know her own page")
	}
}

func TestSavingAgainReplacesAllButThePlace(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	by := m.Person("Ada", money.Amount{})
	m.OK(profile.Save(t.Context(), m.DB, by, ada()))
	m.OK(profile.Save(t.Context(), m.DB, by, profile.Input{Skills: []string{"Ruby"}}))

	v := show(m, by, by)
	f := v.Freelancer
	if f.Headline != "" || f.Level != nil || f.Rate != nil || f.HoursPerWeek != nil || f.AvailableFrom != nil || len(f.Languages) != 0 {
		t.Errorf("something of the old profile is left: %+v", f)
	}
	if len(f.Skills) != 1 || f.Skills[0].Name != "Ruby" {
		t.Errorf("can do %v", f.Skills)
	}
	if *v.Country != "DE" || v.TimeZone != "Europe/Berlin" {
		t.Errorf("moved to %v, %v", v.Country, v.TimeZone)
	}
}

func TestWhoSavesAProfileIsAFreelancerFromThenOn(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	by := m.Person("Carl", money.Amount{})
	m.Do(`UPDATE account.people SET freelancer = false WHERE id = $1`, by.ID)
	m.OK(profile.Save(t.Context(), m.DB, by, profile.Input{Headline: "Also a writer"}))
	m.View(func(ctx context.Context, tx *db.Tx) error {
		p, err := account.PersonByID(ctx, tx, by.ID)
		if !p.Freelancer || !p.Client {
			t.Errorf("client %v, freelancer %v", p.Client, p.Freelancer)
		}
		return err
	})
}

func TestProfilesThatAreRefused(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	by := m.Person("Ada", money.Amount{})
	for _, test := range []struct {
		name  string
		spoil func(*profile.Input)
		want  error
		field string
	}{
		{"an unknown skill", func(in *profile.Input) { in.Skills = append(in.Skills, "Postgrsql") }, skill.ErrUnknown, "skills"},
		{"below the floor of the country", func(in *profile.Input) { in.Rate = euros(100) }, terms.ErrBelowFloor, "rate"},
		{"a currency nobody trades in", func(in *profile.Input) { in.Rate.Currency = "XPF" }, terms.ErrCurrencyNotTraded, "rate"},
		{"too long", func(in *profile.Input) { in.Headline = strings.Repeat("a", 121) }, profile.ErrTooLong, "headline"},
	} {
		in := ada()
		test.spoil(&in)
		err := profile.Save(t.Context(), m.DB, by, in)
		if f, ok := fault.Of(err); !ok || !errors.Is(err, test.want) || f.Field != test.field {
			t.Errorf("%s: got %v", test.name, err)
		}
	}
	if v := show(m, by, by); v.Freelancer != nil {
		t.Errorf("something was saved: %+v", v.Freelancer)
	}
}

func TestAnUnknownSkillComesWithTheNearest(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	by := m.Person("Ada", money.Amount{})
	err := profile.Save(t.Context(), m.DB, by, profile.Input{Skills: []string{"Postgrsql"}})
	if f, ok := fault.Of(err); !ok || !strings.Contains(f.Say.String(), "PostgreSQL") {
		t.Errorf("got %v", err)
	}
}

func TestTheFloorIsThatOfTheCountryOneIsIn(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	by := m.Person("Ada", money.Amount{})
	m.OK(profile.Save(t.Context(), m.DB, by, profile.Input{Country: "DE"}))
	// The country was said the last time, and holds.
	if err := profile.Save(t.Context(), m.DB, by, profile.Input{Rate: euros(500)}); !errors.Is(err, terms.ErrBelowFloor) {
		t.Errorf("got %v", err)
	}
}

func TestAClientSaysWhoTheyAre(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	carl := m.Person("Carl", *euros(10_000))
	m.OK(profile.SaveClient(t.Context(), m.DB, carl, profile.ClientInput{Company: "Carl & Co", About: "We build boats.", Website: "boats.example"}))
	m.OK(profile.SaveClient(t.Context(), m.DB, carl, profile.ClientInput{Company: "Carl & Sons", About: "We build boats.", Website: "boats.example"}))

	if c := show(m, account.Actor{}, carl).Client; *c != (profile.Client{Company: "Carl & Sons", About: "We build boats.", Website: "https://boats.example", PaymentVerified: true}) {
		t.Errorf("shown as %+v", c)
	}
	err := profile.SaveClient(t.Context(), m.DB, carl, profile.ClientInput{Website: "javascript:alert(1)"})
	if f, ok := fault.Of(err); !ok || !errors.Is(err, profile.ErrBadURL) || f.Field != "website" {
		t.Errorf("got %v", err)
	}
}

func TestNobodyIsNotShown(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	for _, id := range []account.ID{0, -1, 999} {
		if _, err := profile.Show(t.Context(), m.DB, account.Actor{}, id); !errors.Is(err, profile.ErrNotFound) {
			t.Errorf("%d: got %v", id, err)
		}
	}
}

func TestWhoHasNoProfileIsShownWithoutOne(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	eve := m.Person("Eve", money.Amount{})
	v := show(m, account.Actor{}, eve)
	if v.Freelancer != nil || v.Client == nil || v.Client.PaymentVerified || v.Name != "Eve" {
		t.Errorf("shown as %+v", v)
	}
}

func TestACardForEachPersonInAList(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	by, carl := m.Person("Ada", money.Amount{}), m.Person("Carl", money.Amount{})
	m.OK(profile.Save(t.Context(), m.DB, by, ada()))
	m.OK(profile.SaveClient(t.Context(), m.DB, carl, profile.ClientInput{Company: "Carl & Co"}))
	m.View(func(ctx context.Context, tx *db.Tx) error {
		cards, err := profile.Cards(ctx, tx, []account.ID{by.ID, carl.ID, 999})
		if len(cards) != 2 || cards[by.ID].Headline != "Go developer" || *cards[by.ID].Level != skill.Expert ||
			cards[carl.ID].Company != "Carl & Co" || cards[carl.ID].Level != nil || cards[carl.ID].URL() != profile.URL(carl.ID) {
			t.Errorf("got %+v", cards)
		}
		return err
	})
}

func TestADayThatHasPassedMeansNow(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	by := m.Person("Ada", money.Amount{})
	for day, want := range map[string]error{"1900-01-01": nil, "2031-12-31": nil, "2032-02-01": profile.ErrBadDay, "9999-12-31": profile.ErrBadDay} {
		in := ada()
		from, err := time.Parse(time.DateOnly, day)
		m.OK(err)
		in.AvailableFrom = &from
		if err := profile.Save(t.Context(), m.DB, by, in); !errors.Is(err, want) {
			t.Errorf("%s: got %v", day, err)
		}
	}
	in, past := ada(), time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	in.AvailableFrom = &past
	m.OK(profile.Save(t.Context(), m.DB, by, in))
	if from := show(m, by, by).Freelancer.AvailableFrom; from != nil {
		t.Errorf("is available from %v", from)
	}
}
