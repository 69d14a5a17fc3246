package profile_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/limits"
	"freehold/internal/kit/money"
	"freehold/internal/kit/picture"
	"freehold/internal/markettest"
	"freehold/internal/profile"
)

// photo is a picture all of one colour.
func photo(t testing.TB, c color.Color) []byte {
	t.Helper()
	p := image.NewRGBA(image.Rect(0, 0, 300, 400))
	for i := range 300 * 400 {
		p.Set(i%300, i/300, c)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func setPortrait(m *markettest.Market, by account.Actor, c color.Color) profile.Portrait {
	m.Helper()
	p, err := profile.SetPortrait(context.Background(), m.DB, by, bytes.NewReader(photo(m, c)))
	m.OK(err)
	return p
}

func TestAPortraitStandsWhereverItsOwnerIsShown(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	by, carl := m.Person("Ada", money.Amount{}), m.Person("Carl", money.Amount{})
	p := setPortrait(m, by, color.RGBA{R: 200, A: 255})
	if got := show(m, account.Actor{}, by).Portrait; got != p || got == "" {
		t.Errorf("her page shows %q, not %q", got, p)
	}
	m.View(func(ctx context.Context, tx *db.Tx) error {
		cards, err := profile.Cards(ctx, tx, []account.ID{by.ID, carl.ID})
		if cards[by.ID].Portrait != p || cards[carl.ID].Portrait != "" {
			t.Errorf("the cards are %+v", cards)
		}
		return err
	})
	for small, side := range map[bool]int{false: profile.LargePortrait, true: profile.SmallPortrait} {
		made, err := profile.PortraitBytes(t.Context(), m.DB, p, small)
		m.OK(err)
		shown, kind, err := image.Decode(bytes.NewReader(made))
		m.OK(err)
		if r, _, b, _ := shown.At(side/2, side/2).RGBA(); kind != "jpeg" || shown.Bounds().Dx() != side || r < 0xb000 || b > 0x1000 {
			t.Errorf("a %s of %v", kind, shown.Bounds())
		}
	}
}

func TestAnotherPortraitHasAnotherAddressAndTheOldOneIsGone(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	by := m.Person("Ada", money.Amount{})
	first := setPortrait(m, by, color.White)
	second := setPortrait(m, by, color.Black)
	if first == second || show(m, by, by).Portrait != second {
		t.Errorf("%q, then %q", first, second)
	}
	m.OK(profile.RemovePortrait(t.Context(), m.DB, by))
	m.OK(profile.RemovePortrait(t.Context(), m.DB, by)) // nothing is left to remove
	for _, p := range []profile.Portrait{first, second, "", "x' OR 1=1"} {
		if _, err := profile.PortraitBytes(t.Context(), m.DB, p, false); !errors.Is(err, profile.ErrNoPortrait) {
			t.Errorf("%q: %v", p, err)
		}
	}
	if got := show(m, by, by).Portrait; got != "" {
		t.Errorf("her page shows %q", got)
	}
}

func TestOnesPortraitIsOnesOwn(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	by, eve := m.Person("Ada", money.Amount{}), m.Person("Eve", money.Amount{})
	adas := setPortrait(m, by, color.White)
	if eves := setPortrait(m, eve, color.White); eves != adas {
		t.Errorf("the same picture is %q and %q", adas, eves)
	}
	m.OK(profile.RemovePortrait(t.Context(), m.DB, eve))
	if got := show(m, eve, by).Portrait; got != adas {
		t.Errorf("Eve took Ada's portrait away: %q", got)
	}
}

func TestWhatIsNoPictureIsNoPortrait(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	by := m.Person("Ada", money.Amount{})
	was := setPortrait(m, by, color.White)
	for range 2 {
		_, err := profile.SetPortrait(t.Context(), m.DB, by, strings.NewReader("<svg onload='alert(1)'/>"))
		if f, ok := fault.Of(err); !errors.Is(err, picture.ErrUnreadable) || !ok || f.Field != "portrait" {
			t.Errorf("it was refused with %v", err)
		}
	}
	if got := show(m, by, by).Portrait; got != was {
		t.Errorf("she lost %q for %q", was, got)
	}
}

func TestNobodySendsPortraitsWithoutEnd(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	by := m.Person("Ada", money.Amount{})
	var err error
	for range 21 {
		_, err = profile.SetPortrait(t.Context(), m.DB, by, strings.NewReader("x"))
	}
	if !errors.Is(err, limits.ErrTooMany) {
		t.Errorf("the last was answered with %v", err)
	}
}
