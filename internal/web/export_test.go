package web

import "strings"

// Route is one page or act, for tests that go through all of them.
type Route struct {
	Method, Path string
	ForMembers   bool
	ForStaff     bool
}

// Routes are all there are.
func (s *Server) Routes() (all []Route) {
	for _, r := range s.routes() {
		method, path, _ := strings.Cut(r.pattern, " ")
		all = append(all, Route{method, strings.TrimSuffix(path, "{$}"), r.for_ == signedIn, r.for_ == staff})
	}
	return all
}

// What forms are read with.
var (
	Number, Day, Month, Percent, Local = number, day, month, percent, local
	Amount                             = amount
)
