package app_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Somebody who has no mouse goes from stop to stop with Tab. At every stop they
// have to see where they are.

// stops is how many they go through before they give up.
const stops = 250

// stop is where the keyboard is now.
type stop struct {
	What   string // what stands there
	There  bool   // it is what was looked for
	Before bool   // what was looked for comes before it
	Top    bool   // it is the page itself: nothing has been reached yet
	Flaw   string // why nobody sees it
}

// reach goes to what an expression finds, by the way that is shorter. A page that
// was just opened they enter by its skip link, when they look for what stands in
// the page's own part, unless the address has led them into it.
func (b *browser) reach(what, expression string) {
	b.Helper()
	at := b.look(fmt.Sprintf(lookFor, expression) + whereAmI)
	if at.Top && !at.Before && b.asks("!location.hash && sought.closest('main')") {
		b.skip()
		at = b.stop()
	}
	for range stops {
		if at.There {
			return
		}
		if at.Before {
			b.press(kb.Tab, chromedp.ModifierShift)
		} else {
			b.press(kb.Tab)
		}
		at = b.stop()
		if at.Flaw != "" {
			b.Errorf("%s, on %s: %s %s", b.who, b.path(), at.What, at.Flaw)
		}
	}
	b.Fatalf("%s, on %s: the keyboard does not reach %s; it is at %s", b.who, b.path(), what, at.What)
}

// skip passes over what stands at the top of every page.
func (b *browser) skip() {
	b.Helper()
	b.press(kb.Tab)
	at := b.stop()
	if !strings.HasPrefix(at.What, "Skip") || at.Flaw != "" {
		b.Errorf("%s, on %s: the first stop is %s %s, not a link to skip to the content", b.who, b.path(), at.What, at.Flaw)
		return
	}
	b.press(kb.Enter)
	if !b.asks("document.activeElement.matches('main')") {
		b.Errorf("%s, on %s: skipping leads to %s", b.who, b.path(), b.stop().What)
	}
}

func (b *browser) press(keys string, with ...chromedp.Modifier) {
	b.Helper()
	b.do(chromedp.KeyEvent(keys, chromedp.KeyModifiers(with...)))
}

func (b *browser) stop() stop {
	b.Helper()
	return b.look(whereAmI)
}

// look evaluates what ends in whereAmI.
func (b *browser) look(script string) stop {
	b.Helper()
	at, err := chromedp.Run(b.ctx, chromedp.Evaluate[stop](script))
	b.OK(err)
	return at
}

// asks reports whether something is so on the page.
func (b *browser) asks(expression string) bool {
	b.Helper()
	so, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
	b.OK(err)
	return so
}

// lookFor remembers what is looked for, and what everything that the keyboard may
// come to looks like, and what is around it, while the keyboard is elsewhere.
const lookFor = `
	window.sought = %s;
	window.looks = e => { const s = getComputedStyle(e); return [s.outline, s.boxShadow, s.borderColor, s.backgroundColor, s.textDecoration].join() };
	window.calm ||= new Map([...document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]')]
		.flatMap(e => [e, e.labels?.[0] || e.closest('label'), e.parentElement, e.nextElementSibling])
		.filter(e => e && !e.contains(document.activeElement)).map(e => [e, looks(e)]));
	`
const whereAmI = `(() => {
	const e = document.activeElement, label = e.labels?.[0] || e.closest('label');
	const what = (e.getAttribute('aria-label') || e.labels?.[0]?.innerText || e.innerText || e.tagName).trim().slice(0, 60);
	const there = e === sought || e.type === 'radio' && sought?.type === 'radio' && e.name === sought.name && e.form === sought.form;
	const before = !!sought && !!(e.compareDocumentPosition(sought) & Node.DOCUMENT_POSITION_PRECEDING);
	const at = {What: what, There: there, Before: before, Top: e === document.body, Flaw: ''};
	if (at.Top) return at;
	const outlined = e => { const s = getComputedStyle(e); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1 };
	const marked = e => e && (outlined(e) || calm.has(e) && calm.get(e) !== looks(e));
	const parts = ['date', 'month', 'time'].includes(e.type); // the browser itself shows which of them it is at
	if (!parts && ![e, label, e.parentElement, e.nextElementSibling].some(marked)) at.Flaw = 'does not show that the keyboard is there';
	const box = [...(label && e.offsetWidth < 2 ? label : e).getClientRects()][0] || {left: 0, top: 0, width: 0, height: 0};
	const inside = [[.5, .5], [.1, .1], [.9, .9]].some(([x, y]) => {
		const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
		return hit && (e.contains(hit) || hit.contains(e) && hit !== document.body && hit !== document.documentElement || label?.contains(hit));
	});
	if (!inside) at.Flaw = 'is out of sight while the keyboard is there';
	return at;
})()`

// clickByKeys follows the link or presses the button that says this.
func (b *browser) clickByKeys(text string) {
	b.Helper()
	b.reach(text, byXPath(linkOrButton(text)))
	b.arrive(chromedp.KeyEvent(kb.Enter))
}

// byXPath is an expression that finds an element in the page.
func byXPath(path chromedp.Search) string {
	return fmt.Sprintf("document.evaluate(%q, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE, null).singleNodeValue", string(path))
}

// control is an expression that finds the control with this label.
func (b *browser) control(label string) string {
	b.Helper()
	return fmt.Sprintf("document.getElementById(%q)", b.id(label))
}

// fillByKeys writes into a field, in place of what stands there.
func (b *browser) fillByKeys(label, text string) {
	b.Helper()
	b.reach(label, b.control(label))
	b.press("a", chromedp.ModifierCtrl)
	b.do(func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, input.InsertText, input.InsertTextParams{Text: text})
		return chromedp.Void{}, err
	})
}

// chooseByKeys takes the option of a menu that says this, by its first letters.
func (b *browser) chooseByKeys(label, option string) {
	b.Helper()
	b.reach(label, b.control(label))
	chosen := fmt.Sprintf("sought.selectedOptions[0]?.text.trim() === %q", option)
	for range 5 { // slowly typed letters are taken for the beginning of another word
		if b.press(option); b.asks(chosen) {
			return
		}
	}
	b.Fatalf("%s, on %s: %q does not choose it in %s", b.who, b.path(), option, label)
}

// tickByKeys chooses a box, or one circle of a group.
func (b *browser) tickByKeys(text string) {
	b.Helper()
	b.reach(text, byXPath(choice(text)))
	for range stops {
		if b.asks("document.activeElement === sought") {
			break
		}
		b.press(kb.ArrowDown)
	}
	if !b.asks("sought.type === 'radio' && sought.checked") {
		b.press(" ")
	}
	if !b.asks("sought.checked") {
		b.Errorf("%s, on %s: the keyboard does not tick %s", b.who, b.path(), text)
	}
}
