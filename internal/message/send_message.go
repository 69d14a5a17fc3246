package message

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// Send writes to the other party, who is told unless a notice of this
// conversation still waits in their inbox, and mailed if they have not come by
// within ten minutes.
func Send(ctx context.Context, d *db.DB, by account.Actor, to ConversationID, in Input) (id ID, err error) {
	in, err = in.check()
	if err != nil {
		return 0, err
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		c, err := lock(ctx, tx, by, to)
		if err != nil {
			return err
		}
		if id, err = insert(ctx, tx, c, by.ID, in.Text); err != nil {
			return err
		}
		if err := file.Attach(ctx, tx, by, id.subject(), in.Files); err != nil {
			return err
		}
		return tell(ctx, tx, by, c)
	})
	return id, err
}

func tell(ctx context.Context, tx *db.Tx, by account.Actor, c Conversation) error {
	reader := c.other(by.ID)
	told, err := isTold(ctx, tx, reader, c.URL())
	if err != nil || told {
		return err
	}
	title, err := titleOf(ctx, tx, c.Proposal)
	if err != nil {
		return err
	}
	return notify.SendLater(ctx, tx, notify.Notice{
		Reader: reader, Kind: "message", Link: c.URL(),
		Text: say.That("%s wrote to you about “%s”.", by.Name, title),
	})
}
