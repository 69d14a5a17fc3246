package notify

import (
	"context"
	"crypto/sha256"
	"errors"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

// ErrSubscription refuses a link that no mail of ours has.
var ErrSubscription = fault.New(fault.NotFound, "subscription_not_found",
	"This link is not one of our mails’, or was cut off on its way, so nothing was changed. Your settings let you choose what we mail you.")

// Subscribed returns the kind of notice about which a mail with this secret
// was, and whether more mail of that kind will come.
func Subscribed(ctx context.Context, d *db.DB, secret string) (kind Kind, subscribed bool, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		n, err := mailed(ctx, tx, secret)
		if err != nil {
			return err
		}
		kind = KindOf(n.Kind)
		subscribed, err = isSubscribed(ctx, tx, n)
		return err
	})
	return kind, subscribed, err
}

// Unsubscribe stops mail of the kind about which a mail with this secret was.
// Whoever has the mail may do so, signed in or not.
func Unsubscribe(ctx context.Context, d *db.DB, secret string) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		n, err := mailed(ctx, tx, secret)
		if err != nil {
			return err
		}
		return mute(ctx, tx, n.Reader, n.Kind)
	})
}

// Resubscribe takes Unsubscribe back.
func Resubscribe(ctx context.Context, d *db.DB, secret string) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		n, err := mailed(ctx, tx, secret)
		if err != nil {
			return err
		}
		return unmute(ctx, tx, n.Reader, n.Kind)
	})
}

// mailed is the notice about which a mail with this secret was.
func mailed(ctx context.Context, tx *db.Tx, secret string) (Notice, error) {
	n, err := bySecret(ctx, tx, digest(secret))
	if errors.Is(err, db.NoRow) {
		err = ErrSubscription
	}
	return n, err
}

// digest is what we keep of a secret.
func digest(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
