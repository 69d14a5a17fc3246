package search

import (
	"context"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/prose"
	"freehold/internal/profile"
	"freehold/internal/skill"
	"freehold/internal/terms"
)

// Item is a post in a list.
type Item struct {
	ID          jobpost.ID
	Title       string
	Snippet     string // plain text
	Category    skill.Key
	Level       skill.Level // empty: not said
	Kind        jobpost.Kind
	Min, Max    *money.Amount `db:"-"` // what it pays; nil: not said
	Hours       int           // 0: not said
	Skills      []string
	PublishedAt time.Time
	AnswerBy    time.Time
	Proposals   int // before the client so far
	Cap         int // how many that can be; then there is a waiting list
	Imported    bool
	Client      Client `db:"-"`
}

// URL is where the post is read.
func (i Item) URL() string { return jobpost.Post{ID: i.ID}.URL() }

// Client is what a list says about the client of a post.
type Client struct {
	ID              account.ID
	Name            string // of the company, if there is one
	Portrait        profile.Portrait
	Country         *string
	PaymentVerified bool
	AnswerRate      *int           // in percent; nil: they have not owed an answer yet
	MedianAnswer    *time.Duration // from a proposal's coming before them to their answer; nil: there was none yet
}

// shorten makes the snippet of the opening of a description.
func shorten(opening string) string {
	if s, ok := snippets.Get(opening); ok {
		return s
	}
	s := prose.Snippet(prose.Plain(opening), snippet)
	snippets.Add(opening, s)
	return s
}

// snippets are those made last, by what they are made of: to read the Markdown of
// a page of posts takes as long as to ask the database for them.
var snippets, _ = lru.New[string, string](4096)

const (
	snippet = 240  // characters of a description that a list shows
	opening = 1000 // characters of it that are read for that
)

// itemsByID returns the posts with these ids in their order.
func itemsByID(ctx context.Context, tx *db.Tx, ids []jobpost.ID) ([]Item, error) {
	type row struct {
		Item
		Currency             string
		BudgetMin, BudgetMax *int64
		ClientID             account.ID
		ClientName           string
		Portrait             profile.Portrait
		Country              *string
		PaymentVerified      bool
		AnswerRate           *int
		AnswerSeconds        *int64
	}
	settings, err := terms.Current(ctx, tx)
	if err != nil {
		return nil, err
	}
	rows, err := db.All[row](ctx, tx, `
		SELECT p.id, p.title, left(p.description, $2) AS snippet, coalesce(p.category, '') AS category, coalesce(p.level, '') AS level,
			p.kind, p.currency, p.budget_min, p.budget_max, coalesce(p.hours, 0) AS hours, p.published_at, p.answer_by,
			p.source IS NOT NULL AS imported, $3::int AS cap,
			ARRAY(SELECT s.name FROM jobpost.skills k JOIN skill.skills s ON s.id = k.skill WHERE k.post = p.id ORDER BY k.n) AS skills,
			(SELECT count(*) FROM proposal.proposals o WHERE o.post = p.id AND o.submitted_at IS NOT NULL AND o.state <> 'withdrawn') AS proposals,
			p.client AS client_id, coalesce(nullif(c.company, ''), person.name) AS client_name, coalesce(face.hash, '') AS portrait, person.country, a.rate AS answer_rate,
			EXISTS (SELECT FROM banking.methods m WHERE m.person = p.client) AS payment_verified,
			(SELECT extract(epoch FROM percentile_disc(0.5) WITHIN GROUP (ORDER BY o.answered_at - o.submitted_at))::bigint
			 FROM jobpost.posts q JOIN proposal.proposals o ON o.post = q.id WHERE q.client = p.client) AS answer_seconds
		FROM unnest($1::bigint[]) WITH ORDINALITY AS asked (id, n)
		JOIN jobpost.posts p ON p.id = asked.id
		JOIN account.people person ON person.id = p.client
		LEFT JOIN profile.clients c ON c.person = p.client
		LEFT JOIN profile.portraits face ON face.person = p.client
		LEFT JOIN proposal.answer_records a ON a.client = p.client
		ORDER BY asked.n`, ids, opening, settings.ProposalsPerPost)
	items := make([]Item, len(rows))
	for i, r := range rows {
		items[i] = r.Item
		items[i].Snippet = shorten(r.Snippet)
		items[i].Client = Client{r.ClientID, r.ClientName, r.Portrait, r.Country, r.PaymentVerified, r.AnswerRate, nil}
		if r.AnswerSeconds != nil {
			took := time.Duration(*r.AnswerSeconds) * time.Second
			items[i].Client.MedianAnswer = &took
		}
		if r.BudgetMin != nil {
			items[i].Min = &money.Amount{Minor: *r.BudgetMin, Currency: r.Currency}
			items[i].Max = &money.Amount{Minor: *r.BudgetMax, Currency: r.Currency}
		}
	}
	return items, err
}
