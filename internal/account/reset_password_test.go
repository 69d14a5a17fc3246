package account_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/limits"
)

const renewed = "an entirely different sentence"

func TestResettingAPasswordSignsEverybodyOut(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, laptop := h.person("Ada")
	_, carls := h.person("Carl")
	h.ok(account.AskReset(t.Context(), h.d, " ADA@example.org", home))
	m := h.lastMail()
	if m.To != "ada@example.org" || !strings.HasPrefix(m.Body.Link, "/reset/") {
		t.Fatalf("mailed: %+v", m)
	}
	if !h.isSignedIn(laptop) {
		t.Error("asking alone has signed her out")
	}
	h.ok(account.ResetPassword(t.Context(), h.d, h.secret(m), renewed))

	if h.isSignedIn(laptop) || !h.isSignedIn(carls) {
		t.Error("Ada is still signed in, or Carl is not any more")
	}
	_, err := account.SignIn(t.Context(), h.d, "ada@example.org", password, home, account.Browser)
	h.refused(err, account.ErrSignIn)
	_, err = account.SignIn(t.Context(), h.d, "ada@example.org", renewed, home, account.Browser)
	h.ok(err)
	if m := h.lastMail(); m.Subject != "Your password for Freehold was changed" || m.To != "ada@example.org" {
		t.Errorf("Ada was not told: %+v", m)
	}
}

func TestAResetLinkWorksOnceForAnHour(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.person("Ada")
	ask := func() string {
		h.ok(account.AskReset(t.Context(), h.d, "ada@example.org", home))
		return h.secret(h.lastMail())
	}
	reset := func(secret string) error { return account.ResetPassword(t.Context(), h.d, secret, renewed) }

	earlier, later := ask(), ask()
	h.refused(account.ResetPassword(t.Context(), h.d, later, "short"), account.ErrPasswordLength)
	h.ok(reset(later))
	h.refused(reset(later), account.ErrLink)
	h.refused(reset(earlier), account.ErrLink)
	late := ask()
	h.clock.Advance(time.Hour)
	h.refused(reset(late), account.ErrLink)
	h.refused(reset("GUESSED"), account.ErrLink)
}

func TestALinkServesOnlyWhatItWasMailedFor(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, err := account.SignUp(t.Context(), h.d, join("Ada"))
	h.ok(err)
	h.refused(account.ResetPassword(t.Context(), h.d, h.secret(h.lastMail()), renewed), account.ErrLink)
	h.ok(account.AskReset(t.Context(), h.d, "ada@example.org", home))
	_, err = account.Confirm(t.Context(), h.d, h.secret(h.lastMail()))
	h.refused(err, account.ErrLink)
}

func TestFollowingAResetLinkConfirmsTheAddress(t *testing.T) {
	t.Parallel()
	h := open(t)
	id, err := account.SignUp(t.Context(), h.d, join("Ada"))
	h.ok(err)
	h.ok(account.AskReset(t.Context(), h.d, "ada@example.org", home))
	h.ok(account.ResetPassword(t.Context(), h.d, h.secret(h.lastMail()), renewed))
	if h.find(id).ConfirmedAt == nil {
		t.Error("she has read the mail, and is not confirmed")
	}
}

func TestAskingForAnUnknownAddressAnswersTheSameAndMailsNobody(t *testing.T) {
	t.Parallel()
	h := open(t)
	for range 5 {
		h.ok(account.AskReset(t.Context(), h.d, "nobody@example.org", account.Visitor{}))
	}
	h.refused(account.AskReset(t.Context(), h.d, "nobody@example.org", account.Visitor{}), limits.ErrTooMany)
	h.refused(account.AskReset(t.Context(), h.d, "nobody", account.Visitor{}), account.ErrAddress)
	if n := len(h.mails()); n != 0 {
		t.Errorf("%d mails were written", n)
	}
}

func TestUsingAResetLinkTwiceAtOnceWorksOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.person("Ada")
	h.ok(account.AskReset(t.Context(), h.d, "ada@example.org", home))
	link := h.secret(h.lastMail())
	passwords := []string{"the first of two sentences", "the second of two sentences"}

	var wg sync.WaitGroup
	errs := make([]error, 2)
	for i := range errs {
		wg.Go(func() { errs[i] = account.ResetPassword(context.WithoutCancel(t.Context()), h.d, link, passwords[i]) })
	}
	wg.Wait()

	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), account.ErrLink) {
		t.Fatalf("want one reset and one refusal, got %v", errs)
	}
	for i, p := range passwords {
		_, err := account.SignIn(t.Context(), h.d, "ada@example.org", p, home, account.Browser)
		if (err == nil) != (errs[i] == nil) {
			t.Errorf("%q signs in: %v, its reset: %v", p, err, errs[i])
		}
	}
}

func TestChangingAPasswordEndsTheOtherSessions(t *testing.T) {
	t.Parallel()
	h := open(t)
	ada, here := h.person("Ada")
	elsewhere := h.signIn("ada@example.org")

	wrong := *account.ErrPasswordLength
	wrong.Field = "new_password"
	h.refused(account.ChangePassword(t.Context(), h.d, ada, password, "short"), &wrong)
	h.refused(account.ChangePassword(t.Context(), h.d, ada, "not her password", renewed), account.ErrWrongPassword)
	h.ok(account.ChangePassword(t.Context(), h.d, ada, password, renewed))

	if !h.isSignedIn(here) || h.isSignedIn(elsewhere) {
		t.Error("she is not signed in here, or still elsewhere")
	}
	h.ok(account.CheckPassword(t.Context(), h.d, ada, renewed))
	if m := h.lastMail(); m.Subject != "Your password for Freehold was changed" {
		t.Errorf("Ada was not told: %+v", m)
	}
}

func TestGuessingAtAnUnlockedScreenIsPaused(t *testing.T) {
	t.Parallel()
	h := open(t)
	ada, _ := h.person("Ada")
	for range 30 {
		h.ok(account.CheckPassword(t.Context(), h.d, ada, password))
	}
	for range 20 {
		h.refused(account.CheckPassword(t.Context(), h.d, ada, "a guess of Eve's"), account.ErrWrongPassword)
	}
	h.refused(account.CheckPassword(t.Context(), h.d, ada, password), limits.ErrTooMany)
	h.refused(account.ChangePassword(t.Context(), h.d, ada, password, renewed), limits.ErrTooMany)
}

func TestASystemHasNoPassword(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.refused(account.CheckPassword(t.Context(), h.d, account.System, ""), account.ErrNotFound)
}
