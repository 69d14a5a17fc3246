package app_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/app"
	"freehold/internal/contract"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/proposal"
	"freehold/internal/web"
)

// serverURL tells a copy of this test program to be a server on that database
// instead, which can be killed.
const serverURL = "FREEHOLD_TEST_SERVE"

func TestMain(m *testing.M) {
	if url := os.Getenv(serverURL); url != "" {
		serveUntilKilled(url)
		return
	}
	code := m.Run()
	endChromium()
	os.Exit(code)
}

func serveUntilKilled(url string) {
	ctx := context.Background()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	a, err := app.Open(ctx, app.Config{Data: os.Getenv("FREEHOLD_TEST_DATA"), DatabaseURL: url, Log: log,
		Now: func() time.Time { return noonOfTheTest }})
	if err != nil {
		log.Error("open", "error", err)
		os.Exit(1)
	}
	pages := &web.Server{DB: a.DB, Log: log, Files: a.Files, Rail: a.Rail}
	err = a.Serve(ctx, "localhost:0", pages, func(at string) { fmt.Println(at) })
	log.Error("serve", "error", err)
	os.Exit(1)
}

var noonOfTheTest = time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)

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
	out, err := s.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.process.Start(); err != nil {
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
	s.process.Process.Kill() //nolint:errcheck // it may be dead already
	s.process.Wait()         //nolint:errcheck // killed is what it is
}

// A thousand approvals are sent to a server that is killed again and again.
// What was answered has happened, everything happens in the end, and nothing
// happens twice.
func TestKillingTheServerAmidApprovalsLosesNothingAndPaysNothingTwice(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	carl, ada := m.Person("Carl", money.Amount{Minor: 100_000_000, Currency: "EUR"}), m.Person("Ada", money.Amount{})
	milestones := submittedMilestones(t, m, carl, ada, 20, 50)
	token, err := account.SignIn(t.Context(), m.DB, carl.Email, markettest.Password, account.Visitor{Address: "127.0.0.1"}, account.Program)
	m.OK(err)

	answered := map[contract.MilestoneID]bool{}
	for kills := 0; len(answered) < len(milestones); kills++ {
		s := startServer(t, m.DB.Pool.Config().ConnString())
		stop := make(chan struct{})
		if kills < 4 { // then it may finish
			time.AfterFunc(time.Duration(150+100*kills)*time.Millisecond, func() { s.kill(); close(stop) })
		}
		approveAll(t, s.url, token, milestones, answered, stop)
		s.kill()
		m.View(func(ctx context.Context, tx *db.Tx) error {
			paid, err := db.Values[contract.MilestoneID](ctx, tx, `SELECT id FROM contract.milestones WHERE state = 'approved'`)
			seen := map[contract.MilestoneID]bool{}
			for _, id := range paid {
				seen[id] = true
			}
			for id := range answered {
				if !seen[id] {
					t.Errorf("milestone %d was answered as approved and is not", id)
				}
			}
			return err
		})
	}
	if got, want := m.Wallet(ada, "EUR"), (money.Amount{Minor: int64(len(milestones)) * price, Currency: "EUR"}); got != want {
		t.Errorf("Ada has %v, want %v", got, want)
	}
}

// approveAll approves what is not answered yet, four at a time, until the
// server is gone.
func approveAll(t *testing.T, url, token string, ids []contract.MilestoneID, answered map[contract.MilestoneID]bool, stop <-chan struct{}) {
	t.Helper()
	var mu sync.Mutex
	todo := make(chan contract.MilestoneID, len(ids))
	for _, id := range ids {
		if !answered[id] {
			todo <- id
		}
	}
	close(todo)
	var workers sync.WaitGroup
	for range 4 {
		workers.Go(func() {
			for id := range todo {
				status, err := approve(url, token, id)
				if err != nil {
					<-stop // the server was killed
					return
				}
				if status != http.StatusOK && status != http.StatusConflict { // conflict: a killed server had done it
					t.Errorf("approving %d: status %d", id, status)
				}
				mu.Lock()
				answered[id] = true
				mu.Unlock()
			}
		})
	}
	workers.Wait()
}

func approve(url, token string, id contract.MilestoneID) (int, error) {
	r, err := http.NewRequest(http.MethodPost, fmt.Sprintf("%s/api/v1/milestones/%d/approve", url, id), strings.NewReader("{}"))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	return w.StatusCode, w.Body.Close()
}

const price = 20_000 // of each milestone, in cents

// submittedMilestones makes contracts between Carl and Ada whose work is all
// handed over.
func submittedMilestones(t *testing.T, m *markettest.Market, carl, ada account.Actor, contracts, each int) []contract.MilestoneID {
	t.Helper()
	ctx := t.Context()
	var ids []contract.MilestoneID
	for c := range contracts {
		post, err := jobpost.SaveDraft(ctx, m.DB, carl, 0, jobpost.Input{Title: "Work " + words(c, 5), Description: words(c, 40),
			Category: "writing", Level: "entry", BudgetMin: int64(each) * price, Hours: each * 8, AnswerDays: 14})
		m.OK(err)
		_, err = jobpost.Publish(ctx, m.DB, carl, post.ID)
		m.OK(err)
		p, err := proposal.Propose(ctx, m.DB, ada, post.ID, proposal.Input{Letter: words(c+1000, 40), Hours: each * 8,
			Price: money.Amount{Minor: int64(each) * price, Currency: "EUR"}})
		m.OK(err)
		terms := contract.Terms{Scope: "The work.", Funding: contract.All}
		for i := range each {
			terms.Milestones = append(terms.Milestones, contract.MilestoneTerms{Title: fmt.Sprintf("Part %d", i+1), Hours: 8,
				Price: money.Amount{Minor: price, Currency: "EUR"}, Due: "2030-02-01", Criteria: []string{"It is done"}})
		}
		offer, err := contract.MakeOffer(ctx, m.DB, carl, p.ID, terms)
		m.OK(err)
		v, err := contract.ShowOffer(ctx, m.DB, carl, offer)
		m.OK(err)
		_, err = contract.SignOffer(ctx, m.DB, carl, offer, v.SHA256, markettest.Password)
		m.OK(err)
		id, err := contract.SignOffer(ctx, m.DB, ada, offer, v.SHA256, markettest.Password)
		m.OK(err)
		m.OK(contract.Fund(ctx, m.DB, carl, id))
		signed, err := contract.Show(ctx, m.DB, ada, id)
		m.OK(err)
		for _, w := range signed.Work {
			_, err := contract.SubmitMilestone(ctx, m.DB, ada, w.ID, contract.Work{Note: "Done.", Met: []bool{true}})
			m.OK(err)
			ids = append(ids, w.ID)
		}
	}
	return ids
}

// words are n words that no other seed has.
func words(seed, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "word%d ", seed*1000+i)
	}
	return b.String()
}
