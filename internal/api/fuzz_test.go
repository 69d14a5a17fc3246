package api_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/markettest"
)

// FuzzRequests sends what nobody should send to every path. It may be refused, or
// even be in order; it may never break anything.
func FuzzRequests(f *testing.F) {
	s := open(f)
	people := busy(s)
	description := operationsOf(s)
	operations := slices.DeleteFunc(description.all(), func(o operation) bool { // then nobody could do anything any more
		return o.method == http.MethodDelete && (o.path == "/tokens/current" || o.path == "/me/sessions/{id}")
	})
	wild := wild{rand.New(rand.NewPCG(7, 7)), description.Components.Schemas}
	rounds := 40
	if flag.Lookup("test.fuzz").Value.String() != "" {
		rounds = 1 // the rest is for the fuzzer to find
	}
	for range rounds {
		for i, o := range operations {
			f.Add(uint(i), wild.Uint(), wild.number(), wild.query(o.query), wild.body(o.body, examples(s)[o.method+" "+o.path]))
		}
	}
	f.Fuzz(func(t *testing.T, which, who uint, id, query, sent string) {
		o := operations[which%uint(len(operations))]
		market := *s.Market
		market.TB = t
		p := people[who%uint(len(people))]
		p.Market = &market
		path := strings.NewReplacer("{id}", id, "{", "", "}", "").Replace(o.path)
		if a, ok := p.try(o.method, path+"?"+query, sent); ok && a.status >= http.StatusInternalServerError {
			t.Errorf("%s: answered %d: %s", a.what, a.status, a.raw)
		}
	})
}

// wild makes JSON of about the form that a schema describes.
type wild struct {
	*rand.Rand
	schemas map[string]schema
}

// schema is the part of JSON Schema that our description uses.
type schema struct {
	Ref        string            `json:"$ref"`
	Type       json.RawMessage   `json:"type"`
	Properties map[string]schema `json:"properties"`
	Items      *schema           `json:"items"`
	OneOf      []schema          `json:"oneOf"`
	AnyOf      []schema          `json:"anyOf"`
}

var (
	texts = []string{
		`""`, `" "`, `"a"`, `"\u0000"`, `"a\u0000b"`, `"\ud800"`, `"\u202e\u2066"`, `"<script>alert(1)</script>"`, `"'; DROP TABLE account.people; --"`,
		`"fixed"`, `"hourly"`, `"retainer"`, `"public"`, `"invited"`, `"next"`, `"all"`, `"expert"`, `"client"`, `"both"`, `"experience"`, `"own_words"`,
		`"EUR"`, `"eur"`, `"XXX"`, `"USD"`, `"2030-02-01"`, `"2000-01-01"`, `"9999-12-31"`, `"0000-00-00"`, `"Go"`, `"en"`, `"xx"`, `"MY"`, `"Europe/Berlin"`, `"Local"`,
		`"https://example.org"`, `"javascript:alert(1)"`, `"carl@demo.test"`, `"\"@\"@demo.test"`, `"correct horse battery staple"`, `"%s %d"`, `"web-development"`,
		`"` + strings.Repeat("é", 700) + `"`, `"` + strings.Repeat("long ", 20_000) + `"`,
	}
	numbers = []string{
		"0", "1", "2", "3", "4", "7", "14", "20", "-1", "100", "5000", "70000", "2147483648", "9007199254740993",
		"1000000000000000", "1000000000000001", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "1e30", "1e400", "-0", "1.5", "2e0",
	}
	others  = []string{"null", "true", "{}", "[]", `"x"`, "1", "[[[]]]", `{"a":{}}`, "[null]"}
	rubbish = []string{"", "{", "\xff", `{"a":1}{"b":2}`, "null", "[]", strings.Repeat("[", 20_000), `{"a":"` + strings.Repeat("a", 1<<20) + `"}`}
)

func (w wild) pick(from []string) string { return from[w.IntN(len(from))] }

// number is for a path.
func (w wild) number() string {
	return w.pick([]string{"1", "1", "1", "2", "2", "3", "4", "5", "999", "0", "-1", "x", "9223372036854775808", "1%00", "%ff", "1.0", "counts"})
}

// query is what stands behind the question mark.
func (w wild) query(names []string) string {
	values := url.Values{}
	for _, name := range names {
		if w.IntN(3) == 0 {
			values.Set(name, strings.Trim(w.pick(slices.Concat(texts, numbers)), `"`))
		}
	}
	if w.IntN(30) == 0 {
		return "q=%ff&cursor=%00"
	}
	return values.Encode()
}

