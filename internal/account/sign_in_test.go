package account_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/db/dbtest"
	"freehold/internal/kit/limits"
)

func TestAWrongPasswordAndAnUnknownAddressAreRefusedAlike(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.person("Ada")
	var said []string
	for _, try := range []struct{ email, password string }{
		{"ada@example.org", "wrong horse battery staple"},
		{"nobody@example.org", password},
		{"no address", password},
		{"", ""},
		{"ada@example.org", ""},
		{"ada@example.org\x00", "\xff\x00"},
		{strings.Repeat("a", 100_000) + "@example.org", strings.Repeat("p", 100_000)},
	} {
		_, err := account.SignIn(t.Context(), h.d, try.email, try.password, home, account.Browser)
		h.refused(err, account.ErrSignIn)
		said = append(said, err.Error())
	}
	for _, s := range said {
		if s != said[0] {
			t.Errorf("answers differ: %q and %q", s, said[0])
		}
	}
}

func TestASessionEndsWhenItIsNotUsedForThirtyDays(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, secret := h.person("Ada")
	for range 3 {
		h.clock.Advance(29 * 24 * time.Hour)
		if !h.isSignedIn(secret) {
			t.Fatal("signed out while she was coming here")
		}
	}
	h.clock.Advance(30 * 24 * time.Hour)
	if h.isSignedIn(secret) {
		t.Error("still signed in after thirty days away")
	}
}

func TestBeingHereIsNotedOnceAMinute(t *testing.T) {
	t.Parallel()
	h := open(t)
	by, secret := h.person("Ada")
	seen := func(agent string) account.Session {
		_, err := account.Authenticate(t.Context(), h.d, secret, account.Visitor{Address: "203.0.113.9", Agent: agent})
		h.ok(err)
		open, err := account.Sessions(t.Context(), h.d, by)
		h.ok(err)
		return open[0]
	}
	h.clock.Advance(59 * time.Second)
	if s := seen("Safari"); !s.LastSeenAt.Equal(dbtest.Noon) || s.Agent != home.Agent {
		t.Errorf("noted within a minute: %+v", s)
	}
	h.clock.Advance(time.Second)
	if s := seen("Safari\r\n<script>\u202e"); !s.LastSeenAt.Equal(h.clock.Now()) || s.Address != "203.0.113.9" || s.Agent != "Safari <script>" {
		t.Errorf("noted: %+v", s)
	}
	h.clock.Advance(time.Minute)
	if s := seen("\xff" + strings.Repeat("x", 1000)); s.Agent != "" {
		t.Errorf("noted: %+v", s)
	}
}

func TestGuessingPausesAnAccountUntilItsOwnerHasANewPassword(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, before := h.person("Ada")
	for range 20 {
		_, err := account.SignIn(t.Context(), h.d, "ada@example.org", "a guess of Eve's", account.Visitor{Address: "203.0.113.66"}, account.Browser)
		h.refused(err, account.ErrSignIn)
	}
	_, err := account.SignIn(t.Context(), h.d, "ADA@example.org", password, home, account.Browser)
	h.refused(err, limits.ErrTooMany)
	if !h.isSignedIn(before) {
		t.Error("guessing has thrown Ada out")
	}

	h.ok(account.AskReset(t.Context(), h.d, "ada@example.org", home))
	h.ok(account.ResetPassword(t.Context(), h.d, h.secret(h.lastMail()), password))
	h.signIn("ada@example.org")
}

func TestGuessingFromOneAddressIsPausedWhateverTheAccount(t *testing.T) {
	t.Parallel()
	h := open(t)
	for i := range 100 {
		email := strings.Repeat("a", i%60+1) + "@example.org"
		_, err := account.SignIn(t.Context(), h.d, email, password, home, account.Browser)
		h.refused(err, account.ErrSignIn)
	}
	_, err := account.SignIn(t.Context(), h.d, "ada@example.org", password, home, account.Browser)
	h.refused(err, limits.ErrTooMany)
	h.clock.Advance(15 * time.Minute)
	_, err = account.SignIn(t.Context(), h.d, "ada@example.org", password, home, account.Browser)
	h.refused(err, account.ErrSignIn)
}

func TestSigningInRightlyIsNeverTooOften(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.person("Ada")
	for range 110 {
		h.signIn("ada@example.org")
	}
}

