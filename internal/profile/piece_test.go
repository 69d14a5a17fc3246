package profile_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/kit/blob"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/profile"
)

const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"

// studio is a market with a freelancer, and a folder for files.
type studio struct {
	*markettest.Market
	store    *blob.Store
	ada, eve account.Actor
}

func newStudio(t *testing.T) studio {
	t.Helper()
	m := markettest.New(t)
	store, err := blob.Open(t.Context(), t.TempDir())
	m.OK(err)
	t.Cleanup(func() { m.OK(store.Close()) })
	return studio{m, store, m.Person("Ada", money.Amount{}), m.Person("Eve", money.Amount{})}
}

func (s studio) upload(by account.Actor, name, content string) file.ID {
	s.Helper()
	f, err := file.Save(context.Background(), s.DB, s.store, by, name, strings.NewReader(content))
	s.OK(err)
	return f.ID
}

func (s studio) add(in profile.PieceInput) profile.PieceID {
	s.Helper()
	id, err := profile.AddPiece(context.Background(), s.DB, s.ada, in)
	s.OK(err)
	return id
}

func TestAPieceIsShownWithItsPicturesAndFiles(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	s.add(profile.PieceInput{Title: "A boat", About: "Built in *oak*.", URL: "boats.example",
		Pictures: []file.ID{s.upload(s.ada, "boat.png", png)}, Files: []file.ID{s.upload(s.ada, "plan.txt", "long")}})

	pieces := show(s.Market, s.eve, s.ada).Pieces
	if len(pieces) != 1 {
		t.Fatalf("%d pieces are shown", len(pieces))
	}
	p := pieces[0]
	if p.Title != "A boat" || p.URL != "https://boats.example" || len(p.Pictures()) != 1 || len(p.Downloads()) != 1 || p.Downloads()[0].Name != "plan.txt" {
		t.Errorf("shown as %+v", p)
	}
}

func TestPiecesThatAreRefused(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	eves := s.upload(s.eve, "boat.png", png)
	for _, test := range []struct {
		name  string
		in    profile.PieceInput
		want  error
		field string
	}{
		{"without a title", profile.PieceInput{}, profile.ErrMissing, "title"},
		{"too long a story", profile.PieceInput{Title: "A", About: strings.Repeat("a", 5001)}, profile.ErrTooLong, "about"},
		{"nowhere to be seen", profile.PieceInput{Title: "A", URL: "javascript:x.y"}, profile.ErrBadURL, "url"},
		{"a picture that lies", profile.PieceInput{Title: "A", Pictures: []file.ID{s.upload(s.ada, "a.png", "<svg onload=alert(1)>")}}, profile.ErrNotAPicture, "pictures"},
		{"somebody else's picture", profile.PieceInput{Title: "A", Pictures: []file.ID{eves}}, file.ErrNotLoose, "files"},
		{"a file that is not there", profile.PieceInput{Title: "A", Files: []file.ID{999}}, file.ErrNotLoose, "files"},
	} {
		_, err := profile.AddPiece(t.Context(), s.DB, s.ada, test.in)
		if f, ok := fault.Of(err); !ok || !errors.Is(err, test.want) || f.Field != test.field {
			t.Errorf("%s: got %v", test.name, err)
		}
	}
	if pieces := show(s.Market, s.ada, s.ada).Pieces; len(pieces) != 0 {
		t.Errorf("shown: %v", pieces)
	}
}

func TestEditingAPieceExchangesItsPicture(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	old := s.upload(s.ada, "old.png", png)
	id := s.add(profile.PieceInput{Title: "A boat", Pictures: []file.ID{old}})
	s.OK(profile.EditPiece(t.Context(), s.DB, s.ada, id, profile.PieceInput{Title: "A ship",
		Drop: []file.ID{old}, Pictures: []file.ID{s.upload(s.ada, "new.png", png)}}))

	p := show(s.Market, s.ada, s.ada).Pieces[0]
	if p.ID != id || p.Title != "A ship" || len(p.Files) != 1 || p.Files[0].Name != "new.png" {
		t.Errorf("shown as %+v", p)
	}
	if err := profile.EditPiece(t.Context(), s.DB, s.eve, id, profile.PieceInput{Title: "Mine"}); !errors.Is(err, profile.ErrPieceNotFound) {
		t.Errorf("Eve: %v", err)
	}
}

func TestARemovedPieceIsHiddenAndStaysForThoseWhoPickedIt(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	id := s.add(profile.PieceInput{Title: "A boat", Pictures: []file.ID{s.upload(s.ada, "boat.png", png)}})
	mayPick := func() (may bool) {
		s.View(func(ctx context.Context, tx *db.Tx) (err error) {
			may, err = profile.MayPick(ctx, tx, s.ada.ID, []profile.PieceID{id})
			return err
		})
		return may
	}
	if !mayPick() {
		t.Error("Ada cannot pick what she shows")
	}
	if err := profile.RemovePiece(t.Context(), s.DB, s.eve, id); !errors.Is(err, profile.ErrPieceNotFound) {
		t.Errorf("Eve: %v", err)
	}
	s.OK(profile.RemovePiece(t.Context(), s.DB, s.ada, id))

	if pieces := show(s.Market, s.ada, s.ada).Pieces; len(pieces) != 0 || mayPick() {
		t.Errorf("still shown: %v", pieces)
	}
	s.View(func(ctx context.Context, tx *db.Tx) error {
		pieces, err := profile.PiecesByID(ctx, tx, []profile.PieceID{id})
		if len(pieces) != 1 || len(pieces[0].Pictures()) != 1 {
			t.Errorf("lost to those who picked it: %v", pieces)
		}
		return err
	})
	if err := profile.RemovePiece(t.Context(), s.DB, s.ada, id); !errors.Is(err, profile.ErrPieceNotFound) {
		t.Errorf("removed twice: %v", err)
	}
}

func TestAddingManyPiecesAtOnceNeverOverfillsThePortfolio(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	for i := range 48 {
		s.add(profile.PieceInput{Title: fmt.Sprint("Boat ", i)})
	}
	var wg sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wg.Go(func() {
			_, errs[i] = profile.AddPiece(context.Background(), s.DB, s.ada, profile.PieceInput{Title: "One more"})
		})
	}
	wg.Wait()
	refused := 0
	for _, err := range errs {
		if errors.Is(err, profile.ErrTooManyPieces) {
			refused++
		} else {
			s.OK(err)
		}
	}
	if n := len(show(s.Market, s.ada, s.ada).Pieces); n != 50 || refused != 2 {
		t.Errorf("%d pieces, %d refused", n, refused)
	}
}
