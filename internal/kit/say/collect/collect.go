package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"freehold/internal/kit/say"
)

// text is one key of the catalogues.
type text struct {
	one   string   // English; the key
	other string   // for more than one; "" where the words do not go by a count
	files []string // where it stands
}

// place says which arguments of a function are texts.
type place struct{ one, other int }

const none = -1 // the words do not go by a count

// known are the functions that take texts: those of packages, and methods by
// their name alone. A function that passes parameters of its own on to them is
// found to be another.
var known = map[string][]place{
	"say.That": {{0, none}}, "say.Key": {{0, none}}, "say.Count": {{1, 2}}, "fault.New": {{2, none}},
	".T": {{0, none}}, ".N": {{1, 2}}, "view.Text": {{1, none}}, "view.TextN": {{2, 3}},
}

// constant are those of them whose texts must be there to be collected; the
// others also take what has been marked elsewhere.
var constant = []string{".T", ".N", "view.Text", "view.TextN"}

// source is one file.
type source struct {
	pkg, path string
	ast       *ast.File
}

// constExpr is the value of a constant, and the package where it means that.
type constExpr struct {
	pkg  string
	expr ast.Expr
}

type collector struct {
	files  []source
	consts map[string]constExpr // by package.Name
	takers map[string][]place   // known ones, and others by package.name
	texts  []*text
	byKey  map[string]*text
	wrong  []error
}

// collect returns every text below a folder, in the order of the files.
func collect(dir string) ([]*text, error) {
	c := &collector{consts: map[string]constExpr{}, takers: map[string][]place{}, byKey: map[string]*text{}}
	for name, places := range known {
		c.takers[name] = slices.Clone(places)
	}
	if err := c.read(dir); err != nil {
		return nil, err
	}
	for found := true; found; { // whoever passes texts on to a taker is one
		found = false
		for _, s := range c.files {
			found = c.findTakers(s) || found
		}
	}
	for _, s := range c.files {
		c.collect(s)
	}
	if err := c.collectData(dir); err != nil {
		return nil, err
	}
	return c.texts, errors.Join(c.wrong...)
}

func (c *collector) read(dir string) error {
	fset := token.NewFileSet()
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		shown, err := filepath.Rel(filepath.Dir(dir), path)
		if err != nil {
			return err
		}
		shown = strings.Replace(filepath.ToSlash(shown), "_templ.go", ".templ", 1)
		s := source{f.Name.Name, shown, f}
		c.files = append(c.files, s)
		c.declare(s)
		return nil
	})
}

func (c *collector) declare(s source) {
	for _, d := range s.ast.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, spec := range g.Specs {
			v, ok := spec.(*ast.ValueSpec)
			if !ok || len(v.Values) != len(v.Names) {
				continue
			}
			for i, name := range v.Names {
				c.consts[s.pkg+"."+name.Name] = constExpr{s.pkg, v.Values[i]}
			}
		}
	}
}

// fold returns the value of a constant expression.
func (c *collector) fold(pkg string, e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		value, err := strconv.Unquote(e.Value)
		return value, err == nil && e.Kind == token.STRING
	case *ast.ParenExpr:
		return c.fold(pkg, e.X)
	case *ast.BinaryExpr:
		x, okX := c.fold(pkg, e.X)
		y, okY := c.fold(pkg, e.Y)
		return x + y, okX && okY && e.Op == token.ADD
	case *ast.CallExpr: // string(x)
		if name(e.Fun) == "string" && len(e.Args) == 1 {
			return c.fold(pkg, e.Args[0])
		}
	case *ast.Ident, *ast.SelectorExpr:
		if v, ok := c.consts[qualified(pkg, e)]; ok {
			return c.fold(v.pkg, v.expr)
		}
	}
	return "", false
}

// name is what an identifier is called; "" for any other expression.
func name(e ast.Expr) string {
	if id, ok := e.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

// qualified is the name of what an expression means, with its package.
func qualified(pkg string, e ast.Expr) string {
	if s, ok := e.(*ast.SelectorExpr); ok {
		return name(s.X) + "." + s.Sel.Name
	}
	return pkg + "." + name(e)
}

// taker returns the name by which a called function is known to take texts, and
// where.
func (c *collector) taker(s source, call *ast.CallExpr) (string, []place) {
	names := []string{qualified(s.pkg, call.Fun)}
	if f, ok := call.Fun.(*ast.SelectorExpr); ok { // perhaps a method, of this package or any
		names = append(names, s.pkg+"."+f.Sel.Name, "."+f.Sel.Name)
	}
	for _, n := range names {
		for _, p := range c.takers[n] {
			if max(p.one, p.other) < len(call.Args) {
				return n, c.takers[n]
			}
		}
	}
	return "", nil
}

// findTakers reports whether the file has functions that take texts, which were
// not known to.
func (c *collector) findTakers(s source) (found bool) {
	for _, d := range s.ast.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil {
			continue
		}
		own := parameters(f)
		ast.Inspect(f.Body, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			_, places := c.taker(s, call)
			for _, p := range places {
				passed := place{slices.Index(own, name(call.Args[p.one])), none}
				if p.other != none {
					passed.other = slices.Index(own, name(call.Args[p.other]))
				}
				as := s.pkg + "." + f.Name.Name
				if passed.one >= 0 && !slices.Contains(c.takers[as], passed) {
					c.takers[as] = append(c.takers[as], passed)
					found = true
				}
			}
			return true
		})
	}
	return found
}

