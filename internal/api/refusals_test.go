package api_test

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestWhatCannotBeReadIsRefused(t *testing.T) {
	t.Parallel()
	s := open(t)
	carl := s.person("Carl", "client")
	deposit := func(minor string) string { return `{"amount": {"minor": ` + minor + `, "currency": "EUR"}}` }
	for name, test := range map[string]struct {
		path, sent string
		status     int
		code       string
	}{
		"no JSON":                   {"/wallet/deposits", `{"amount": `, 400, "request_unreadable"},
		"two values":                {"/wallet/deposits", `{} {}`, 400, "request_unreadable"},
		"nothing":                   {"/wallet/deposits", ``, 400, "request_unreadable"},
		"bad UTF-8":                 {"/job-posts", "{\"title\": \"\xff\xfe\"}", 400, "request_not_text"},
		"a zero byte":               {"/job-posts", "{\"title\": \"a\x00\"}", 400, "request_not_text"},
		"a zero character":          {"/job-posts", `{"title": "a\u0000"}`, 400, "request_unreadable"},
		"a zero in a name":          {"/job-posts", `{"a\u0000": 1}`, 400, "request_unreadable"},
		"too large":                 {"/job-posts", `{"title": "` + strings.Repeat("a", 1<<20) + `"}`, 413, "request_too_large"},
		"a list":                    {"/wallet/deposits", `[]`, 422, "request_invalid"},
		"null":                      {"/wallet/deposits", `null`, 422, "request_invalid"},
		"a text for a number":       {"/job-posts", `{"hours": "ten"}`, 422, "request_invalid"},
		"a number for a text":       {"/job-posts", `{"title": 5}`, 422, "request_invalid"},
		"half an hour":              {"/job-posts", `{"hours": 0.5}`, 422, "request_invalid"},
		"more hours than an int":    {"/job-posts", `{"hours": 99999999999999999999}`, 422, "request_invalid"},
		"an amount in a text":       {"/wallet/deposits", `{"amount": "10 EUR"}`, 422, "request_invalid"},
		"a text in an amount":       {"/wallet/deposits", deposit(`"10"`), 422, "request_invalid"},
		"half a cent":               {"/wallet/deposits", deposit(`0.5`), 422, "request_invalid"},
		"1e30 cents":                {"/wallet/deposits", deposit(`1e30`), 422, "amount_unreadable"},
		"1e400 cents":               {"/wallet/deposits", deposit(`1e400`), 400, "request_unreadable"},
		"more than an int64":        {"/wallet/deposits", deposit(`9223372036854775808`), 422, "amount_unreadable"},
		"all of an int64":           {"/wallet/deposits", deposit(`9223372036854775807`), 422, "amount_too_large"},
		"the least int64":           {"/wallet/deposits", deposit(`-9223372036854775808`), 422, "amount_too_large"},
		"less than nothing":         {"/wallet/deposits", deposit(`-1`), 422, "amount_out_of_range"},
		"nothing at all":            {"/wallet/deposits", deposit(`0`), 422, "amount_out_of_range"},
		"no amount":                 {"/wallet/deposits", `{}`, 422, "amount_out_of_range"},
		"no amount, said with null": {"/wallet/deposits", `{"amount": null}`, 422, "amount_out_of_range"},
		"half an amount":            {"/wallet/deposits", `{"amount": {"minor": 5}}`, 422, "amount_unreadable"},
		"no such currency":          {"/wallet/deposits", `{"amount": {"minor": 5, "currency": "EURO"}}`, 422, "currency_unknown"},
		"more than there is":        {"/wallet/payouts", deposit(`100`), 409, "not_in_your_wallet"},
	} {
		t.Run(name, func(t *testing.T) {
			carl.post(test.path, test.sent).refused(test.status, test.code)
		})
	}
	if got := len(carl.get("/wallet").must(200).at("balances").([]any)); got != 0 {
		t.Errorf("something was moved: %d balances", got)
	}
}

