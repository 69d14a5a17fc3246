package account

import (
	"context"
	"time"

	"freehold/internal/kit/db"
	"freehold/internal/kit/limits"
)

// quota is how often something may be tried.
type quota struct {
	what   string
	limit  int
	window time.Duration
}

// A visitor's address may be a whole university's, so those quotas are wide; an
// account and a mailbox are one person's.
var (
	signInsFrom  = quota{"sign-in from ", 100, 15 * time.Minute}
	signInsTo    = quota{"sign-in to ", 20, 15 * time.Minute}
	signUpsFrom  = quota{"sign-up from ", 100, time.Hour}
	mailsFrom    = quota{"mail from ", 30, time.Hour}
	mailsTo      = quota{"mail to ", 5, time.Hour}
	passwordsFor = quota{"password of ", 20, 15 * time.Minute}
)

// allow counts a try by or for whom, and refuses when there were too many.
// Nobody in particular is not counted.
func (q quota) allow(ctx context.Context, d *db.DB, whom string) error {
	if whom == "" {
		return nil
	}
	return limits.Allow(ctx, d, q.what+whom, q.limit, q.window)
}