// While a sign-in checks the old password, the password is reset. Whichever
// comes first, nobody who knew only the old one is signed in afterwards.
func TestSigningInDuringAResetOpensNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.person("Ada")
	ctx := context.WithoutCancel(t.Context())
	for range 5 {
		h.clock.Advance(time.Hour) // as many mails as we like
		h.ok(account.AskReset(ctx, h.d, "ada@example.org", home))
		link := h.secret(h.lastMail())
		var wg sync.WaitGroup
		opened := make([]string, 4)
		var errReset error
		for i := range opened {
			wg.Go(func() { opened[i], _ = account.SignIn(ctx, h.d, "ada@example.org", password, home, account.Browser) })
		}
		wg.Go(func() { errReset = account.ResetPassword(ctx, h.d, link, "a password that is new") })
		wg.Wait()
		h.ok(errReset)
		for _, secret := range opened {
			if secret != "" && h.isSignedIn(secret) {
				t.Error("signed in with a password that was reset")
			}
		}
		h.ok(account.AskReset(ctx, h.d, "ada@example.org", home))
		h.ok(account.ResetPassword(ctx, h.d, h.secret(h.lastMail()), password))
	}
}

func TestAPasswordThatIsReplacedWhileItIsCheckedOpensNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	ada, _ := h.person("Ada")
	ctx := context.WithoutCancel(t.Context())
	signedIn := make(chan error, 1)
	h.ok(h.d.Update(ctx, func(tx *db.Tx) error {
		h.ok(db.Exec1(ctx, tx, `UPDATE account.people SET password_hash = 'another' WHERE id = $1`, ada.ID))
		go func() {
			_, err := account.SignIn(ctx, h.d, "ada@example.org", password, home, account.Browser)
			signedIn <- err
		}()
		for waiting := 0; waiting == 0; { // for the row that we hold: the old password was right
			waiting = h.count(`SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)
		}
		return nil
	}))
	h.refused(<-signedIn, account.ErrSignIn)
}

func TestASecretIsNotKept(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, secret := h.person("Ada")
	if n := h.count(`SELECT count(*) FROM account.sessions s WHERE s::text LIKE '%` + secret + `%'`); n != 0 {
		t.Error("the secret of a session can be read in the database")
	}
	if n := h.count(`SELECT count(*) FROM account.people WHERE password_hash LIKE '$argon2id$%'`); n != 1 {
		t.Error("the password is not kept as argon2id")
	}
	for _, guess := range []string{"", "x", secret[1:], secret + "\x00", "\xff"} {
		if h.isSignedIn(guess) {
			t.Errorf("%q opens a session", guess)
		}
	}
}

func TestEndedSessionsOpenNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	ada, laptop := h.person("Ada")
	carl, carls := h.person("Carl")
	h.clock.Advance(time.Hour)
	phone := h.signIn("ada@example.org")
	token, err := account.SignIn(t.Context(), h.d, "ada@example.org", password, home, account.Program)
	h.ok(err)

	open, err := account.Sessions(t.Context(), h.d, ada)
	h.ok(err)
	if len(open) != 3 || open[0].Kind != account.Program || open[2].ID != ada.Session {
		t.Fatalf("sessions: %+v", open)
	}
	h.refused(account.EndSession(t.Context(), h.d, carl, open[0].ID), account.ErrNoSession)
	if !h.isSignedIn(token) {
		t.Error("Carl has ended a session of Ada's")
	}
	h.ok(account.EndSession(t.Context(), h.d, ada, open[0].ID))
	h.refused(account.EndSession(t.Context(), h.d, ada, open[0].ID), account.ErrNoSession)
	h.ok(account.SignOut(t.Context(), h.d, ada))
	h.ok(account.SignOut(t.Context(), h.d, ada))

	for secret, want := range map[string]bool{laptop: false, token: false, phone: true, carls: true} {
		if got := h.isSignedIn(secret); got != want {
			t.Errorf("signed in: %v, want %v", got, want)
		}
	}
}

func TestEndingASessionTwiceAtOnceEndsItOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	ada, _ := h.person("Ada")
	var wg sync.WaitGroup
	errs := make([]error, 2)
	for i := range errs {
		wg.Go(func() { errs[i] = account.EndSession(context.WithoutCancel(t.Context()), h.d, ada, ada.Session) })
	}
	wg.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), account.ErrNoSession) {
		t.Errorf("want one end and one refusal, got %v", errs)
	}
}
