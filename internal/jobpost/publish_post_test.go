package jobpost_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/terms"
)

func TestPublishingOpensThePostAndSetsTheBondAside(t *testing.T) {
	t.Parallel()
	m := open(t)
	p := m.published(logo())

	if p.State != jobpost.Open || !p.PublishedAt.Equal(m.Clock.Now()) || !p.AnswerBy.Equal(m.Clock.Now().Add(10*day)) || p.FloorMinor == 0 {
		t.Errorf("it is %+v", p)
	}
	if held, wallet := m.bond(p.ID), m.Wallet(m.carl, "EUR"); held != euros(20) || p.Bond() != euros(20) || wallet != euros(80) {
		t.Errorf("in escrow are %v, and Carl has %v", held, wallet)
	}
	if acts := m.acts(p.ID); len(acts) != 2 || !strings.Contains(acts[1], "published") {
		t.Errorf("on record is %q", acts)
	}
	for _, words := range []string{"orchards", "crate", "illustrator", "design"} {
		m.View(func(ctx context.Context, tx *db.Tx) error {
			found, err := db.Value[bool](ctx, tx, `
				SELECT search @@ websearch_to_tsquery('public.freehold', $2) FROM jobpost.posts WHERE id = $1`, p.ID, words)
			if !found {
				t.Errorf("nobody finds it by %q", words)
			}
			return err
		})
	}
}

func TestAPostIsPublishedByAClientWhoCanBeReachedAndCanPay(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.draft(logo())
	noClient, unconfirmed := m.carl, m.carl
	noClient.Client, unconfirmed.Confirmed = false, false
	penniless, err := jobpost.SaveDraft(t.Context(), m.DB, m.ada, 0, logo())
	m.OK(err)

	for _, test := range []struct {
		name string
		by   account.Actor
		id   jobpost.ID
		want error
	}{
		{"a stranger", m.eve, id, jobpost.ErrNotFound},
		{"somebody who is not signed in", account.Actor{}, id, jobpost.ErrNotFound},
		{"a post that is not there", m.carl, 1 << 40, jobpost.ErrNotFound},
		{"no longer a client", noClient, id, jobpost.ErrNotClient},
		{"an address that may not be theirs", unconfirmed, id, jobpost.ErrUnconfirmed},
		{"nobody knows whether they can pay", m.ada, penniless.ID, jobpost.ErrNotVerified},
	} {
		if _, err := jobpost.Publish(t.Context(), m.DB, test.by, test.id); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v", test.name, err)
		}
	}
	if v := m.show(m.carl, id); v.State != jobpost.Draft || m.Wallet(m.carl, "EUR") != euros(100) {
		t.Errorf("it is %s", v.State)
	}
}

func TestWhatIsMissingIsSaidBesideEachField(t *testing.T) {
	t.Parallel()
	m := open(t)
	for field, change := range map[string]func(in *jobpost.Input){
		"title":       func(in *jobpost.Input) { in.Title = "" },
		"description": func(in *jobpost.Input) { in.Description = " \n " },
		"category":    func(in *jobpost.Input) { in.Category = "" },
		"level":       func(in *jobpost.Input) { in.Level = "" },
		"budget":      func(in *jobpost.Input) { in.BudgetMin, in.BudgetMax = 0, 0 },
		"hours":       func(in *jobpost.Input) { in.Hours = 0 },
	} {
		in := logo()
		change(&in)
		_, err := jobpost.Publish(t.Context(), m.DB, m.carl, m.draft(in))
		if got := faults(err); got != field+": missing" {
			t.Errorf("without %s: got %s", field, got)
		}
	}
}

func TestNothingIsPublishedBelowTheFloor(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.draft(logo())
	olga := m.eve
	olga.Roles = []account.Role{account.Admin}
	m.OK(terms.SetCategoryFloor(t.Context(), m.DB, olga, "design", "intermediate", money.Amount{Minor: 100_00, Currency: "USD"}, "our assembly"))

	_, err := jobpost.Publish(t.Context(), m.DB, m.carl, id)
	if !errors.Is(err, terms.ErrBelowFloor) || faults(err) != "budget: below_floor" {
		t.Errorf("got %v", err)
	}
}

func TestTheFloorIsForAnHourOfTheWork(t *testing.T) {
	t.Parallel()
	m := open(t)
	olga := m.eve
	olga.Roles = []account.Role{account.Admin}
	m.OK(terms.SetCategoryFloor(t.Context(), m.DB, olga, "design", "intermediate", money.Amount{Minor: 10_00, Currency: "USD"}, "our assembly"))
	m.OK(terms.SetRate(t.Context(), m.DB, olga, "EUR", "1", "our bank"))
	for _, test := range []struct {
		kind  jobpost.Kind
		hours int
		least int64
	}{
		{jobpost.Fixed, 40, 400_00},
		{jobpost.Hourly, 40, 10_00},
		{jobpost.Retainer, 80, 800_00},
	} {
		in := logo()
		in.Kind, in.Hours, in.BudgetMin, in.BudgetMax = test.kind, test.hours, test.least, test.least
		in.Title, in.Description = string(test.kind), "Something else for "+string(test.kind)
		if p := m.published(in); p.FloorMinor != 10_00 {
			t.Errorf("%s: the floor is %d", test.kind, p.FloorMinor)
		}
		in.BudgetMin--
		if _, err := jobpost.SaveDraft(t.Context(), m.DB, m.carl, 0, in); !errors.Is(err, terms.ErrBelowFloor) {
			t.Errorf("%s a cent below: %v", test.kind, err)
		}
	}
}

