package web

import (
	"net/http"

	"freehold/internal/kit/fault"
)

// policy lets a page load nothing but our own files, and nobody frame it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const (
	maxBody          = 210 << 20 // the most that one request may send: ten files of the largest size
	maxStrangersBody = 1 << 20   // where nobody is signed in, who has nothing to upload
)

var errForeign = fault.New(fault.Forbidden, "form_from_elsewhere",
	"This form was sent from a page that is not ours, so we did nothing. If you meant it, open our own page and do it there.")

// guard stands before every page: no framing, no sniffing, no foreign forms,
// no endless bodies.
func (s *Server) guard(next http.Handler) http.Handler {
	crossOrigin := http.NewCrossOriginProtection()
	crossOrigin.SetDenyHandler(s.serve(route{handle: func(*visit) error { return errForeign }}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
		if s.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000") // a year, in which no first visit goes over the open wire
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		crossOrigin.Handler(next).ServeHTTP(w, r)
	})
}
