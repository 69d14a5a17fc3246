package profile

import (
	"context"
	"fmt"
	"io"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/limits"
	"freehold/internal/kit/picture"
)

// portraits is how many one person can send in an hour.
const portraits = 20

// SetPortrait makes what r shows the portrait of by, in place of the one there
// was. Of the file itself nothing is kept. A portrait is as public as the
// profile it belongs to.
func SetPortrait(ctx context.Context, d *db.DB, by account.Actor, r io.Reader) (p Portrait, err error) {
	if err := limits.Allow(ctx, d, fmt.Sprintf("portrait/%d", by.ID), portraits, time.Hour); err != nil {
		return "", err
	}
	made, err := picture.Squares(ctx, r, LargePortrait, SmallPortrait)
	if refused, ok := fault.Of(err); ok {
		return "", refused.At("portrait")
	}
	if err != nil {
		return "", err
	}
	large, small := made[0], made[1]
	p = nameOf(large)
	return p, d.Update(ctx, func(tx *db.Tx) error { return savePortrait(ctx, tx, by.ID, p, large, small) })
}

// RemovePortrait takes the portrait of by away, as far as it is ours: who has
// seen it may have kept it.
func RemovePortrait(ctx context.Context, d *db.DB, by account.Actor) error {
	return d.Update(ctx, func(tx *db.Tx) error { return deletePortrait(ctx, tx, by.ID) })
}

// PortraitBytes returns a portrait, to anybody. It fails with ErrNoPortrait.
func PortraitBytes(ctx context.Context, d *db.DB, p Portrait, small bool) (picture []byte, err error) {
	if !names.MatchString(string(p)) {
		return nil, ErrNoPortrait
	}
	err = d.View(ctx, func(tx *db.Tx) error { picture, err = portraitBytes(ctx, tx, p, small); return err })
	return picture, err
}
