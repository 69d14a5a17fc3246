package proposal_test

import (
	"errors"
	"testing"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/proposal"
)

func TestAtItsDateABondIsSharedAmongTheUnanswered(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.limits(20, 5)
	people := m.people(7) // the last two wait
	ids := make([]proposal.ID, len(people))
	for i, by := range people {
		ids[i] = m.proposed(by)
	}
	m.OK(proposal.Decline(t.Context(), m.DB, m.carl, ids[0], proposal.Reason{Code: "price"})) // the sixth moves up
	m.offered(ids[1])                                                                         // and so does the seventh
	m.offerEnds(ids[1], proposal.OfferDeclined)                                               // answered, and among the others again
	m.OK(proposal.Withdraw(t.Context(), m.DB, people[2], ids[2]))
	waits := m.proposed(m.ada)
	_, err := proposal.Open(t.Context(), m.DB, m.carl, ids[3])
	m.OK(err)
	if s := m.state(waits); s != proposal.WaitingList {
		t.Fatalf("Ada's is %s", s)
	}

	m.Clock.Advance(10*day - 1)
	if n, err := proposal.LapseDue(t.Context(), m.DB); n != 0 || err != nil {
		t.Errorf("too early: %d, %v", n, err)
	}
	m.Clock.Advance(1)
	if n, err := proposal.LapseDue(t.Context(), m.DB); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}

	if s := m.postState(); s != jobpost.Lapsed {
		t.Errorf("the post is %s", s)
	}
	for i, want := range []int64{0, 0, 0, 500, 500, 500, 500} { // 20.00 among four
		if got := m.Wallet(people[i], "EUR"); got.Minor != want {
			t.Errorf("%s has %v, want %d", people[i].Name, got, want)
		}
	}
	if got := m.Wallet(m.ada, "EUR"); !got.IsZero() {
		t.Errorf("Ada, to whom nobody owed an answer, has %v", got)
	}
	if got := m.Wallet(m.carl, "EUR"); got != euros(80) {
		t.Errorf("Carl has %v", got)
	}
	if r := m.record(); r.Answered != 2 || r.Lapsed != 4 || *r.Rate != 33 {
		t.Errorf("Carl's record is %+v", r)
	}
	m.told(people[3], "proposal_lapsed", "no answer by the promised date", "€5.00")
	m.told(people[1], "proposal_lapsed", "reached its answer-by date")
	m.told(m.ada, "proposal_lapsed", "before a place became free")
	m.told(m.carl, "post_lapsed", "4 proposals were left without an answer", "€20.00")
	if n, err := proposal.LapseDue(t.Context(), m.DB); n != 0 || err != nil {
		t.Errorf("again: %d, %v", n, err)
	}
}

func TestOddCentsGoToThoseWhoCameFirst(t *testing.T) {
	t.Parallel()
	m := open(t)
	people := m.people(3)
	for _, by := range people {
		m.proposed(by)
	}
	m.Clock.Advance(10 * day)
	_, err := proposal.LapseDue(t.Context(), m.DB)
	m.OK(err)
	for i, want := range []int64{667, 667, 666} {
		if got := m.Wallet(people[i], "EUR"); got != (money.Amount{Minor: want, Currency: "EUR"}) {
			t.Errorf("%s has %v, want %d", people[i].Name, got, want)
		}
	}
}

func TestWithEverybodyAnsweredTheBondReturnsAtTheDate(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	m.OK(proposal.Decline(t.Context(), m.DB, m.carl, id, proposal.Reason{Code: "price"}))
	m.Clock.Advance(10 * day)
	_, err := proposal.LapseDue(t.Context(), m.DB)
	m.OK(err)
	if s := m.postState(); s != jobpost.Closed {
		t.Errorf("the post is %s", s)
	}
	if got := m.Wallet(m.carl, "EUR"); got != euros(100) {
		t.Errorf("Carl has %v", got)
	}
	m.told(m.carl, "post_lapsed", "your answer bond is back in your wallet")
	if r := m.record(); r.Lapsed != 0 {
		t.Errorf("Carl's record is %+v", r)
	}
}

