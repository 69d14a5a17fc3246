// Package markettest runs a market for one test: a database of its own, a clock
// that stands still, and people with money. When the test ends, every promise
// must still hold.
package markettest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/alexedwards/argon2id"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/banking/manual"
	"freehold/internal/banking/sandbox"
	"freehold/internal/escrow"
	"freehold/internal/kit/db"
	"freehold/internal/kit/db/dbtest"
	"freehold/internal/kit/money"
	"freehold/internal/kit/paper"
	"freehold/internal/kit/vault"
	"freehold/internal/ledger"
	"freehold/internal/promise"
	"freehold/internal/skill"
	"freehold/internal/terms"
	"freehold/internal/translog"
)

// Password is everybody's.
const Password = "correct horse battery staple"

// Seal is the same for all markets of a test run: a key takes a while to make.
func Seal(context.Context) (paper.Sealer, error) { return seal() }

var seal = sync.OnceValues(func() (s paper.Sealer, err error) {
	dir, err := os.MkdirTemp("", "seal-")
	if err != nil {
		return s, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // read before it goes
	return paper.OpenSealer(filepath.Join(dir, "seal.pem"), "https://orchard.test")
})

// Keeper signs the transparency log of one market.
func Keeper(t testing.TB) func(context.Context) (*translog.Keeper, error) {
	dir := t.TempDir()
	return func(context.Context) (*translog.Keeper, error) {
		return translog.OpenKeeper(dir, "https://orchard.test")
	}
}

// Bank is the account of the market's operator.
var Bank = manual.Account{Holder: "Orchard eG", IBAN: "DE89370400440532013000", BIC: "COBADEFFXXX", Currency: "EUR"}

// PostalAddress is what stands beside everybody's signature.
const PostalAddress = "1 Orchard Lane\n1000-001 Lisbon\nPortugal"

// Market is a market under test.
type Market struct {
	testing.TB
	DB    *db.DB
	Clock *dbtest.Clock
	Rail  banking.Rail // the first of Rails, on which everybody pays
	Rails banking.Rails
	Vault *vault.Vault
}

func init() { // hashing at full cost would take longer than all the tests
	account.PasswordCost = argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

// shipped is a market that has what it is shipped with.
var shipped = dbtest.Stage{Set: func(ctx context.Context, d *db.DB) error {
	if err := skill.Load(ctx, d); err != nil {
		return err
	}
	return terms.Load(ctx, d)
}}

// New opens a market with the shipped skills and floors, and nobody in it.
func New(t testing.TB) *Market {
	t.Helper()
	d, clock := shipped.New(t)
	var err error
	m := &Market{TB: t, DB: d, Clock: clock, Rail: sandbox.Rail{DB: d}}
	m.Rails = banking.Rails{m.Rail, manual.Rail{DB: d, Account: Bank}}
	m.Vault, err = vault.Open(filepath.Join(t.TempDir(), "vault.key"))
	m.OK(err)
	t.Cleanup(m.KeepsItsPromises)
	return m
}

// KeepsItsPromises fails the test where a promise is broken.
func (m *Market) KeepsItsPromises() {
	m.Helper()
	results, err := promise.Check(context.Background(), m.DB)
	if err != nil {
		m.Errorf("checking promises: %v", err)
	}
	for _, r := range results {
		if len(r.Broken) > 0 {
			m.Errorf("the promise %s is broken: %s", r.Name, strings.Join(r.Broken, "; "))
		}
	}
}

// Person is somebody who has joined as client and freelancer, confirmed their
// address and signed in. If wallet is more than nothing, they have paid it in,
// which also verifies their payment method.
func (m *Market) Person(name string, wallet money.Amount) account.Actor {
	m.Helper()
	ctx := context.Background()
	email := strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@demo.test"
	from := account.Visitor{Address: "127.0.0.1", Agent: "test"}
	_, err := account.SignUp(ctx, m.DB, account.SignUpInput{Name: name, Email: email, Password: Password, Kind: account.AsBoth, From: from, Demo: true})
	m.OK(err)
	secret, err := account.SignIn(ctx, m.DB, email, Password, from, account.Browser)
	m.OK(err)
	by, err := account.Authenticate(ctx, m.DB, secret, from)
	m.OK(err)
	if wallet.Positive() {
		m.Deposit(by, wallet)
	}
	return by
}

// Deposit pays money into somebody's wallet.
func (m *Market) Deposit(by account.Actor, a money.Amount) {
	m.Helper()
	p, err := banking.AddMoney(context.Background(), m.DB, m.Rail, by, a)
	m.OK(err)
	if p.State != banking.Confirmed {
		m.Fatalf("the deposit of %v is %s", a, p.State)
	}
}

// Wallet returns what somebody can use or withdraw in a currency.
func (m *Market) Wallet(by account.Actor, currency string) money.Amount {
	m.Helper()
	return m.Balance(escrow.Wallet(by.ID), currency)
}

// Balance returns what any account of the ledger holds.
func (m *Market) Balance(a ledger.Account, currency string) (held money.Amount) {
	m.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) (err error) {
		held, err = ledger.Balance(ctx, tx, a, currency)
		return err
	})
	return held
}

// View looks into the database.
func (m *Market) View(look func(ctx context.Context, tx *db.Tx) error) {
	m.Helper()
	ctx := context.Background()
	m.OK(m.DB.View(ctx, func(tx *db.Tx) error { return look(ctx, tx) }))
}

// Do changes the database behind the back of every use case: to plant a failure.
func (m *Market) Do(sql string, args ...any) {
	m.Helper()
	_, err := m.DB.Pool.Exec(context.Background(), sql, args...)
	m.OK(err)
}

// OK fails the test at once if err is not nil.
func (m *Market) OK(err error) {
	m.Helper()
	if err != nil {
		m.Fatal(err)
	}
}
