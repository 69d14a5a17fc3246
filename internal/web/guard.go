package web

import "net/http"

// policy lets a page load nothing but our own files, and nobody frame it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// maxBody is the most that one request may send: ten files of the largest size.
const maxBody = 210 << 20

// guard stands before every page: no framing, no sniffing, no foreign forms,
// no endless bodies.
func guard(next http.Handler) http.Handler {
	crossOrigin := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		crossOrigin.Handler(next).ServeHTTP(w, r)
	})
}
