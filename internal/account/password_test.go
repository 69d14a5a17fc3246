package account_test

import (
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/kit/fault"
)

func TestPasswordsThatOthersWouldGuessAreRefused(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.person("Ada")
	h.ok(account.AskReset(t.Context(), h.d, "ada@example.org", home))
	link := h.secret(h.lastMail())
	for typed, want := range map[string]*fault.Error{
		"":                       account.ErrPasswordLength,
		"123456789":              account.ErrPasswordLength,
		strings.Repeat("é", 9):   account.ErrPasswordLength,
		strings.Repeat("é", 201): account.ErrPasswordLength,
		"Ada@Example.org":        account.ErrPasswordIsAddress,
		"1234567890":             account.ErrPasswordCommon,
		"PasswordPassword":       account.ErrPasswordCommon,
		"a broken one \xff":      account.ErrPasswordText,
	} {
		h.refused(account.ResetPassword(t.Context(), h.d, link, typed), want)
	}
	h.ok(account.ResetPassword(t.Context(), h.d, link, strings.Repeat("é", 200)))
}

func TestOnePasswordTypedOnTwoKeyboardsIsOne(t *testing.T) {
	t.Parallel()
	h := open(t)
	in := join("Ada")
	in.Password = "caf\u00e9 caf\u00e9 caf\u00e9"
	_, err := account.SignUp(t.Context(), h.d, in)
	h.ok(err)
	_, err = account.SignIn(t.Context(), h.d, in.Email, "cafe\u0301 cafe\u0301 cafe\u0301", home, account.Browser)
	h.ok(err)
}
