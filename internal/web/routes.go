package web

// routes is every page there is. Who may come is said here; what they see and
// may do there is decided by the use cases.
func (s *Server) routes() []route {
	return []route{
		// the market
		{"GET /{$}", s.home, anyone},
	}
}
