package dispute_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/dispute"
	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/notify"
	"freehold/internal/proposal"
)

const day = 24 * time.Hour

func euros(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }

// quarrel is work of 200 euros that Ada has handed over, in a contract of two
// milestones with Carl, in a market with some arbiters.
type quarrel struct {
	*markettest.Market
	carl, ada account.Actor
	arbiters  []account.Actor
	contract  contract.ID
	work      contract.MilestoneID
	id        dispute.ID
}

func begun(t *testing.T, arbiters int) *quarrel {
	t.Helper()
	q := &quarrel{Market: markettest.New(t)}
	q.carl, q.ada = q.Person("Carl", euros(1000)), q.Person("Ada", money.Amount{})
	for _, name := range []string{"Mo", "Nia", "Ole", "Pia", "Quy"}[:arbiters] {
		q.arbiters = append(q.arbiters, q.arbiter(name))
	}
	q.hires(q.carl, q.ada, "lighthouse")
	return q
}

func (q *quarrel) arbiter(name string) account.Actor {
	q.Helper()
	a := q.Person(name, money.Amount{})
	q.Do(`INSERT INTO account.grants (person, role, held, at) VALUES ($1, 'arbiter', true, $2)`, a.ID, q.Clock.Now())
	a.Roles = []account.Role{account.Arbiter}
	return a
}

// hires makes a contract about a topic and hands its first part over.
func (q *quarrel) hires(client, freelancer account.Actor, topic string) {
	q.Helper()
	ctx := q.Context()
	words := strings.Repeat(topic+" ", 30)
	draft, err := jobpost.SaveDraft(ctx, q.DB, client, 0, jobpost.Input{Title: "The " + topic, Description: words,
		Category: "writing", Level: "entry", Currency: "EUR", BudgetMin: 400_00, Hours: 16, AnswerDays: 7})
	q.OK(err)
	post, err := jobpost.Publish(ctx, q.DB, client, draft.ID)
	q.OK(err)
	p, err := proposal.Propose(ctx, q.DB, freelancer, post.ID, proposal.Input{Letter: words + freelancer.Name, Hours: 16, Price: euros(400)})
	q.OK(err)
	part := func(title string, days int) contract.MilestoneTerms {
		return contract.MilestoneTerms{Title: title, Price: euros(200), Hours: 8, Criteria: []string{"It shines", "It stands"}, Due: q.DB.Now().AddDate(0, 0, days).Format(time.DateOnly)}
	}
	offer, err := contract.MakeOffer(ctx, q.DB, client, p.ID, contract.Terms{Scope: "The work.", Funding: contract.Next,
		Milestones: []contract.MilestoneTerms{part("The tower", 10), part("The lamp", 20)}})
	q.OK(err)
	for _, by := range []account.Actor{client, freelancer} {
		v, err := contract.ShowOffer(ctx, q.DB, by, offer)
		q.OK(err)
		q.contract, err = contract.SignOffer(ctx, q.DB, by, offer, contract.Signing{SHA256: v.SHA256, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
		q.OK(err)
	}
	q.OK(contract.Fund(ctx, q.DB, client, q.contract))
	v, err := contract.Show(ctx, q.DB, freelancer, q.contract)
	q.OK(err)
	q.work = v.Work[0].ID
	_, err = contract.SubmitMilestone(ctx, q.DB, freelancer, q.work, contract.Work{Note: "Here it is.", Met: []bool{true, true}})
	q.OK(err)
}

// open is a dispute by Carl about so many of the 200 euros.
func open(t *testing.T, arbiters int, sum int64) *quarrel {
	t.Helper()
	q := begun(t, arbiters)
	var err error
	q.id, err = q.disputes(q.carl, euros(sum), dispute.NotAgreed, "It does not shine.")
	q.OK(err)
	return q
}

func (q *quarrel) disputes(by account.Actor, sum money.Amount, r dispute.Reason, words string) (dispute.ID, error) {
	return dispute.Open(context.Background(), q.DB, by, q.work, dispute.Opening{Sum: sum, Reason: r, Words: words})
}

func (q *quarrel) splits(by account.Actor, part int64) (bool, error) {
	return dispute.ProposeSplit(context.Background(), q.DB, by, q.id, euros(part), "So I see it.")
}

func (q *quarrel) brings(by account.Actor, words string) int {
	q.Helper()
	n, err := dispute.AddEvidence(q.Context(), q.DB, by, q.id, dispute.Evidence{Words: words})
	q.OK(err)
	return n
}

const because = "The second criterion is met, the first one only at night."

func (q *quarrel) decides(by account.Actor, award int64, evidence ...int) error {
	return dispute.Decide(context.Background(), q.DB, by, q.id, dispute.Ruling{Award: euros(award), Words: because, Criteria: []int{0, 1}, Evidence: evidence})
}

// decided is a dispute that Mo has decided.
func decided(t *testing.T, arbiters int, sum, award int64) *quarrel {
	t.Helper()
	q := open(t, arbiters, sum)
	q.later(5 * day)
	q.OK(q.decides(q.arbiters[0], award))
	return q
}

func (q *quarrel) show(by account.Actor) dispute.View {
	q.Helper()
	v, err := dispute.Show(q.Context(), q.DB, by, q.id)
	q.OK(err)
	return v
}

// later lets time pass, and what falls due happen.
func (q *quarrel) later(wait time.Duration) {
	q.Helper()
	q.Clock.Advance(wait)
	_, err := contract.SweepDue(q.Context(), q.DB)
	q.OK(err)
	_, err = dispute.SweepDue(q.Context(), q.DB)
	q.OK(err)
}

// is fails the test unless the dispute and its milestone are in these states, and
// the wallets hold so many euros.
func (q *quarrel) is(s dispute.State, m contract.MilestoneState, carl, ada int64) dispute.View {
	q.Helper()
	v := q.show(q.carl)
	if v.State != s {
		q.Errorf("the dispute is %s, want %s", v.State, s)
	}
	c, err := contract.Show(q.Context(), q.DB, q.carl, q.contract)
	q.OK(err)
	if c.Work[0].State != m {
		q.Errorf("the milestone is %s, want %s", c.Work[0].State, m)
	}
	if got := q.Wallet(q.carl, "EUR"); got != euros(carl) {
		q.Errorf("Carl has %v, want %d", got, carl)
	}
	if got := q.Wallet(q.ada, "EUR"); got != euros(ada) {
		q.Errorf("Ada has %v, want %d", got, ada)
	}
	return v
}

func (q *quarrel) told(who account.Actor, kind string, words ...string) {
	q.Helper()
	all, err := notify.List(q.Context(), q.DB, who, 0, 1)
	q.OK(err)
	if len(all) == 0 || all[0].Kind != kind {
		q.Fatalf("%s was not told of %s: %v", who.Name, kind, all)
	}
	for _, w := range words {
		if text := all[0].Text.String(); !strings.Contains(text, w) {
			q.Errorf("%s reads %q, which does not say %q", who.Name, text, w)
		}
	}
}

func refused(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}
