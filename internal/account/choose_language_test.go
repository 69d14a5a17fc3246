package account_test

import (
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/kit/mail"
)

func TestChoosingALanguageChangesNothingElse(t *testing.T) {
	t.Parallel()
	h := open(t)
	ada, _ := h.person("Ada")
	was := h.find(ada.ID)
	h.ok(account.ChooseLanguage(t.Context(), h.d, ada, "ms"))
	is := h.find(ada.ID)
	if is.Language != "ms" || is.Name != was.Name || is.TimeZone != was.TimeZone || is.Client != was.Client || is.Freelancer != was.Freelancer {
		t.Errorf("was %+v, is %+v", was, is)
	}
	for _, unknown := range []string{"", "tlh", "ms-MY"} {
		h.refused(account.ChooseLanguage(t.Context(), h.d, ada, unknown), account.ErrLanguage)
	}
	if is = h.find(ada.ID); is.Language != "ms" {
		t.Errorf("a refused choice left %q", is.Language)
	}
}

func TestWhoeverJoinsWithoutALanguageReadsEnglish(t *testing.T) {
	t.Parallel()
	h := open(t)
	for language, want := range map[string]string{"": "en", "ms": "ms"} {
		in := join("Ada" + language)
		in.Language = language
		id, err := account.SignUp(t.Context(), h.d, in)
		h.ok(err)
		if p := h.find(id); p.Language != want {
			t.Errorf("joined with %q and reads %q", language, p.Language)
		}
	}
	in := join("Eve")
	in.Language = "tlh"
	_, err := account.SignUp(t.Context(), h.d, in)
	h.refused(err, account.ErrLanguage)
}

func TestMailAboutAnAccountIsInTheLanguageOfWhoeverJoined(t *testing.T) {
	t.Parallel()
	h := open(t)
	in := join("Ada")
	in.Language = "ms"
	_, err := account.SignUp(t.Context(), h.d, in)
	h.ok(err)
	m := h.lastMail()
	l, err := m.From(mail.Site{})
	h.ok(err)
	if !strings.Contains(l.Text, "\nHelo Ada,\n\n") || m.Subject != "Sahkan alamat anda untuk Freehold" || !strings.Contains(l.HTML, `<html lang="ms">`) {
		t.Errorf("mailed: %s", l.Text)
	}
}
