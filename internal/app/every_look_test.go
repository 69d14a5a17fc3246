package app_test

import (
	"context"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// look is what somebody looks at a page through.
type look struct {
	Name          string
	width, height int64
	scale         float64
	scheme        string // light or dark
}

var (
	wideLight   = look{"wide light", 1440, 900, 1, "light"}
	wideDark    = look{"wide dark", 1440, 900, 1, "dark"}
	narrowLight = look{"narrow light", 360, 740, 2, "light"}
	narrowDark  = look{"narrow dark", 360, 740, 2, "dark"}
	narrowest   = look{"narrowest", 320, 640, 2, "light"}
	enlarged    = look{"enlarged", 720, 450, 2, "light"} // a window of 1440 pixels at 200 %

	everyLook = []look{wideLight, wideDark, enlarged, narrowLight, narrowDark}
	always    = []look{wideLight, narrowDark}
)

// thorough is how many pages are looked at in all looks: those that show most.
const thorough = 12

// pagesLookWell opens every kind of page in a browser and fails for what is
// wrong with it there, in any look.
func (d *demonstration) pagesLookWell() {
	d.Helper()
	pages := slices.DeleteFunc(d.distinct(), func(s *shown) bool {
		return s.Route == "GET /demo/mail/{id}/letter" // it is seen in the frame of its page; by itself it lets no script run, and so nobody look
	})
	richest := slices.Clone(pages)
	slices.SortStableFunc(richest, func(a, b *shown) int { return len(b.Kinds()) - len(a.Kinds()) })
	richest = richest[:thorough]
	d.lookAt(pages, []look{narrowest, wideLight}, func(s *shown) []look {
		if slices.Contains(richest, s) {
			return everyLook
		}
		return always
	}, openAlbum(os.Getenv("SCREENSHOTS")))
}

// lookAt opens pages in each of some looks at first, and then puts others on.
func (d *demonstration) lookAt(pages []*shown, first []look, then func(*shown) []look, album *album) {
	d.Helper()
	todo := make(chan *shown)
	var eyes sync.WaitGroup
	var mu sync.Mutex
	said := map[string]bool{}
	for range runtime.NumCPU() {
		e := d.eye()
		eyes.Go(func() {
			for s := range todo {
				flaws, err := e.see(s, first, then(s), album)
				mu.Lock()
				if err != nil {
					d.Errorf("%s cannot be looked at: %v", s, err)
				}
				for _, flaw := range flaws {
					if !said[flaw] { // once for all the pages that have it
						said[flaw] = true
						d.Errorf("%s, %s", s, flaw)
					}
				}
				mu.Unlock()
			}
		})
	}
	for _, s := range pages {
		todo <- s
	}
	close(todo)
	eyes.Wait()
	d.OK(album.bind(pages))
}

// eye is a window whose pages may do whatever they do, and are watched.
type eye struct {
	*demonstration
	ctx  context.Context
	page *shown

	mu    sync.Mutex
	heard []string // what the browser complains about
}

func (d *demonstration) eye() *eye {
	d.Helper()
	all, err := chromium()
	if err != nil {
		d.Fatalf("chromium does not start; `make test` installs it: %v", err)
	}
	ctx, end := chromedp.NewContext(all, chromedp.WithNewBrowserContext())
	d.Cleanup(end)
	e := &eye{demonstration: d, ctx: ctx}
	d.OK(chromedp.Listen(ctx, e.hear))
	return e
}

// hear takes down what the browser says about a page.
func (e *eye) hear(event any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch ev := event.(type) {
	case *network.EventRequestWillBeSent:
		if to := ev.Request.URL; !strings.HasPrefix(to, e.URL+"/") && !strings.HasPrefix(to, "data:") {
			e.heard = append(e.heard, "it asks somebody else for "+to)
		}
	case *log.EventEntryAdded: // such as what the policy forbids; that a page is refused is no news
		if ev.Entry.Level == "error" && (e.page.Status < 400 || ev.Entry.URL != e.URL+e.page.Path) {
			e.heard = append(e.heard, "the browser says: "+ev.Entry.Text+" "+ev.Entry.URL)
		}
	case *cdpruntime.EventExceptionThrown:
		e.heard = append(e.heard, "a script fails: "+ev.ExceptionDetails.Text)
	}
}

// see opens a page and returns what is wrong with it. It is opened anew in each of
// the first looks, to see whether anything jumps; between the others it stays open.
func (e *eye) see(s *shown, first, then []look, album *album) (flaws []string, err error) {
	ctx, cancel := context.WithTimeout(e.ctx, 2*patience)
	defer cancel()
	e.mu.Lock()
	e.page = s
	e.mu.Unlock()
	page := network.Headers{numbered: strconv.Itoa(s.N)}
	if _, err := chromedp.Call(ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: page}); err != nil {
		return nil, err
	}
	find := func(l look, script string) {
		if err == nil {
			var found []string
			found, err = chromedp.Run(ctx, chromedp.Evaluate[[]string](script, chromedp.EvalAwaitPromise))
			for _, flaw := range found {
				flaws = append(flaws, l.Name+": "+flaw)
			}
		}
	}
	for _, l := range first {
		known := len(flaws)
		for range 2 { // a machine that does much else may show half a page; what is wrong with the page is wrong again
			if flaws = flaws[:known]; err == nil {
				err = chromedp.Do(ctx, wear(l), chromedp.Navigate(e.URL+s.Path))
			}
			if find(l, findJumps); len(flaws) == known {
				break
			}
		}
		find(l, findOverflow)
	}
	for _, l := range everyLook {
		picture, check := album.open() && l != enlarged, slices.Contains(then, l)
		if err == nil && (picture || check) {
			err = chromedp.Do(ctx, wear(l))
		}
		if err == nil && picture {
			err = album.add(ctx, s, l)
		}
		if check && l == narrowDark { // the last
			find(l, unfold)
		}
		if check {
			find(l, findOverflow)
			find(l, findBarriers)
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	flaws = append(flaws, e.heard...)
	e.heard = nil
	return flaws, err
}

// wear puts a look on.
func wear(l look) chromedp.Action[chromedp.Void] {
	return chromedp.Steps(
		chromedp.EmulateViewport(l.width, l.height, chromedp.EmulateScale(l.scale)),
		chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
			_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: l.scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
			return err
		}))
}

