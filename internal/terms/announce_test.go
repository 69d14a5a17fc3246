package terms_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/terms"
)

const day = 24 * time.Hour

func TestNewTermsHoldFifteenDaysAfterEverybodyIsTold(t *testing.T) {
	t.Parallel()
	m, olga := operated(t)
	carl, ada := m.Person("Carl", money.Amount{}), m.Person("Ada", money.Amount{})
	m.Do(`INSERT INTO account.people (name, client, freelancer, source, joined_at) VALUES ('A library', true, false, 'elsewhere/1', 'epoch')`)
	was := current(m)
	change := terms.Change{From: was.Version, Reason: "The rent is higher.", Values: was.Values}
	change.ClientFee = 700

	s, err := terms.ChangeSettings(t.Context(), m.DB, olga, change)
	m.OK(err)
	if !s.Since.Equal(m.Clock.Now().Add(15 * day)) {
		t.Errorf("they hold from %s", s.Since)
	}
	for range 2 { // the second time, nobody is left
		_, err := terms.SweepDue(t.Context(), m.DB)
		m.OK(err)
	}
	for _, p := range []account.Actor{olga, carl, ada} {
		if n := told(m, p.ID); n != 1 {
			t.Errorf("%s was told %d times", p.Name, n)
		}
	}
	m.Clock.Advance(15*day - time.Second)
	if now := current(m); now.Version != was.Version || now.ClientFee != was.ClientFee {
		t.Errorf("a second too early: %+v", now)
	}
	m.Clock.Advance(time.Second)
	if now := current(m); now.Version != s.Version || now.ClientFee != 700 {
		t.Errorf("after fifteen days: %+v", now)
	}
	m.KeepsItsPromises()
}

func TestTermsReplacedBeforeTheyBeginNeverHold(t *testing.T) {
	t.Parallel()
	m, olga := operated(t)
	carl := m.Person("Carl", money.Amount{})
	was := current(m)
	change := terms.Change{From: was.Version, Reason: "A slip of the finger.", Values: was.Values}
	change.ClientFee = 2000
	slip, err := terms.ChangeSettings(t.Context(), m.DB, olga, change)
	m.OK(err)

	m.Clock.Advance(2 * day)
	change = terms.Change{From: slip.Version, Reason: "Two, not twenty.", Values: was.Values}
	change.ClientFee = 200
	meant, err := terms.ChangeSettings(t.Context(), m.DB, olga, change)
	m.OK(err)
	_, err = terms.SweepDue(t.Context(), m.DB)
	m.OK(err)
	if n := told(m, carl.ID); n != 1 {
		t.Errorf("Carl was told %d times", n)
	}
	m.Clock.Advance(14 * day) // the slip would hold by now
	if now := current(m); now.Version != was.Version {
		t.Errorf("in force is %+v", now)
	}
	m.Clock.Advance(day)
	if now := current(m); now.Version != meant.Version {
		t.Errorf("in force is %+v", now)
	}
	m.View(func(ctx context.Context, tx *db.Tx) error {
		if old, err := terms.At(ctx, tx, slip.Version); err != nil || !old.Withdrawn {
			t.Errorf("the slip is %+v, %v", old, err)
		}
		return nil
	})
}

func TestWhoeverWasToldIsNotToldAgainAfterACrash(t *testing.T) {
	t.Parallel()
	m, olga := operated(t)
	m.Do(`INSERT INTO account.people (name, email, password_hash, client, freelancer, time_zone, language, joined_at)
		SELECT 'P' || n, n || '@example.org', 'x', true, false, 'UTC', 'en', 'epoch' FROM generate_series(1, 450) n`)
	was := current(m)
	_, err := terms.ChangeSettings(t.Context(), m.DB, olga, terms.Change{From: was.Version, Reason: "because", Values: was.Values})
	m.OK(err)
	m.Do(fmt.Sprintf(`ALTER TABLE notify.notices ADD CONSTRAINT planted CHECK (reader <> %d) NOT VALID`, 300))
	if _, err := terms.SweepDue(t.Context(), m.DB); err == nil {
		t.Fatal("nothing broke")
	}
	m.Do(`ALTER TABLE notify.notices DROP CONSTRAINT planted`)
	n, err := terms.SweepDue(t.Context(), m.DB)
	if err != nil || n == 0 || n >= 450 {
		t.Errorf("then %d, %v", n, err)
	}
	var people, readers, notices int
	m.View(func(ctx context.Context, tx *db.Tx) error {
		return errors.Join(
			tx.QueryRow(ctx, `SELECT count(*) FROM account.people WHERE email IS NOT NULL`).Scan(&people),
			tx.QueryRow(ctx, `SELECT count(DISTINCT reader), count(*) FROM notify.notices WHERE kind = 'terms_change'`).Scan(&readers, &notices))
	})
	if readers != people || notices != people {
		t.Errorf("%d people, %d readers, %d notices", people, readers, notices)
	}
}

func told(m *markettest.Market, reader account.ID) (n int) {
	m.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) (err error) {
		n, err = db.Value[int](ctx, tx, `SELECT count(*) FROM notify.notices WHERE reader = $1 AND kind = 'terms_change'`, reader)
		return err
	})
	return n
}
