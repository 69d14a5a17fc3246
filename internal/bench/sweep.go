package bench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"

	"freehold/internal/account"
	"freehold/internal/app"
	"freehold/internal/banking"
	"freehold/internal/contract"
	"freehold/internal/demo"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/promise"
	"freehold/internal/proposal"
	"freehold/internal/web/view"
)

// Sweep says what to measure the sweep on.
type Sweep struct {
	Data string    // the folder of a market of its own, as durable as that of serve
	N    int       // how many contracts fall due at once
	Out  io.Writer // figures
	Log  io.Writer // what is going on
}

// Run makes contracts on which work is submitted, lets their acceptance windows
// pass all at once, and measures how long the sweep takes to pay for them while
// people read contracts. Then every promise has to hold.
func (s Sweep) Run(ctx context.Context) error {
	clock := new(demo.Clock)
	a, err := app.Open(ctx, app.Config{Data: s.Data, Now: clock.Now, Log: slog.New(slog.NewTextHandler(s.Log, nil))})
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // a scratch market
	people, err := demo.Fill(ctx, demo.Market{DB: a.DB, Files: a.Files, Rails: a.Rails, Vault: a.Vault, Clock: clock, Sweep: a.SweepDue})
	if err != nil {
		return err
	}
	start := time.Now()
	if err := s.fill(ctx, a, people); err != nil {
		return err
	}
	fmt.Fprintf(s.Log, "%d contracts made in %v\n", s.N, time.Since(start).Round(time.Second))
	v, err := visitsOn(ctx, a.DB, people)
	if err != nil {
		return err
	}
	later := func(context.Context) error { return nil }
	if err := clock.Advance(ctx, a.DB, 8*24*time.Hour, later); err != nil {
		return err
	}
	return s.measure(ctx, a, v)
}

// couple are two who make one contract after the other.
type couple struct {
	client, freelancer account.Actor
	password           string
}

// fill makes the contracts, several couples at a time.
func (s Sweep) fill(ctx context.Context, a *app.App, people []view.DemoPerson) error {
	couples, err := couplesOf(ctx, a, people)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	failed := make([]error, len(couples))
	for i, c := range couples {
		wg.Go(func() {
			for n := i; n < s.N && failed[i] == nil; n += len(couples) {
				failed[i] = c.work(ctx, a.DB, n)
			}
		})
	}
	wg.Wait()
	return errors.Join(failed...)
}

