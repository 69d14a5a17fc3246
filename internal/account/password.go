package account

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"freehold/internal/kit/fault"
)

const (
	minPassword = 10
	maxPassword = 200
)

// Refusals about passwords.
var (
	ErrPasswordLength = fault.New(fault.Invalid, "password_length",
		"Choose a password of %d to %d characters. A sentence that only you would write is easy to keep in mind.").
		With(minPassword, maxPassword).At("password")
	ErrPasswordIsAddress = fault.New(fault.Invalid, "password_is_email",
		"Your password must not be your e-mail address: that is the first thing others would try. Choose another.").At("password")
	ErrPasswordCommon = fault.New(fault.Invalid, "password_common",
		"That is one of the passwords that are tried first when somebody breaks in. Choose another.").At("password")
	ErrPasswordText  = fault.New(fault.Invalid, "password_unreadable", "Your password has characters that we cannot read. Choose another.").At("password")
	ErrWrongPassword = fault.New(fault.Invalid, "password_wrong",
		"That is not your password. Nothing was changed. Try again, or sign out and ask for a new password.").At("password")
)

// common are the passwords that lists of stolen ones have in front, as far as
// they are long enough for us.
var common = strings.Fields(`
	0123456789 0987654321 1111111111 1122334455 1234512345 1234567890 12345678910 123456789a 123456789q
	1234567891 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 9876543210 a123456789 abcd123456 abcdefghij abcdefghijk
	aaaaaaaaaa asdfghjkl1 changeme123 football123 iloveyou12 iloveyou123 letmein123 password01 password12
	password123 passwordpassword q1w2e3r4t5 qazwsxedcrfv qwerty1234 qwerty12345 qwerty123456 qwertyuiop
	qwertyuiop123 welcome123 zaq12wsxcde3`)

// checkPassword refuses passwords that others would guess.
func checkPassword(password, address string) error {
	plain := strings.ToLower(password)
	local, _, _ := strings.Cut(folded(address), "@")
	switch n := utf8.RuneCountInString(password); {
	case !utf8.ValidString(password):
		return ErrPasswordText
	case n < minPassword || n > maxPassword:
		return ErrPasswordLength
	case plain == folded(address) || plain == local:
		return ErrPasswordIsAddress
	case slices.Contains(common, plain):
		return ErrPasswordCommon
	}
	return nil
}

// PasswordCost is what it takes to hash one password: about 19 MiB and some tens
// of milliseconds, OWASP's recommendation. Hashes carry their own cost, so it may
// change between releases. Tests lower it before they begin.
var PasswordCost = argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// printedCost is for passwords that are printed on the sign-in page of a
// demonstration: there is nothing to keep, and forty people wait to come in.
var printedCost = argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// kilns are as many as there are processors: a flood of sign-ins queues up for
// them and takes time, and not all of our memory.
var kilns = make(chan struct{}, runtime.GOMAXPROCS(0))

// hash returns what we keep of a password.
func hash(ctx context.Context, password string) (string, error) {
	return hashAt(ctx, password, PasswordCost)
}

func hashAt(ctx context.Context, password string, cost argon2id.Params) (hashed string, err error) {
	err = inKiln(ctx, func() (err error) {
		hashed, err = argon2id.CreateHash(norm.NFC.String(password), &cost)
		return err
	})
	return hashed, err
}

// matches compares a password with what we keep. Where there is nothing to
// compare with, it works as long and says no.
func matches(ctx context.Context, password, hashed string) (yes bool, err error) {
	known := hashed != ""
	if !known {
		hashed = nobodys()
	}
	err = inKiln(ctx, func() (err error) {
		yes, err = argon2id.ComparePasswordAndHash(norm.NFC.String(password), hashed)
		return err
	})
	return yes && known, err
}

// nobodys is the hash of a password that nobody has.
var nobodys = sync.OnceValue(func() string {
	h, err := argon2id.CreateHash(newSecret(), &PasswordCost)
	if err != nil {
		panic(err) // the system has no randomness
	}
	return h
})

func inKiln(ctx context.Context, f func() error) error {
	select {
	case kilns <- struct{}{}:
		defer func() { <-kilns }()
		return f()
	case <-ctx.Done():
		return ctx.Err()
	}
}
