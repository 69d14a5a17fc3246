package conduct

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/message"
	"freehold/internal/proposal"
)

// Thing is what can be reported: a job post, a person's profile, a proposal, a
// message or a review.
type Thing struct {
	Subject string     // "post/12"
	Kind    string     // "post"
	Title   string     // in which people recognise it
	Text    string     // what it says now
	About   account.ID // who answers for it
	Name    string     // of who answers for it
}

// ErrNoThing says that there is nothing to report.
var ErrNoThing = fault.New(fault.NotFound, "nothing_to_report", "There is no such thing here, or it is not yours to see.")

// kinds are the things that can be reported, and how each is read.
var kinds = map[string]string{
	"post": `SELECT p.title, p.title || E'\n\n' || p.description AS text, p.client AS about FROM jobpost.posts p WHERE p.id = $1 AND p.published_at IS NOT NULL`,
	"person": `SELECT p.name AS title, concat_ws(E'\n\n', p.name, nullif(f.headline, ''), nullif(f.about, ''), nullif(c.company, ''), nullif(c.about, '')) AS text, p.id AS about
		FROM account.people p LEFT JOIN profile.freelancers f ON f.person = p.id LEFT JOIN profile.clients c ON c.person = p.id WHERE p.id = $1`,
	"proposal": `SELECT o.title, p.letter AS text, p.freelancer AS about FROM proposal.proposals p JOIN jobpost.posts o ON o.id = p.post WHERE p.id = $1`,
	"message":  `SELECT '' AS title, m.text, m.author AS about FROM message.messages m WHERE m.id = $1`,
	"review": `SELECT c.title, r.words AS text, r.author AS about FROM review.reviews r
		JOIN review.windows w ON w.contract = r.contract AND w.revealed_at IS NOT NULL JOIN contract.contracts c ON c.id = r.contract WHERE r.id = $1`,
}

// Words says what a kind of thing is called.
func (t Thing) Words() say.Sentence {
	switch t.Kind {
	case "post":
		return say.That("the job post “%s”", t.Title)
	case "person":
		return say.That("the profile of %s", t.Name)
	case "proposal":
		return say.That("a proposal by %s", t.Name)
	case "message":
		return say.That("a message by %s", t.Name)
	default:
		return say.That("a review by %s", t.Name)
	}
}

// Brief says what kind of thing it is, and whose, where its title is not known.
func (t Thing) Brief() say.Sentence {
	of := map[string][2]say.Sentence{
		"post":     {say.That("a job post"), say.That("a job post of %s", t.Name)},
		"person":   {say.That("a profile"), say.That("the profile of %s", t.Name)},
		"proposal": {say.That("a proposal"), say.That("a proposal by %s", t.Name)},
		"message":  {say.That("a message"), say.That("a message by %s", t.Name)},
		"review":   {say.That("a review"), say.That("a review by %s", t.Name)},
	}[t.Kind]
	if t.Name == "" {
		return of[0]
	}
	return of[1]
}

// KindOf is the kind of thing that a subject names.
func KindOf(subject string) string {
	kind, _, _ := strings.Cut(subject, "/")
	return kind
}

// URL is where people see it; "" where it has no page of its own.
func (t Thing) URL() string {
	switch t.Kind {
	case "post", "person":
		return "/" + map[string]string{"post": "posts", "person": "people"}[t.Kind] + strings.TrimPrefix(t.Subject, t.Kind)
	default:
		return ""
	}
}

// thing reads what a subject says, without asking who may see it.
func thing(ctx context.Context, tx *db.Tx, subject string) (t Thing, err error) {
	kind, number, _ := strings.Cut(subject, "/")
	id, wrong := strconv.ParseInt(number, 10, 64)
	query, ok := kinds[kind]
	if !ok || wrong != nil || fmt.Sprintf("%s/%d", kind, id) != subject {
		return t, ErrNoThing
	}
	row, err := db.One[struct {
		Title, Text string
		About       account.ID
		Name        string
	}](ctx, tx, `SELECT t.title, t.text, t.about, p.name FROM (`+query+`) AS t JOIN account.people p ON p.id = t.about`, id)
	if errors.Is(err, db.NoRow) {
		err = ErrNoThing
	}
	return Thing{subject, kind, row.Title, row.Text, row.About, row.Name}, err
}

// readable is thing, for somebody who may see it.
func readable(ctx context.Context, tx *db.Tx, by account.Actor, subject string) (Thing, error) {
	t, err := thing(ctx, tx, subject)
	if err != nil {
		return t, err
	}
	_, number, _ := strings.Cut(subject, "/")
	id, _ := strconv.ParseInt(number, 10, 64)
	seen := true
	switch t.Kind {
	case "post":
		seen, err = jobpost.MayRead(ctx, tx, by, jobpost.ID(id))
	case "proposal":
		seen, err = proposal.MayRead(ctx, tx, by, proposal.ID(id))
	case "message":
		seen, err = message.MayRead(ctx, tx, by, message.ID(id))
	}
	if err == nil && !seen {
		err = ErrNoThing
	}
	return t, err
}
