package app_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"freehold/internal/app"
	"freehold/internal/contract"
	"freehold/internal/kit/localpg"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/promise"
)

// The database goes away while Carl is about to pay, and comes back. He is told
// what is the matter; nothing is lost, nothing happens twice, and nobody has to
// start anything again.
func TestTheDatabaseGoesAwayAndComesBack(t *testing.T) {
	t.Parallel()
	postgres := localpg.Config{Dir: filepath.Join(passable(t), "postgres"), Fast: true}
	running := start(t, postgres)
	t.Cleanup(func() { running.Stop() })
	m := openMarketOn(t, running.URL())
	client, freelancer := m.Person("Carl", euros(230)), m.Person("Ada", money.Amount{})
	signed(m.Market, client, freelancer, contract.Next, 1, "A field guide", part{"All of it", 200, 10})
	carl, ada := m.signedIn(client), m.signedIn(freelancer)
	carl.click("Contracts")
	carl.click("A field guide")
	carl.click("Put €210.00 in escrow")
	ada.submits("A field guide")
	carl.click("Contracts")
	carl.click("A field guide")
	carl.click("Approve and pay")

	m.OK(running.Stop())
	m.outage = true
	carl.click("Approve and pay €200.00")
	carl.sees("Sandbox", "Our database cannot be reached at the moment. Nothing was changed, and nothing is lost. Please try again in a minute.")
	ada.open("/wallet")
	ada.sees("Back in a minute")
	m.answers("/healthz", http.StatusOK, "ok")
	m.answers("/readyz", http.StatusServiceUnavailable, "the database does not answer")
	m.answers("/api/v1/categories", http.StatusServiceUnavailable, "application/problem+json")

	running = start(t, postgres)
	m.outage = false
	m.answers("/readyz", http.StatusOK, "ok")
	carl.click("Back to where you were")
	carl.click("Approve and pay €200.00")
	carl.sees("Approved and paid.", "Released €200.00")
	carl.owns("€20.00")
	ada.open("/wallet")
	ada.sees("Yours to use or withdraw €200.00")
	ada.click("Withdraw money")
	ada.fill("Amount", "200")
	ada.click("Withdraw it")
	ada.awaits("sent Asked for just now €200.00")
	results, err := promise.Check(t.Context(), m.app.DB)
	m.OK(err)
	for _, r := range results {
		if len(r.Broken) > 0 {
			t.Errorf("the promise %s is broken: %s", r.Name, strings.Join(r.Broken, "; "))
		}
	}
}

// openMarketOn is a market on a database that is not made for tests, and by the
// clock of the world.
func openMarketOn(t *testing.T, database string) *market {
	t.Helper()
	a, err := app.Open(context.Background(), app.Config{Data: t.TempDir(), DatabaseURL: database, Connections: 8,
		Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return &market{Market: &markettest.Market{TB: t, DB: a.DB, Rail: a.Rails[0]}, app: a, url: serve(t, a)}
}

func start(t *testing.T, c localpg.Config) *localpg.Server {
	t.Helper()
	s, err := localpg.Start(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// passable makes a folder through which PostgreSQL's user may pass.
func passable(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "outage-") //nolint:usetesting // nobody else may pass through t.TempDir
	if err == nil {
		err = os.Chmod(dir, 0o711)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// answers fails unless a path is answered so, in its head or its body.
func (m *market) answers(path string, status int, words string) {
	m.Helper()
	res, err := (&http.Client{Timeout: patience}).Get(m.url + path)
	m.OK(err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	m.OK(err)
	if res.StatusCode != status || !strings.Contains(res.Header.Get("Content-Type")+string(body), words) {
		m.Errorf("%s is answered %d, %s: %s", path, res.StatusCode, res.Header.Get("Content-Type"), body)
	}
}
