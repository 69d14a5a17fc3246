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
		"/talk":         "A named person has it",
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

func TestALetterReachesTheStaffAndAReceiptItsWriter(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	letter := url.Values{"name": {"Eve"}, "email": {"eve@example.org"}, "kind": {"other"}, "subject": {"My invoice"}, "words": {"Where is it?"}}

	if p := s.Stranger().Post("/talk", letter); p.Status != http.StatusConflict || !p.Says("Nothing was sent") {
		t.Errorf("nobody could read it: %s", p)
	}
	staff := s.Person("Grace", nothing)
	s.OK(account.Grant(t.Context(), s.DB, account.System, staff.ID, account.Support))
	eve := s.Stranger()
	p := eve.Post("/talk", letter)
	if !strings.HasPrefix(p.Path, "/talk/") || !p.Says("Grace, of the staff, has it") || !p.Says("Where is it?") {
		t.Fatal(p)
	}
	if mails := letters(s); len(mails) != 1 || mails[0].To != "eve@example.org" || mails[0].Body.Link != p.Path || mails[0].Body.Quote != "" {
		t.Errorf("%+v", mails)
	}
	grace := s.As(staff)
	if p := grace.Get("/staff/cases"); !p.Says("My invoice") {
		t.Errorf("Grace reads %s", p)
	}
	if p := grace.Post("/cases/1/answer", url.Values{"words": {"No."}}); p.Status != http.StatusUnprocessableEntity || p.Fault("words") == "" {
		t.Errorf("too short: %s", p)
	}
	if p := grace.Post("/cases/1/answer", url.Values{"words": {"It lies at the bottom of the page of the contract."}, "rules": {"fraud"}}); !p.Says("Answered. It is their turn.") {
		t.Errorf("Grace answers: %s", p)
	}
	if p := grace.Post("/cases/1/note", url.Values{"note": {"A hurried one."}}); !p.Says("A hurried one.") {
		t.Errorf("Grace notes: %s", p)
	}
	at := p.Path
	if p := eve.Get(at); !p.Says("at the bottom of the page") || !p.Says("No tricks with money") || p.Says("A hurried one.") || !p.Says("There is an answer") {
		t.Errorf("Eve reads %s", p)
	}
	if p := eve.Post(at+"/close", nil); !p.Says("Did it help?") {
		t.Errorf("Eve closes: %s", p)
	}
	if p := eve.Post(at+"/helped", url.Values{"helped": {"yes"}}); !p.Says("You said: yes") {
		t.Errorf("Eve says: %s", p)
	}
	if p := eve.Post(at+"/reopen", nil); !p.Says("It is our turn") {
		t.Errorf("Eve reopens: %s", p)
	}
	if p := s.Stranger().Get("/talk/guessed"); p.Status != http.StatusNotFound {
		t.Errorf("a guess: %s", p)
	}
	if p := s.Stranger().Get("/support/clock"); !p.Says("How quickly we answer") {
		t.Error(p)
	}
	p = s.Stranger().Post("/talk", url.Values{"words": {"Hello"}, "email": {"nowhere"}})
	if words, _ := p.Typed("words"); p.Status != http.StatusUnprocessableEntity || words != "Hello" || p.Fault("name") == "" || p.Fault("email") == "" || p.Fault("subject") == "" {
		t.Error(p)
	}
}
