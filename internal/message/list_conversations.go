package message

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/profile"
	"freehold/internal/proposal"
)

// Summary is a conversation in a person's list.
type Summary struct {
	ID       ConversationID
	Proposal proposal.ID
	Title    string // of the job post
	Other    account.ID
	Name     string // of the other
	Portrait profile.Portrait
	Snippet  string // how the newest message begins; empty: it is files only
	Own      bool   // the reader wrote it
	LastAt   time.Time
	Unread   int
}

// Place is where the page after s begins.
func (s Summary) Place() Place { return Place{s.LastAt, s.ID} }

// Mine returns up to n of by's conversations, the one with the newest message
// first, after the given place.
func Mine(ctx context.Context, d *db.DB, by account.Actor, from Place, n int) (list []Summary, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		list, err = conversationsOf(ctx, tx, by.ID, from, n)
		return err
	})
	return list, err
}
