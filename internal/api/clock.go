package api

import (
	"encoding/json"
	"io"
	"net/http"
	"time"

	"freehold/internal/kit/fault"
)

var errDuration = fault.New(fault.Invalid, "advance_unreadable", "Say by how much to move the clock forward, such as 168h for a week.").At("advance")

// DemoClock answers `{"advance": "168h"}` on a demonstration market: it moves the
// clock and does what falls due on the way. It is for requests in JSON, which
// other sites cannot send from a visitor's browser.
func DemoClock(c Config) http.Handler {
	s := &server{Config: c}
	return s.catch(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := s.advance(r); err != nil {
			s.problem(w, r, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(map[string]time.Time{"now": c.DB.Now().UTC()}) //nolint:errcheck,errchkjson // the caller may leave
	}))
}

func (s *server) advance(r *http.Request) error {
	if s.Advance == nil {
		return errNoPath
	}
	var in struct {
		Advance string `json:"advance"`
	}
	if err := json.NewDecoder(io.LimitReader(r.Body, maxBody)).Decode(&in); err != nil {
		return errBody.With(err.Error())
	}
	by, err := time.ParseDuration(in.Advance)
	if err != nil {
		return errDuration
	}
	return s.Advance(r.Context(), by)
}
