package jobpost

import (
	"context"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/profile"
	"freehold/internal/restriction"
	"freehold/internal/skill"
	"freehold/internal/standing"
	"freehold/internal/terms"
)

// Content is everything a post says.
type Content struct {
	Post
	Skills    []skill.Skill
	Questions []string
	Files     []file.File
}

// Client is who has posted it, as everybody sees them.
type Client struct {
	ID       account.ID
	Name     string
	Portrait profile.Portrait
	Company  string
	Country  string
	JoinedAt time.Time
	Verified bool // they have shown that they can pay
	Imported bool // their posts came from elsewhere; they have not joined yet
}

// View is everything the page of a post shows.
type View struct {
	Content
	CategoryName string
	Client       Client
	Standing     standing.Client
	Edits        []Edit // since it was published, oldest first
	Proposals    int    // that are waiting for the client's decision
	Invitation   *Invitation
	Removed      bool // by a decision: only those with a part in it see it
	Own          bool // what follows is for the client's eyes only
	BondNow      money.Amount
	Floor        terms.Floor // zero as long as it takes more to tell
	Missing      error       // what still keeps a draft from being published
	Invitations  []Invitation
	Journal      []journal.Entry
}

// Show returns a post as by may see it: a published one that is public everybody,
// signed in or not; one for the invited only those, the client and whoever has
// proposed; a draft the client, for whom it is the preview. To everybody else it
// is not there.
func Show(ctx context.Context, d *db.DB, by account.Actor, id ID) (View, error) {
	var asked Asked
	if err := d.Ask(ctx, func(a *db.Ask) { asked.Ask(a, by, id) }); err != nil {
		return View{}, OrNotFound(err)
	}
	return asked.View(ctx, d)
}

// Asked is a post that is asked for together with other things.
type Asked struct {
	by          account.Actor
	public      public
	files       []file.File
	client      Client
	standing    standing.ClientRow
	invitations []Invitation
}

// public is what a query finds of what everybody may see.
type public struct {
	Post
	Skills       []skill.Skill
	Questions    []string
	Edits        []Edit
	CategoryName string
	Proposals    int
	Removed      bool
	Involved     bool
}

// Ask asks for the post as by may see it.
func (s *Asked) Ask(a *db.Ask, by account.Actor, id ID) {
	s.by = by
	askPublic(a, &s.public, id, by.ID)
	file.Ask(a, &s.files, id.Subject())
	askClient(a, &s.client, id)
	standing.AskClient(a, &s.standing, id)
	if !by.IsSystem() { // somebody is signed in
		askInvitation(a, &s.invitations, id, by.ID)
	}
}

// OrNotFound is err; ErrNotFound, if it means that a post that was asked for is
// not there.
func OrNotFound(err error) error {
	if errors.Is(err, db.NoRow) {
		return ErrNotFound
	}
	return err
}

// View is the post, once it has been answered.
func (s *Asked) View(ctx context.Context, d *db.DB) (View, error) {
	p := s.public
	if !p.readable(s.by, p.Involved, p.Removed) {
		return View{}, ErrNotFound
	}
	v := View{
		Content:      Content{Post: p.Post, Skills: p.Skills, Questions: p.Questions, Files: s.files},
		CategoryName: p.CategoryName, Client: s.client, Standing: standing.OfClient(s.standing.Facts()), Edits: p.Edits, Proposals: p.Proposals,
		Own: p.Client == s.by.ID, Removed: p.Removed,
	}
	if len(s.invitations) > 0 {
		v.Invitation = &s.invitations[0]
	}
	if !v.Own {
		return v, nil
	}
	return v, d.View(ctx, func(tx *db.Tx) error { return v.addPrivate(ctx, tx) })
}

// MayRead reports whether by may see a post and the files attached to it.
func MayRead(ctx context.Context, tx *db.Tx, by account.Actor, id ID) (bool, error) {
	p, err := PostByID(ctx, tx, id)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil || !p.readable(by, true, false) {
		return false, err
	}
	removed, err := db.Value[bool](ctx, tx, `SELECT `+restriction.IsRemoved("$1", "$2"), id.Subject(), tx.Now)
	if err != nil || p.readable(by, false, removed) {
		return err == nil, err
	}
	involved, err := isInvolved(ctx, tx, id, by.ID)
	return p.readable(by, involved, removed), err
}

// readable reports whether by may see the post: involved are those who were
// invited to it or have proposed, who see it even if a decision has removed it.
func (p Post) readable(by account.Actor, involved, removed bool) bool {
	switch {
	case p.Client == by.ID:
		return true
	case p.State == Draft:
		return false
	default:
		return p.Visibility == Public && !removed || involved
	}
}

func contentOf(ctx context.Context, tx *db.Tx, p Post) (c Content, err error) {
	c.Post = p
	if c.Skills, err = SkillsOf(ctx, tx, p.ID); err != nil {
		return c, err
	}
	if c.Questions, err = QuestionsOf(ctx, tx, p.ID); err != nil {
		return c, err
	}
	c.Files, err = file.Of(ctx, tx, p.Subject())
	return c, err
}

func (v *View) addPrivate(ctx context.Context, tx *db.Tx) (err error) {
	v.BondNow = v.Bond()
	if v.State == Draft {
		v.Missing = v.missing()
		if v.BondNow, err = terms.BondIn(ctx, tx, v.Currency); err != nil {
			return err
		}
	}
	if v.Category != "" && v.Level != "" {
		if v.Floor, err = terms.FloorFor(ctx, tx, v.Category, v.Level, nil, v.Currency); err != nil {
			return err
		}
	}
	if v.Invitations, err = invitationsTo(ctx, tx, v.ID); err != nil {
		return err
	}
	v.Journal, err = journal.Of(ctx, tx, v.Subject())
	return err
}

// Input is what the client would fill in to get the post as it is: what a form
// starts with.
func (c Content) Input() Input {
	skills := make([]string, len(c.Skills))
	for i, s := range c.Skills {
		skills[i] = s.Name
	}
	return Input{
		Title: c.Title, Description: c.Description, Category: c.Category, Skills: skills, Level: c.Level,
		Kind: c.Kind, Currency: c.Currency, BudgetMin: c.BudgetMin, BudgetMax: c.BudgetMax, Hours: c.Hours,
		Questions: c.Questions, Hire: c.Hire, AnswerDays: c.AnswerDays, Visibility: c.Visibility,
	}
}

// Mine is one of a client's own posts in their list.
type Mine struct {
	Post
	Proposals int // that are waiting for a decision
	Unread    int // of those, the ones nobody has opened
	Answered  int // that wait no more: declined, or answered with an offer
}

// ListMine returns up to n of by's own posts from before the given one, latest
// first. A before of 0 starts with the latest.
func ListMine(ctx context.Context, d *db.DB, by account.Actor, before ID, n int) (mine []Mine, err error) {
	err = d.View(ctx, func(tx *db.Tx) error { mine, err = postsOf(ctx, tx, by.ID, before, n); return err })
	return mine, err
}
