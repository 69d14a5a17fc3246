package app_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/app"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
	"freehold/internal/kit/db/dbtest"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
)

// serverURL tells a copy of this test program to be a server on that database
// instead, which can be killed.
const serverURL = "FREEHOLD_TEST_SERVE"

func TestMain(m *testing.M) {
	if url := os.Getenv(serverURL); url != "" {
		serveUntilKilled(url)
	}
	code := m.Run()
	endChromium()
	os.Exit(code)
}

func serveUntilKilled(url string) {
	ctx := context.Background()
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	a, err := app.Open(ctx, app.Config{Data: os.Getenv("FREEHOLD_TEST_DATA"), DatabaseURL: url, Log: log,
		Now: func() time.Time { return dbtest.Noon }})
	if err == nil {
		go func() {
			io.Copy(io.Discard, os.Stdin) // until the test is no more
			os.Exit(1)
		}()
		pages := a.Pages()
		err = a.Serve(ctx, "localhost:0", pages, func(at string) { fmt.Println(at) })
	}
	log.Error("the server to be killed has ended", "error", err)
	os.Exit(1)
}

// server is a Freehold in a process of its own.
type server struct {
	process *exec.Cmd
	url     string
}

func startServer(t *testing.T, database string) *server {
	t.Helper()
	s := &server{process: exec.Command(os.Args[0])}
	s.process.Env = append(os.Environ(), serverURL+"="+database, "FREEHOLD_TEST_DATA="+t.TempDir())
	s.process.Stderr = os.Stderr
	out, errOut := s.process.StdoutPipe()
	_, errIn := s.process.StdinPipe()
	if err := errors.Join(errOut, errIn, s.process.Start()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the server did not start: %v", err)
	}
	s.url = strings.TrimSpace(line)
	return s
}

// kill ends the server as a power cut would.
func (s *server) kill() {
	s.process.Process.Kill()
	s.process.Wait()
}

// A thousand approvals are sent to a server that is killed again and again.
// What was answered has happened, everything happens in the end, and nothing
// happens twice.
func TestKillingTheServerAmidApprovalsLosesNothingAndPaysNothingTwice(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	carl, ada := m.Person("Carl", euros(250_000)), m.Person("Ada", money.Amount{})
	todo := submitted(m, carl, ada)
	token, err := account.SignIn(t.Context(), m.DB, carl.Email, markettest.Password, account.Visitor{Address: "127.0.0.1"}, account.Program)
	m.OK(err)

	for _, killedAfter := range []int{1, 150, 200, 250, 300, len(todo)} {
		s := startServer(t, m.DB.Pool.Config().ConnString())
		todo = s.approve(t, token, todo, killedAfter)
		m.View(func(ctx context.Context, tx *db.Tx) error {
			lost, err := db.Value[int](ctx, tx, `SELECT count(*) FROM contract.milestones WHERE state <> 'approved' AND id <> ALL($1)`, todo)
			if lost > 0 {
				t.Errorf("%d were answered as approved and are not", lost)
			}
			return err
		})
	}
	if len(todo) > 0 {
		t.Errorf("%d were never answered", len(todo))
	}
	if got := m.Wallet(ada, "EUR"); got != euros(200_000) {
		t.Errorf("Ada has %v", got)
	}
}

// submitted are a thousand milestones of 200 euros each whose work Ada has
// handed over.
func submitted(m *markettest.Market, carl, ada account.Actor) (ids []contract.MilestoneID) {
	m.Helper()
	ctx := context.Background()
	for seed := range 20 {
		parts := slices.Repeat([]part{{"A part", 200, 30}}, 50)
		c := signed(m, carl, ada, contract.All, seed, "Work "+words(seed, 5), parts...)
		m.OK(contract.Fund(ctx, m.DB, carl, c.ID))
		for _, w := range c.Work {
			_, err := contract.SubmitMilestone(ctx, m.DB, ada, w.ID, contract.Work{Note: "Done.", Met: []bool{true}})
			m.OK(err)
			ids = append(ids, w.ID)
		}
	}
	return ids
}

// approve sends approvals, four at a time, and kills the server when so many are
// answered, with others under way. It returns those that were not answered.
func (s *server) approve(t *testing.T, token string, ids []contract.MilestoneID, killedAfter int) (left []contract.MilestoneID) {
	t.Helper()
	var mu sync.Mutex
	answered := map[contract.MilestoneID]bool{}
	todo := make(chan contract.MilestoneID, len(ids))
	for _, id := range ids {
		todo <- id
	}
	close(todo)
	var workers sync.WaitGroup
	for range 4 {
		workers.Go(func() {
			for id := range todo {
				status, err := s.sendApproval(token, id)
				if err != nil {
					return // the server was killed
				}
				if status != http.StatusOK && status != http.StatusConflict { // conflict: a killed server had done it
					t.Errorf("approving %d: status %d", id, status)
				}
				mu.Lock()
				if answered[id] = true; len(answered) == killedAfter {
					s.kill()
				}
				mu.Unlock()
			}
		})
	}
	workers.Wait()
	return slices.DeleteFunc(ids, func(id contract.MilestoneID) bool { return answered[id] })
}

func (s *server) sendApproval(token string, id contract.MilestoneID) (status int, err error) {
	r, err := http.NewRequest(http.MethodPost, fmt.Sprintf("%s/api/v1/milestones/%d/approve", s.url, id), strings.NewReader("{}"))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	return res.StatusCode, res.Body.Close()
}
