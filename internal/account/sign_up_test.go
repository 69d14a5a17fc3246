package account_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db/dbtest"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/limits"
)

func TestWhoeverJoinsCanSignInAndIsMailedALinkThatConfirmsThem(t *testing.T) {
	t.Parallel()
	h := open(t)
	in := join("Ada")
	in.Name, in.Email, in.Country, in.TimeZone = "  Ada\tLovelace ", " Ada@Example.ORG ", "MY", "Asia/Kuala_Lumpur"
	id, err := account.SignUp(t.Context(), h.d, in)
	h.ok(err)

	p := h.find(id)
	if p.Name != "Ada Lovelace" || *p.Email != "Ada@example.org" || p.Client || !p.Freelancer || *p.Country != "MY" ||
		p.TimeZone != "Asia/Kuala_Lumpur" || !p.JoinedAt.Equal(dbtest.Noon) || p.ConfirmedAt != nil {
		t.Errorf("joined: %+v", p)
	}
	secret := h.signIn("ada@example.org")
	by, err := account.Authenticate(t.Context(), h.d, secret, home)
	h.ok(err)
	if by.ID != id || by.Confirmed || by.Email != "Ada@example.org" || by.Address != home.Address {
		t.Errorf("signed in: %+v", by)
	}

	m := h.lastMail()
	if m.To != "Ada@example.org" || m.Name != "Ada Lovelace" || !strings.HasPrefix(m.Body.Link, "/confirm/") {
		t.Fatalf("mailed: %+v", m)
	}
	for range 2 { // people follow a link twice
		confirmed, err := account.Confirm(t.Context(), h.d, h.secret(m))
		h.ok(err)
		if confirmed != id {
			t.Errorf("confirmed %d, want %d", confirmed, id)
		}
	}
	if by, err = account.Authenticate(t.Context(), h.d, secret, home); err != nil || !by.Confirmed {
		t.Errorf("confirmed: %+v, %v", by, err)
	}
}

func TestJoiningWithAKnownAddressAnswersTheSameAndTellsItsOwner(t *testing.T) {
	t.Parallel()
	h := open(t)
	ada, err := account.SignUp(t.Context(), h.d, join("Ada"))
	h.ok(err)
	eve := join("Eve")
	eve.Email, eve.Password = "ADA@example.org", "a password of her own"
	fake, err := account.SignUp(t.Context(), h.d, eve)
	h.ok(err)
	carl, err := account.SignUp(t.Context(), h.d, join("Carl"))
	h.ok(err)

	if fake != ada+1 || carl != fake+1 {
		t.Errorf("ids %d, %d, %d tell a known address from an unknown one", ada, fake, carl)
	}
	m := h.mails()[1]
	if m.To != "ada@example.org" || m.Name != "Ada" || m.Body.Link != "/sign-in" || strings.Contains(fmt.Sprint(m.Body), "Eve") {
		t.Errorf("mailed: %+v", m)
	}
	if p := h.find(ada); p.Name != "Ada" {
		t.Errorf("Eve has changed Ada: %+v", p)
	}
	_, err = account.SignIn(t.Context(), h.d, "ada@example.org", eve.Password, home, account.Browser)
	h.refused(err, account.ErrSignIn)
	h.signIn("ada@example.org")
}

func TestEverythingWrongWithAFormIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	for name, test := range map[string]struct {
		in   func(*account.SignUpInput)
		want []*fault.Error
	}{
		"nothing filled in": {func(in *account.SignUpInput) { *in = account.SignUpInput{} },
			[]*fault.Error{account.ErrName, account.ErrAddress, account.ErrPasswordLength, account.ErrSide}},
		"a long name":         {func(in *account.SignUpInput) { in.Name = strings.Repeat("a", 101) }, []*fault.Error{account.ErrName}},
		"a name of no letter": {func(in *account.SignUpInput) { in.Name = "\u202e \n" }, []*fault.Error{account.ErrName}},
		"a broken name":       {func(in *account.SignUpInput) { in.Name = "Ada\xff" }, []*fault.Error{{Code: "not_text", Field: "name"}}},
		"an unknown country":  {func(in *account.SignUpInput) { in.Country = "my" }, []*fault.Error{account.ErrCountry}},
		"the server's zone":   {func(in *account.SignUpInput) { in.TimeZone = "Local" }, []*fault.Error{account.ErrTimeZone}},
		"a zone of nowhere":   {func(in *account.SignUpInput) { in.TimeZone = "../etc/passwd" }, []*fault.Error{account.ErrTimeZone}},
		"some other kind":     {func(in *account.SignUpInput) { in.Kind = "admin" }, []*fault.Error{account.ErrSide}},
		"their own address":   {func(in *account.SignUpInput) { in.Password = "ADA@example.org" }, []*fault.Error{account.ErrPasswordIsAddress}},
	} {
		in := join("Ada")
		test.in(&in)
		_, err := account.SignUp(t.Context(), h.d, in)
		got := fault.All(err)
		if !slices.EqualFunc(got, test.want, func(a, b *fault.Error) bool { return a.Code == b.Code && a.Field == b.Field }) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if n := h.count(`SELECT count(*) FROM account.people`); n != 0 {
		t.Errorf("%d people have joined", n)
	}
}