// couplesOf are clients with enough in their wallets, each with a freelancer.
func couplesOf(ctx context.Context, a *app.App, people []view.DemoPerson) (all []couple, err error) {
	var clients, freelancers []account.Actor
	for _, p := range people {
		secret, err := account.SignIn(ctx, a.DB, p.Email, p.Password, account.Visitor{}, account.Browser)
		if err != nil {
			return nil, err
		}
		by, err := account.Authenticate(ctx, a.DB, secret, account.Visitor{})
		switch {
		case err != nil:
			return nil, err
		case by.Client && !by.Freelancer && len(by.Roles) == 0:
			clients = append(clients, by)
		case by.Freelancer && !by.Client:
			freelancers = append(freelancers, by)
		}
	}
	for i := range min(len(clients), len(freelancers)) {
		all = append(all, couple{clients[i], freelancers[i], people[0].Password})
		if _, err := banking.AddMoney(ctx, a.DB, a.Rails[0], clients[i], money.Amount{Minor: 1_000_000_00, Currency: "EUR"}); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// work brings one contract so far that only the client's answer is missing.
func (c couple) work(ctx context.Context, d *db.DB, n int) error {
	id, err := c.sign(ctx, d, n)
	if err != nil {
		return err
	}
	if err := contract.Fund(ctx, d, c.client, id); err != nil {
		return err
	}
	v, err := contract.Show(ctx, d, c.freelancer, id)
	if err != nil {
		return err
	}
	_, err = contract.SubmitMilestone(ctx, d, c.freelancer, v.Work[0].ID, contract.Work{Note: "It is done.", Met: []bool{true}})
	return err
}

// sign makes a contract of two milestones, out of words that no other has.
func (c couple) sign(ctx context.Context, d *db.DB, n int) (id contract.ID, err error) {
	r := rand.New(rand.NewPCG(uint64(n), 7)) //nolint:gosec // no secret
	draft, err := jobpost.SaveDraft(ctx, d, c.client, 0, jobpost.Input{Title: fmt.Sprintf("Task %d", n), Description: someWords(r),
		Category: "writing", Level: "entry", Currency: "EUR", BudgetMin: 800_00, Hours: 16, AnswerDays: 7})
	if err != nil {
		return 0, err
	}
	post, err := jobpost.Publish(ctx, d, c.client, draft.ID)
	if err != nil {
		return 0, err
	}
	price := money.Amount{Minor: 400_00, Currency: "EUR"}
	p, err := proposal.Propose(ctx, d, c.freelancer, post.ID, proposal.Input{Letter: someWords(r), Hours: 16, Price: price.Add(price)})
	if err != nil {
		return 0, err
	}
	part := func(title string, days int) contract.MilestoneTerms {
		return contract.MilestoneTerms{Title: title, Price: price, Hours: 8, Criteria: []string{"It is done"}, Due: d.Now().AddDate(0, 0, days).Format(time.DateOnly)}
	}
	offer, err := contract.MakeOffer(ctx, d, c.client, p.ID, contract.Terms{Scope: someWords(r), Funding: contract.Next,
		Milestones: []contract.MilestoneTerms{part("One half", 20), part("The other", 40)}})
	if err != nil {
		return 0, err
	}
	for _, by := range []account.Actor{c.client, c.freelancer} {
		v, err := contract.ShowOffer(ctx, d, by, offer)
		if err != nil {
			return 0, err
		}
		if id, err = contract.SignOffer(ctx, d, by, offer, contract.Signing{SHA256: v.SHA256, Password: c.password, PostalAddress: "1 Bench Street, Testville"}); err != nil {
			return 0, err
		}
	}
	return id, nil
}

// someWords are fifty that nobody has written before.
func someWords(r *rand.Rand) string {
	var b strings.Builder
	for range 50 {
		fmt.Fprintf(&b, "w%x ", r.Uint32())
	}
	return b.String()
}

const overdue = `SELECT count(*)::int FROM contract.milestones WHERE state = 'submitted' AND approve_by <= $1`

// measure sweeps while people read contracts.
func (s Sweep) measure(ctx context.Context, a *app.App, v visits) error {
	timed := &stopwatch{handler: site(a, a.DB)}
	server := httptest.NewServer(timed)
	defer server.Close()
	before, err := count(ctx, a.DB, overdue)
	if err != nil {
		return err
	}
	done := make(chan struct{})
	readers := make(chan error, clients)
	for c := range clients {
		go func() { readers <- readUntil(ctx, done, server.URL, v.contract(), uint64(c)) }()
	}
	start := time.Now()
	err = a.SweepDue(ctx)
	took := time.Since(start)
	close(done)
	for range clients {
		err = cmp.Or(err, <-readers)
	}
	if err != nil {
		return err
	}
	after, err := count(ctx, a.DB, overdue)
	if err != nil {
		return err
	}
	for _, f := range []Figure{
		{Name: "contracts due", Value: float64(before), Unit: "contracts"},
		{Name: "still due", Value: float64(after), Unit: "contracts"},
		{Name: "sweep", Value: took.Seconds(), Unit: "s"},
		{Name: "contract page meanwhile", Clients: clients, Value: timed.percentile(95), Unit: "ms"},
	} {
		f.Bench = "sweep"
		if err := f.print(s.Out); err != nil {
			return err
		}
	}
	return s.checkPromises(ctx, a)
}

func (s Sweep) checkPromises(ctx context.Context, a *app.App) error {
	results, err := promise.Check(ctx, a.DB)
	broken := 0
	for _, r := range results {
		if len(r.Broken) > 0 {
			fmt.Fprintf(s.Log, "%s is broken: %s\n", r.Name, r.Broken[0])
			broken++
		}
	}
	return cmp.Or(err, Figure{Bench: "sweep", Name: "promises broken", Value: float64(broken), Unit: "promises"}.print(s.Out))
}

func count(ctx context.Context, d *db.DB, sql string) (n int, err error) {
	err = d.View(ctx, func(tx *db.Tx) error { n, err = db.Value[int](ctx, tx, sql, tx.Now); return err })
	return n, err
}

// readUntil reads a page again and again until it is done.
func readUntil(ctx context.Context, done <-chan struct{}, url string, p page, seed uint64) error {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients, DisableCompression: true}}
	defer client.CloseIdleConnections()
	r := rand.New(rand.NewPCG(seed, 11)) //nolint:gosec // no secret
	for {
		select {
		case <-done:
			return nil
		default:
		}
		if err := get(ctx, client, url, p.ask(r)); err != nil {
			return err
		}
	}
}