// body is about like the example, if there is one, or else of about the described form.
func (w wild) body(s schema, example any) string {
	if w.IntN(15) == 0 {
		return w.pick(rubbish)
	}
	return w.of(s, example, 0)
}

func (w wild) of(s schema, example any, depth int) string {
	if w.IntN(60) == 0 || depth > 8 {
		return w.pick(others)
	}
	if s.Ref != "" {
		s = w.schemas[strings.TrimPrefix(s.Ref, "#/components/schemas/")]
	}
	if len(s.OneOf) > 0 {
		s = s.OneOf[w.IntN(len(s.OneOf))]
	}
	switch kind := string(s.Type); {
	case strings.Contains(kind, "object"):
		return w.object(s, example, depth)
	case strings.Contains(kind, "array"):
		return w.array(s, example, depth)
	case example != nil && w.IntN(10) > 0:
		return asJSON(example)
	case strings.Contains(kind, "integer"):
		return w.pick(numbers)
	case strings.Contains(kind, "boolean"):
		return w.pick([]string{"true", "true", "false"})
	default:
		return w.pick(texts)
	}
}

func (w wild) object(s schema, example any, depth int) string {
	members := []string{`"unknown": 1`}
	known, _ := example.(object)
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		if known == nil && w.IntN(6) > 0 || known[name] != nil && w.IntN(20) > 0 || w.IntN(20) == 0 {
			members = append(members, fmt.Sprintf("%q: %s", name, w.of(s.Properties[name], known[name], depth+1)))
		}
	}
	return "{" + strings.Join(members, ", ") + "}"
}

func (w wild) array(s schema, example any, depth int) string {
	var items []string
	known, ok := example.([]any)
	if !ok || w.IntN(20) == 0 {
		known = make([]any, []int{0, 1, 1, 1, 2, 3, 60}[w.IntN(7)])
	}
	for _, item := range known {
		items = append(items, w.of(*s.Items, item, depth+1))
	}
	return "[" + strings.Join(items, ",") + "]"
}

// examples are requests that would be in order, if they came at the right time.
func examples(s site) map[string]any {
	milestone := object{"title": "The work", "price": eur(900_00), "due": s.inDays(14), "criteria": []any{"It is done"}, "hours": 10}
	terms := object{"terms": object{"scope": "All of it.", "funding": "next", "milestones": []any{milestone, milestone}}}
	post := object{
		"title": "Weather for gardeners", "description": "A page for each garden.", "category": "design", "skills": []any{"Go"}, "level": "entry",
		"kind": "hourly", "budget": eur(90_00), "budget_max": eur(120_00), "hours": 10, "questions": []any{"Why?"}, "hire": 2,
	}
	proposal := object{
		"letter": "I have looked after gardens and their weather for years.", "price": eur(900_00), "hours": 10, "answers": []any{}, "start_on": s.inDays(3),
		"plan": []any{object{"title": "The work", "price": eur(900_00), "hours": 10, "days": 9}},
	}
	reason := object{"reason": "experience", "words": "Thank you."}
	return map[string]any{
		"PUT /me/profile": object{
			"headline": "I build shops", "skills": []any{"Go"}, "level": "expert", "rate": eur(60_00), "country": "MY", "languages": []any{"en"},
		},
		"PATCH /me":             object{"name": "Carl", "time_zone": "Europe/Berlin", "client": true, "freelancer": true},
		"POST /me/pieces":       object{"title": "A shop", "url": "https://example.org", "files": []any{1, 2}, "pictures": []any{3}},
		"PUT /me/pieces/{id}":   object{"title": "A shop", "drop_files": []any{1}},
		"POST /me/employments":  object{"title": "Baker", "company": "Bread & Sons", "from": "2020-01-01", "to": "2021-01-01"},
		"POST /people":          object{"name": "Zoe", "email": "zoe@demo.test", "password": markettest.Password, "kind": "both"},
		"POST /tokens":          object{"email": "eve@demo.test", "password": markettest.Password},
		"POST /wallet/deposits": object{"amount": eur(50_00)}, "POST /wallet/payouts": object{"amount": eur(1_00)},
		"POST /me/searches":     object{"name": "Logos", "pace": "daily", "query": object{"q": "logo", "min": eur(1_00), "country": "DE"}},
		"PUT /me/searches/{id}": object{"name": "Marks", "pace": "never"},
		"POST /job-posts":       post, "PATCH /job-posts/{id}": object{"title": "Another title", "budget": eur(950_00)},
		"POST /job-posts/{id}/invitations": object{"freelancer": 3, "words": "Would you?"}, "POST /job-posts/{id}/proposals": proposal,
		"POST /job-posts/{id}/proposals/decline": object{"answers": []any{object{"proposal": 3, "reason": "price"}}},
		"PATCH /proposals/{id}":                  object{"price": eur(950_00), "plan": []any{}},
		"POST /proposals/{id}/decline":           reason, "POST /proposals/{id}/offers": terms, "POST /offers/{id}/counter": terms,
		"POST /offers/{id}/sign":            object{"sha256": "00", "postal_address": markettest.PostalAddress, "password": markettest.Password},
		"POST /milestones/{id}/submissions": object{"note": "Done.", "criteria": []any{true}, "links": []any{"https://example.org"}, "files": []any{1}},
		"POST /milestones/{id}/ask-changes": object{"criteria": []any{0}, "words": "Nearly."},
		"POST /contracts/{id}/reviews":      object{"marks": object{"quality": 5, "dates": 5, "communication": 5, "again": 5}, "words": "Good."},
		"POST /reviews/{id}/response":       object{"words": "Thank you."},
		"POST /conversations":               object{"proposal": 1},
		"POST /conversations/{id}/messages": object{"text": "Hello.", "files": []any{1}},
		"POST /conversations/{id}/read":     object{"up_to": 2},
		"PUT /terms":                        object{"from": 1, "reason": "Why not."},
		"PUT /bonds":                        object{"bond": eur(10_00), "reason": "Why not."},
		"PUT /floors/countries/{country}":   object{"hourly": object{"minor": 900, "currency": "USD"}, "reason": "A survey."},
		"PUT /rates/{currency}":             object{"per_usd": "0.92", "reason": "The bank."},
	}
}

