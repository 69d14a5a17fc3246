package jobpost

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// DeclineInvitation says that by will not propose on a post they were invited to.
// The client is told. They can still change their mind while the post is open.
func DeclineInvitation(ctx context.Context, d *db.DB, by account.Actor, id ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		p, err := LockPost(ctx, tx, id)
		if err != nil {
			return err
		}
		invitation, err := invitationOf(ctx, tx, id, by.ID)
		if err != nil {
			return err
		}
		if invitation == nil {
			return ErrNotInvited
		}
		if invitation.State != Sent {
			return ErrInvitationOver
		}
		if err := declineInvitation(ctx, tx, id, by.ID); err != nil {
			return err
		}
		act := say.That("%s declined the invitation to propose.", by.Name)
		if err := journal.Append(ctx, tx, p.Subject(), by, act, "by the freelancer's choice"); err != nil {
			return err
		}
		return notify.Send(ctx, tx, notify.Notice{
			Reader: p.Client, Kind: "invitation_declined", Link: p.URL(),
			Text: say.That("%s declined your invitation to propose on “%s”.", by.Name, p.Title),
		})
	})
}

// MyInvitations returns up to n of by's invitations, those to the latest posts
// first, from before the one to the given post. A before of 0 starts with the
// latest.
func MyInvitations(ctx context.Context, d *db.DB, by account.Actor, before ID, n int) (mine []Invitation, err error) {
	err = d.View(ctx, func(tx *db.Tx) error { mine, err = invitationsFor(ctx, tx, by.ID, before, n); return err })
	return mine, err
}
