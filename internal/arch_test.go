// Package internal_test holds the code to its shape.
package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// story is the table of contents. A package may import only those before it.
var story = []string{
	// plumbing: not a word of the business
	"kit/money",
	"kit/say",
	"kit/say/collect",
	"kit/fault",
	"kit/geo",
	"kit/prose",
	"kit/likeness",
	"kit/blob",
	"kit/picture",
	"kit/localpg",
	"kit/localpg/testserver",
	"kit/db",
	"kit/due",
	"kit/lifecycle",
	"kit/limits",
	"kit/mail",
	"kit/postbox",
	"kit/paper",
	"kit/vault",
	"kit/statement",
	"kit/pain",
	// the story
	"account",         // a person joins
	"journal",         // what they do is on record
	"translog",        // and what the house does, for good
	"notify",          // they are told what happens to them
	"restriction",     // may they do it?
	"file",            // they upload things
	"skill",           // there are words for what people can do
	"terms",           // and rules, which the operator sets
	"profile",         // a freelancer says who they are
	"ledger",          // there is money
	"escrow",          // which can wait for a purpose
	"banking",         // and comes from the world and goes back
	"banking/sandbox", // in play, at first
	"banking/manual",  // or by transfers to a bank
	"standing",        // how people have kept their word so far
	"jobpost",         // a client says what is wanted
	"proposal",        // freelancers propose, and are answered
	"search",          // people find posts
	"savedsearch",     // and are told of new ones
	"contract",        // two sign, work is done, money is paid
	"statement",       // what it all came to, month by month
	"review",          // each says how it was
	"credential",      // and takes along that it was done
	"message",         // they talk
	"dispute",         // and come to an end where they disagree
	"worklog",         // hours are logged, and handed in
	"conduct",         // what breaks the rules is reported, decided and appealed
	"support",         // they talk to us, too
	"attachment",      // and read what is attached to any of it
	"agenda",          // whose turn is it?
	"export",          // they take along what is theirs
	"promise",         // is it all true?
	"importer",        // posts from elsewhere
	"web",             // pages
	"api",             // the same for programs
	"demo",            // a market to look at
	"app",             // everything put together
	"bench",           // and how fast it is
}

const module = "freehold/internal/"

func TestEachPackageImportsOnlyWhatComesBeforeIt(t *testing.T) {
	held(t, "story", func(s source) []string {
		at := slices.Index(story, s.place)
		if at < 0 {
			return []string{s.path + ": the package has no place in the story"}
		}
		var wrong []string
		for _, imp := range s.file.Imports {
			dep, ours := strings.CutPrefix(strings.Trim(imp.Path.Value, `"`), module)
			if dep = place(dep); ours && dep != s.place && slices.Index(story, dep) >= at {
				wrong = append(wrong, s.path+" imports "+dep+", which comes later")
			}
		}
		return wrong
	}, `package ledger; import _ "freehold/internal/contract"`)
}

var writes = regexp.MustCompile(`(?i)\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE)\s+(?:ONLY\s+)?([a-z_]+)\.`)

func TestEachPackageWritesOnlyItsOwnTables(t *testing.T) {
	held(t, "tables", func(s source) []string {
		var wrong []string
		for _, text := range s.strings() {
			for _, m := range writes.FindAllStringSubmatch(text, -1) {
				if schema := m[1]; schema != filepath.Base(s.place) && schema != "public" {
					wrong = append(wrong, s.path+" writes to schema "+schema)
				}
			}
		}
		return wrong
	}, "package ledger; const q = `UPDATE contract.milestones SET state = 'approved'`")
}

// doors says which packages, besides the standard library's own rules, may
// import what reaches the outside.
var doors = map[string]*regexp.Regexp{
	"github.com/jackc/pgx":      regexp.MustCompile(`^(kit/db|bench)$`),
	"net/http":                  regexp.MustCompile(`^(web|api|app|demo|bench|banking/.*)$`),
	"net/smtp":                  regexp.MustCompile(`^kit/mail$`),
	"github.com/emersion":       regexp.MustCompile(`^kit/postbox$`),
	"github.com/wneessen":       regexp.MustCompile(`^kit/mail$`),
	"net":                       regexp.MustCompile(`^(kit/(db|mail|postbox|localpg)|web|api|app|bench|banking/.*)$`),
	"os/exec":                   regexp.MustCompile(`^(kit/localpg.*|bench)$`),
	"freehold/internal/banking": regexp.MustCompile(`^(jobpost|proposal|contract|statement|promise|web|api|demo|bench|app|banking/.*)$`),
}

