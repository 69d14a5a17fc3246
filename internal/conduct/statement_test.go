package conduct_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"freehold/internal/conduct"
	"freehold/internal/restriction"
)

// Ten thousand decisions of all kinds are all taken.
func TestEveryDecisionIsAStatementOfReasons(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(among ...string) string { return among[r.IntN(len(among))] }
	for i := range 10_000 {
		rule := conduct.Rules[r.IntN(len(conduct.Rules))]
		starts := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(3000)) * 24 * time.Hour)
		d := conduct.Recorded{
			Published: conduct.Published{
				ID: conduct.ID(i + 1), Kind: pick("post", "person", "proposal", "message", "review"), Rule: rule.Key, RuleVersion: rule.Version,
				Measure: rule.Measures()[r.IntN(len(rule.Measures()))], FoundBy: pick("report", "staff", "machine"), Urgent: r.IntN(9) == 0, Heard: r.IntN(2) == 0,
			},
			RuleText: rule.Title + ". " + rule.Text, StartsAt: starts, Until: starts.Add(time.Duration(r.IntN(184*24)) * time.Hour), ContentAt: starts.AddDate(0, -r.IntN(60), 0),
		}
		if wrong := d.Statement().Wrong(); len(wrong) > 0 {
			t.Fatalf("%+v: %v", d, wrong)
		}
	}
}

func TestWhatTheSchemaDoesNotAllowIsSeen(t *testing.T) {
	t.Parallel()
	good := func() conduct.Statement {
		at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		return conduct.Recorded{Published: conduct.Published{ID: 7, Kind: "post", Rule: "fraud", RuleVersion: 1, Measure: restriction.Suspend, FoundBy: "report"},
			RuleText: "No tricks.", StartsAt: at, Until: at.AddDate(0, 1, 0), ContentAt: at.AddDate(-1, 0, 0)}.Statement()
	}
	if wrong := good().Wrong(); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	for what, spoil := range map[string]func(*conduct.Statement){
		"it decides nothing":                  func(s *conduct.Statement) { s.Account = "" },
		"decision_visibility":                 func(s *conduct.Statement) { s.Visibility = []string{"GONE"} },
		"decision_visibility_other":           func(s *conduct.Statement) { s.Visibility = []string{"DECISION_VISIBILITY_OTHER"} },
		"decision_monetary":                   func(s *conduct.Statement) { s.Monetary = "ALL" },
		"decision_provision":                  func(s *conduct.Statement) { s.Provision = "ALL" },
		"decision_account":                    func(s *conduct.Statement) { s.Account = "BANNED" },
		"decision_ground":                     func(s *conduct.Statement) { s.Ground = "TASTE" },
		"illegal_content":                     func(s *conduct.Statement) { s.Ground = "DECISION_GROUND_ILLEGAL_CONTENT" },
		"incompatible_content":                func(s *conduct.Statement) { s.IncompatibleWhy = "" },
		"incompatible_content_illegal":        func(s *conduct.Statement) { s.IncompatibleLegal = "yes" },
		"content_type":                        func(s *conduct.Statement) { s.ContentType = nil },
		"content_type_other":                  func(s *conduct.Statement) { s.ContentType = []string{"CONTENT_TYPE_OTHER"} },
		"category":                            func(s *conduct.Statement) { s.Category = "TASTE" },
		"territorial_scope":                   func(s *conduct.Statement) { s.Scope = []string{"US"} },
		"content_date":                        func(s *conduct.Statement) { s.ContentDate = "1999-12-31" },
		"application_date":                    func(s *conduct.Statement) { s.ApplicationDate = "2026-02-30" },
		"end_date_account_restriction":        func(s *conduct.Statement) { s.EndAccount = "2025-12-31" },
		"decision_facts":                      func(s *conduct.Statement) { s.Facts = strings.Repeat("x", 5001) },
		"source_type":                         func(s *conduct.Statement) { s.Source = "RUMOUR" },
		"automated_detection":                 func(s *conduct.Statement) { s.Detection = "true" },
		"automated_decision: a person":        func(s *conduct.Statement) { s.Decision = "AUTOMATED_DECISION_FULLY" },
		"puid":                                func(s *conduct.Statement) { s.PUID = "decision 7" },
		"decision_ground_reference_url":       func(s *conduct.Statement) { s.GroundURL = strings.Repeat("x", 501) },
		"end_date_visibility_restriction":     func(s *conduct.Statement) { s.EndVisibility = "tomorrow" },
		"automated_decision":                  func(s *conduct.Statement) { s.Decision = "No" },
		"content_type CONTENT_TYPE_TELEPATHY": func(s *conduct.Statement) { s.ContentType = []string{"CONTENT_TYPE_TELEPATHY"} },
	} {
		s := good()
		spoil(&s)
		if wrong := strings.Join(s.Wrong(), "; "); !strings.Contains(wrong, what) {
			t.Errorf("%s: seen is %q", what, wrong)
		}
	}
}

func TestStatementsNameNobody(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.decides(restriction.RemoveContent)
	all, ids, err := conduct.Statements(t.Context(), h.DB, 0, 10)
	h.OK(err)
	if len(all) != 1 || len(ids) != 1 {
		t.Fatalf("there are %d", len(all))
	}
	if wrong := all[0].Wrong(); len(wrong) > 0 {
		t.Error(wrong)
	}
	text, err := json.Marshal(all[0])
	h.OK(err)
	for _, name := range []string{"Carl", "Ada", "Rae", "lamp", "lighthouse", "demo.test"} {
		if strings.Contains(string(text), name) {
			t.Errorf("it says %s: %s", name, text)
		}
	}
	if !strings.Contains(string(text), `"decision_visibility":["DECISION_VISIBILITY_CONTENT_REMOVED"]`) || !strings.Contains(string(text), `"source_type":"SOURCE_ARTICLE_16"`) {
		t.Errorf("it says %s", text)
	}
}
