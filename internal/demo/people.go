package demo

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/demo/paint"
	drawn "freehold/internal/demo/piece"
	"freehold/internal/file"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/profile"
	"freehold/internal/savedsearch"
	"freehold/internal/search"
	"freehold/internal/skill"
	"freehold/internal/web/view"
)

// password is everybody's, and printed at the start.
const password = "freehold demo"

func (p someone) email() string { return p.Key + "@demo.test" }

// isFilled reports whether the demonstration's people are here already.
func isFilled(ctx context.Context, d *db.DB, cast []someone) (filled bool, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		filled, err = db.Value[bool](ctx, tx, `SELECT EXISTS (SELECT FROM account.people WHERE lower(email) = $1)`, cast[0].email())
		return err
	})
	return filled, err
}

// logIns are whom a visitor may be.
func logIns(ctx context.Context, d *db.DB, cast []someone) ([]view.DemoPerson, error) {
	all := make([]view.DemoPerson, len(cast))
	err := d.View(ctx, func(tx *db.Tx) error {
		for i, p := range cast {
			found, err := account.PersonByEmail(ctx, tx, p.email())
			if err != nil {
				return err
			}
			cards, err := profile.Cards(ctx, tx, []account.ID{found.ID})
			if err != nil {
				return err
			}
			all[i] = view.DemoPerson{Name: p.Name, Email: p.email(), Password: password, About: p.Intro,
				ID: found.ID, Portrait: cards[found.ID].Portrait, Lead: p.Lead}
		}
		return nil
	})
	return all, err
}

// join has somebody sign up, sign in and say who they are.
func (s *stage) join(ctx context.Context, p someone, pictures pictures) error {
	by, err := s.enter(ctx, p)
	if err != nil {
		return err
	}
	s.people[p.Key] = by
	s.homes[by.ID] = p.home(len(s.people))
	if p.Company != "" {
		if err := profile.SaveClient(ctx, s.DB, by, profile.ClientInput{Company: p.Company, About: p.Says}); err != nil {
			return err
		}
	}
	for _, m := range p.Money {
		a, err := m.in("EUR")
		if err != nil {
			return err
		}
		if _, err := banking.AddMoney(ctx, s.DB, s.Rails[0], by, a); err != nil {
			return err
		}
	}
	if err := s.show(ctx, by, pictures); err != nil {
		return err
	}
	return s.present(ctx, by, p, pictures)
}

func (s *stage) enter(ctx context.Context, p someone) (account.Actor, error) {
	from := account.Visitor{Address: "127.0.0.1", Agent: "the demonstration"}
	id, err := account.SignUp(ctx, s.DB, account.SignUpInput{Name: p.Name, Email: p.email(), Password: password, Kind: p.As,
		Country: p.In, TimeZone: p.Zone, From: from, Demo: true})
	if err != nil {
		return account.Actor{}, err
	}
	for _, role := range p.Staff {
		if err := account.Grant(ctx, s.DB, account.System, id, role); err != nil {
			return account.Actor{}, err
		}
	}
	secret, err := account.SignIn(ctx, s.DB, p.email(), password, from, account.Browser)
	if err != nil {
		return account.Actor{}, err
	}
	return account.Authenticate(ctx, s.DB, secret, from)
}

func (s *stage) show(ctx context.Context, by account.Actor, of pictures) error {
	portrait, err := of.portrait()
	if err != nil {
		return err
	}
	_, err = profile.SetPortrait(ctx, s.DB, by, bytes.NewReader(portrait))
	return err
}

// present fills in a freelancer's profile.
func (s *stage) present(ctx context.Context, by account.Actor, p someone, of pictures) error {
	if p.Offers == nil {
		return nil
	}
	in, err := p.Offers.input(p.In, p.Zone)
	if err != nil {
		return err
	}
	if err := profile.Save(ctx, s.DB, by, in); err != nil {
		return err
	}
	for _, f := range p.Offers.Follows {
		_, err := savedsearch.Save(ctx, s.DB, by, savedsearch.Input{Name: f.As, Pace: savedsearch.Pace(f.Pace)},
			search.Query{Text: f.Words, Skill: f.Skill, Category: skill.Key(f.Category)})
		if err != nil {
			return err
		}
	}
	for i, w := range p.Offers.Work {
		id, err := s.addPiece(ctx, by, w, of.pieces[i])
		if err != nil {
			return err
		}
		s.pieces[p.Key] = append(s.pieces[p.Key], id)
	}
	for _, e := range p.Offers.Before {
		in, err := e.input()
		if err != nil {
			return err
		}
		if _, err := profile.AddEmployment(ctx, s.DB, by, in); err != nil {
			return err
		}
	}
	return nil
}

func (s *stage) addPiece(ctx context.Context, by account.Actor, w piece, picture painted) (profile.PieceID, error) {
	dots, err := picture()
	if err != nil {
		return 0, err
	}
	name := strings.ReplaceAll(w.Drawn, " ", "-") + ".png"
	f, err := file.Save(ctx, s.DB, s.Files, by, name, bytes.NewReader(dots))
	if err != nil {
		return 0, err
	}
	return profile.AddPiece(ctx, s.DB, by, profile.PieceInput{Title: w.Title, About: w.About, Pictures: []file.ID{f.ID}})
}

// painted is a picture as a PNG, which may have to be waited for.
type painted func() ([]byte, error)

// pictures are what is painted for one person.
type pictures struct {
	portrait painted
	pieces   []painted
}

// paintAll begins to paint everybody's pictures, in the order in which they are
// wanted.
func paintAll(cast []someone) []pictures {
	var easel []painted
	later := func(paint func() ([]byte, error)) painted {
		easel = append(easel, sync.OnceValues(paint))
		return easel[len(easel)-1]
	}
	all := make([]pictures, len(cast))
	for i, p := range cast {
		all[i].portrait = later(func() ([]byte, error) { return portray(p) })
		if p.Offers == nil {
			continue
		}
		for _, w := range p.Offers.Work {
			all[i].pieces = append(all[i].pieces, later(func() ([]byte, error) { return paintPiece(w) }))
		}
	}
	go func() {
		for _, picture := range easel {
			picture() //nolint:errcheck // said to whoever waits for it
		}
	}()
	return all
}

func portray(p someone) ([]byte, error) {
	svg, err := p.Face.SVG()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.Name, err)
	}
	return paint.PNG(svg, profile.LargePortrait, profile.LargePortrait)
}

func paintPiece(w piece) ([]byte, error) {
	svg, err := drawn.SVG(w.Drawn, w.In)
	if err != nil {
		return nil, fmt.Errorf("“%s”: %w", w.Title, err)
	}
	return paint.PNG(svg, drawn.Width, drawn.Height)
}

// amountOf is what a line says in brackets: "(900 USD)".
func amountOf(l line) (money.Amount, error) {
	digits, currency, _ := strings.Cut(l.part, " ")
	return money.Parse(digits, currency)
}
