package api_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"freehold/internal/api"
	"freehold/internal/kit/fault"
	"freehold/internal/markettest"
)

func TestTheClockOfADemonstrationIsMovedByJSON(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	errBack := fault.New(fault.Invalid, "advance_out_of_range", "Forward only.")
	conf := api.Config{DB: m.DB, Advance: func(_ context.Context, by time.Duration) error {
		if by < 0 {
			return errBack
		}
		m.Clock.Advance(by)
		return nil
	}}
	send := func(c api.Config, sent string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		api.DemoClock(c).ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/demo/clock", strings.NewReader(sent)))
		return w
	}
	if w := send(conf, `{"advance": "168h"}`); w.Code != 200 || !strings.Contains(w.Body.String(), `"now":"2030-01-08T12:00:00Z"`) {
		t.Errorf("answered %d: %s", w.Code, w.Body)
	}
	for sent, want := range map[string]struct {
		status int
		code   string
	}{
		`{"advance": "a week"}`:      {422, "advance_unreadable"},
		`{"advance": "9999999999h"}`: {422, "advance_unreadable"},
		`{"advance": "-1h"}`:         {422, "advance_out_of_range"},
		`{}`:                         {422, "advance_unreadable"},
		`{"advance": 168}`:           {400, "request_unreadable"},
		`{`:                          {400, "request_unreadable"},
	} {
		if w := send(conf, sent); w.Code != want.status || !strings.Contains(w.Body.String(), `"code":"`+want.code+`"`) {
			t.Errorf("%s: answered %d: %s", sent, w.Code, w.Body)
		}
	}
	if w := send(api.Config{DB: m.DB}, `{"advance": "1h"}`); w.Code != 404 {
		t.Errorf("a real market's clock: answered %d", w.Code)
	}
	if !m.Clock.Now().Equal(time.Date(2030, 1, 8, 12, 0, 0, 0, time.UTC)) {
		t.Errorf("it is %v", m.Clock.Now())
	}
}