func TestARefusalNamesTheField(t *testing.T) {
	t.Parallel()
	s := open(t)
	people := busy(s)
	carl := people[0]
	a := carl.post("/job-posts", object{"title": strings.Repeat("a", 151), "budget": eur(-1), "hours": 20_000, "hire": 21, "level": "wizard"})
	fields := map[string]bool{}
	for _, f := range a.refused(422, "text_too_long").at("fields").([]any) {
		fields[f.(object)["field"].(string)] = true
	}
	for _, field := range []string{"title", "budget", "hours", "hire", "level"} {
		if !fields[field] {
			t.Errorf("%s is not named: %s", field, a.raw)
		}
	}
	terms := object{"scope": "All.", "funding": "all", "milestones": []object{
		{"title": "One", "price": object{"minor": 5, "currency": "XXXX"}, "due": s.inDays(9), "criteria": []string{"Done"}, "hours": 5},
	}}
	carl.post("/offers/3/counter", object{"terms": terms}).refused(422, "currency_unknown").says("fields.0.field", "terms.milestones.0.price")
	carl.post("/offers/3/counter", `{"terms": {"milestones": [{"hours": "x"}]}}`).refused(422, "request_invalid").
		says("fields.0.field", "terms.milestones.0.hours")
}

func TestWhoIsNotSignedInHearsSoBeforeAnythingElse(t *testing.T) {
	t.Parallel()
	s := open(t)
	eve := s.stranger()
	for _, o := range operationsOf(s).all() {
		path := strings.NewReplacer("{id}", "1", "{", "", "}", "").Replace(o.path)
		a := eve.send(o.method, path, `{"nonsense`)
		if o.private {
			a.refused(401, "not_signed_in")
		} else if a.status == 401 {
			t.Errorf("%s: %s", a.what, a.raw)
		}
		if o.private && a.header.Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("%s: no WWW-Authenticate", a.what)
		}
	}
	eve.token = "made-up\xff"
	eve.get("/me").refused(401, "not_signed_in")
	eve.get("/job-posts").refused(401, "not_signed_in") // a token that is not in force is not overlooked

	carl := s.person("Carl", "client")
	carl.remove("/tokens/current").must(204)
	carl.get("/me").refused(401, "not_signed_in")
}

func TestPathsThatLeadNowhere(t *testing.T) {
	t.Parallel()
	s := open(t)
	carl := s.person("Carl", "client")
	carl.get("/nothing").refused(404, "no_such_path")
	carl.get("/job-posts/").refused(404, "no_such_path")
	for _, id := range []string{"0", "-1", "x", "1.0", "9223372036854775808", url.PathEscape("1 OR 1=1")} {
		carl.get("/job-posts/"+id).refused(404, "not_found")
		carl.patch("/job-posts/"+id, object{"title": "Mine"}).refused(404, "not_found")
	}
	carl.get("/job-posts/999").refused(404, "post_not_found")
	carl.get("/job-posts/%ff").refused(400, "request_not_text")
	carl.get("/job-posts?q=%00").refused(400, "request_not_text")
	carl.get("/job-posts?cursor=made-up").refused(422, "bad_cursor")
	carl.get("/notices?cursor=-1").refused(422, "bad_cursor")
	carl.get("/conversations?cursor=x").refused(422, "bad_cursor")
	carl.get("/notices?limit=101").refused(422, "request_invalid")
	carl.get("/job-posts?kind=free").refused(422, "unknown_kind")
	if a := carl.put("/job-posts/1", object{}).refused(405, "no_such_method"); a.header.Get("Allow") != "GET, PATCH" {
		t.Errorf("allowed are %q", a.header.Get("Allow"))
	}
	carl.raw("POST", "/wallet/deposits", strings.NewReader("amount=10"), map[string]string{"Content-Type": "application/x-www-form-urlencoded"}).
		refused(415, "request_not_json")
}

func TestARequestThatBreaksOffDoesNothing(t *testing.T) {
	t.Parallel()
	s := open(t)
	carl := s.person("Carl", "client")
	at, err := url.Parse(s.url)
	s.OK(err)
	conn, err := (&net.Dialer{Timeout: 5 * time.Second}).DialContext(context.Background(), "tcp", at.Host)
	s.OK(err)
	fmt.Fprintf(conn, "POST /api/v1/wallet/deposits HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: 500\r\n\r\n%s", carl.token, tenEuros)
	s.OK(conn.Close())
	if got := len(carl.get("/wallet").must(200).at("balances").([]any)); got != 0 {
		t.Error("half a request was done")
	}
}

