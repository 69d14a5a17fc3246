package message

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/kit/db"
	"freehold/internal/notify"
	"freehold/internal/profile"
)

// Page is a stretch of a conversation.
type Page struct {
	Conversation Conversation
	Title        string // of the job post
	Other        account.ID
	Name         string // of the other
	Portrait     profile.Portrait
	Seen         ID // the last message that the reader has seen
	Messages     []Message
}

// Show returns a conversation with up to n messages before the given one (0:
// from the newest), newest first. It marks nothing as read: see Read.
func Show(ctx context.Context, d *db.DB, by account.Actor, id ConversationID, before ID, n int) (p Page, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		if p.Conversation, err = find(ctx, tx, by, id); err != nil {
			return err
		}
		p.Other = p.Conversation.other(by.ID)
		if p.Title, err = titleOf(ctx, tx, p.Conversation.Proposal); err != nil {
			return err
		}
		cards, err := profile.Cards(ctx, tx, []account.ID{p.Other})
		if err != nil {
			return err
		}
		p.Name, p.Portrait = cards[p.Other].Name, cards[p.Other].Portrait
		if p.Seen, err = upTo(ctx, tx, id, by.ID); err != nil {
			return err
		}
		if p.Messages, err = messagesOf(ctx, tx, id, before, n); err != nil {
			return err
		}
		return addFiles(ctx, tx, p.Messages)
	})
	return p, err
}

func addFiles(ctx context.Context, tx *db.Tx, messages []Message) error {
	subjects := make([]string, len(messages))
	for i, m := range messages {
		subjects[i] = m.ID.subject()
	}
	files, err := file.OfMany(ctx, tx, subjects)
	for i := range messages {
		messages[i].Files = files[subjects[i]]
	}
	return err
}

// Read notes that by has seen a conversation up to a message, the newest that
// was shown to them. When nothing is left unread, the notice of it has done its
// work too. A mark never goes back.
func Read(ctx context.Context, d *db.DB, by account.Actor, id ConversationID, upTo ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, err := lock(ctx, tx, by, id) // a message sent now comes after the mark
		if err != nil {
			return err
		}
		left, err := mark(ctx, tx, id, by.ID, upTo)
		if err != nil || left > 0 {
			return err
		}
		return notify.Seen(ctx, tx, by.ID, c.URL())
	})
}
