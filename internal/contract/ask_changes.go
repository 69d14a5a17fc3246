package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// AskChanges gives submitted work back to the freelancer. It names the criteria
// that are not met, counted from 0, and says why. It is possible while the
// acceptance window is open, for the agreed number of rounds. If no changes are
// made in time, the client may take the money back.
func AskChanges(ctx context.Context, d *db.DB, by account.Actor, id MilestoneID, criteria []int, words string) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		c, m, as, err := lockToJudge(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := c.AskChanges(m, as, tx.Now); err != nil {
			return err
		}
		r, err := m.changes(criteria, words)
		if err != nil {
			return err
		}
		if err := insertChangeRequest(ctx, tx, m.ID, r); err != nil {
			return err
		}
		if err := saveContract(ctx, tx, c); err != nil {
			return err
		}
		act := say.That("%s asked for changes on “%s”, round %d of %d.", by.Name, m.Title, m.Rounds, c.ChangeRounds)
		if err := journal.Append(ctx, tx, c.subject(), by, act, r.Words); err != nil {
			return err
		}
		if err := tellJudged(ctx, tx, by, c, say.That("%s asked for changes on “%s” in your place.", by.Name, m.Title)); err != nil {
			return err
		}
		return tell(ctx, tx, c, Freelancer, "changes_asked", turn{Freelancer, *m.TakeBackFrom},
			say.That("%s asks for changes on “%s”. They wrote: “%s”. Make them and submit the work again, by %s. After that the money can be taken back.", by.Name, m.Title, r.Words, *m.TakeBackFrom))
	})
}
