package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/web/webtest"
)

var nothing money.Amount

func euros(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }

// letters are the mails in the outbox, the latest first.
func letters(s *webtest.Site) (mails []mail.Mail) {
	s.Helper()
	s.View(func(ctx context.Context, tx *db.Tx) (err error) {
		mails, err = mail.Outbox(ctx, tx, 0, 50)
		return err
	})
	return mails
}

func ada() url.Values {
	return url.Values{"kind": {"freelancer"}, "name": {"Ada"}, "email": {"ada@example.org"}, "password": {markettest.Password}, "country": {"PT"}}
}

func TestJoiningConfirmingAndSigningIn(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	b := s.Stranger()

	if p := b.Post("/sign-up", ada()); p.Path != "/sign-in" || !p.Says("Welcome to Freehold") {
		t.Fatal(p)
	}
	if p := b.Post("/sign-in", url.Values{"email": {"ada@example.org"}, "password": {markettest.Password}, "then": {"/settings"}}); p.Path != "/settings" || !p.Says("not confirmed yet") {
		t.Fatal(p)
	}
	link := letters(s)[0].Body.Link
	if p := b.Get(link); !p.Says("One press, and your address is confirmed.") {
		t.Fatal(p)
	}
	if p := b.Get("/settings"); !p.Says("not confirmed yet") {
		t.Errorf("following the link was enough: %s", p)
	}
	if p := b.Post(link, nil); p.Path != "/" || !p.Says("Your address is confirmed") {
		t.Fatal(p)
	}
	if p := b.Get("/settings"); p.Says("not confirmed yet") {
		t.Error(p)
	}
	if p := b.Post("/sign-out", nil); !p.Says("You are signed out") || !p.Says("Join") {
		t.Error(p)
	}
}

func TestSigningUpSaysTheSameWhetherOrNotTheAddressIsKnown(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	first := s.Stranger().Post("/sign-up", ada())
	again := s.Stranger().Post("/sign-up", ada())
	if first.Text() != again.Text() || first.Path != again.Path {
		t.Errorf("first: %s\nagain: %s", first, again)
	}
}

func TestAFormThatIsRefusedKeepsWhatWasTypedAndSaysWhatIsWrongBesideEachField(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)

	p := s.Stranger().Post("/sign-up", url.Values{"name": {"Ada"}, "email": {"not an address"}, "password": {"short"}, "country": {"XX"}})
	if p.Status != http.StatusUnprocessableEntity {
		t.Error(p)
	}
	for _, field := range []string{"kind", "email", "password", "country"} {
		if p.Fault(field) == "" {
			t.Errorf("nothing beside %s: %s", field, p)
		}
	}
	if name, _ := p.Typed("name"); name != "Ada" || p.Fault("name") != "" {
		t.Errorf("the name: %q, %q", name, p.Fault("name"))
	}
	if secret, _ := p.Typed("password"); secret != "" {
		t.Error("the password stands in the page")
	}
}

func TestSigningInLeadsBackToWhereOneWasGoingButNeverElsewhere(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	carl := s.Person("Carl", nothing)

	b := s.Stranger()
	p := b.Get("/wallet?currency=EUR")
	if then, _ := p.Typed("then"); p.Path != "/sign-in?then=%2Fwallet%3Fcurrency%3DEUR" || then != "/wallet?currency=EUR" {
		t.Fatalf("%s, then %q", p, then)
	}
	for _, then := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "/\t/evil.example", "javascript:alert(1)", "evil"} {
		b := s.Stranger()
		p := b.Post("/sign-in", url.Values{"email": {carl.Email}, "password": {markettest.Password}, "then": {then}})
		if p.Path != "/" {
			t.Errorf("%q leads to %s", then, p.Path)
		}
	}
}

func TestAWrongPasswordIsRefusedLikeAnUnknownAddress(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	s.Person("Carl", nothing)
	wrong := s.Stranger().Post("/sign-in", url.Values{"email": {"carl@demo.test"}, "password": {"not the password"}})
	unknown := s.Stranger().Post("/sign-in", url.Values{"email": {"carl@demo.test2"}, "password": {"not the password"}})
	if wrong.Status != http.StatusUnprocessableEntity || wrong.Text() != unknown.Text() {
		t.Errorf("wrong: %s\nunknown: %s", wrong, unknown)
	}
	if email, _ := wrong.Typed("email"); email != "carl@demo.test" {
		t.Errorf("the address is gone: %q", email)
	}
}

