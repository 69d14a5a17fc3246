package banking

import (
	"context"
	"errors"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/escrow"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/ledger"
)

// Every is how often somebody's money goes out by itself.
type Every string

// The schedules.
const (
	EveryWeek  Every = "week"  // on Mondays
	EveryMonth Every = "month" // on the first
)

var _ = say.Words(EveryWeek, EveryMonth)

// Schedule sends all that a wallet holds out by itself, where it is at least so much.
type Schedule struct {
	Rail   string
	Method *MethodID // nil: the rail needs none
	Every  Every
	Least  int64 // minor units, of each currency
	NextAt time.Time
}

// Refusals of schedules.
var (
	ErrEvery = fault.New(fault.Invalid, "schedule_unknown", "Choose how often: every week or every month.").At("every")
	ErrLeast = fault.New(fault.Invalid, "schedule_least", "Say from which amount on, above zero.").At("least")
)

// next is when a schedule comes round after an instant: at the beginning of a Monday,
// or of a month.
func (e Every) next(after time.Time) time.Time {
	day := time.Date(after.Year(), after.Month(), after.Day(), 0, 0, 0, 0, time.UTC)
	if e == EveryMonth {
		return time.Date(after.Year(), after.Month()+1, 1, 0, 0, 0, 0, time.UTC)
	}
	return day.AddDate(0, 0, 7-(int(day.Weekday())+6)%7)
}

// SetSchedule has by's money go out by itself from now on.
func SetSchedule(ctx context.Context, d *db.DB, rail Rail, by account.Actor, e Every, least int64, to MethodID) (s Schedule, err error) {
	var wrong error
	if !slices.Contains([]Every{EveryWeek, EveryMonth}, e) {
		wrong = ErrEvery
	}
	if least < 1 || least > largest {
		wrong = errors.Join(wrong, ErrLeast)
	}
	switch {
	case by.IsSystem():
		return s, ErrNotForStaff
	case !by.Confirmed:
		return s, ErrUnconfirmed
	case wrong != nil:
		return s, wrong
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		s = Schedule{Rail: rail.Name(), Every: e, Least: least, NextAt: e.next(tx.Now)}
		if rail.Traits().Method != NoMethod {
			m, err := methodFor(ctx, tx, by.ID, rail.Name(), to)
			if err != nil {
				return err
			}
			s.Method = &m.ID
		}
		return db.Exec(ctx, tx, `
			INSERT INTO banking.schedules (person, rail, method, every, least, next_at, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (person) DO UPDATE SET rail = $2, method = $3, every = $4, least = $5, next_at = $6, set_at = $7`,
			by.ID, s.Rail, s.Method, s.Every, s.Least, s.NextAt, tx.Now)
	})
	return s, err
}

// EndSchedule lets by's money lie until they withdraw it.
func EndSchedule(ctx context.Context, d *db.DB, by account.Actor) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		return db.Exec(ctx, tx, `DELETE FROM banking.schedules WHERE person = $1`, by.ID)
	})
}

// ScheduleOf is by's schedule; nil if they have none.
func ScheduleOf(ctx context.Context, d *db.DB, by account.Actor) (s *Schedule, err error) {
	err = d.View(ctx, func(tx *db.Tx) error { s, err = scheduleOf(ctx, tx, by.ID, ""); return err })
	return s, err
}

func scheduleOf(ctx context.Context, tx *db.Tx, person account.ID, locking string) (*Schedule, error) {
	s, err := db.One[Schedule](ctx, tx, `SELECT rail, method, every, least, next_at FROM banking.schedules WHERE person = $1 `+locking, person)
	if errors.Is(err, db.NoRow) {
		return nil, nil //nolint:nilnil // they have none
	}
	return &s, err
}

// followSchedule sends out what somebody's wallet holds, because it is time.
func followSchedule(ctx context.Context, d *db.DB, rails Rails, person account.ID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		s, err := scheduleOf(ctx, tx, person, `FOR UPDATE`)
		if err != nil {
			return err
		}
		if s == nil || tx.Now.Before(s.NextAt) {
			return ErrSettled
		}
		rail, err := rails.Named(s.Rail)
		if err != nil {
			return err
		}
		held, err := ledger.Balances(ctx, tx, escrow.Wallet(person))
		if err != nil {
			return err
		}
		to := Usual
		if s.Method != nil {
			to = *s.Method
		}
		for _, a := range held {
			if a.Minor < s.Least || !rail.Traits().Takes(a.Currency) {
				continue
			}
			a.Minor = min(a.Minor, largest)
			if _, err := withdraw(ctx, tx, rail, person, a, to); err != nil {
				return err
			}
		}
		return db.Exec1(ctx, tx, `UPDATE banking.schedules SET next_at = $2 WHERE person = $1`, person, s.Every.next(tx.Now))
	})
}
