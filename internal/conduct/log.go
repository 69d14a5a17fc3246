package conduct

import (
	"context"
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/translog"
)

// logDelivered writes a decision into the transparency log, in the transaction in
// which it takes effect: everybody can see that there is one and what it does, and
// nobody what it says, but for whoever has its proof.
func logDelivered(ctx context.Context, tx *db.Tx, m Made) (int64, error) {
	return translog.Append(ctx, tx, translog.Entry{Kind: translog.Decided, Subject: m.ID.subject(), Private: m.Text(), Public: map[string]string{
		"about": KindOf(m.Subject), "rule": string(m.Rule), "rule_version": fmt.Sprint(m.RuleVersion), "measure": string(m.Measure), "found_by": m.FoundBy,
		"urgent": fmt.Sprint(m.Urgent), "heard": fmt.Sprint(m.Heard), "by_machine": "false",
		"starts": m.StartsAt.UTC().Format(time.RFC3339), "until": m.Until.UTC().Format(time.RFC3339),
	}})
}

// logEnded writes down that a decision ended before its time.
func logEnded(ctx context.Context, tx *db.Tx, m Made, e End) error {
	_, err := translog.Append(ctx, tx, translog.Entry{Kind: translog.Ended, Subject: m.ID.subject(), Private: e.Why, Public: map[string]string{
		"how": string(e.How), "ended": e.At.UTC().Format(time.RFC3339),
	}})
	return err
}

// logAppeal writes down that there is an appeal, or what came of it.
func logAppeal(ctx context.Context, tx *db.Tx, a Appeal) error {
	e := translog.Entry{Kind: translog.Appealed, Subject: a.Decision.subject(), Private: a.Words, Public: map[string]string{"due": a.Due.UTC().Format(time.RFC3339)}}
	if a.Outcome != nil {
		e.Kind, e.Public["outcome"], e.Private = translog.Judged, string(*a.Outcome), ""
		if a.Reasons != nil {
			e.Private = *a.Reasons
		}
	}
	_, err := translog.Append(ctx, tx, e)
	return err
}

// Prove returns the proof that a decision is in the transparency log, with its words,
// for the person and the staff. It verifies without us.
func Prove(ctx context.Context, d *db.DB, k *translog.Keeper, by account.Actor, id ID) ([]byte, error) {
	v, err := Show(ctx, d, by, id)
	if err != nil {
		return nil, err
	}
	if v.Made == nil {
		return nil, ErrNotFound
	}
	return k.Prove(ctx, d, translog.Decided, id.subject(), v.Made.Text())
}