func TestOnlyTheDoorsLeadOutside(t *testing.T) {
	held(t, "doors", func(s source) []string {
		var wrong []string
		for _, imp := range s.file.Imports {
			path := strings.Trim(imp.Path.Value, `"`)
			for door, allowed := range doors {
				if (path == door || strings.HasPrefix(path, door+"/") && door != "net") && !allowed.MatchString(s.place) {
					wrong = append(wrong, s.path+" imports "+path)
				}
			}
		}
		return wrong
	}, `package contract; import _ "net/http"`)
}

// inside names calls that leave the database, and so may not happen in a transaction.
var inside = regexp.MustCompile(`^(http|net|os|exec|smtp|blob|store|files|sender)\.|(^|\.)(rail|Rail)\.(Collect|Send)$`)

func TestNothingInATransactionReachesAroundIt(t *testing.T) {
	held(t, "transactions", func(s source) []string {
		var wrong []string
		ast.Inspect(s.file, func(n ast.Node) bool {
			outer, body := transaction(n)
			if body == nil {
				return true
			}
			ast.Inspect(body, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					if call := types.ExprString(n.Fun); inside.MatchString(call) {
						wrong = append(wrong, fmt.Sprintf("%s: %s inside a transaction", s.path, call))
					}
				case *ast.KeyValueExpr: // a field's name is not the variable
					return false
				case ast.Expr:
					if types.ExprString(n) == outer {
						wrong = append(wrong, fmt.Sprintf("%s uses %s inside its own transaction", s.path, outer))
					}
				}
				return true
			})
			return true
		})
		return wrong
	}, `package contract; func f() { d.Update(ctx, func(tx *db.Tx) error { return g(d) }) }`,
		`package contract; func f() { d.Update(ctx, func(tx *db.Tx) error { _, err := http.Get(url); return err }) }`)
}

// transaction recognises X.Update(ctx, func…) and X.View(ctx, func…), and
// returns X's name and the function's body.
func transaction(n ast.Node) (outer string, body *ast.BlockStmt) {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) != 2 {
		return "", nil
	}
	open, ok := call.Fun.(*ast.SelectorExpr)
	f, isFunc := call.Args[1].(*ast.FuncLit)
	if !ok || !isFunc || (open.Sel.Name != "Update" && open.Sel.Name != "View") {
		return "", nil
	}
	return types.ExprString(open.X), f.Body
}

// business is where tx.Now is the only clock and money is never a float.
var business = story[slices.Index(story, "account") : slices.Index(story, "message")+1]

func TestTheTransactionIsTheOnlyClock(t *testing.T) {
	held(t, "clock", func(s source) []string {
		var wrong []string
		if !slices.Contains(business, s.place) {
			return nil
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if e, ok := n.(*ast.SelectorExpr); ok {
				if name := types.ExprString(e); name == "time.Now" || name == "time.Since" || name == "time.Until" {
					wrong = append(wrong, s.path+" asks "+name)
				}
			}
			return true
		})
		for _, text := range s.strings() {
			if sqlNow.MatchString(text) {
				wrong = append(wrong, s.path+" asks PostgreSQL for the time")
			}
		}
		return wrong
	}, `package contract; var at = time.Now()`, "package contract; const q = `SELECT now()`")
}

var sqlNow = regexp.MustCompile(`(?i)\b(now\(\)|current_timestamp|clock_timestamp\(\)|current_date)`)

var vaults = regexp.MustCompile(`^(escrow|fees)/`)

func TestOnlyEscrowNamesItsAccounts(t *testing.T) {
	held(t, "escrow accounts", func(s source) []string {
		var wrong []string
		if s.place == "escrow" || s.place == "ledger" {
			return nil
		}
		for _, text := range s.strings() {
			if vaults.MatchString(text) {
				wrong = append(wrong, s.path+" names the account "+text)
			}
		}
		return wrong
	}, `package contract; const a = "escrow/milestone/1"`)
}

