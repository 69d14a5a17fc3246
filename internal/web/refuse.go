package web

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/a-h/templ"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/web/view"
)

// refuse answers with a page that says why not. Only an accident is logged.
func (v *visit) refuse(err error) {
	f, ok := fault.Of(err)
	if !ok {
		v.accident(err)
		return
	}
	page := view.Refusal{Status: f.Kind.Status(), Sentence: f.Say.For(v.reader), Back: v.cameFrom()}
	if err := v.showWith(page.Status, func(fr view.Frame) templ.Component { return view.RefusalPage(fr, page) }); err != nil {
		v.accident(err)
	}
}

// accident answers for what we broke. The page needs no database.
func (v *visit) accident(what any) {
	page := view.Refusal{Status: http.StatusInternalServerError, Reference: rand.Text()[:10], Back: v.cameFrom()}
	err, _ := what.(error)
	if err != nil && db.Unreachable(err) {
		page.Status = http.StatusServiceUnavailable
	}
	if v.ctx().Err() != nil {
		return // the visitor has left
	}
	args := []any{"reference", page.Reference, "method", v.r.Method, "path", v.place(), "person", v.by.ID, "error", fmt.Sprint(what)}
	if err == nil { // a panic
		args = append(args, "stack", string(debug.Stack()))
	}
	v.s.Log.Error("accident", args...)
	if err := v.write(page.Status, view.RefusalPage(v.bareFrame(), page)); err != nil {
		v.s.Log.Error("the page of apology failed", "error", err)
	}
}

// place is where the visitor is, for the log. Whoever reads the log must not be
// able to follow a link that was mailed to somebody, nor what resembles one.
func (v *visit) place() string {
	if p := v.r.Pattern; p == "" || p == "/" || strings.Contains(p, "{secret}") {
		return p
	}
	return v.r.URL.Path
}

// missing answers for a path that leads nowhere.
func (s *Server) missing(*visit) error { return errMissing }
