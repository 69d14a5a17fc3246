package account_test

import (
	"context"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

func TestAFreelancerBecomesAClientToo(t *testing.T) {
	t.Parallel()
	h := open(t)
	ada, secret := h.person("Ada")
	h.ok(account.ChangeSettings(t.Context(), h.d, ada, account.SettingsInput{
		Name: " Ada  L. ", Country: "DE", TimeZone: "Europe/Berlin", Language: "de", Client: true, Freelancer: true}))

	by, err := account.Authenticate(t.Context(), h.d, secret, home)
	h.ok(err)
	if by.Name != "Ada L." || !by.Client || !by.Freelancer || by.TimeZone != "Europe/Berlin" || by.Language != "de" {
		t.Errorf("now: %+v", by)
	}
	h.ok(account.ChangeSettings(t.Context(), h.d, ada, account.SettingsInput{Name: "Ada", Client: true}))
	if p := h.find(ada.ID); p.Country != nil || p.TimeZone != "UTC" || p.Language != "en" || p.Freelancer {
		t.Errorf("now: %+v", p)
	}
}

func TestSettingsThatMakeNoSenseChangeNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	ada, _ := h.person("Ada")
	err := account.ChangeSettings(t.Context(), h.d, ada, account.SettingsInput{Country: "XX", TimeZone: "Mars/Olympus", Language: "tlh"})
	var fields []string
	for _, f := range fault.All(err) {
		fields = append(fields, f.Field)
	}
	if !slices.Equal(fields, []string{"name", "country", "time_zone", "language", "kind"}) {
		t.Errorf("wrong: %v", fields)
	}
	if p := h.find(ada.ID); p.Name != "Ada" {
		t.Errorf("now: %+v", p)
	}
}

func TestSettlingAddsToWhatIsKnown(t *testing.T) {
	t.Parallel()
	h := open(t)
	ada, _ := h.person("Ada")
	settle := func(p account.Place, as account.Side) error {
		return h.d.Update(t.Context(), func(tx *db.Tx) error { return account.Settle(t.Context(), tx, ada.ID, p, as) })
	}
	h.ok(settle(account.Place{Country: "MY"}, account.AsFreelancer))
	h.ok(settle(account.Place{TimeZone: "Asia/Kuala_Lumpur"}, account.AsClient))
	if p := h.find(ada.ID); *p.Country != "MY" || p.TimeZone != "Asia/Kuala_Lumpur" || !p.Client || !p.Freelancer {
		t.Errorf("now: %+v", p)
	}
	h.refused(settle(account.Place{Country: "my"}, account.AsClient), account.ErrCountry)
	h.refused(settle(account.Place{}, "guest"), account.ErrSide)
}

func TestPeopleAreFoundByIdAndAddress(t *testing.T) {
	t.Parallel()
	h := open(t)
	ada, _ := h.person("Ada")
	carl, _ := h.person("Carl")
	h.view(func(ctx context.Context, tx *db.Tx) error {
		names, err := account.Names(ctx, tx, []account.ID{ada.ID, carl.ID, 999})
		h.ok(err)
		if !maps.Equal(names, map[account.ID]string{ada.ID: "Ada", carl.ID: "Carl"}) {
			t.Errorf("names: %v", names)
		}
		p, err := account.PersonByEmail(ctx, tx, "CARL@example.org")
		h.ok(err)
		if p.ID != carl.ID {
			t.Errorf("found: %+v", p)
		}
		_, err = account.PersonByID(ctx, tx, 999)
		h.refused(err, account.ErrNotFound)
		_, err = account.ActorOf(ctx, tx, 999)
		h.refused(err, account.ErrNotFound)
		by, err := account.ActorOf(ctx, tx, ada.ID)
		h.ok(err)
		if by.ID != ada.ID || by.Name != "Ada" || !by.Confirmed || by.Session != 0 {
			t.Errorf("acting: %+v", by)
		}
		return nil
	})
}

func TestARoleIsGivenAndTakenAwayOnRecord(t *testing.T) {
	t.Parallel()
	h := open(t)
	ada, secret := h.person("Ada")
	carl, _ := h.person("Carl")
	h.refused(account.Grant(t.Context(), h.d, ada, ada.ID, account.Admin), account.ErrNotAdmin)
	h.ok(account.Grant(t.Context(), h.d, account.System, ada.ID, account.Admin))
	h.ok(account.Grant(t.Context(), h.d, account.System, ada.ID, account.Admin))

	ada, err := account.Authenticate(t.Context(), h.d, secret, home)
	h.ok(err)
	h.ok(account.Grant(t.Context(), h.d, ada, ada.ID, account.Finance))
	h.ok(account.Grant(t.Context(), h.d, ada, carl.ID, account.Support))
	h.ok(account.Revoke(t.Context(), h.d, ada, carl.ID, account.Support))
	h.refused(account.Grant(t.Context(), h.d, ada, carl.ID, "root"), account.ErrRole)
	h.refused(account.Grant(t.Context(), h.d, ada, 999, account.Support), account.ErrNotFound)

	if ada, err = account.Authenticate(t.Context(), h.d, secret, home); err != nil || !slices.Equal(ada.Roles, []account.Role{"admin", "finance"}) {
		t.Errorf("roles: %v (%v)", ada.Roles, err)
	}
	if n := h.count(`SELECT count(*) FROM account.grants`); n != 4 {
		t.Errorf("%d acts on record, want 4", n)
	}
	if _, err := h.d.Pool.Exec(t.Context(), `DELETE FROM account.grants`); err == nil {
		t.Error("the record can be wiped")
	}
}

