package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// document is our description of ourselves, as far as the tests go by it.
type document struct {
	raw     []byte
	OpenAPI string `json:"openapi"`
	Info    struct {
		Title string `json:"title"`
	} `json:"info"`
	Paths      map[string]map[string]json.RawMessage `json:"paths"`
	Components struct {
		Schemas         map[string]schema          `json:"schemas"`
		SecuritySchemes map[string]json.RawMessage `json:"securitySchemes"`
	} `json:"components"`
	Tags []struct {
		Name string `json:"name"`
	} `json:"tags"`
}

// operation is one thing that can be asked for.
type operation struct {
	method, path string // the path under /api/v1
	area         string
	summary      string
	private      bool
	query        []string
	body         schema
	answer       *schema // nil: it is empty, or not JSON
}

// described is an operation as the document has it.
type described struct {
	Summary    string            `json:"summary"`
	Tags       []string          `json:"tags"`
	Security   []json.RawMessage `json:"security"`
	Parameters []struct {
		Name string `json:"name"`
		In   string `json:"in"`
	} `json:"parameters"`
	RequestBody content            `json:"requestBody"`
	Responses   map[string]content `json:"responses"`
}

type content struct {
	Content map[string]struct {
		Schema schema `json:"schema"`
	} `json:"content"`
}

func operationsOf(s site) (d document) {
	s.Helper()
	p := s.stranger()
	p.url = strings.TrimSuffix(p.url, "/v1")
	a := p.get("/openapi.json").must(200)
	s.OK(json.Unmarshal(a.raw, &d))
	d.raw = a.raw
	return d
}

// all are the operations in the order of the areas, then of the paths.
func (d document) all() (out []operation) {
	for path, methods := range d.Paths {
		for method, raw := range methods {
			var is described
			if err := json.Unmarshal(raw, &is); err != nil {
				panic(err)
			}
			o := operation{
				method: strings.ToUpper(method), path: strings.TrimPrefix(path, "/api/v1"), area: strings.Join(is.Tags, ", "),
				summary: is.Summary, private: len(is.Security) > 0, body: is.RequestBody.Content["application/json"].Schema,
			}
			for status, a := range is.Responses {
				if as, ok := a.Content["application/json"]; ok && status != "default" {
					o.answer = &as.Schema
				}
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
	"GET /contracts/{id}", "POST /contracts/{id}/fund", "GET /contracts/{id}/settlement", "POST /contracts/{id}/end",
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
	for _, ref := range regexp.MustCompile(`"\$ref":"#/components/schemas/([^"]+)"`).FindAllStringSubmatch(string(d.raw), -1) {
		if _, ok := d.Components.Schemas[ref[1]]; !ok {
			t.Errorf("%s is not described", ref[1])
		}
	}
	if amount := d.Components.Schemas["Amount"]; !slices.Equal(slices.Sorted(maps.Keys(amount.Properties)), []string{"currency", "minor"}) {
		t.Errorf("an amount is described as %v", amount)
	}
}

// misses says where v is not as s describes it: nothing, if all is well.
func (d document) misses(s schema, v any, at string) (where []string) {
	if s.Ref != "" {
		s = d.Components.Schemas[strings.TrimPrefix(s.Ref, "#/components/schemas/")]
	}
	if either := slices.Concat(s.OneOf, s.AnyOf); len(either) > 0 {
		for _, one := range either {
			if where = d.misses(one, v, at); len(where) == 0 {
				break
			}
		}
		return where
	}
	switch in := v.(type) {
	case map[string]any:
		for name, value := range in {
			of, ok := s.Properties[name]
			if !ok && s.Properties != nil {
				where = append(where, at+"."+name+" is not described")
			}
			where = append(where, d.misses(of, value, at+"."+name)...)
		}
	case []any:
		for i, value := range in {
			where = append(where, d.misses(orEmpty(s.Items), value, fmt.Sprintf("%s.%d", at, i))...)
		}
	}
	if is := kindOf(v); len(s.Type) > 0 && !strings.Contains(string(s.Type), is) && (is != "number" || !strings.Contains(string(s.Type), "integer")) {
		where = append(where, fmt.Sprintf("%s is %s, not %s", at, is, s.Type))
	}
	return where
}

func orEmpty(s *schema) schema {
	if s == nil {
		return schema{}
	}
	return *s
}

func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case float64:
		return "number"
	case string:
		return "string"
	case []any:
		return "array"
	default:
		return "object"
	}
}
