package proposal

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/jobpost"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/profile"
)

// View is one proposal as the page of its two parties shows it.
type View struct {
	Proposal   Proposal
	Post       jobpost.Post
	Client     profile.Card
	Freelancer profile.Card
	Plan       []Milestone
	Answers    []Answer
	Pieces     []profile.Piece
	Files      []file.File
	Journal    []journal.Entry
	AsClient   bool // the client looks; otherwise the freelancer
	Can        Can
	Place      Place  // in the client's list; for the client
	Note       string // what the client noted; for the client
}

// Place is where a proposal stands among those to its post, the best fit first.
type Place struct {
	Previous, Next ID // 0: none
	N, Of          int
}

// Can says what the one who looks can do now.
type Can struct {
	Edit, Withdraw                         bool // the freelancer
	Shortlist, Unshortlist, Decline, Offer bool // the client
}

// Open returns a proposal to its freelancer or its client; to anybody else it is
// ErrNotFound. The client's first look marks it as read and tells the freelancer.
func Open(ctx context.Context, d *db.DB, by account.Actor, id ID) (v View, err error) {
	if err := d.View(ctx, func(tx *db.Tx) error { v, err = view(ctx, tx, by, id); return err }); err != nil {
		return View{}, err
	}
	if !v.AsClient || v.Proposal.State != Submitted {
		return v, nil
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		if err := markRead(ctx, tx, by, id); err != nil {
			return err
		}
		v, err = view(ctx, tx, by, id)
		return err
	})
	if err != nil {
		return View{}, err // and no price, which is for those who have opened it
	}
	return v, nil
}

// markRead notes the client's first look, unless something happened meanwhile.
func markRead(ctx context.Context, tx *db.Tx, by account.Actor, id ID) error {
	post, p, err := lockAsClient(ctx, tx, by, id)
	if err != nil || p.State != Submitted {
		return err
	}
	if err := p.read(tx.Now); err != nil {
		return err
	}
	if err := saveProposal(ctx, tx, p); err != nil {
		return err
	}
	act := say.That("%s read the proposal of %s.", by.Name, p.Name)
	if err := record(ctx, tx, by, post, p, act, "opened by the client"); err != nil {
		return err
	}
	return notify.Send(ctx, tx, notify.Notice{
		Reader: p.Freelancer, Kind: "proposal_read", Link: p.URL(),
		Text: say.That("%s has read your proposal for “%s”. An answer is due by %s.", by.Name, post.Title, *post.AnswerBy),
		Turn: notify.Theirs(*post.AnswerBy),
	})
}

func view(ctx context.Context, tx *db.Tx, by account.Actor, id ID) (v View, err error) {
	if v.Proposal, err = proposalByID(ctx, tx, id); err != nil {
		return v, err
	}
	if v.Post, err = jobpost.PostByID(ctx, tx, v.Proposal.Post); err != nil {
		return v, err
	}
	if !v.Proposal.mayRead(by, v.Post.Client) {
		return View{}, ErrNotFound
	}
	v.AsClient = by.ID == v.Post.Client
	v.Can = v.Proposal.can(v.AsClient)
	if v.AsClient {
		own, err := notedBy(ctx, tx, &v.Proposal)
		if err != nil {
			return v, err
		}
		v.Place, v.Note = own.Place, own.Note
	}
	return v, v.addParts(ctx, tx)
}

// can goes by the Lifecycle, so that a page never offers what would be refused.
func (p Proposal) can(asClient bool) Can {
	if !asClient {
		return Can{Edit: p.allows(isEdited), Withdraw: p.allows(isWithdrawn)}
	}
	return Can{
		Shortlist: p.allows(isShortlisted), Unshortlist: p.allows(isUnshortlisted),
		Decline: p.allows(isDeclined), Offer: p.allows(isOffered),
	}
}

func (v *View) addParts(ctx context.Context, tx *db.Tx) (err error) {
	id := v.Proposal.ID
	if v.Plan, err = planOf(ctx, tx, id); err != nil {
		return err
	}
	if v.Answers, err = answersOf(ctx, tx, id); err != nil {
		return err
	}
	if v.Files, err = file.Of(ctx, tx, id.subject()); err != nil {
		return err
	}
	if v.Journal, err = journal.Of(ctx, tx, id.subject()); err != nil {
		return err
	}
	picked, err := piecesOf(ctx, tx, id)
	if err != nil {
		return err
	}
	if v.Pieces, err = profile.PiecesByID(ctx, tx, picked); err != nil {
		return err
	}
	cards, err := profile.Cards(ctx, tx, []account.ID{v.Proposal.Freelancer, v.Post.Client})
	v.Freelancer, v.Client = cards[v.Proposal.Freelancer], cards[v.Post.Client]
	return err
}
