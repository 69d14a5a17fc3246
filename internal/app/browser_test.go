package app_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// chromium is one program for all journeys, started by the first.
var chromium = sync.OnceValues(func() (context.Context, error) {
	options := slices.Concat(chromedp.DefaultExecAllocatorOptions[:], []chromedp.ExecAllocatorOption{
		chromedp.NoSandbox, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("force-prefers-reduced-motion", true), // half of a journey's time went into one page fading into the next
	})
	if shell, err := exec.LookPath("chromium-headless-shell"); err == nil {
		options = append(options, chromedp.ExecPath(shell)) // the same without a browser's own toolbars, in a third of the time
	}
	ctx, end := chromedp.NewExecAllocator(context.Background(), options...)
	endChromium = end
	ctx, _ = chromedp.NewContext(ctx)
	return ctx, chromedp.Do(ctx)
})

// endChromium ends it, if it was started.
var endChromium = func() {}

// browser is a window of its own before one person. Its pages run no scripts:
// everything has to work without. Every page that comes has to be sound.
type browser struct {
	*market
	ctx   context.Context
	who   string
	email string
	keys  bool // they have no mouse; see keyboard_test.go
	typed bool // something stands in a form that was not sent
	shots int
}

// patience is how long a page may take on a machine that does much else.
const patience = 30 * time.Second

func (m *market) browser(who string) *browser {
	m.Helper()
	all, err := chromium()
	if err != nil {
		m.Fatalf("chromium does not start; `make test` installs it: %v", err)
	}
	ctx, end := chromedp.NewContext(all, chromedp.WithNewBrowserContext())
	m.Cleanup(end)
	m.OK(chromedp.Do(ctx, wear(look{"", 1200, 900, 1, "light"}), withoutScripts))
	return &browser{market: m, ctx: ctx, who: who}
}

// withoutScripts has pages run none. What a test asks the browser to evaluate
// is not the page's.
func withoutScripts(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	return chromedp.Void{}, err
}

// open goes to an address.
func (b *browser) open(path string) {
	b.Helper()
	b.arrive(chromedp.Navigate(b.url + path))
}

// click follows the link or presses the button that says this, and waits for the
// page that comes. What stands in the page goes before what stands around it.
func (b *browser) click(text string) {
	b.Helper()
	if b.typed {
		b.photograph()
	}
	b.typed = false
	if b.keys {
		b.clickByKeys(text)
		return
	}
	b.arrive(chromedp.Click(linkOrButton(text)))
}

// linkOrButton finds what has this text, but for a count of what is unread.
func linkOrButton(text string) chromedp.Search {
	this := fmt.Sprintf(`//*[self::a or self::button][normalize-space(.)=%q or starts-with(normalize-space(.), %q) and .//*[@class="count"]]`, text, text+" ")
	return chromedp.Search(fmt.Sprintf(`%s[ancestor::main or not(//main%[1]s)][not(ancestor::nav[@class="dock"])]`, this))
}

// arrive takes the step that leads to a page, and looks at the page.
func (b *browser) arrive(step chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	res, err := chromedp.RunResponse(ctx, step)
	if err != nil {
		b.Fatalf("%s, on %s: %v\n%s", b.who, b.path(), err, b.text())
	}
	if res.Status >= 500 && !b.outage {
		b.Errorf("%s is answered %d on %s:\n%s", b.who, res.Status, b.path(), b.text())
	}
	flaws, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](findFlaws))
	b.OK(err)
	for _, flaw := range flaws {
		b.Errorf("%s: %s", b.path(), flaw)
	}
	b.photograph()
}

// findFlaws is what no page may have, whatever it is about.
const findFlaws = `(() => {
	const flaws = [], ids = new Set(), headings = document.querySelectorAll('h1').length;
	if (headings !== 1) flaws.push('there are ' + headings + ' h1');
	for (const e of document.querySelectorAll('[id]')) {
		if (ids.has(e.id)) flaws.push('there are two with the id ' + e.id);
		ids.add(e.id);
	}
	for (const e of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
		if (!e.labels.length && !e.ariaLabel) flaws.push('the field ' + e.name + ' has no label');
	return flaws;
})()`

// do takes a step that leads to no other page.
func (b *browser) do(step chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, step); err != nil {
		b.Fatalf("%s, on %s: %v\n%s", b.who, b.path(), err, b.text())
	}
}

// fill writes into the field with this label. Where a label is there more than
// once, the legend of its group goes before it: "Milestone 2: Price".
func (b *browser) fill(label, text string) {
	b.Helper()
	b.typed = true
	if b.keys {
		b.fillByKeys(label, text)
		return
	}
	b.do(chromedp.SetValue(b.field(label), text))
}

// choose takes the option that says this.
func (b *browser) choose(label, option string) {
	b.Helper()
	b.typed = true
	if b.keys {
		b.chooseByKeys(label, option)
		return
	}
	field := b.field(label)
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](fmt.Sprintf(
		`([...document.querySelector(%q).options].find(o => o.text.trim() === %q) || {value: ''}).value`, string(field), option)))
	if err != nil || value == "" {
		b.Fatalf("%s, on %s: the field %s offers no %q: %v", b.who, b.path(), label, option, err)
	}
	b.do(chromedp.SetValue(field, value))
}

// attach adds a file to the field with this label.
func (b *browser) attach(label, name, content string) {
	b.Helper()
	path := filepath.Join(b.TempDir(), name)
	b.OK(os.WriteFile(path, []byte(content), 0o600))
	if b.keys { // the window in which one chooses a file is the browser's own
		b.reach(label, b.control(label))
	}
	b.do(chromedp.SetUploadFiles(b.field(label), []string{path}))
	b.typed = true
}

