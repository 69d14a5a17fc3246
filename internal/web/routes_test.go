package web_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/jobpost"
	"freehold/internal/markettest"
	"freehold/internal/message"
	"freehold/internal/proposal"
	"freehold/internal/web"
	"freehold/internal/web/webtest"
)

// busy is a market with one of everything: Carl's draft and his open post, for
// which Ada has proposed; and a contract of theirs whose first milestone Ada has
// submitted. Grace is an administrator.
func busy(t *testing.T) (s *webtest.Site, carl, ada, grace account.Actor) {
	t.Helper()
	s = webtest.New(t, webtest.Demo("Carl", "Ada"))
	carl, ada, grace = s.Person("Carl", euros(2000)), s.Person("Ada", euros(10)), s.Person("Grace", nothing)
	ctx := t.Context()
	s.OK(account.Grant(ctx, s.DB, account.System, grace.ID, account.Admin))
	for i, title := range []string{"A logo for <script>alert(1)</script>", "A sign for a market stall"} {
		post := publish(s, carl, title)
		s.OK(jobpost.Invite(ctx, s.DB, carl, post, grace.ID, "Would you?"))
		p, err := proposal.Propose(ctx, s.DB, ada, post, proposal.Input{Letter: strings.Repeat(title+", drawn as nobody else does. ", 5), Price: euros(500), Hours: 10, Answers: []string{"On Monday."}})
		s.OK(err)
		c, err := message.Open(ctx, s.DB, carl, p.ID)
		s.OK(err)
		_, err = message.Send(ctx, s.DB, ada, c, message.Input{Text: "Good morning."})
		s.OK(err)
		if i == 0 {
			work(s, carl, ada, p.ID)
		}
	}
	_, err := jobpost.SaveDraft(ctx, s.DB, carl, 0, jobpost.Input{Title: "A draft", Kind: jobpost.Fixed, Currency: "EUR", Hire: 1, AnswerDays: 14})
	s.OK(err)
	return s, carl, ada, grace
}

func publish(s *webtest.Site, by account.Actor, title string) jobpost.ID {
	s.Helper()
	draft, err := jobpost.SaveDraft(context.Background(), s.DB, by, 0, jobpost.Input{
		Title: title, Description: title + ", as described here.", Category: "design", Level: "intermediate", Skills: []string{"Logo design"},
		Kind: jobpost.Fixed, Currency: "EUR", BudgetMin: 400_00, Hours: 10, AnswerDays: 14, Questions: []string{"When could you begin?"},
	})
	s.OK(err)
	_, err = jobpost.Publish(context.Background(), s.DB, by, draft.ID)
	s.OK(err)
	return draft.ID
}

// work takes a proposal to a contract whose first milestone is submitted.
func work(s *webtest.Site, carl, ada account.Actor, p proposal.ID) {
	s.Helper()
	ctx := context.Background()
	offer, err := contract.MakeOffer(ctx, s.DB, carl, p, contract.Terms{Scope: "A logo.", Funding: contract.Next, Milestones: []contract.MilestoneTerms{
		{Title: "Sketches", Price: euros(200), Due: "2030-01-11", Criteria: []string{"Three of them"}, Hours: 4},
		{Title: "The logo", Price: euros(300), Due: "2030-01-21", Criteria: []string{"As SVG"}, Hours: 6},
	}})
	s.OK(err)
	var c contract.ID
	for _, by := range []account.Actor{carl, ada} {
		o, err := contract.ShowOffer(ctx, s.DB, by, offer)
		s.OK(err)
		c, err = contract.SignOffer(ctx, s.DB, by, offer, o.SHA256, markettest.Password)
		s.OK(err)
	}
	s.OK(contract.Fund(ctx, s.DB, carl, c))
	v, err := contract.Show(ctx, s.DB, ada, c)
	s.OK(err)
	_, err = contract.SubmitMilestone(ctx, s.DB, ada, v.Work[0].ID, contract.Work{Note: "Here.", Links: []string{"https://example.org"}, Met: []bool{true}})
	s.OK(err)
}

var wildcard = regexp.MustCompile(`\{[a-z]+\}`)

// paths are addresses of a route whose wildcards are filled with each of these.
func paths(r web.Route, fill ...string) (all []string) {
	for _, f := range fill {
		path := wildcard.ReplaceAllString(r.Path, f)
		all = append(all, path)
		if path == r.Path {
			break
		}
	}
	return all
}

func TestStrangersAreAskedToSignIn(t *testing.T) {
	t.Parallel()
	s, _, ada, _ := busy(t)
	stranger, member := s.Stranger(), s.As(ada)
	for _, r := range s.Server.Routes() {
		for _, path := range paths(r, "1") {
			p := stranger.Do(stranger.Request(r.Method, path, "", nil))
			if asked := strings.HasPrefix(p.Path, "/sign-in?then="); asked != (r.ForMembers || r.ForStaff) {
				t.Errorf("%s %s: %s", r.Method, path, p)
			}
			if !r.ForStaff {
				continue
			}
			if p := member.Do(member.Request(r.Method, path, "", nil)); p.Status != http.StatusForbidden {
				t.Errorf("a member at %s %s: %s", r.Method, path, p)
			}
		}
	}
}

func TestNothingIsDoneFromAForeignPage(t *testing.T) {
	t.Parallel()
	s, carl, _, _ := busy(t)
	b := s.As(carl)
	for _, r := range s.Server.Routes() {
		for _, path := range paths(r, "1") {
			request := b.Request(r.Method, path, "application/x-www-form-urlencoded", strings.NewReader("a=b"))
			request.Header.Set("Sec-Fetch-Site", "cross-site")
			if p := b.Do(request); r.Method != http.MethodGet && p.Status != http.StatusForbidden {
				t.Errorf("%s %s: %s", r.Method, path, p)
			}
		}
	}
}