func TestStatesAndDatesAreRefused(t *testing.T) {
	t.Parallel()
	s := open(t)
	people := busy(s)
	carl, ada := people[0], people[2]
	offer := func(change func(object)) object {
		m := object{"title": "One", "price": eur(900_00), "due": s.inDays(9), "criteria": []string{"Done"}, "hours": 10}
		change(m)
		return object{"terms": object{"scope": "All.", "funding": "all", "milestones": []object{m}}}
	}
	for name, test := range map[string]struct {
		a      answer
		status int
		code   string
	}{
		"a due date that has passed":   {ada.post("/offers/3/counter", offer(func(m object) { m["due"] = s.inDays(-1) })), 422, "due_past"},
		"a due date that is none":      {ada.post("/offers/3/counter", offer(func(m object) { m["due"] = "soon" })), 422, "due_invalid"},
		"a price below the floor":      {ada.post("/offers/3/counter", offer(func(m object) { m["price"] = eur(1) })), 422, "below_floor"},
		"a price in other money":       {ada.post("/offers/3/counter", offer(func(m object) { m["price"] = object{"minor": 90000, "currency": "USD"} })), 422, "milestone_currency_invalid"},
		"publishing twice":             {carl.post("/job-posts/1/publish", nil), 409, "post_not_draft"},
		"publishing what is empty":     {carl.post(fmt.Sprintf("/job-posts/%d/publish", carl.post("/job-posts", object{}).number("id")), nil), 422, "missing"},
		"funding twice":                {carl.post("/contracts/1/fund", nil), 409, "contract_funded"},
		"funding as the freelancer":    {ada.post("/contracts/2/fund", nil), 403, "not_the_client"},
		"submitting what has no money": {ada.post("/milestones/2/submissions", object{"note": "Done.", "criteria": []bool{true}}), 409, "milestone_not_funded"},
		"ticking too few":              {ada.post("/milestones/1/submissions", object{"note": "Done."}), 422, "criteria_not_met"},
		"approving nothing":            {carl.post("/milestones/1/approve", nil), 409, "milestone_not_submitted"},
		"declining without a reason":   {carl.post("/proposals/3/decline", object{}), 422, "reason_missing"},
		"declining what is hired":      {carl.post("/proposals/1/decline", object{"reason": "price"}), 409, "proposal_ended"},
		"signing another text":         {carl.post("/offers/3/sign", object{"sha256": "00", "password": "correct horse battery staple"}), 409, "text_changed"},
		"leaving while there is work":  {ada.post("/contracts/1/leave", nil), 409, "contract_funded"},
		"a day to start that is none":  {ada.patch("/proposals/3", object{"start_on": "2030-02-30"}), 422, "day_unreadable"},
		"a budget in two currencies":   {carl.post("/job-posts", object{"budget": eur(1), "budget_max": object{"minor": 2, "currency": "USD"}}), 422, "two_currencies"},
		"terms, as no administrator":   {carl.put("/terms", object{}), 403, "admins_only"},
	} {
		t.Run(name, func(t *testing.T) { test.a.refused(test.status, test.code) })
	}
}

