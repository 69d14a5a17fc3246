package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// fair is how many pages of one route are validated, and those besides that show
// something new.
const fair = 8

// pagesAreValid fails for what html-validate finds in any page. What it is asked
// to look for stands in .htmlvalidate.mjs.
func (d *demonstration) pagesAreValid() {
	d.Helper()
	dir := d.TempDir()
	report := filepath.Join(dir, "report.json")
	pages, alike := map[string]*shown{}, map[string]int{}
	distinct := d.distinct()
	for _, s := range d.shown {
		if alike[s.Route]++; alike[s.Route] > fair && !slices.Contains(distinct, s) {
			continue
		}
		name := filepath.Join(dir, fmt.Sprintf("%d.html", s.N))
		pages[name] = s
		d.OK(os.WriteFile(name, []byte(s.Body), 0o600))
	}
	check := exec.Command("node_modules/.bin/html-validate", "--formatter", "json="+report, "--config", ".htmlvalidate.mjs", dir+"/*.html")
	check.Dir = "../.."
	check.Stderr = os.Stderr
	err := check.Run() // fails when there is something to report, too
	out, readErr := os.ReadFile(report)
	var reports []struct {
		FilePath string
		Messages []struct {
			RuleID, Message string
			Line, Column    int
			Selector        string
		}
	}
	if errors.Join(readErr, json.Unmarshal(out, &reports)) != nil {
		d.Fatalf("html-validate does not run; `make test` installs it: %v", err)
	}
	said := map[string]bool{}
	for _, r := range reports {
		for _, m := range r.Messages {
			if m.RuleID == "prefer-native-element" && pages[r.FilePath].Route == "GET /demo/mail/{id}/letter" {
				continue // programs that show mail know the role, and not the element
			}
			if flaw := fmt.Sprintf("%s: %s, at %s", m.RuleID, m.Message, m.Selector); !said[flaw] {
				said[flaw] = true
				d.Errorf("%s: %s", pages[r.FilePath], flaw)
			}
		}
	}
}
