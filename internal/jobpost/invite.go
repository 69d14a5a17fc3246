package jobpost

import (
	"context"
	"errors"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/profile"
	"freehold/internal/restriction"
	"freehold/internal/terms"
)

// InvitationState is what became of an invitation.
type InvitationState string

// The states of an invitation. An answer cannot be asked of those who are
// invited: it lapses with its post.
const (
	Sent               InvitationState = "sent"
	Proposed           InvitationState = "proposed"
	InvitationDeclined InvitationState = "declined"
	InvitationLapsed   InvitationState = "lapsed"
)

var _ = say.Words(Sent, Proposed, InvitationDeclined, InvitationLapsed)

// Invitation asks one freelancer to propose on one post.
type Invitation struct {
	Post       ID
	Title      string // of the post
	Freelancer account.ID
	Name       string // of the freelancer
	State      InvitationState
	Words      string // the client's
	At         time.Time
	AnsweredAt *time.Time
}

const (
	maxWords       = 2000 // characters
	maxInvitations = 30
)

// Refusals to invite, and to decline.
var (
	ErrNotFreelancer = fault.New(fault.Invalid, "not_a_freelancer",
		"There is nobody of that name who takes on work here, so there is nobody to invite.").At("freelancer")
	ErrYourself = fault.New(fault.Invalid, "inviting_yourself",
		"This is your own job post. Invite somebody else.").At("freelancer")
	ErrInvitedAlready = fault.New(fault.Conflict, "invited_already",
		"%s is invited to this already. It is their turn: they can propose, decline, or let it be.").At("freelancer")
	ErrProposedAlready = fault.New(fault.Conflict, "proposed_already",
		"%s has proposed on this already. It is your turn to answer.").At("freelancer")
	ErrTooManyInvitations = fault.New(fault.Conflict, "too_many_invitations",
		"To one job post you can invite up to %d people, so that an invitation means something.")
	ErrResting = fault.New(fault.Conflict, "freelancer_rests",
		"%s takes no invitations before %s. Your post can still be found, and they can propose.").At("freelancer")
	ErrUnwanted = fault.New(fault.Conflict, "trade_unwanted",
		"%s does not want to be invited to work in this category.").At("freelancer")
	ErrTooSmall = fault.New(fault.Conflict, "budget_too_small",
		"%s does not want to be invited to work that pays less than %s in all.").At("freelancer")
	ErrNotInvited = fault.New(fault.NotFound, "not_invited",
		"You are not invited to this job post, or it is not for you to see.")
	ErrInvitationOver = fault.New(fault.Conflict, "invitation_over",
		"This invitation has been answered already, or its job post has ended. There is nothing left to decline.")
)

// Invite asks a freelancer to propose on an open post of by's, with some words if
// wanted. They are told, may see the post even if it is for the invited only, and
// owe no answer.
func Invite(ctx context.Context, d *db.DB, by account.Actor, id ID, freelancer account.ID, words string) error {
	if err := text("words", &words, maxWords); err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		p, err := lockOwn(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := restriction.May(ctx, tx, by, restriction.Invite); err != nil {
			return err
		}
		if err := restriction.Shown(ctx, tx, id.Subject()); err != nil {
			return err
		}
		if err := p.TakesProposals(tx.Now); err != nil {
			return err
		}
		name, err := mayInvite(ctx, tx, p, freelancer)
		if err != nil {
			return err
		}
		if err := insertInvitation(ctx, tx, id, freelancer, words); err != nil {
			return err
		}
		act := say.That("%s invited %s to propose.", by.Name, name)
		if err := journal.Append(ctx, tx, p.Subject(), by, act, "by the client's choice"); err != nil {
			return err
		}
		return notify.Send(ctx, tx, notify.Notice{
			Reader: freelancer, Kind: "invitation", Link: p.URL(),
			Text: say.That("%s invites you to propose on “%s”. It takes proposals until %s.", by.Name, p.Title, *p.AnswerBy),
			Turn: notify.Yours(*p.AnswerBy),
		})
	})
}

// mayInvite asks whether a freelancer can be invited, and returns their name.
func mayInvite(ctx context.Context, tx *db.Tx, p *Post, freelancer account.ID) (string, error) {
	if freelancer == p.Client {
		return "", ErrYourself
	}
	who, err := guestByID(ctx, tx, p.ID, freelancer)
	switch {
	case errors.Is(err, db.NoRow) || err == nil && !who.Freelancer:
		return "", ErrNotFreelancer
	case err != nil:
		return "", err
	case who.Proposed:
		return "", ErrProposedAlready.With(who.Name)
	case who.Invited:
		return "", ErrInvitedAlready.With(who.Name)
	case who.Guests >= maxInvitations:
		return "", ErrTooManyInvitations.With(maxInvitations)
	}
	return who.Name, asWished(ctx, tx, p, freelancer, who.Name)
}

// asWished refuses what a freelancer does not want to be invited to.
func asWished(ctx context.Context, tx *db.Tx, p *Post, freelancer account.ID, name string) error {
	w, err := profile.WishesOf(ctx, tx, freelancer)
	switch {
	case err != nil:
		return err
	case w.Resting(tx.Now):
		return ErrResting.With(name, say.Day(*w.RestsUntil))
	case slices.Contains(w.Unwanted, p.Category):
		return ErrUnwanted.With(name)
	case w.Least == nil || p.Kind != Fixed:
		return nil
	}
	rates, err := terms.ReferenceRates(ctx, tx)
	if err == nil && rates.Cents(money.Amount{Minor: p.BudgetMax, Currency: p.Currency}) < rates.Cents(*w.Least) {
		err = ErrTooSmall.With(name, *w.Least)
	}
	return err
}
