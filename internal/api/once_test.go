package api_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"freehold/internal/api"
	"freehold/internal/kit/db"
	"freehold/internal/markettest"
)

// keyed sends a POST that names itself.
func (p program) keyed(key, path, sent string) answer {
	p.Helper()
	return p.raw("POST", path, strings.NewReader(sent), map[string]string{"Idempotency-Key": key})
}

const tenEuros = `{"amount": {"minor": 1000, "currency": "EUR"}}`

func TestAPostThatNamesItselfIsDoneOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	carl, ada := s.person("Carl", "client"), s.person("Ada", "freelancer")

	first := carl.keyed("k1", "/wallet/deposits", tenEuros).must(201)
	again := carl.keyed("k1", "/wallet/deposits", tenEuros).must(201)
	if string(first.raw) != string(again.raw) || again.header.Get("Content-Type") != first.header.Get("Content-Type") {
		t.Errorf("first %s, then %s", first.raw, again.raw)
	}
	wallet(carl, 10_00, 0)

	carl.keyed("k1", "/wallet/deposits", strings.Replace(tenEuros, "1000", "2000", 1)).refused(422, "idempotency_key_reused")
	carl.keyed("k1", "/wallet/payouts", tenEuros).refused(422, "idempotency_key_reused")
	wallet(carl, 10_00, 0)

	ada.keyed("k1", "/wallet/deposits", tenEuros).must(201) // her key is another one
	wallet(ada, 10_00, 0)
	carl.keyed(strings.Repeat("k", 201), "/wallet/deposits", tenEuros).refused(422, "idempotency_key_too_long")
}

func TestARequestWithAnEmptyAnswerIsRememberedToo(t *testing.T) {
	t.Parallel()
	carl := open(t).person("Carl", "client")
	for range 2 {
		carl.keyed("k", "/notices/read", "").must(204)
	}
}

func TestTwoAtOnceUnderOneKeyAreDoneOnce(t *testing.T) {
	t.Parallel()
	carl := open(t).person("Carl", "client")
	var wg sync.WaitGroup
	answers := make([]answer, 8)
	for i := range answers {
		wg.Go(func() { answers[i] = carl.keyed("k", "/wallet/deposits", tenEuros) })
	}
	wg.Wait()
	done := 0
	for _, a := range answers {
		if a.status == 201 {
			done++
		} else {
			a.refused(409, "idempotency_key_busy")
		}
	}
	if done == 0 {
		t.Error("nobody got an answer")
	}
	wallet(carl, 10_00, 0)
}

func TestARefusalIsNotRememberedSoItCanBeSetRight(t *testing.T) {
	t.Parallel()
	carl := open(t).person("Carl", "client")
	carl.keyed("k", "/wallet/payouts", tenEuros).refused(409, "not_in_your_wallet")
	carl.post("/wallet/deposits", object{"amount": eur(10_00)}).must(201)
	carl.keyed("k", "/wallet/payouts", tenEuros).must(201)
	carl.keyed("k", "/wallet/payouts", tenEuros).must(201)
	wallet(carl, 0, 0)
}

func TestAnAnswerIsForgottenAfterADay(t *testing.T) {
	t.Parallel()
	s := open(t)
	carl := s.person("Carl", "client")
	carl.keyed("k", "/wallet/deposits", tenEuros).must(201)
	carl.keyed("other", "/wallet/deposits", tenEuros).must(201)
	s.Clock.Advance(24*time.Hour + time.Second)
	carl.keyed("k", "/wallet/deposits", tenEuros).must(201)
	wallet(carl, 30_00, 0)

	s.OK(api.Sweep(context.Background(), s.DB))
	s.View(func(ctx context.Context, tx *db.Tx) error {
		kept, err := db.Value[int](ctx, tx, `SELECT count(*) FROM api.answers`)
		if kept != 1 {
			t.Errorf("%d answers are kept", kept)
		}
		return err
	})
}

func TestWhatIsKeptOfARequestGivesNoPasswordAway(t *testing.T) {
	t.Parallel()
	s := open(t)
	sent := `{"name": "Carl", "email": "carl@demo.test", "kind": "client", "password": "` + markettest.Password + `"}`
	s.stranger().keyed("k", "/people", sent).must(201)
	s.stranger().keyed("k", "/people", sent).must(201)
	tokens := `{"email": "carl@demo.test", "password": "` + markettest.Password + `"}`
	first := s.stranger().keyed("t", "/tokens", tokens).must(201).text("token")
	if again := s.stranger().keyed("t", "/tokens", tokens).must(201).text("token"); first == again {
		t.Error("a token was kept and given out again")
	}
	s.View(func(ctx context.Context, tx *db.Tx) error {
		plain, err := db.Value[int](ctx, tx, `
			SELECT count(*) FROM api.answers
			WHERE request = sha256(convert_to('POST /api/v1/people' || E'\n' || $1, 'UTF8')) OR position($1::bytea IN body) > 0`, sent)
		if plain > 0 {
			t.Error("whoever reads the table can try passwords on it")
		}
		return err
	})
}