func TestAForgottenPasswordIsReplacedAndEndsAllSessions(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	carl := s.Person("Carl", nothing)
	elsewhere := s.As(carl)

	b := s.Stranger()
	if p := b.Post("/reset", url.Values{"email": {carl.Email}}); p.Path != "/sign-in" || !p.Says("a mail with a link") {
		t.Fatal(p)
	}
	link := letters(s)[0].Body.Link
	if p := b.Get(link); !p.Says("Choose a password") {
		t.Fatal(p)
	}
	if p := b.Post(link, url.Values{"password": {"short"}}); p.Status != http.StatusUnprocessableEntity || p.Fault("password") == "" {
		t.Error(p)
	}
	if p := b.Post(link, url.Values{"password": {"another horse, another battery"}}); p.Path != "/sign-in" {
		t.Fatal(p)
	}
	if p := elsewhere.Get("/settings"); !strings.HasPrefix(p.Path, "/sign-in") {
		t.Errorf("still signed in elsewhere: %s", p)
	}
	if p := b.Post(link, url.Values{"password": {"a third horse, a third battery"}}); p.Status != http.StatusUnprocessableEntity || !p.Says("does not work any more") {
		t.Errorf("the link works twice: %s", p)
	}
	if p := b.Post("/sign-in", url.Values{"email": {carl.Email}, "password": {"another horse, another battery"}}); p.Path != "/" {
		t.Error(p)
	}
}

func TestSettingsAreSavedAndShown(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	b := s.As(s.Person("Carl", nothing))

	if p := b.Post("/settings", url.Values{"name": {""}, "country": {"DE"}, "time_zone": {"Europe/Berlin"}, "language": {"de"}}); p.Status != http.StatusUnprocessableEntity || p.Fault("name") == "" || p.Fault("kind") == "" {
		t.Error(p)
	} else if zone, _ := p.Typed("time_zone"); zone != "Europe/Berlin" {
		t.Errorf("the zone is gone: %q", zone)
	}
	if p := b.Post("/settings", url.Values{"name": {"Carl Berg"}, "country": {"DE"}, "time_zone": {"Europe/Berlin"}, "language": {"de"}, "client": {"yes"}}); p.Path != "/settings" || !p.Says("saved") {
		t.Fatal(p)
	}
	p := b.Get("/settings")
	if zone, _ := p.Typed("time_zone"); zone != "Europe/Berlin" || !p.Says("Carl Berg") {
		t.Error(p)
	}
	if _, ticked := p.Typed("freelancer"); ticked {
		t.Error("Carl is still a freelancer")
	}
}

func TestAPasswordIsChangedByWhoeverKnowsIt(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	b := s.As(s.Person("Carl", nothing))
	for _, test := range []struct {
		form  url.Values
		fault string
	}{
		{url.Values{"password": {"wrong"}, "new_password": {"a new long password"}, "again": {"a new long password"}}, "password"},
		{url.Values{"password": {markettest.Password}, "new_password": {"short"}, "again": {"short"}}, "new_password"},
		{url.Values{"password": {markettest.Password}, "new_password": {"a new long password"}, "again": {"another"}}, "again"},
	} {
		if p := b.Post("/settings/password", test.form); p.Status != http.StatusUnprocessableEntity || p.Fault(test.fault) == "" {
			t.Errorf("%v: %s", test.form, p)
		}
	}
	p := b.Post("/settings/password", url.Values{"password": {markettest.Password}, "new_password": {"a new long password"}, "again": {"a new long password"}})
	if p.Path != "/settings" || !p.Says("Your password is changed") {
		t.Error(p)
	}
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	carl, eve := s.Person("Carl", nothing), s.Person("Eve", nothing)
	here, there := s.As(carl), s.As(carl)

	if p := here.Get("/settings/sessions"); !p.Says("This one") || strings.Count(p.Body, `/end"`) != 2 {
		t.Error(p)
	}
	open, err := account.Sessions(t.Context(), s.DB, carl) // of his three, the one by which markettest let him in is the oldest
	s.OK(err)
	end := "/settings/sessions/" + num(open[1].ID) + "/end"
	if p := s.As(eve).Post(end, nil); p.Status != http.StatusNotFound {
		t.Errorf("Eve: %s", p)
	}
	if p := there.Post(end, nil); p.Path != "/settings/sessions" && !strings.HasPrefix(p.Path, "/sign-in") {
		t.Error(p)
	}
	if p := here.Post("/settings/sessions/nonsense/end", nil); p.Status != http.StatusNotFound && !strings.HasPrefix(p.Path, "/sign-in") {
		t.Error(p)
	}
	if open, err = account.Sessions(t.Context(), s.DB, carl); err != nil || len(open) != 2 {
		t.Errorf("%v, %v", open, err)
	}
}
