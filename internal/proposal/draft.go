package proposal

import (
	"context"
	"errors"
	"math"
	"time"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/likeness"
	"freehold/internal/profile"
	"freehold/internal/terms"
)

// draft is an Input that was held to everything it is held to.
type draft struct {
	Input

	questions []string
	floor     terms.Floor
	fit       jobpost.Fit
}

const (
	alike     = 0.8                 // from here on two letters are the same
	alikeSpan = 30 * 24 * time.Hour // how long a letter is remembered for that
)

// ErrAlike refuses a letter that was written for another post.
var ErrAlike = fault.New(fault.Invalid, "letter_alike",
	"This letter is %d %% the same as the one you sent for “%s”. Clients read many letters, and those written for them stand out. Please say what you would do for this one; nothing you typed is lost.")

// prepare checks what by wrote for a post. The error holds everything that is
// wrong with it.
func prepare(ctx context.Context, tx *db.Tx, by account.Actor, post *jobpost.Post, in Input) (dr draft, err error) {
	if dr.questions, err = jobpost.QuestionsOf(ctx, tx, post.ID); err != nil {
		return dr, err
	}
	if dr.Input, err = in.tidy(); err != nil {
		return dr, err
	}
	if err := dr.check(post, len(dr.questions), tx.Now); err != nil {
		return dr, err
	}
	if dr.floor, err = floorFor(ctx, tx, by, post); err != nil {
		return dr, err
	}
	letters, err := lettersSince(ctx, tx, by.ID, post.ID, tx.Now.Add(-alikeSpan))
	if err != nil {
		return dr, err
	}
	own, err := profile.MayPick(ctx, tx, by.ID, dr.Pieces)
	if err != nil {
		return dr, err
	}
	if err := errors.Join(dr.checkFloor(post), checkLetters(dr.Letter, letters), checkPieces(own)); err != nil {
		return dr, err
	}
	dr.fit, err = fitFor(ctx, tx, by, post.ID)
	return dr, err
}

// floorFor is the floor for by's work on a post: that of their country counts too.
func floorFor(ctx context.Context, tx *db.Tx, by account.Actor, post *jobpost.Post) (terms.Floor, error) {
	var asked terms.AskedFloor
	if err := tx.Ask(ctx, func(a *db.Ask) { askFloor(a, &asked, post.ID, by.ID) }); err != nil {
		return terms.Floor{}, err
	}
	return asked.Floor()
}

// fitFor reckons how well by fits a post. The price they ask has no part in it.
func fitFor(ctx context.Context, tx *db.Tx, by account.Actor, post jobpost.ID) (jobpost.Fit, error) {
	wanted, err := jobpost.FitPosts(ctx, tx, []jobpost.ID{post})
	if err != nil {
		return jobpost.Fit{}, err
	}
	offered, err := jobpost.FitFreelancerOf(ctx, tx, by.ID)
	return jobpost.FitOf(wanted[post], offered), err
}

func (dr draft) checkFloor(post *jobpost.Post) error {
	err := dr.floor.Check(dr.Price, post.Kind.FlooredHours(dr.Hours))
	if f, ok := fault.Of(err); ok {
		return f.At("price")
	}
	return err
}

// checkLetters compares a letter with the ones that its author sent elsewhere.
func checkLetters(text string, sent []letter) error {
	written := likeness.Of(text)
	for _, l := range sent {
		if share := written.Jaccard(likeness.Of(l.Text)); share >= alike {
			return ErrAlike.With(int(math.Floor(share*100)), l.Title).At("letter")
		}
	}
	return nil
}

func checkPieces(own bool) error {
	if !own {
		return ErrNotYourPiece.At("pieces")
	}
	return nil
}

// take puts what the draft says into p.
func (p *Proposal) take(dr draft) {
	p.Letter, p.Hours, p.StartOn = dr.Letter, dr.Hours, dr.StartOn
	p.Currency, p.PriceMinor = dr.Price.Currency, dr.Price.Minor
	p.Fit, p.FitReasons = dr.fit.Total, dr.fit.Terms
	p.FloorMinor = nil
	if dr.floor.Hourly.Positive() {
		p.FloorMinor = &dr.floor.Hourly.Minor
	}
}

// save writes the parts of a proposal that is itself written already.
func (dr draft) save(ctx context.Context, tx *db.Tx, by account.Actor, p *Proposal) error {
	if err := saveParts(ctx, tx, p.ID, dr); err != nil {
		return err
	}
	if err := file.Detach(ctx, tx, by, p.Subject(), dr.Drop); err != nil {
		return err
	}
	return file.Attach(ctx, tx, by, p.Subject(), dr.Files)
}
