package promise_test

import (
	"testing"
	"time"

	"freehold/internal/kit/db/dbtest"
	"freehold/internal/kit/money"
	"freehold/internal/promise"
)

func TestAnEmptyMarketHasNoFigures(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	f, err := promise.Count(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := f.AnswerRate(); ok || f.MedianAnswer != nil || len(f.Secured) != 0 || len(f.Paid) != 0 || f.Disputes != (promise.Disputes{}) {
		t.Errorf("got %+v", f)
	}
}

func TestFiguresAreCountedFromWhatHappened(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	answered := func(after string) string {
		return proposal("withdrawn") + `UPDATE proposal.proposals SET answered_at = submitted_at + interval '` + after + `' WHERE answered_at IS NULL;`
	}
	_, err := d.Pool.Exec(t.Context(), `SET session_replication_role = replica; `+
		answered("2 hours")+answered("5 hours")+answered("30 days")+
		`INSERT INTO proposal.answer_records (client, answered, lapsed) VALUES (1, 2, 1), (2, 1, 0);`+
		contract("active")+milestone("approved")+milestone("approved")+milestone("funded")+
		`UPDATE contract.contracts SET freelancer_fee_bp = 250;`+
		held("escrow/milestone/3")+
		disputed("closed")+`
		UPDATE dispute.disputes SET closed_at = opened_at + interval '3 days', milestone = 9;
		INSERT INTO dispute.misses (dispute, at) VALUES (1, '2030-01-02');`+disputed("talking"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := promise.Count(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if rate, ok := f.AnswerRate(); rate != 75 || !ok || f.Answered != 3 || f.Unanswered != 1 {
		t.Errorf("answers: %+v", f)
	}
	if f.MedianAnswer == nil || *f.MedianAnswer != 5*time.Hour {
		t.Errorf("median: %v", f.MedianAnswer)
	}
	if d := f.Disputes; d.Open != 1 || d.Closed != 1 || d.Agreed != 1 || d.Missed != 1 || d.MedianEnd == nil || *d.MedianEnd != 72*time.Hour {
		t.Errorf("disputes: %+v", d)
	}
	if len(f.Secured) != 1 || f.Secured[0] != (money.Amount{Minor: 100, Currency: "EUR"}) {
		t.Errorf("secured: %v", f.Secured)
	}
	if len(f.Paid) != 1 || f.Paid[0] != (money.Amount{Minor: 2 * (50000 - 1250), Currency: "EUR"}) {
		t.Errorf("paid: %v", f.Paid)
	}
}
