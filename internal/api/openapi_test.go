package api_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// document is our description of ourselves, as far as the tests go by it.
type document struct {
	OpenAPI    string                                `json:"openapi"`
	Info       struct{ Title string }                `json:"info"`
	Paths      map[string]map[string]json.RawMessage `json:"paths"`
	Components struct {
		Schemas         map[string]schema          `json:"schemas"`
		SecuritySchemes map[string]json.RawMessage `json:"securitySchemes"`
	} `json:"components"`
	Tags []struct{ Name string } `json:"tags"`
}

// operation is one thing that can be asked for.
type operation struct {
	method, path string // the path under /api/v1
	area         string
	summary      string
	private      bool
	query        []string
	body         schema
}

func operationsOf(s site) (d document) {
	s.Helper()
	p := s.stranger()
	p.url = strings.TrimSuffix(p.url, "/v1")
	a := p.get("/openapi.json").must(200)
	s.OK(json.Unmarshal(a.raw, &d))
	return d
}

// all are the operations in the order of the areas, then of the paths.
func (d document) all() (out []operation) {
	for path, methods := range d.Paths {
		for method, raw := range methods {
			var is struct {
				Summary     string
				Tags        []string
				Security    []json.RawMessage
				Parameters  []struct{ Name, In string }
				RequestBody struct {
					Content map[string]struct{ Schema schema }
				}
			}
			if err := json.Unmarshal(raw, &is); err != nil {
				panic(err)
			}
			o := operation{
				method: strings.ToUpper(method), path: strings.TrimPrefix(path, "/api/v1"), area: strings.Join(is.Tags, ", "),
				summary: is.Summary, private: len(is.Security) > 0, body: is.RequestBody.Content["application/json"].Schema,
			}
			for _, p := range is.Parameters {
				if p.In == "query" {
					o.query = append(o.query, p.Name)
				}
			}
			out = append(out, o)
		}
	}
	areas := map[string]int{}
	for i, tag := range d.Tags {
		areas[tag.Name] = i
	}
	methods := []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}
	slices.SortFunc(out, func(a, b operation) int {
		if a.area != b.area {
			return areas[a.area] - areas[b.area]
		}
		if c := strings.Compare(a.path, b.path); c != 0 {
			return c
		}
		return slices.Index(methods, a.method) - slices.Index(methods, b.method)
	})
	return out
}

// fixed are the paths that outside programs already rely on.
var fixed = []string{
	"POST /people", "POST /tokens", "DELETE /tokens/current", "GET /me", "PUT /me/profile", "GET /people/{id}",
	"GET /wallet", "POST /wallet/deposits", "POST /wallet/payouts", "GET /wallet/transfers",
	"POST /job-posts", "PATCH /job-posts/{id}", "POST /job-posts/{id}/publish", "POST /job-posts/{id}/close",
	"GET /job-posts", "GET /job-posts/{id}", "POST /job-posts/{id}/proposals", "GET /job-posts/{id}/proposals", "GET /proposals/{id}",
	"POST /proposals/{id}/decline", "POST /proposals/{id}/shortlist", "POST /proposals/{id}/withdraw",
	"POST /proposals/{id}/offers", "GET /offers/{id}", "POST /offers/{id}/counter", "POST /offers/{id}/sign", "POST /offers/{id}/decline",
	"GET /contracts/{id}", "POST /contracts/{id}/fund",
	"POST /milestones/{id}/submissions", "POST /milestones/{id}/approve", "POST /milestones/{id}/ask-changes", "POST /milestones/{id}/take-back",
	"GET /conversations", "GET /conversations/{id}/messages", "POST /conversations/{id}/messages",
	"GET /notices", "GET /promises", "GET /decline-reasons", "GET /categories", "GET /skills",
}

func TestTheDescriptionNamesEveryPathThatProgramsRelyOn(t *testing.T) {
	t.Parallel()
	d := operationsOf(open(t))
	if d.OpenAPI != "3.1.0" || d.Info.Title != "Freehold" || d.Components.SecuritySchemes["token"] == nil {
		t.Errorf("it is OpenAPI %q of %q", d.OpenAPI, d.Info.Title)
	}
	known := map[string]bool{}
	for _, o := range d.all() {
		known[o.method+" "+o.path] = true
		if o.summary == "" || o.area == "" {
			t.Errorf("%s %s is not described", o.method, o.path)
		}
	}
	for _, path := range fixed {
		if !known[path] {
			t.Errorf("%s is missing", path)
		}
	}
	if amount := d.Components.Schemas["Amount"]; !slices.Equal(slices.Sorted(maps.Keys(amount.Properties)), []string{"currency", "minor"}) {
		t.Errorf("an amount is described as %v", amount)
	}
}