// field is the control with this label. Ids have dots, which would start a class.
func (b *browser) field(label string) chromedp.CSS {
	b.Helper()
	return chromedp.CSS(fmt.Sprintf("[id=%q]", b.id(label)))
}

// id is that of the control with this label.
func (b *browser) id(label string) string {
	b.Helper()
	group := ""
	if legend, rest, ok := strings.Cut(label, ": "); ok {
		group, label = fmt.Sprintf(`//fieldset[legend[normalize-space(.)=%q]]`, legend), rest
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	id, err := chromedp.Run(ctx, chromedp.AttributeValue(
		chromedp.Search(fmt.Sprintf(`%s//label[@for][starts-with(normalize-space(.), %q)]`, group, label)), "for"))
	if err != nil {
		b.Fatalf("%s, on %s: no field is labelled %q: %v\n%s", b.who, b.path(), label, err, b.text())
	}
	return id.Value
}

// tick chooses the box or the circle beside this text.
func (b *browser) tick(text string) {
	b.Helper()
	b.typed = true
	if b.keys {
		b.tickByKeys(text)
		return
	}
	b.do(chromedp.Click(choice(text)))
}

// choice is the box or the circle beside this text.
func choice(text string) chromedp.Search {
	return chromedp.Search(fmt.Sprintf(`//label[starts-with(normalize-space(.), %q)]//input`, text))
}

// unfold opens what is folded under this text.
func (b *browser) unfold(text string) {
	b.Helper()
	summary := chromedp.Search(fmt.Sprintf(`//summary[normalize-space(.)=%q]`, text))
	if b.keys {
		b.reach(text, byXPath(summary))
		b.press(kb.Enter)
		return
	}
	b.do(chromedp.Click(summary))
}

// menu takes what is folded under the person's name.
func (b *browser) menu(text string) {
	b.Helper()
	menu := chromedp.CSS("details.menu > summary")
	if b.keys {
		b.reach("the menu", fmt.Sprintf("document.querySelector(%q)", string(menu)))
		b.press(kb.Enter)
	} else {
		b.do(chromedp.Click(menu))
	}
	b.click(text)
}

// downloads fails unless the link with this text leads to a file that says this.
func (b *browser) downloads(text, content string) {
	b.Helper()
	file, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](fmt.Sprintf(
		`fetch([...document.links].find(a => a.text === %q)).then(file => file.text())`, text), chromedp.EvalAwaitPromise))
	b.OK(err)
	if file != content {
		b.Errorf("%s, on %s: the file %s says %q", b.who, b.path(), text, file)
	}
}

func (b *browser) path() string {
	at, _ := chromedp.Run(b.ctx, chromedp.Location())
	return strings.TrimPrefix(at, b.url)
}

// text is what can be read on the page.
func (b *browser) text() string {
	text, _ := chromedp.Run(b.ctx, chromedp.Text(chromedp.CSS("body")))
	return strings.Join(strings.Fields(text), " ")
}

// sees fails unless the page says all of this.
func (b *browser) sees(sentences ...string) {
	b.Helper()
	text := b.text()
	for _, s := range sentences {
		if !strings.Contains(text, s) {
			b.Errorf("%s does not read %q on %s:\n%s", b.who, s, b.path(), text)
		}
	}
}

// seesNot fails if the page says any of this.
func (b *browser) seesNot(sentences ...string) {
	b.Helper()
	text := b.text()
	for _, s := range sentences {
		if strings.Contains(text, s) {
			b.Errorf("%s reads %q on %s", b.who, s, b.path())
		}
	}
}

// awaits looks at the page again until it says this: what jobs do takes a moment.
func (b *browser) awaits(sentence string) {
	b.Helper()
	path := b.path()
	for end := time.Now().Add(patience); !strings.Contains(b.text(), sentence); b.open(path) {
		if time.Now().After(end) {
			b.Fatalf("%s waits in vain for %q on %s:\n%s", b.who, sentence, path, b.text())
		}
	}
}

// holds fails unless the field with this label has this in it.
func (b *browser) holds(label, text string) {
	b.Helper()
	got, err := chromedp.Run(b.ctx, chromedp.Value(b.field(label)))
	b.OK(err)
	if got != text {
		b.Errorf("%s, on %s: the field %s holds %q, not %q", b.who, b.path(), label, got, text)
	}
}

// refuses fails unless the page says this beside the field with this label.
func (b *browser) refuses(label, sentence string) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	said, err := chromedp.Run(ctx, chromedp.Text(chromedp.CSS(fmt.Sprintf(`[id="%s-fault"]`, b.id(label)))))
	if err != nil || !strings.Contains(said, sentence) {
		b.Errorf("%s, on %s: beside the field %s stands %q, not %q: %v", b.who, b.path(), label, said, sentence, err)
	}
}

// photograph keeps a picture of the whole page in the folder that SCREENSHOTS
// names, if it names one.
func (b *browser) photograph() {
	b.Helper()
	dir := os.Getenv("SCREENSHOTS")
	if dir == "" {
		return
	}
	b.shots++
	picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	b.OK(err)
	title, err := chromedp.Run(b.ctx, chromedp.Title())
	b.OK(err)
	page, _, _ := strings.Cut(strings.ReplaceAll(title, "/", "-"), " · ")
	b.OK(os.MkdirAll(filepath.Join(dir, b.Name()), 0o755))
	b.OK(os.WriteFile(filepath.Join(dir, b.Name(), fmt.Sprintf("%s %02d %s.png", b.who, b.shots, page)), picture, 0o644))
}