func parameters(f *ast.FuncDecl) (names []string) {
	for _, p := range f.Type.Params.List {
		for _, n := range p.Names {
			names = append(names, n.Name)
		}
	}
	return names
}

// collect adds the texts of one file.
func (c *collector) collect(s source) {
	var passing []string // the parameters of the function at hand
	ast.Inspect(s.ast, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			passing = parameters(n)
		case *ast.CompositeLit: // money comes before say; its refusals become faults later
			if qualified(s.pkg, n.Type) == "money.Refusal" && len(n.Elts) == 2 {
				c.add(s, n.Elts[1], nil)
			}
		case *ast.CallExpr:
			if qualified(s.pkg, n.Fun) == "say.Words" {
				for _, word := range n.Args {
					if !c.add(s, word, nil) {
						c.complain(s.path, "say.Words has a word that is no constant")
					}
				}
				return true
			}
			c.take(s, n, passing)
		}
		return true
	})
}

// take adds the texts of one call.
func (c *collector) take(s source, call *ast.CallExpr, passing []string) {
	as, places := c.taker(s, call)
	for _, p := range places {
		var other ast.Expr
		if p.other != none {
			other = call.Args[p.other]
		}
		if c.add(s, call.Args[p.one], other) {
			c.checkArguments(s, as, call, p)
		} else if slices.Contains(constant, as) && !slices.Contains(passing, name(call.Args[p.one])) {
			c.complain(s.path, as+" is given a text that is no constant; a word that comes from data goes through Word, and is marked with say.Words")
		}
	}
}

// add notes a text, and reports whether it is a constant.
func (c *collector) add(s source, one, other ast.Expr) bool {
	key, ok := c.fold(s.pkg, one)
	if !ok {
		return false
	}
	var plural string
	if other != nil {
		if plural, ok = c.fold(s.pkg, other); !ok {
			return false
		}
	}
	if !strings.ContainsFunc(strings.NewReplacer("%s", "", "%d", "").Replace(key), unicode.IsLetter) {
		return true // nothing to translate
	}
	c.note(s.path, key, plural)
	return true
}

func (c *collector) note(path, key, plural string) {
	t := c.byKey[key]
	if t == nil {
		t = &text{one: key}
		c.byKey[key] = t
		c.texts = append(c.texts, t)
	}
	if plural != "" && t.other != "" && plural != t.other {
		c.complain(path, fmt.Sprintf("%q has two plurals: %q and %q", key, t.other, plural))
	}
	if plural != "" {
		t.other = plural
	}
	if !slices.Contains(t.files, path) {
		t.files = append(t.files, path)
	}
}

func (c *collector) complain(path, what string) {
	c.wrong = append(c.wrong, fmt.Errorf("%s: %s", path, what))
}

// checkArguments does for N, Count, Text and TextN what vet does for T and That:
// as many arguments as the format speaks of.
func (c *collector) checkArguments(s source, as string, call *ast.CallExpr, p place) {
	format := call.Args[max(p.one, p.other)]
	given := len(call.Args) - 1 - max(p.one, p.other)
	var wrong bool
	english, _ := c.fold(s.pkg, format)
	is := shapeOf(english)
	switch as {
	case ".N", "say.Count":
		wrong = max(is.args-1, 0) != given
	case "view.TextN":
		wrong = max(is.args-1, 0)+is.brackets != given
	case "view.Text":
		wrong = is.args+is.brackets != given
	}
	if wrong && !call.Ellipsis.IsValid() {
		c.complain(s.path, fmt.Sprintf("%q is given %d arguments, and speaks of %d", english, given, is.args+is.brackets))
	}
}

// shape is what a translation must have in common with its key.
type shape struct {
	args     int    // the highest argument that is spoken of
	spoken   uint64 // a bit for each of them
	brackets int
}

func shapeOf(format string) (is shape) {
	for _, p := range say.Parts(format) {
		if p.Arg > 0 {
			is.args = max(is.args, p.Arg)
			is.spoken |= 1 << p.Arg
		}
		is.brackets += strings.Count(p.Text, "[")
	}
	return is
}
