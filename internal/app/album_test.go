package app_test

import (
	"context"
	"fmt"
	"html/template"
	"os"
	"path/filepath"

	"github.com/chromedp/chromedp"
)

// album is a folder of pictures of all pages, to be leafed through.
type album struct{ dir string }

func openAlbum(dir string) *album { return &album{dir} }

// open reports whether pictures are wanted.
func (a *album) open() bool { return a.dir != "" }

// add takes a picture of the whole page that is open.
func (a *album) add(ctx context.Context, s *shown, l look) error {
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(80))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(a.dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(a.dir, a.name(s, l)), picture, 0o644)
}

func (a *album) name(s *shown, l look) string { return fmt.Sprintf("%03d %s.jpg", s.N, l.Name) }

// bind writes the page that shows them side by side.
func (a *album) bind(pages []*shown) error {
	if !a.open() {
		return nil
	}
	f, err := os.Create(filepath.Join(a.dir, "index.html"))
	if err != nil {
		return err
	}
	defer f.Close()
	return contactSheet.Execute(f, struct {
		Album *album
		Looks []look
		Pages []*shown
	}{a, []look{wideLight, wideDark, narrowLight, narrowDark}, pages})
}

var contactSheet = template.Must(template.New("").Funcs(template.FuncMap{"picture": (*album).name}).Parse(`<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>All pages in all looks</title>
<style>
	body { font: 1rem/1.4 system-ui, sans-serif; margin: 1rem; background: #888; }
	section { display: grid; grid-template-columns: 3fr 3fr 1fr 1fr; gap: .5rem; align-items: start; }
	h2 { grid-column: 1 / -1; font-size: 1rem; margin: 1rem 0 0; }
	a { max-height: 40rem; overflow: hidden; }
	img { width: 100%; display: block; }
</style>
<h1>{{len .Pages}} pages</h1>
{{range $page := .Pages}}<section id="{{.N}}"><h2>{{.N}}. {{.}} <small>{{.Status}} {{.Route}}</small></h2>
{{range $.Looks}}<a href="{{picture $.Album $page .}}"><img loading="lazy" alt="{{.Name}}" src="{{picture $.Album $page .}}"></a>
{{end}}</section>
{{end}}</html>
`))
