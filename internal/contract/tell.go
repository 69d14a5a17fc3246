package contract

import (
	"context"
	"time"

	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// turn is whose it is after something happened, and until when if there is a
// date.
type turn struct {
	of    Side
	until time.Time
}

// nobodys turn it is when nothing is left to do.
var nobodys turn

// as is the turn as one side sees it.
func (t turn) as(s Side) notify.Turn {
	switch t.of {
	case nobodys.of:
		return notify.Turn{}
	case s:
		return notify.Yours(t.until)
	default:
		return notify.Theirs(t.until)
	}
}

// tell sends one side what concerns them.
func tell(ctx context.Context, tx *db.Tx, c *Contract, s Side, kind string, next turn, text say.Sentence) error {
	return notify.Send(ctx, tx, notify.Notice{Reader: c.person(s), Kind: kind, Link: c.URL(), Turn: next.as(s), Text: text})
}

// tellBoth sends each side what concerns them.
func tellBoth(ctx context.Context, tx *db.Tx, c *Contract, kind string, next turn, client, freelancer say.Sentence) error {
	if err := tell(ctx, tx, c, Client, kind, next, client); err != nil {
		return err
	}
	return tell(ctx, tx, c, Freelancer, kind, next, freelancer)
}