func TestJoiningTwiceAtOnceMakesOnePerson(t *testing.T) {
	t.Parallel()
	h := open(t)
	var wg sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wg.Go(func() { _, errs[i] = account.SignUp(t.Context(), h.d, join("Ada")) })
	}
	wg.Wait()
	h.ok(errors.Join(errs...))
	if n := h.count(`SELECT count(*) FROM account.people`); n != 1 {
		t.Errorf("%d people have joined, want 1", n)
	}
	if n := len(h.mails()); n != len(errs) {
		t.Errorf("%d mails, want one for each try", n)
	}
}

func TestOnlyTheDemonstrationConfirmsAddressesUnasked(t *testing.T) {
	t.Parallel()
	h := open(t)
	for name, test := range map[string]struct {
		email     string
		demo      bool
		confirmed bool
	}{
		"in the demonstration":               {"ada@demo.test", true, true},
		"elsewhere":                          {"carl@demo.test", false, false},
		"another address":                    {"mo@example.org", true, false},
		"an address that merely looks alike": {"eve@not-demo.test", true, false},
	} {
		in := join("Somebody")
		in.Email, in.Demo = test.email, test.demo
		id, err := account.SignUp(t.Context(), h.d, in)
		h.ok(err)
		if got := h.find(id).ConfirmedAt != nil; got != test.confirmed {
			t.Errorf("%s: confirmed %v, want %v", name, got, test.confirmed)
		}
	}
}

func TestNobodyFillsAMailboxOrTheMarket(t *testing.T) {
	t.Parallel()
	h := open(t)
	for range 5 {
		_, err := account.SignUp(t.Context(), h.d, join("Ada"))
		h.ok(err)
	}
	_, err := account.SignUp(t.Context(), h.d, join("Ada"))
	h.refused(err, limits.ErrTooMany)
	h.refused(account.AskReset(t.Context(), h.d, "ADA@example.org", home), limits.ErrTooMany)

	crowd := func(i int) account.SignUpInput {
		in := join("P" + strings.Repeat("a", i))
		in.From = account.Visitor{Address: "203.0.113.1"}
		return in
	}
	for i := range 100 {
		_, err := account.SignUp(t.Context(), h.d, crowd(i%50))
		h.ok(err)
	}
	_, err = account.SignUp(t.Context(), h.d, crowd(60))
	h.refused(err, limits.ErrTooMany)
	h.clock.Advance(time.Hour)
	_, err = account.SignUp(t.Context(), h.d, crowd(60))
	h.ok(err)
}

func TestNobodyJoinsIfTheMailCannotBeWritten(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, err := h.d.Pool.Exec(t.Context(), `ALTER TABLE mail.outbox ADD CHECK (false) NOT VALID`)
	h.ok(err)
	if _, err := account.SignUp(t.Context(), h.d, join("Ada")); err == nil {
		t.Fatal("joined without a mail")
	}
	if n := h.count(`SELECT count(*) FROM account.people`); n != 0 {
		t.Errorf("%d people have joined", n)
	}
}

func TestAConfirmationIsSentAgainOnlyWhileItIsNeeded(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, err := account.SignUp(t.Context(), h.d, join("Ada"))
	h.ok(err)
	late := h.secret(h.lastMail())
	secret := h.signIn("ada@example.org")
	h.clock.Advance(3 * 24 * time.Hour)
	_, err = account.Confirm(t.Context(), h.d, late)
	h.refused(err, account.ErrLink)

	by, err := account.Authenticate(t.Context(), h.d, secret, home)
	h.ok(err)
	h.ok(account.SendConfirmation(t.Context(), h.d, by))
	_, err = account.Confirm(t.Context(), h.d, h.secret(h.lastMail()))
	h.ok(err)
	h.refused(account.SendConfirmation(t.Context(), h.d, by), account.ErrConfirmed)
	_, err = account.Confirm(t.Context(), h.d, "GUESSED")
	h.refused(err, account.ErrLink)
}
