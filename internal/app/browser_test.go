package app_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// chrome starts one browser for all journeys, without JavaScript for the pages
// it shows: everything has to work without.
var chrome = sync.OnceValue(func() context.Context {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, //nolint:gocritic // a copy
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, _ := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ = chromedp.NewContext(ctx)
	if err := chromedp.Do(ctx); err != nil {
		panic(fmt.Sprintf("chromium does not start; `make test` installs it: %v", err))
	}
	return ctx
})

// withoutScripts has the page run none. What the test itself asks the browser
// is not the page's.
func withoutScripts(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	return chromedp.Void{}, err
}

// browser is one person before a browser window of their own.
type browser struct {
	testing.TB
	ctx  context.Context
	base string
}

func newBrowser(t testing.TB, base string) *browser {
	t.Helper()
	ctx, cancel := chromedp.NewContext(chrome(), chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1200, 900), withoutScripts); err != nil {
		t.Fatal(err)
	}
	return &browser{t, ctx, base}
}

// do runs steps, and when they take too long shows what the page says.
func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.Fatalf("%v\n--- the page %s says:\n%s", err, b.path(), b.text())
	}
}

func (b *browser) open(path string) {
	b.Helper()
	b.do(chromedp.Navigate(b.base + path))
}

func (b *browser) path() string {
	at, _ := chromedp.Run(b.ctx, chromedp.Location())
	return strings.TrimPrefix(at, b.base)
}

func (b *browser) text() string {
	text, _ := chromedp.Run(b.ctx, chromedp.Text(chromedp.CSS("body")))
	return text
}

// fill types into the field that a label belongs to.
func (b *browser) fill(label, text string) {
	b.Helper()
	field := b.field(label)
	b.do(chromedp.SetValue(field, text))
}

// field is the control that a label with this text belongs to.
func (b *browser) field(label string) chromedp.ID {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 5*time.Second)
	defer cancel()
	id, err := chromedp.Run(ctx, chromedp.AttributeValue(chromedp.Search(fmt.Sprintf(`//label[starts-with(normalize-space(.), %q)][@for]`, label)), "for"))
	if err != nil {
		b.Fatalf("no field is labelled %q on %s: %v\n%s", label, b.path(), err, b.text())
	}
	return chromedp.ID(id.Value)
}

// tick chooses a box or a button by the text beside it.
func (b *browser) tick(text string) {
	b.Helper()
	b.do(chromedp.Click(chromedp.Search(fmt.Sprintf(`//label[contains(normalize-space(.), %q)]//input`, text))))
}

// click follows the link or presses the button with this text, and waits for
// the page that comes.
func (b *browser) click(text string) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	what := chromedp.Search(fmt.Sprintf(`//main//*[self::a or self::button or self::summary][contains(normalize-space(.), %q)]`, text))
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(what)); err != nil {
		b.Fatalf("clicking %q on %s: %v\n%s", text, b.path(), err, b.text())
	}
}

// sees fails unless the page says all of this.
func (b *browser) sees(texts ...string) {
	b.Helper()
	page := strings.Join(strings.Fields(b.text()), " ")
	for _, text := range texts {
		if !strings.Contains(page, text) {
			b.Errorf("the page %s does not say %q:\n%s", b.path(), text, page)
		}
	}
}

func (b *browser) seesNot(texts ...string) {
	b.Helper()
	page := strings.Join(strings.Fields(b.text()), " ")
	for _, text := range texts {
		if strings.Contains(page, text) {
			b.Errorf("the page %s says %q", b.path(), text)
		}
	}
}

// photograph keeps a picture of the whole page where SCREENSHOTS says, if it
// says anything.
func (b *browser) photograph(name string) {
	b.Helper()
	dir := os.Getenv("SCREENSHOTS")
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(90))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o600)
	}
	if err != nil {
		b.Fatal(err)
	}
}

func (b *browser) signIn(email, password string) {
	b.Helper()
	b.open("/sign-in")
	b.fill("E-mail", email)
	b.fill("Your password", password)
	b.click("Sign in")
}
