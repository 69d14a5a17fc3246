package contract_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// edit changes one place of a file of this module, seen from this directory.
type edit struct{ file, was, is string }

// planted are mistakes in the rules for silence: each rule does not hold at all, or
// favours the wrong side, or does not wait for its date.
var planted = map[string][]edit{
	"the acceptance window passes, and nothing happens": {{"sweep_due.go", `WHERE state = 'submitted' AND approve_by <= $1`, `WHERE false AND approve_by <= $1`}},
	"silence pays the client":                           {{"approve_milestone.go", `pay := c.Pay(m)`, `pay := c.Pay(m); if by.IsSystem() { pay.To = c.Client }`}},
	"silence pays a day early": {{"sweep_due.go", `WHERE state = 'submitted' AND approve_by <= $1`, `WHERE state = 'submitted' AND approve_by <= $1::timestamptz + interval '1 day'`},
		{"milestone.go", `case by == Market && !passed(*m.ApproveBy, at):`, `case by == Market && !passed(*m.ApproveBy, at.AddDate(0, 0, 1)):`}},
	"forgotten work is forgotten": {{"sweep_due.go", `WHERE m.take_back_from <= $1 AND`, `WHERE false AND`}},
	"forgotten work is paid": {{"take_back_milestone.go", `back, err := escrow.GiveBack(ctx, tx, m.Purpose(), c.Client,`, `to := c.Client; if by.IsSystem() { to = c.Freelancer }
		back, err := escrow.GiveBack(ctx, tx, m.Purpose(), to,`}},
	"an unfunded contract stays":          {{"sweep_due.go", `WHERE state = 'signed' AND fund_by <= $1`, `WHERE false AND fund_by <= $1`}},
	"a starved contract starves":          {{"sweep_due.go", `WHERE c.state = 'starved' AND`, `WHERE false AND`}},
	"who starves a contract has its fee":  {{"leave_starved.go", `settleEndingFee(ctx, tx, c, Freelancer)`, `settleEndingFee(ctx, tx, c, Client)`}},
	"notice passes, and nothing happens":  {{"sweep_due.go", `WHERE c.state = 'under notice' AND c.ends_at <= $1`, `WHERE false AND c.ends_at <= $1`}},
	"who gives notice has the ending fee": {{"settlement.go", `if how == ByClient && c.Every == ""`, `if how == ByFreelancer && c.Every == ""`}},
	"all of begun work is paid":           {{"settle_contract.go", `p.Pay, c.Client, p.Back`, `p.Pay, c.Freelancer, p.Back`}},
	"a week is never handed in":           {{"../worklog/hand_in.go", `WHERE m.state = 'funded' AND m.closes_at <= $1`, `WHERE false AND m.closes_at <= $1`}},
	"a month is never paid":               {{"sweep_due.go", `WHERE m.state = 'funded' AND m.closes_at <= $1`, `WHERE false AND m.closes_at <= $1`}},
	"a month is paid to the client":       {{"close_month.go", `pay := c.Pay(m)`, `pay := c.Pay(m); pay.To = c.Client`}},
	"nobody calls an arbiter":             {{"../dispute/sweep_due.go", `return callArbiter(ctx, tx, on)`, `return ErrTalking.With(*on.Due)`}},
	"an arbiter may take for ever":        {{"../dispute/sweep_due.go", `return missDeadline(ctx, tx, on)`, `return ErrDeciding.With(*on.Due)`}},
	"no decision favours the client":      {{"../dispute/dispute.go", `d.close(to, ByDefault, d.Fallback, at)`, `d.close(to, ByDefault, money.Zero(d.Sum.Currency), at)`}},
	"a decision never stands":             {{"../dispute/sweep_due.go", `return stand(ctx, tx, on)`, `return ErrDecided.With(*on.Due)`}},
	"a decision is not what is paid":      {{"../dispute/sweep_due.go", `d.Finish(decision.Award, tx.Now)`, `d.Finish(d.Sum.Sub(decision.Award), tx.Now)`}},
	"a review never ends":                 {{"../dispute/sweep_due.go", `return finishReview(ctx, tx, on, "the days to review are over")`, `return ErrReviewing.With(*on.Due)`}},
}

// Each mistake is planted into a copy of the program, and the walks must stumble
// over it.
func TestLongHuntForPlantedBugs(t *testing.T) {
	for name, edits := range planted {
		t.Run(name, func(t *testing.T) {
			walk := exec.CommandContext(t.Context(), "go", "test", "-overlay", overlay(t, edits), "-run", "^TestWhateverPeopleDo$", "-timeout", "5m", //nolint:gosec // of this test
				".", "-rapid.checks=30", "-rapid.shrinktime=0s")
			out, err := walk.CombinedOutput()
			said := regexp.MustCompile(`(?m)^.*\[rapid\] (failed|panic).*$`).Find(out)
			if err == nil || said == nil || strings.Contains(string(said), "SQLSTATE") {
				t.Fatalf("nobody stumbled over it: %v\n%s", err, out)
			}
			t.Logf("%s", said)
		})
	}
}

// overlay writes what the compiler is to read in the place of the files that are
// edited, and returns the file that says so.
func overlay(t *testing.T, edits []edit) string {
	t.Helper()
	dir, texts := t.TempDir(), map[string]string{}
	for _, e := range edits {
		path, err := filepath.Abs(e.file)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := texts[path]; !ok {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			texts[path] = string(b)
		}
		if !strings.Contains(texts[path], e.was) {
			t.Fatalf("%s does not say %q any more: plant it anew", e.file, e.was)
		}
		texts[path] = strings.ReplaceAll(texts[path], e.was, e.is)
	}
	replace := map[string]string{}
	for path, text := range texts {
		replace[path] = filepath.Join(dir, strings.ReplaceAll(strings.TrimPrefix(path, "/"), "/", "_"))
		write(t, replace[path], []byte(text))
	}
	b, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "overlay.json")
	write(t, file, b)
	return file
}

func write(t *testing.T, file string, b []byte) {
	t.Helper()
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