func TestNoAddressAndNoFormMakesUsFail(t *testing.T) {
	t.Parallel()
	s, _, _, grace := busy(t)
	eve := s.Person("Eve", euros(50))
	for _, who := range []account.Actor{eve, grace} {
		b := s.As(who)
		for _, r := range s.Server.Routes() {
			if r.Path == "/sign-out" || strings.HasPrefix(r.Path, "/settings/sessions/") {
				continue
			}
			for _, path := range paths(r, "1", "2", "4711", "0", "-1", "x", "99999999999999999999", "%00", "..%2f", "%ff") {
				kind, body := "", ""
				if r.Method == http.MethodPost {
					kind, body = "application/x-www-form-urlencoded", "before=x&amount=-1&currency=%F0%9F%92%B6&reason=x&text=&id=9&milestones=99999999999"
				} else {
					path += "?before=-1&after=x&q=%F0%9F%92%B6&page=9&kind=x&min=-5&max=1e9&cursor=x&currency=x"
				}
				if p := b.Do(b.Request(r.Method, path, kind, strings.NewReader(body))); p.Status >= 500 {
					t.Errorf("%s at %s %s: %s", who.Name, r.Method, path, p)
				}
			}
		}
	}
}

func TestAStrangerSeesNothingOfWhatIsNotTheirs(t *testing.T) {
	t.Parallel()
	s, _, _, _ := busy(t)
	b := s.As(s.Person("Eve", nothing))
	for _, r := range s.Server.Routes() {
		if r.Path == "/sign-out" {
			continue
		}
		private := strings.HasPrefix(r.Path, "/proposals/") || strings.HasPrefix(r.Path, "/offers/") || strings.HasPrefix(r.Path, "/contracts/") ||
			strings.HasPrefix(r.Path, "/conversations/") || r.Path == "/posts/{id}/proposals"
		for _, path := range paths(r, "1") {
			if p := b.Do(b.Request(r.Method, path, "", nil)); private && p.Status != http.StatusNotFound && p.Status != http.StatusForbidden {
				t.Errorf("%s %s: %s", r.Method, path, p)
			}
		}
	}
}

// evil are texts that would do harm where a page takes them for more than text.
var evil = []string{
	`<script>alert(1)</script>`,
	`" onfocus="alert(1)" autofocus="`,
	`'"><img src=x onerror=alert(1)>`,
	`[click](javascript:alert(1))`,
	`{{7*7}} ${7*7} %s %d \u0000`,
	"\u202egnp.exe \U0001F4B6 " + strings.Repeat("e\u0301", 200),
	strings.Repeat("x", 200_000),
}

func TestEveryPageIsSoundAndNoScriptGetsThroughItsForms(t *testing.T) {
	t.Parallel()
	s, carl, ada, grace := busy(t)
	var all []*crawl
	for i, who := range []account.Actor{carl, ada, grace} {
		c := &crawl{Browser: s.As(who), seen: map[string]bool{}, found: map[string]bool{}}
		all = append(all, c)
		c.visit("/")
		for _, r := range s.Server.Routes() {
			if r.Method == http.MethodGet && !strings.Contains(r.Path, "{") && (!r.ForStaff || who.ID == grace.ID) {
				c.visit(r.Path)
			}
		}
		if len(c.seen) < 20 {
			t.Errorf("%s has seen %d pages only", who.Name, len(c.seen))
		}
		for n, f := range c.forms {
			c.send(f, f.Flooded(evil[(n+i)%len(evil)]))
		}
		for n, f := range c.forms {
			c.send(f, f.Filled(evil[(n+i)%2]))
		}
	}
	for _, c := range all { // what one has written, the others read
		for path := range c.seen {
			if p := c.Get(path); p.Status >= 500 {
				t.Error(p)
			}
		}
	}
}

// crawl follows every link of ours from page to page.
type crawl struct {
	*webtest.Browser
	seen  map[string]bool // by path
	found map[string]bool // forms, by their action
	forms []webtest.Form
}

func (c *crawl) visit(path string) {
	c.Helper()
	path, _, _ = strings.Cut(path, "#")
	if c.seen[path] || strings.HasPrefix(path, "/files/") || strings.Count(path, "&") > 2 || len(c.seen) > 300 {
		return
	}
	c.seen[path] = true
	p := c.Get(path)
	if p.Status != http.StatusOK && p.Status != http.StatusNotFound {
		c.Errorf("%s: %s", path, p)
	}
	for _, f := range p.Forms() {
		if key := f.Method + f.Action; !c.found[key] && f.Action != "/sign-out" && !strings.HasPrefix(f.Action, "/demo/") && !strings.HasPrefix(f.Action, "/settings/sessions") {
			c.found[key] = true
			c.forms = append(c.forms, f)
		}
	}
	for _, link := range p.Links() {
		c.visit(link)
	}
}

func (c *crawl) send(f webtest.Form, values url.Values) {
	c.Helper()
	var p webtest.Page
	if f.Method == http.MethodGet {
		p = c.Get(f.Action + "?" + values.Encode())
	} else {
		p = c.Post(f.Action, values)
	}
	if p.Status >= 500 {
		c.Errorf("%s %s with %.500q: %s", f.Method, f.Action, values, p)
	}
}
