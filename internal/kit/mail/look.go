package mail

import (
	"maps"
	"slices"
	"strings"

	"github.com/a-h/templ"
)

// The colours are those of the pages, in light and in dark; a test of the pages
// holds the two together.
var (
	light = strings.NewReplacer("{paper}", "#f8f6f0", "{card}", "#fffefb", "{ink}", "#1c2420", "{quiet}", "#59635e", "{line}", "#e3dfd2",
		"{brand}", "#14614b", "{on-brand}", "#ffffff", "{brand-soft}", "#e1f0e8", "{gold}", "#7a5600", "{gold-soft}", "#fcf1d6")
	dark = strings.NewReplacer("{paper}", "#11151a", "{card}", "#191f25", "{ink}", "#e9ebe6", "{quiet}", "#a3adaa", "{line}", "#2b333a",
		"{brand}", "#74cfae", "{on-brand}", "#0c1d17", "{brand-soft}", "#1a322a", "{gold}", "#f1c765", "{gold-soft}", "#332a13")
)

// The faces are those of the reader's machine: a mail loads nothing. Quotes around
// their names would be escaped twice.
const (
	sans  = "font-family:system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;"
	serif = "font-family:Georgia,Iowan Old Style,Times New Roman,serif;"
)

// looks are how the parts of a mail look. Colours come last: those are what dark
// mode exchanges.
var looks = map[string]struct{ shape, colours string }{
	"paper":    {"margin:0;padding:0;" + sans, "background-color:{paper};color:{ink};"},
	"brand":    {serif + "font-size:21px;line-height:30px;font-weight:bold;text-decoration:none;", "color:{ink};"},
	"mark":     {serif + "display:inline-block;width:30px;height:30px;margin-right:8px;border-radius:8px;font-size:18px;line-height:30px;font-weight:bold;text-align:center;", "background-color:{brand};color:{on-brand};"},
	"sandbox":  {"margin:16px 0 0;padding:8px 16px;border-radius:9px;font-size:14px;line-height:20px;", "background-color:{gold-soft};color:{gold};"},
	"card":     {"margin:16px 0;padding:28px 28px 30px;border-radius:12px;border-width:1px;border-style:solid;", "background-color:{card};border-color:{line};color:{ink};"},
	"headline": {serif + "margin:0;font-size:25px;line-height:32px;font-weight:bold;letter-spacing:-.01em;overflow-wrap:anywhere;", "color:{ink};"},
	"at":       {"margin:8px 0 0;font-size:14px;line-height:20px;", "color:{quiet};"},
	"says":     {"margin:18px 0 0;font-size:16px;line-height:25px;overflow-wrap:anywhere;", "color:{ink};"},
	"quote":    {"margin:18px 0 0;padding:2px 0 2px 16px;border-left-width:3px;border-left-style:solid;font-size:16px;line-height:25px;overflow-wrap:anywhere;", "border-color:{line};color:{ink};"},
	"note":     {"margin:22px 0 0;padding:12px 16px;border-radius:9px;font-size:16px;line-height:24px;font-weight:600;overflow-wrap:anywhere;", "background-color:{brand-soft};color:{ink};"},
	"press":    {"margin:26px 0 0;font-size:16px;line-height:24px;", "color:{ink};"},
	"button":   {"display:inline-block;padding:12px 24px;border-radius:9px;font-size:16px;line-height:24px;font-weight:600;text-decoration:none;", "background-color:{brand};color:{on-brand};"},
	"instead":  {"margin:20px 0 0;font-size:13px;line-height:19px;word-break:break-word;overflow-wrap:anywhere;", "color:{quiet};"},
	"foot":     {"margin:0 0 8px;font-size:13px;line-height:20px;", "color:{quiet};"},
	"link":     {"display:inline-block;padding:3px 0;text-decoration:underline;", "color:{brand};"},
}

// style is the look of a part, as it stands in the element itself: many programs
// throw style sheets away.
func style(part string) templ.SafeCSS {
	return templ.SafeCSS(looks[part].shape + light.Replace(looks[part].colours))
}

// sheet is what a style attribute cannot say: dark mode, small screens, and last,
// in a sheet of its own, what some programs throw a whole sheet away for.
var sheet = func() string {
	var b strings.Builder
	b.WriteString("<style>:root{color-scheme:light dark;supported-color-schemes:light dark}\n@media (prefers-color-scheme:dark){\n")
	for _, part := range slices.Sorted(maps.Keys(looks)) {
		b.WriteString("." + part + "{" + strings.ReplaceAll(dark.Replace(looks[part].colours), ";", " !important;") + "}\n")
	}
	b.WriteString("}\n@media (max-width:480px){.card{padding:22px 20px 24px !important}.headline{font-size:22px !important;line-height:29px !important}" +
		".button{display:block !important;text-align:center !important}}</style>\n" +
		"<style>.headline{text-wrap:balance}</style>")
	return b.String()
}()
