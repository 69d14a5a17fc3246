package web_test

import (
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

// market is one with one of everything: Carl's draft and his open post, for
// which Ada has proposed; and a contract of theirs whose first milestone Ada has
// submitted. Grace is an administrator.
type market struct {
	*webtest.Site

	carl, ada, grace account.Actor
}

func busy(t *testing.T) market {
	t.Helper()
	m := market{Site: webtest.New(t, webtest.Demo("Carl", "Ada"))}
	m.carl, m.ada, m.grace = m.Person("Carl", euros(2000)), m.Person("Ada", euros(10)), m.Person("Grace", nothing)
	m.OK(account.Grant(t.Context(), m.DB, account.System, m.grace.ID, account.Admin))
	m.works(m.proposes(m.publishes("A logo for <script>alert(1)</script>")))
	m.proposes(m.publishes("A sign for a market stall"))
	_, err := jobpost.SaveDraft(t.Context(), m.DB, m.carl, 0, jobpost.Input{Title: "A draft", Kind: jobpost.Fixed, Currency: "EUR", Hire: 1, AnswerDays: 14})
	m.OK(err)
	return m
}

// publishes opens a post of Carl's, to which Grace is invited.
func (m market) publishes(title string) jobpost.ID {
	m.Helper()
	draft, err := jobpost.SaveDraft(m.Context(), m.DB, m.carl, 0, jobpost.Input{
		Title: title, Description: title + ", as described here.", Category: "design", Level: "intermediate", Skills: []string{"Logo design"},
		Kind: jobpost.Fixed, Currency: "EUR", BudgetMin: 400_00, Hours: 10, AnswerDays: 14, Questions: []string{"When could you begin?"},
	})
	m.OK(err)
	_, err = jobpost.Publish(m.Context(), m.DB, m.carl, draft.ID)
	m.OK(err)
	m.OK(jobpost.Invite(m.Context(), m.DB, m.carl, draft.ID, m.grace.ID, "Would you?"))
	return draft.ID
}

// proposes sends Ada's proposal, and then a message about it.
func (m market) proposes(to jobpost.ID) proposal.ID {
	m.Helper()
	p, err := proposal.Propose(m.Context(), m.DB, m.ada, to, proposal.Input{
		Letter: strings.Repeat("Number "+num(to)+", drawn as nobody else does. ", 5), Price: euros(500), Hours: 10, Answers: []string{"On Monday."}})
	m.OK(err)
	c, err := message.Open(m.Context(), m.DB, m.carl, p.ID)
	m.OK(err)
	_, err = message.Send(m.Context(), m.DB, m.ada, c, message.Input{Text: "Good morning."})
	m.OK(err)
	return p.ID
}

// works takes a proposal to a contract whose first milestone is submitted.
func (m market) works(on proposal.ID) {
	m.Helper()
	offer, err := contract.MakeOffer(m.Context(), m.DB, m.carl, on, contract.Terms{Scope: "A logo.", Funding: contract.Next, Milestones: []contract.MilestoneTerms{
		{Title: "Sketches", Price: euros(200), Due: "2030-01-11", Criteria: []string{"Three of them"}, Hours: 4},
		{Title: "The logo", Price: euros(300), Due: "2030-01-21", Criteria: []string{"As SVG"}, Hours: 6},
	}})
	m.OK(err)
	var signed contract.ID
	for _, by := range []account.Actor{m.carl, m.ada} {
		o, err := contract.ShowOffer(m.Context(), m.DB, by, offer)
		m.OK(err)
		signed, err = contract.SignOffer(m.Context(), m.DB, by, offer, contract.Signing{SHA256: o.SHA256, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
		m.OK(err)
	}
	m.OK(contract.Fund(m.Context(), m.DB, m.carl, signed))
	v, err := contract.Show(m.Context(), m.DB, m.ada, signed)
	m.OK(err)
	_, err = contract.SubmitMilestone(m.Context(), m.DB, m.ada, v.Work[0].ID, contract.Work{Note: "Here.", Links: []string{"https://example.org"}, Met: []bool{true}})
	m.OK(err)
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
	s := busy(t)
	stranger, member := s.Stranger(), s.As(s.ada)
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
	s := busy(t)
	b := s.As(s.carl)
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
	s := busy(t)
	eve := s.Person("Eve", euros(50))
	for _, who := range []account.Actor{eve, s.grace} {
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
	s := busy(t)
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
	s := busy(t)
	var all []*crawl
	for i, who := range []account.Actor{s.carl, s.ada, s.grace} {
		c := &crawl{Browser: s.As(who), seen: map[string]bool{}, found: map[string]bool{}}
		all = append(all, c)
		c.visit("/")
		for _, r := range s.Server.Routes() {
			if r.Method == http.MethodGet && !strings.Contains(r.Path, "{") && (!r.ForStaff || who.ID == s.grace.ID) {
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
