package api_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the paths in docs/api.md anew")

func TestTheDocumentListsEveryPath(t *testing.T) {
	t.Parallel()
	const name, end = "../../docs/api.md", "-->\n"
	s := open(t)
	doc, err := os.ReadFile(name)
	s.OK(err)
	words, _, ok := strings.Cut(string(doc), end)
	want := words + end + paths(operationsOf(s))
	switch {
	case !ok:
		t.Errorf("%s does not say where the paths begin", name)
	case *update:
		s.OK(os.WriteFile(name, []byte(want), 0o644))
	case string(doc) != want:
		t.Errorf("%s is not up to date: go test ./internal/api -run Document -update", name)
	}
}

// paths are a table of what can be asked for, area by area.
func paths(d document) string {
	var b strings.Builder
	area := ""
	for _, o := range d.all() {
		if o.area != area {
			area = o.area
			fmt.Fprintf(&b, "\n### %s\n\n| path | does |\n|---|---|\n", area)
		}
		mark := ""
		if !o.private {
			mark = " ○"
		}
		fmt.Fprintf(&b, "| `%s %s`%s | %s |\n", o.method, o.path, mark, o.summary)
	}
	return b.String()
}