// busy is a market in which something of everything exists, and the people in it.
func busy(s site) []program {
	s.Helper()
	carl, ada := s.person("Carl", "client"), s.person("Ada", "both")
	carl.post("/wallet/deposits", object{"amount": eur(9_000_00)}).must(201)
	fill := func(title string) object {
		return object{
			"title": title, "description": "All about " + title + ".", "category": category(s), "level": "entry",
			"kind": "fixed", "budget": eur(900_00), "hours": 10,
		}
	}
	for _, title := range []string{"A shop for bicycles", "Letters to bees in spring", "Maps of every island"} {
		post := carl.post("/job-posts", fill(title)).must(201).number("id")
		carl.post(fmt.Sprintf("/job-posts/%d/publish", post), nil).must(200)
		p := ada.post(fmt.Sprintf("/job-posts/%d/proposals", post), object{
			"letter": "I would love to work on " + strings.Repeat(title+" ", 9), "price": eur(900_00), "hours": 10,
		}).must(201).number("id")
		o := carl.post(fmt.Sprintf("/proposals/%d/offers", p), object{"terms": object{
			"scope": "All of it.", "funding": "all", "milestones": []object{
				{"title": "The work", "price": eur(900_00), "due": s.inDays(14), "criteria": []string{"It is done"}, "hours": 10},
			},
		}}).must(201).number("id")
		carl.post("/conversations", object{"proposal": p}).must(201)
		if o > 2 {
			break // one offer stays on the table
		}
		contract := int64(0)
		for _, by := range []program{carl, ada} {
			sha256 := by.get(fmt.Sprintf("/offers/%d", o)).must(200).text("sha256")
			contract, _ = by.post(fmt.Sprintf("/offers/%d/sign", o), object{"sha256": sha256, "postal_address": markettest.PostalAddress, "password": markettest.Password}).must(200).id("contract")
		}
		if contract == 1 { // the other one waits for its money
			carl.post("/contracts/1/fund", nil).must(200)
		}
	}
	carl.post("/job-posts", fill("A draft")).must(201)
	eve, olga := s.person("Eve", "both"), s.person("Olga", "client")
	s.OK(account.Grant(context.Background(), s.DB, account.System, account.ID(olga.id), account.Admin))
	return []program{carl, carl, ada, ada, eve, olga, s.stranger()}
}