// asking is each place in which somebody is asked whether a decision keeps them
// from what they are about to begin. What pays, is paid or is owed is not among them.
var asking = map[string]string{
	"jobpost/publish_post.go":      "Publish",
	"jobpost/invite.go":            "Invite",
	"proposal/propose.go":          "Propose",
	"contract/make_offer.go":       "Offer",
	"contract/counter_offer.go":    "Offer",
	"contract/offer_again.go":      "Offer",
	"contract/sign_offer.go":       "Sign",
	"message/open_conversation.go": "Approach",
}

func TestNobodyIsRestrictedInAnyOtherPlace(t *testing.T) {
	seen := map[string]bool{}
	held(t, "restriction", func(s source) []string {
		var wrong []string
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if ok && types.ExprString(call.Fun) == "restriction.May" {
				seen[s.path] = true
				if act := types.ExprString(call.Args[len(call.Args)-1]); act != "restriction."+asking[s.path] {
					wrong = append(wrong, s.path+" asks whether somebody may "+act)
				}
			}
			return true
		})
		return wrong
	}, `package escrow; func f() error { return restriction.May(ctx, tx, by, restriction.Offer) }`)
	for path := range asking {
		if !seen[path] {
			t.Errorf("%s does not ask", path)
		}
	}
}

// lends is what the packages that reach money lend to the one that decides: none of
// it moves any.
var lends = regexp.MustCompile(`^((jobpost|proposal|message)\.(ID|MayRead)|dispute\.TellLifecycles)$`)

func TestNoDecisionReachesMoney(t *testing.T) {
	held(t, "decisions", func(s source) []string {
		if s.place != "conduct" && s.place != "restriction" {
			return nil
		}
		var wrong []string
		for _, imp := range s.file.Imports {
			if dep, ours := strings.CutPrefix(strings.Trim(imp.Path.Value, `"`), module); ours && slices.Contains([]string{"ledger", "escrow", "banking", "contract", "worklog"}, place(dep)) {
				wrong = append(wrong, s.path+" imports "+dep)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if e, ok := n.(*ast.SelectorExpr); ok {
				name := types.ExprString(e)
				if pkg, _, _ := strings.Cut(name, "."); slices.Contains([]string{"jobpost", "proposal", "message", "dispute"}, pkg) && !lends.MatchString(name) {
					wrong = append(wrong, s.path+" uses "+name)
				}
			}
			return true
		})
		return wrong
	}, `package conduct; import _ "freehold/internal/escrow"`, `package conduct; func f() { proposal.LapseDue(ctx, d) }`)
}

// source is one Go file of ours that is not a test, nor generated.
type source struct {
	place string // its package's place in the story
	path  string
	file  *ast.File
}

// strings are all string literals of the file, but for import paths.
func (s source) strings() (all []string) {
	ast.Inspect(s.file, func(n ast.Node) bool {
		if _, isImport := n.(*ast.ImportSpec); isImport {
			return false
		}
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			all = append(all, strings.Trim(lit.Value, "`\""))
		}
		return true
	})
	return all
}

// held asks a rule about every file, and then shows that the rule sees each of
// the planted violations.
func held(t *testing.T, name string, rule func(source) []string, planted ...string) {
	t.Helper()
	t.Parallel()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		at := place(filepath.ToSlash(filepath.Dir(path)))
		if strings.HasSuffix(at, "test") {
			return nil // test helpers stand outside the story
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, wrong := range rule(parse(t, at, path, string(src))) {
			t.Error(wrong)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, src := range planted {
		f := parse(t, "", "planted.go", src)
		f.place = f.file.Name.Name
		if len(rule(f)) == 0 {
			t.Errorf("the rule on %s does not see the violation in: %s", name, src)
		}
	}
}

// place folds a package's inner folders into it: web/pages belongs to web.
func place(pkg string) string {
	if first, _, inner := strings.Cut(pkg, "/"); inner && first != "kit" && first != "banking" {
		return first
	}
	return pkg
}

func parse(t *testing.T, at, path, src string) source {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), path, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return source{at, path, f}
}
