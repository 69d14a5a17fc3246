package profile

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/skill"
)

// Card is a person in a list.
type Card struct {
	ID       account.ID
	Name     string
	Portrait Portrait
	Headline string
	Level    *skill.Level
	Country  *string
	Company  string // as a client
}

// URL is the person's public page.
func (c Card) URL() string { return URL(c.ID) }

// Cards returns a card for each of ids, read in one query.
func Cards(ctx context.Context, tx *db.Tx, ids []account.ID) (map[account.ID]Card, error) {
	rows, err := db.All[Card](ctx, tx, cardsOf, ids)
	return ByID(rows), err
}

// AskCards asks for a card for each of ids, together with other questions.
func AskCards(a *db.Ask, answer *[]Card, ids []account.ID) { db.AskAll(a, answer, cardsOf, ids) }

// ByID is cards by whose they are.
func ByID(all []Card) map[account.ID]Card {
	cards := make(map[account.ID]Card, len(all))
	for _, c := range all {
		cards[c.ID] = c
	}
	return cards
}

var cardsOf = `
	SELECT p.id, p.name, coalesce(face.hash, '') AS portrait, coalesce(f.headline, '') AS headline, f.level, p.country, coalesce(c.company, '') AS company
	FROM account.people p
	LEFT JOIN profile.freelancers f ON f.person = p.id
	LEFT JOIN profile.clients c ON c.person = p.id
	LEFT JOIN profile.portraits face ON face.person = p.id
	WHERE p.id = ANY (` + db.OneOf("$1") + `)`

// SkillsOf returns a person's skills, the foremost first.
func SkillsOf(ctx context.Context, tx *db.Tx, id account.ID) ([]skill.ID, error) {
	return db.Values[skill.ID](ctx, tx, `SELECT skill FROM profile.skills WHERE person = $1 ORDER BY n`, id)
}
