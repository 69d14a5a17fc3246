package review_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/notify"
	"freehold/internal/proposal"
	"freehold/internal/review"
	"freehold/internal/standing"
)

const day = 24 * time.Hour

func euros(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }

// deal is a contract between Carl and Ada about one milestone of 200 euros.
type deal struct {
	*markettest.Market
	carl, ada account.Actor
	id        contract.ID
	work      contract.MilestoneID
}

// signed is a deal that both have signed.
func signed(t *testing.T) *deal {
	t.Helper()
	d := &deal{Market: markettest.New(t)}
	d.carl, d.ada = d.Person("Carl", euros(1000)), d.Person("Ada", money.Amount{})
	d.signs("lighthouse")
	return d
}

// signs makes another contract of the two, about a post on a topic of its own.
func (d *deal) signs(topic string) {
	d.Helper()
	ctx := d.Context()
	words := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "%s%d ", topic, i)
		}
		return b.String()
	}
	draft, err := jobpost.SaveDraft(ctx, d.DB, d.carl, 0, jobpost.Input{Title: "The " + topic, Description: words(30),
		Category: "writing", Level: "entry", Currency: "EUR", BudgetMin: 200_00, Hours: 8, AnswerDays: 7})
	d.OK(err)
	post, err := jobpost.Publish(ctx, d.DB, d.carl, draft.ID)
	d.OK(err)
	p, err := proposal.Propose(ctx, d.DB, d.ada, post.ID, proposal.Input{Letter: words(50), Hours: 8, Price: euros(200)})
	d.OK(err)
	offer, err := contract.MakeOffer(ctx, d.DB, d.carl, p.ID, contract.Terms{Scope: "The work.", Funding: contract.All,
		Milestones: []contract.MilestoneTerms{{Title: "All of it", Price: euros(200), Hours: 8, Criteria: []string{"It is done"}, Due: d.DB.Now().AddDate(0, 0, 10).Format(time.DateOnly)}}})
	d.OK(err)
	for _, by := range []account.Actor{d.carl, d.ada} {
		v, err := contract.ShowOffer(ctx, d.DB, by, offer)
		d.OK(err)
		d.id, err = contract.SignOffer(ctx, d.DB, by, offer, contract.Signing{SHA256: v.SHA256, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
		d.OK(err)
	}
	v, err := contract.Show(ctx, d.DB, d.ada, d.id)
	d.OK(err)
	d.work = v.Work[0].ID
}

// ended is a deal that is done and paid, of which the market has taken note.
func ended(t *testing.T) *deal {
	t.Helper()
	d := signed(t)
	d.ends()
	return d
}

func (d *deal) ends() {
	d.Helper()
	d.OK(contract.Fund(d.Context(), d.DB, d.carl, d.id))
	_, err := contract.SubmitMilestone(d.Context(), d.DB, d.ada, d.work, contract.Work{Note: "Here it is.", Met: []bool{true}})
	d.OK(err)
	d.OK(contract.ApproveMilestone(d.Context(), d.DB, d.carl, d.work))
	d.sweep()
}

func (d *deal) sweep() int {
	d.Helper()
	n, err := review.SweepDue(d.Context(), d.DB)
	d.OK(err)
	return n
}

// good is what each side can say of the other.
func good(by contract.Side) review.Input {
	in := review.Input{Marks: map[string]int{}, Words: "It was good to work with them."}
	for _, c := range standing.Criteria(by) {
		in.Marks[c.Code] = 5
	}
	return in
}

func (d *deal) writes(by account.Actor) (review.ID, error) {
	side := contract.Client
	if by.ID == d.ada.ID {
		side = contract.Freelancer
	}
	return review.Write(context.Background(), d.DB, by, d.id, good(side))
}

func (d *deal) show(by account.Actor) review.View {
	d.Helper()
	v, err := review.Show(d.Context(), d.DB, by, d.id)
	d.OK(err)
	return v
}

// about is what everybody reads about somebody, and how they stand.
func (d *deal) about(of account.Actor) (all []review.Received, s standing.Standing) {
	d.Helper()
	d.View(func(ctx context.Context, tx *db.Tx) (err error) {
		if all, err = review.About(ctx, tx, of.ID, 0, 10); err != nil {
			return err
		}
		facts, err := standing.Read(ctx, tx, of.ID)
		s = standing.Of(facts)
		return err
	})
	return all, s
}

// told fails unless the latest notice of a kind says all of these.
func (d *deal) told(who account.Actor, kind string, words ...string) {
	d.Helper()
	for _, n := range d.notices(who) {
		if n.Kind != kind {
			continue
		}
		for _, w := range words {
			if !strings.Contains(n.Text.String(), w) {
				d.Errorf("%s was told %q, without %q", who.Name, n.Text, w)
			}
		}
		return
	}
	d.Errorf("%s was not told: %s", who.Name, kind)
}

func (d *deal) notices(who account.Actor) []notify.Notice {
	d.Helper()
	all, err := notify.List(d.Context(), d.DB, who, 0, 100)
	d.OK(err)
	return all
}

func refused(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}
