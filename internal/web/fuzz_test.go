package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/web"
)

// FuzzField types anything into a field. It is read as what it says, or refused
// in words at that field.
func FuzzField(f *testing.F) {
	for _, typed := range []string{"", " ", "7", "-7", "1e30", "99.50", "1.234,56", "€ 5", "2.5", "NaN", "Inf", "0x1p-2", "2030-02-31", "2029-02", "\xff", "\u0661"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		empty := strings.TrimSpace(typed) == ""
		n, err := web.Number(typed, "n")
		refused(t, typed, err)
		if empty && n != 0 || n > 1<<31-1 || n < -1<<31 {
			t.Errorf("the number %q is %d", typed, n)
		}
		for what, read := range map[string]func(string, string) (*time.Time, error){"day": web.Day, "month": web.Month} {
			at, err := read(typed, "n")
			refused(t, typed, err)
			if empty != (at == nil && err == nil) || at != nil && (at.Year() < 0 || at.Year() > 9999 || !at.Equal(at.Truncate(24*time.Hour))) {
				t.Errorf("the %s %q is %v", what, typed, at)
			}
		}
		share, err := web.Percent(typed, "n")
		refused(t, typed, err)
		if share < 0 || share > 100_00 {
			t.Errorf("the share %q is %d", typed, share)
		}
		a, err := web.Amount(typed, "EUR", "n")
		refused(t, typed, err)
		if err == nil && (a.Minor < 0 || a.Minor > money.Max || empty != (a == money.Amount{})) {
			t.Errorf("the amount %q is %v", typed, a)
		}
	})
}

func refused(t *testing.T, typed string, err error) {
	t.Helper()
	if f, ok := fault.Of(err); err != nil && (!ok || f.Field != "n") {
		t.Errorf("%q: %v", typed, err)
	}
}

// FuzzLocal leads visitors on to anything. It is a page of ours.
func FuzzLocal(f *testing.F) {
	for _, to := range append(elsewhere, "/wallet?currency=EUR#history", "/posts/1") {
		f.Add(to)
	}
	ours, err := url.Parse("https://market.example/sign-in")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, to string) {
		path := web.Local(to)
		at, err := ours.Parse(path)
		if err != nil || at.Host != ours.Host || at.Scheme != ours.Scheme || !strings.HasPrefix(path, "/") || len(path) > 1 && strings.ContainsAny(path[1:2], "/\\") ||
			strings.ContainsAny(path, "\\\t\r\n") {
			t.Errorf("%q leads to %q", to, path)
		}
	})
}