func TestGivingARoleTwiceAtOnceIsOneAct(t *testing.T) {
	t.Parallel()
	h := open(t)
	ada, _ := h.person("Ada")
	for _, role := range account.Roles {
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if err := account.Grant(context.WithoutCancel(t.Context()), h.d, account.System, ada.ID, role); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	}
	if n := h.count(`SELECT count(*) FROM account.grants`); n != len(account.Roles) {
		t.Errorf("%d acts on record, want %d", n, len(account.Roles))
	}
}

func (h house) imported(source, name string) (id account.ID) {
	h.Helper()
	h.update(func(ctx context.Context, tx *db.Tx) (err error) {
		id, err = account.ImportPerson(ctx, tx, source, name, "Atlantis")
		return err
	})
	return id
}

func TestImportingSomebodyTwiceMakesOnePerson(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := h.imported("elsewhere/client/17", "Client 17")
	if again := h.imported("elsewhere/client/17", "Somebody"); again != id {
		t.Errorf("imported %d and %d", id, again)
	}
	if p := h.find(id); p.Name != "Client 17" || !p.Client || p.Freelancer || p.Email != nil || p.Country != nil || *p.Source != "elsewhere/client/17" {
		t.Errorf("imported: %+v", p)
	}
}

func TestTheOwnerOfAnImportedAccountClaimsItByMail(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := h.imported("elsewhere/client/17", "Carl")
	ada, _ := h.person("Ada")
	h.refused(account.Claim(t.Context(), h.d, ada, id, "carl@example.org"), account.ErrNotSupport)
	h.refused(account.Claim(t.Context(), h.d, account.System, id, "ADA@example.org"), account.ErrAddressTaken)
	h.refused(account.Claim(t.Context(), h.d, account.System, ada.ID, "ada@example.org"), account.ErrNotImported)
	h.ok(account.Claim(t.Context(), h.d, account.System, id, "carl@example.org"))

	link := h.secret(h.lastMail())
	h.clock.Advance(13 * 24 * time.Hour)
	h.ok(account.ResetPassword(t.Context(), h.d, link, password))
	by, err := account.Authenticate(t.Context(), h.d, h.signIn("carl@example.org"), home)
	h.ok(err)
	if by.ID != id || !by.Confirmed {
		t.Errorf("claimed: %+v", by)
	}
	h.refused(account.Claim(t.Context(), h.d, account.System, id, "eve@example.org"), account.ErrNotImported)
}

func TestAClaimYieldsToWhoeverJoinedWithTheAddress(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := h.imported("elsewhere/client/17", "Carl")
	h.ok(account.Claim(t.Context(), h.d, account.System, id, "carl@example.org"))
	link := h.secret(h.lastMail())
	h.person("Carl")
	h.refused(account.ResetPassword(t.Context(), h.d, link, password), account.ErrAddressTaken)
	if p := h.find(id); p.Email != nil {
		t.Errorf("claimed: %+v", p)
	}
}

func TestSweepingForgetsWhatNobodyNeeds(t *testing.T) {
	t.Parallel()
	h := open(t)
	ada, _ := h.person("Ada")
	_, kept := h.person("Carl")
	h.ok(account.SignOut(t.Context(), h.d, ada))
	h.clock.Advance(24 * time.Hour)
	h.ok(account.Sweep(t.Context(), h.d))
	traces := `SELECT count(*) FROM account.sessions WHERE address <> ''`
	if n, l := h.count(traces), h.count(`SELECT count(*) FROM account.links`); n != 2 || l != 2 {
		t.Errorf("after a day: %d traces and %d links, want 2 and 2", n, l)
	}
	for range 4 {
		h.clock.Advance(25 * 24 * time.Hour)
		if !h.isSignedIn(kept) {
			t.Fatal("Carl was signed out")
		}
	}
	h.ok(account.Sweep(t.Context(), h.d))
	if n, l := h.count(traces), h.count(`SELECT count(*) FROM account.links`); n != 1 || l != 0 {
		t.Errorf("after 100 days: %d traces and %d links, want 1 and none", n, l)
	}
	if n := h.count(`SELECT count(*) FROM limits.counters`) + len(h.mails()); n != 0 {
		t.Errorf("%d counters and mails are left", n)
	}
}
