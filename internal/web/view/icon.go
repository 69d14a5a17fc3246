package view

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/a-h/templ"
)

// The icons are those of Lucide that we use (icons/LICENSE.txt), stripped to
// their shapes: how they are drawn is said in the stylesheet.
//
//go:embed icons/*.svg
var iconFiles embed.FS

var icons = readIcons()

func readIcons() map[string]templ.Component {
	all := map[string]templ.Component{}
	names, err := fs.Glob(iconFiles, "icons/*.svg")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		b, err := iconFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		shapes := strings.TrimSuffix(strings.TrimSpace(string(b)), "</svg>")
		_, shapes, _ = strings.Cut(shapes, ">")
		all[strings.TrimSuffix(path.Base(name), ".svg")] = templ.Raw(
			`<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">` + shapes + `</svg>`)
	}
	return all
}

// Icon is a small picture beside words that say the same; nobody has to see it.
// Asking for one that is not there is a mistake of ours.
func Icon(name string) templ.Component {
	icon, ok := icons[name]
	if !ok {
		panic(fmt.Sprintf("there is no icon %q in icons/", name))
	}
	return icon
}
