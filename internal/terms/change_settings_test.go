package terms_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/terms"
)

func TestAChangeOfTheTermsIsANewVersion(t *testing.T) {
	t.Parallel()
	m, olga := operated(t)
	was := current(m)
	change := terms.Change{From: was.Version, Reason: "  Less to pay\nfor clients. ", Values: was.Values}
	change.ClientFee, change.AnswerDays = 300, 7

	s, err := terms.ChangeSettings(t.Context(), m.DB, olga, change)
	m.OK(err)
	if s.Version != was.Version+1 || s.ClientFee != 300 || s.AnswerDays != 7 || s.Reason != "Less to pay for clients." || *s.SetBy != olga.ID {
		t.Errorf("the new version is %+v", s)
	}
	if now := current(m); now.Version != s.Version || now.ClientFee != 300 {
		t.Errorf("in force is %+v", now)
	}
	m.View(func(ctx context.Context, tx *db.Tx) error {
		if old, err := terms.At(ctx, tx, was.Version); err != nil || old.Values != was.Values {
			t.Errorf("the old version is %+v, %v", old, err)
		}
		if all, err := terms.History(ctx, tx); err != nil || len(all) != 2 || all[0].Version != s.Version {
			t.Errorf("the history is %+v, %v", all, err)
		}
		if record, err := journal.Of(ctx, tx, "terms"); err != nil || len(record) != 1 || record[0].Reason != s.Reason {
			t.Errorf("the record is %+v, %v", record, err)
		}
		return nil
	})
}

func TestTheTermsAreChangedByAdministratorsWithAReasonWithinBounds(t *testing.T) {
	t.Parallel()
	m, olga := operated(t)
	carl := m.Person("Carl", money.Amount{})
	was := current(m)
	good := terms.Change{From: was.Version, Reason: "because", Values: was.Values}
	tooHigh := good
	tooHigh.ClientFee = 2001

	for _, test := range []struct {
		name   string
		by     account.Actor
		change terms.Change
		want   error
	}{
		{"a client", carl, good, terms.ErrNotAdmin},
		{"somebody who is not signed in", account.Actor{}, good, terms.ErrNotAdmin},
		{"without a reason", olga, terms.Change{From: was.Version, Reason: " \n", Values: was.Values}, terms.ErrNoReason},
		{"out of bounds", olga, tooHigh, terms.ErrOutOfBounds},
		{"another version", olga, terms.Change{From: was.Version - 1, Reason: "because", Values: was.Values}, terms.ErrSettingsMoved},
	} {
		if _, err := terms.ChangeSettings(t.Context(), m.DB, test.by, test.change); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v", test.name, err)
		}
	}
	if now := current(m); now.Version != was.Version {
		t.Errorf("in force is %+v", now)
	}
}

func TestOfTwoChangesAtOnceOneIsSentBackToLookAgain(t *testing.T) {
	t.Parallel()
	m, olga := operated(t)
	was := current(m)
	errs := make([]error, 2)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			_, errs[i] = terms.ChangeSettings(context.Background(), m.DB, olga, terms.Change{From: was.Version, Reason: "because", Values: was.Values})
		})
	}
	wg.Wait()

	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), terms.ErrSettingsMoved) {
		t.Errorf("got %v", errs)
	}
}

func TestNothingIsChangedThatCannotBeRecorded(t *testing.T) {
	t.Parallel()
	m, olga := operated(t)
	was := current(m)
	breakJournal(m)

	if _, err := terms.ChangeSettings(t.Context(), m.DB, olga, terms.Change{From: was.Version, Reason: "because", Values: was.Values}); err == nil {
		t.Error("changed without a record")
	}
	if now := current(m); now.Version != was.Version {
		t.Errorf("in force is %+v", now)
	}
}

func TestTheDatabaseKnowsTheBoundsToo(t *testing.T) {
	t.Parallel()
	m, _ := operated(t)
	version := 100
	set := func(field string, value int) error {
		version++
		_, err := m.DB.Pool.Exec(t.Context(), `
			INSERT INTO terms.settings OVERRIDING SYSTEM VALUE
			SELECT (jsonb_populate_record(s, jsonb_build_object('version', $1::int, $2::text, $3::int))).*
			FROM terms.settings s WHERE s.version = 1`, version, field, value)
		return err
	}
	for _, b := range terms.Bounds() {
		if err := errors.Join(set(b.Field, b.Min), set(b.Field, b.Max)); err != nil {
			t.Errorf("%s within its bounds: %v", b.Field, err)
		}
		if set(b.Field, b.Min-1) == nil || set(b.Field, b.Max+1) == nil {
			t.Errorf("the database takes %s out of its bounds", b.Field)
		}
	}
}