func TestThePostIsNotPublishedWithoutItsBond(t *testing.T) {
	t.Parallel()
	m := open(t)
	dollars := logo()
	dollars.Currency = "USD" // of which Carl has none
	id := m.draft(dollars)

	_, err := jobpost.Publish(t.Context(), m.DB, m.carl, id)
	if !errors.Is(err, jobpost.ErrBondNotCovered) || !strings.Contains(err.Error(), "$20.00") {
		t.Errorf("got %v", err)
	}
	if v := m.show(m.carl, id); v.State != jobpost.Draft || v.BondNow.Minor != 2000 {
		t.Errorf("it is %s, and the bond would be %v", v.State, v.BondNow)
	}
}

func TestWhereTheOperatorAsksForNoBondNoneIsNeeded(t *testing.T) {
	t.Parallel()
	m := open(t)
	olga := m.eve
	olga.Roles = []account.Role{account.Admin}
	m.OK(terms.SetBond(t.Context(), m.DB, olga, money.Zero("USD"), "we trust each other"))
	in := logo()
	in.Currency = "USD"
	if p := m.published(in); p.State != jobpost.Open || !p.Bond().IsZero() {
		t.Errorf("it is %+v", p)
	}
}

func TestNobodyPublishesTheSamePostTwice(t *testing.T) {
	t.Parallel()
	m := open(t)
	first := m.published(logo())
	again := logo()
	again.Title = "A LOGO, for an orchard!"
	id := m.draft(again)

	_, err := jobpost.Publish(t.Context(), m.DB, m.carl, id)
	if !errors.Is(err, jobpost.ErrDuplicate) || !strings.Contains(err.Error(), first.Title) || !strings.Contains(err.Error(), first.URL()) {
		t.Errorf("got %v", err)
	}
	m.Deposit(m.eve, euros(50))
	hers, err := jobpost.SaveDraft(t.Context(), m.DB, m.eve, 0, again)
	m.OK(err)
	if _, err := jobpost.Publish(t.Context(), m.DB, m.eve, hers.ID); err != nil {
		t.Errorf("somebody else may want the same: %v", err)
	}
	m.OK(m.DB.Update(t.Context(), func(tx *db.Tx) error { // once the first has ended, it is no duplicate
		p, err := jobpost.LockPost(t.Context(), tx, first.ID)
		m.OK(err)
		m.OK(p.Close(tx.Now))
		m.OK(jobpost.SavePost(t.Context(), tx, p))
		_, err = jobpost.ReturnBond(t.Context(), tx, p)
		return err
	}))
	if _, err := jobpost.Publish(t.Context(), m.DB, m.carl, id); err != nil {
		t.Errorf("after the first was closed: %v", err)
	}
}

func TestPublishingTwiceAtOnceTakesOneBond(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.draft(logo())
	publish := func() error { _, err := jobpost.Publish(context.Background(), m.DB, m.carl, id); return err }

	errs := together(publish, publish)
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), jobpost.ErrNotDraft) {
		t.Errorf("got %v", errs)
	}
	if held, wallet := m.bond(id), m.Wallet(m.carl, "EUR"); held != euros(20) || wallet != euros(80) {
		t.Errorf("in escrow are %v, and Carl has %v", held, wallet)
	}
}

func TestDraftsThatSayTheSameDoNotPassEachOther(t *testing.T) {
	t.Parallel()
	m := open(t)
	publish := func(id jobpost.ID) func() error {
		return func() error { _, err := jobpost.Publish(context.Background(), m.DB, m.carl, id); return err }
	}
	errs := together(publish(m.draft(logo())), publish(m.draft(logo())), publish(m.draft(logo())), publish(m.draft(logo())))
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
		} else if !errors.Is(err, jobpost.ErrDuplicate) {
			t.Errorf("got %v", err)
		}
	}
	if done != 1 {
		t.Errorf("%d of them were published: %v", done, errs)
	}
}

func TestAPublishingThatFailsHalfWayLeavesNothing(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.draft(logo())
	m.fails()

	if _, err := jobpost.Publish(t.Context(), m.DB, m.carl, id); err == nil {
		t.Fatal("published without a record")
	}
	if v := m.show(m.carl, id); v.State != jobpost.Draft || v.PublishedAt != nil {
		t.Errorf("it is %s", v.State)
	}
	if held, wallet := m.bond(id), m.Wallet(m.carl, "EUR"); !held.IsZero() || wallet != euros(100) {
		t.Errorf("in escrow are %v, and Carl has %v", held, wallet)
	}
}
