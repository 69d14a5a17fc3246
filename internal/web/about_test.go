package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/promise"
	"freehold/internal/web/webtest"
)

func TestThePagesForEverybodyAreThereForEverybody(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	for path, words := range map[string]string{
		"/":             "Freelance work where everybody gets an answer",
		"/how-it-works": "From a job post to money withdrawn",
		"/how-it-ends":  "Silence pays: the work counts as accepted.",
		"/fees":         "Clients pay 5 % on top of every price Freelancers pay 0 % what a contract says is what lands in their wallet",
		"/floors":       "Nothing is posted, proposed or signed here for less than the floor.",
		"/promises":     "not checked yet",
		"/talk":         "Somebody of the staff reads it",
	} {
		for _, b := range []*webtest.Browser{s.Stranger(), s.As(s.Person("Carl"+strings.ReplaceAll(path, "/", ""), nothing))} {
			if p := b.Get(path); p.Status != http.StatusOK || !p.Says(words) && path != "/" {
				t.Errorf("%s: %s", path, p)
			}
		}
	}
}

func TestThePromisesPageSaysWhatIsKeptAndWhatIsBroken(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	_, err := promise.Record(t.Context(), s.DB)
	s.OK(err)
	p := s.Stranger().Get("/promises")
	if strings.Count(p.Body, `data-state="kept"`) != len(promise.All) || !p.Says(promise.All[0].Words) {
		t.Error(p)
	}
	s.Do(`UPDATE promise.checks SET broken = 2 WHERE name = $1`, promise.All[0].Name)
	if p := s.Stranger().Get("/promises"); !p.Says("It is broken in 2 places") {
		t.Error(p)
	}
}

func TestALetterReachesTheStaffAndACopyItsWriter(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	letter := url.Values{"name": {"Eve"}, "email": {"eve@example.org"}, "subject": {"My invoice"}, "words": {"Where is it?"}}

	if p := s.Stranger().Post("/talk", letter); p.Status != http.StatusConflict || !p.Says("Nothing was sent") {
		t.Errorf("nobody could read it: %s", p)
	}
	s.OK(account.Grant(t.Context(), s.DB, account.System, s.Person("Grace", nothing).ID, account.Support))
	if p := s.Stranger().Post("/talk", letter); p.Path != "/talk" || !p.Says("on its way to a person") {
		t.Fatal(p)
	}
	mails := letters(s)
	if len(mails) != 2 || mails[0].To != "eve@example.org" || mails[1].To != "grace@demo.test" || mails[1].Body.Quote != "Where is it?" {
		t.Errorf("%+v", mails)
	}
	p := s.Stranger().Post("/talk", url.Values{"words": {"Hello"}, "email": {"nowhere"}})
	if words, _ := p.Typed("words"); p.Status != http.StatusUnprocessableEntity || words != "Hello" || p.Fault("name") == "" || p.Fault("email") == "" || p.Fault("subject") == "" {
		t.Error(p)
	}
}