func TestAnOfferOutlivesTheAnswerByDate(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		why  proposal.OfferEnd
		want proposal.State
	}{
		{proposal.OfferDeclined, proposal.Withdrawn},
		{proposal.OfferWithdrawn, proposal.Declined},
		{proposal.OfferExpired, proposal.Lapsed},
	} {
		t.Run(string(test.why), func(t *testing.T) {
			t.Parallel()
			m := open(t)
			id := m.proposed(m.ada)
			m.offered(id)
			m.Clock.Advance(10 * day)
			_, err := proposal.LapseDue(t.Context(), m.DB)
			m.OK(err)
			if s := m.state(id); s != proposal.Offered {
				t.Errorf("at the date it is %s", s)
			}
			m.offerEnds(id, test.why)
			if s := m.state(id); s != test.want {
				t.Errorf("with its offer it is %s, want %s", s, test.want)
			}
			if r := m.record(); r.Answered != 1 || r.Lapsed != 0 {
				t.Errorf("Carl's record is %+v", r)
			}
		})
	}
}

func TestOnePostThatCannotEndKeepsNoOtherWaiting(t *testing.T) {
	t.Parallel()
	m := open(t)
	fence := m.publish(about("A fence", "Around the orchard, with a gate."))
	m.Do(`CREATE FUNCTION public.planted() RETURNS trigger LANGUAGE plpgsql AS
		$$ BEGIN IF NEW.title LIKE 'A logo%' AND NEW.state <> 'open' THEN RAISE EXCEPTION 'planted'; END IF; RETURN NEW; END $$`)
	m.Do(`CREATE TRIGGER planted BEFORE UPDATE ON jobpost.posts FOR EACH ROW EXECUTE FUNCTION public.planted()`)
	m.Clock.Advance(10 * day)
	if n, err := proposal.LapseDue(t.Context(), m.DB); n != 1 || err == nil {
		t.Errorf("%d ended, %v", n, err)
	}
	if s := m.text(`SELECT state FROM jobpost.posts WHERE id = $1`, fence.ID); s != "closed" {
		t.Errorf("the other is %s", s)
	}
	m.Do(`DROP TRIGGER planted ON jobpost.posts`)
	if n, err := proposal.LapseDue(t.Context(), m.DB); n != 1 || err != nil {
		t.Errorf("mended: %d, %v", n, err)
	}
}

func TestOnlyTheMarketLapsesAPost(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.Clock.Advance(10 * day)
	if err := proposal.LapsePost(t.Context(), m.DB, m.carl, m.post.ID); !errors.Is(err, proposal.ErrMarketOnly) {
		t.Errorf("Carl: got %v", err)
	}
	m.OK(proposal.LapsePost(t.Context(), m.DB, account.System, m.post.ID))
	if err := proposal.LapsePost(t.Context(), m.DB, account.System, m.post.ID); !errors.Is(err, jobpost.ErrNotOpen) {
		t.Errorf("again: got %v", err)
	}
}

func TestLapsingAgainstDecliningDoesOne(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	m.Clock.Advance(10 * day)
	errs := together(
		func() error { _, err := proposal.LapseDue(t.Context(), m.DB); return err },
		func() error { return proposal.Decline(t.Context(), m.DB, m.carl, id, proposal.Reason{Code: "price"}) },
		func() error { _, err := proposal.LapseDue(t.Context(), m.DB); return err },
	)
	m.OK(errors.Join(errs[0], errs[2]))
	switch s, r := m.state(id), m.record(); {
	case errs[1] == nil && s == proposal.Declined && r.Answered == 1 && m.Wallet(m.carl, "EUR") == euros(100):
	case errors.Is(errs[1], proposal.ErrEnded) && s == proposal.Lapsed && r.Lapsed == 1 && m.Wallet(m.ada, "EUR") == euros(20):
	default:
		t.Errorf("it is %s (%v), and Carl's record %+v", s, errs[1], r)
	}
}

func TestALapseThatFailsHalfWayLeavesEverything(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.proposed(m.ada)
	m.Clock.Advance(10 * day)
	m.Do(`ALTER TABLE ledger.postings ADD CONSTRAINT planted CHECK (kind <> 'share')`)
	if _, err := proposal.LapseDue(t.Context(), m.DB); err == nil {
		t.Fatal("lapsed without sharing the bond")
	}
	if s, p, r := m.state(id), m.postState(), m.record(); s != proposal.Submitted || p != jobpost.Open || r.Lapsed != 0 {
		t.Errorf("they are %s and %s, the record %+v", s, p, r)
	}
}
