package app_test

import (
	"regexp"
	"testing"

	"freehold/internal/web/webtest"
)

// The pages that people see most, on a phone. The test of every page is more
// thorough, and takes too long to be run each time.
func TestThePagesThatPeopleSeeMostLookWell(t *testing.T) {
	t.Parallel()
	d := openDemonstration(t)
	people := map[string]*webtest.Browser{"": d.Stranger()}
	for _, who := range []string{"carl", "ada"} {
		people[who] = d.as(who+"@demo.test", d.Server.Demo.People[0].Password)
	}
	for _, at := range []struct{ who, on, to string }{
		{"", "/", ""},
		{"ada", "/feed", ""},
		{"ada", "/feed", `^/posts/\d+$`},
		{"ada", "/wallet", ""},
		{"ada", "/my/contracts", `^/contracts/\d+$`},
		{"carl", "/posts/new", ""},
		{"carl", "/my/posts", `^/posts/\d+/proposals$`},
		{"carl", "/conversations", `^/conversations/\d+#latest$`},
	} {
		p := people[at.who].Get(at.on)
		if to := regexp.MustCompile(at.to); at.to != "" {
			for _, link := range p.Links() {
				if to.MatchString(link) {
					p = people[at.who].Get(link)
					break
				}
			}
		}
		if at.to != "" && p.Path == at.on || p.Status != 200 {
			t.Errorf("%s comes from %s to no %s: %s", at.who, at.on, at.to, p)
		}
		d.keep(at.who, "", p.Path, p)
	}
	d.lookAt(d.shown, []look{narrowest}, func(*shown) []look { return []look{narrowDark} }, openAlbum(""))
}