func TestAStrangerFindsNothing(t *testing.T) {
	t.Parallel()
	s := open(t)
	people := busy(s)
	eve := people[4]
	for _, path := range []string{
		"/job-posts/4", "/job-posts/1/proposals", "/proposals/1", "/offers/1", "/offers/3", "/contracts/1", "/contracts/1/reviews", "/conversations/1/messages", "/amendments/1", "/disputes/1", "/desk/disputes", "/contracts/1/hours",
	} {
		if a := eve.get(path); a.status != 404 {
			t.Errorf("%s: answered %d: %s", a.what, a.status, a.raw)
		}
	}
	work := object{"note": "Mine.", "criteria": []bool{true}}
	for path, sent := range map[string]object{
		"/job-posts/4/publish": nil, "/job-posts/4/close": {"reason": "not_needed"}, "/job-posts/1/close": {"reason": "not_needed"},
		"/job-posts/1/invitations": {"freelancer": eve.id}, "/proposals/3/decline": {"reason": "price"}, "/proposals/3/shortlist": nil,
		"/proposals/3/withdraw": nil, "/proposals/3/offers": {"terms": object{}}, "/offers/3/counter": {"terms": object{}},
		"/offers/3/sign": {"sha256": "", "password": "correct horse battery staple"}, "/offers/3/decline": {"reason": "No."},
		"/offers/3/withdraw": {"reason": "No."}, "/contracts/2/fund": nil, "/contracts/1/leave": nil, "/contracts/1/offers": {"title": "Mine", "terms": object{}}, "/contracts/1/top-up": {"on": true}, "/contracts/1/end": {"reason": "other", "words": "No."}, "/contracts/1/absence": {"until": s.inDays(3)},
		"/contracts/1/bonuses": {"amount": eur(1), "words": "No.", "n": 1}, "/contracts/1/refunds": {"amount": eur(1), "words": "No.", "n": 1},
		"/milestones/1/dispute": {"reason": "other", "words": "No."}, "/disputes/1/splits": {"split": eur(1)}, "/disputes/1/evidence": {"words": "No."},
		"/disputes/1/review": {"words": "No."}, "/disputes/1/decision": {"award": eur(1), "words": "Because it is so, and not otherwise.", "criteria": []int{0}},
		"/disputes/1/votes":       {"award": eur(1), "words": "Because it is so, and not otherwise."},
		"/contracts/1/amendments": {"plan": object{}, "reason": "No."}, "/amendments/1/sign": {"sha256": "", "password": "correct horse battery staple"},
		"/amendments/1/decline": {"reason": "No."}, "/amendments/1/withdraw": {"reason": "No."},
		"/contracts/1/hours": {"from": "2030-01-01T08:00:00Z", "to": "2030-01-01T09:00:00Z", "memo": "No."}, "/contracts/1/hours/table": {"table": "Date,From,To,Description"},
		"/contracts/1/timer": {"memo": "No."}, "/contracts/1/timer/stop": nil, "/weeks/1/hand-in": nil,
		"/weeks/1/dispute":          {"lines": []int{1}, "reason": "other", "words": "No."},
		"/contracts/1/agree-to-end": {"freelancer": eur(1)}, "/milestones/1/share": {"percent": 50}, "/milestones/1/submissions": work,
		"/milestones/1/approve": nil, "/milestones/1/ask-changes": {"criteria": []int{0}, "words": "No."}, "/milestones/1/take-back": nil,
		"/conversations": {"proposal": 1}, "/conversations/1/messages": {"text": "Hello?"}, "/conversations/1/read": {"up_to": 1},
		"/notices/1/read": nil, "/contracts/1/reviews": {"marks": object{"quality": 5}, "words": "No."}, "/reviews/1/response": {"words": "No."},
	} {
		if a := eve.post(path, sent); a.status != 404 {
			t.Errorf("%s: answered %d: %s", a.what, a.status, a.raw)
		}
	}
	if a := eve.put("/contracts/1/delegate", object{"person": 1}); a.status != 404 {
		t.Errorf("%s: answered %d: %s", a.what, a.status, a.raw)
	}
	if a := eve.remove("/contracts/1/delegate"); a.status != 404 {
		t.Errorf("%s: answered %d: %s", a.what, a.status, a.raw)
	}
	if a := eve.put("/hours/1", object{"from": "2030-01-01T08:00:00Z", "to": "2030-01-01T09:00:00Z", "memo": "No."}); a.status != 404 {
		t.Errorf("%s: answered %d: %s", a.what, a.status, a.raw)
	}
	if a := eve.patch("/job-posts/4", object{"title": "Mine"}); a.status != 404 {
		t.Errorf("%s: answered %d: %s", a.what, a.status, a.raw)
	}
}