// findJumps waits until the page is drawn with its own fonts, and says what has
// moved since it was first drawn.
const findJumps = `(async () => {
	await document.fonts.ready;
	await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
	const shifts = await new Promise(seen => {
		new PerformanceObserver(list => seen(list.getEntries())).observe({type: 'layout-shift', buffered: true});
		setTimeout(() => seen([]), 50);
	});
	const box = r => [r.left, r.top, r.right, r.bottom].map(Math.round).join();
	const moved = shifts.flatMap(s => s.sources.map(at => at.node && (at.node.outerHTML || at.node.textContent).slice(0, 80) + ' from ' + box(at.previousRect) + ' to ' + box(at.currentRect)));
	const sum = shifts.reduce((sum, s) => sum + s.value, 0);
	return sum < 0.005 ? [] : ['it jumps by ' + sum.toFixed(3) + ' while it comes: ' + moved.join(' | ')];
})()`

// unfold opens what is folded, so that it is looked at, too.
const unfold = `document.querySelectorAll('main details').forEach(e => e.open = true), []`

// findOverflow says what is wider than the window, but for what scrolls by itself.
const findOverflow = `(() => {
	const room = document.documentElement.clientWidth;
	const scrolls = e => e && e !== document.body && e !== document.documentElement &&
		(['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
	const over = [...document.body.querySelectorAll('*')].filter(e => e.checkVisibility() && e.getBoundingClientRect().right > room + 1 && !scrolls(e.parentElement));
	if (document.documentElement.scrollWidth <= room && !over.length) return [];
	return ['it is ' + document.documentElement.scrollWidth + ' wide where there is room for ' + room + ': ' +
		over.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | ')];
})()`

// findBarriers says what axe finds by the criteria of WCAG 2.2, A and AA.
const findBarriers = `(async () => {
	if (!window.axe) await new Promise((come, fail) => document.head.append(Object.assign(document.createElement('script'), {src: '` + axePath + `', onload: come, onerror: fail})));
	scrollTo(0, 0); // or the bar at the edge of the window covers what happens to lie there
	const found = await axe.run(document, {
		runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']},
		rules: {'target-size': {enabled: true}}, resultTypes: ['violations'], iframes: false,
	});
	return found.violations.flatMap(v => v.nodes.map(n => v.id + ' at ' + n.target.join(' ') + ': ' + n.failureSummary.replace(/\s+/g, ' ')));
})()`
