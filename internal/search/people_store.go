package search

import (
	"context"
	"fmt"
	"strings"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/restriction"
	"freehold/internal/skill"
)

// candidates are the freelancers who match: the latest, up to window.
func (q PeopleQuery) candidates(ctx context.Context, tx *db.Tx, by account.Actor) ([]matched, error) {
	var s statement
	and := []string{"p.freelancer", "p.id <> ALL (" + restriction.Unseen(s.arg(tx.Now)) + ")"}
	when := func(asked bool, condition func() string) {
		if asked {
			and = append(and, condition())
		}
	}
	when(q.Category != "", func() string {
		return `EXISTS (SELECT FROM profile.skills k JOIN skill.skills c ON c.id = k.skill WHERE k.person = f.person AND c.category = ` + s.arg(q.Category) + `)`
	})
	if q.Skill != "" {
		found, err := skill.Find(ctx, tx, []string{q.Skill})
		if err != nil {
			return nil, err
		}
		and = append(and, `EXISTS (SELECT FROM profile.skills k WHERE k.person = f.person AND k.skill = `+s.arg(found[0].ID)+`)`)
	}
	if q.Category != "" {
		if _, err := skill.FindCategory(ctx, tx, q.Category); err != nil {
			return nil, err
		}
	}
	when(q.Level != "", func() string {
		return "array_position(" + s.arg(skill.Levels) + "::text[], f.level) >= array_position(" + s.arg(skill.Levels) + "::text[], " + s.arg(q.Level) + "::text)"
	})
	when(q.Hours > 0, func() string {
		return "f.hours_per_week >= " + s.arg(q.Hours) + " AND (f.available_from IS NULL OR f.available_from <= " + s.arg(tx.Now) + ")"
	})
	when(q.Country != "", func() string { return "p.country = " + s.arg(q.Country) })
	when(q.Worked, func() string {
		return "EXISTS (SELECT FROM contract.contracts c WHERE c.client = " + s.arg(by.ID) + " AND c.freelancer = f.person AND c.funded_at IS NOT NULL)"
	})
	when(q.For != 0, func() string { return "f.person <> " + s.arg(by.ID) })
	matching, key, err := q.matching(ctx, tx, &s)
	if err != nil {
		return nil, err
	}
	return db.All[matched](ctx, tx, fmt.Sprintf(`
		SELECT f.person AS id, %s AS key, coalesce(w.rests_until > %s, false) AS resting,
			NOT EXISTS (SELECT FROM contract.contracts c WHERE c.freelancer = f.person AND c.ending = 'completed') AS new
		FROM %s JOIN account.people p ON p.id = f.person LEFT JOIN profile.wishes w ON w.person = f.person
		WHERE %s ORDER BY f.updated_at DESC, f.person DESC LIMIT %d`,
		key, s.arg(tx.Now)+"::timestamptz", matching, strings.Join(and, " AND "), window), s.args...)
}

// matching are the profiles that answer the words, as SQL that calls them f, and
// how well each does. Words are found in a profile; all of them together are a
// skill by any of its names, or the beginning of a person's name.
func (q PeopleQuery) matching(ctx context.Context, tx *db.Tx, s *statement) (from, key string, err error) {
	if q.Text == "" {
		return `profile.freelancers f`, `(extract(epoch FROM f.updated_at))::bigint`, nil
	}
	named, _, err := skill.Known(ctx, tx, []string{q.Text})
	if err != nil {
		return "", "", err
	}
	ids := make([]skill.ID, len(named))
	for i, n := range named {
		ids[i] = n.ID
	}
	words, skills, name := s.arg(q.Text), s.arg(ids), s.arg(likeBeginning(q.Text))
	from = fmt.Sprintf(`(
		SELECT * FROM profile.freelancers WHERE person IN (
			(SELECT person FROM profile.freelancers WHERE search @@ websearch_to_tsquery('public.freehold', %[1]s) ORDER BY updated_at DESC LIMIT %[4]d)
			UNION (SELECT person FROM profile.skills WHERE skill = ANY(%[2]s::bigint[]) LIMIT %[4]d)
			UNION (SELECT id FROM account.people WHERE freelancer AND name ILIKE %[3]s LIMIT %[4]d))) AS f`, words, skills, name, window)
	key = fmt.Sprintf(`(1000000 * (ts_rank(f.search, websearch_to_tsquery('public.freehold', %[1]s))
		+ CASE WHEN p.name ILIKE %[3]s THEN 2 ELSE 0 END
		+ CASE WHEN EXISTS (SELECT FROM profile.skills k WHERE k.person = f.person AND k.skill = ANY(%[2]s::bigint[])) THEN 1 ELSE 0 END))::bigint`, words, skills, name)
	return from, key, nil
}

// likeBeginning is a pattern for names that begin with a text.
func likeBeginning(text string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}

// cards reads what a list says of people, in their order.
func (q PeopleQuery) cards(ctx context.Context, tx *db.Tx, by account.Actor, found []matched) ([]Somebody, error) {
	type row struct {
		Somebody
		RateMinor    *int64
		RateCurrency *string
	}
	ids := make([]account.ID, len(found))
	for i, f := range found {
		ids[i] = f.ID
	}
	rows, err := db.All[row](ctx, tx, `
		SELECT p.id, p.name, coalesce(face.hash, '') AS portrait, f.headline, f.level, p.country, '' AS company,
			f.rate_minor, f.rate_currency, f.hours_per_week, f.available_from, w.rests_until,
			ARRAY(SELECT s.name FROM profile.skills k JOIN skill.skills s ON s.id = k.skill WHERE k.person = p.id ORDER BY k.n) AS skills,
			(SELECT count(*)::int FROM contract.contracts c WHERE c.freelancer = p.id AND c.ending = 'completed') AS completed,
			EXISTS (SELECT FROM contract.contracts c WHERE c.client = $2 AND c.freelancer = p.id AND c.funded_at IS NOT NULL) AS worked,
			EXISTS (SELECT FROM jobpost.invitations i WHERE i.post = $3 AND i.freelancer = p.id) AS invited,
			EXISTS (SELECT FROM proposal.proposals o WHERE o.post = $3 AND o.freelancer = p.id AND o.state <> 'withdrawn' AND o.submitted_at IS NOT NULL) AS proposed
		FROM unnest($1::bigint[]) WITH ORDINALITY AS asked (id, n)
		JOIN account.people p ON p.id = asked.id
		JOIN profile.freelancers f ON f.person = p.id
		LEFT JOIN profile.wishes w ON w.person = p.id
		LEFT JOIN profile.portraits face ON face.person = p.id
		ORDER BY asked.n`, ids, by.ID, q.For)
	people := make([]Somebody, len(rows))
	for i, r := range rows {
		people[i] = r.Somebody
		people[i].Fit = found[i].fit
		if r.RateMinor != nil {
			people[i].Rate = &money.Amount{Minor: *r.RateMinor, Currency: *r.RateCurrency}
		}
		if t := r.RestsUntil; t != nil && !t.After(tx.Now) {
			people[i].RestsUntil = nil
		}
	}
	return people, err
}
