package app

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// forwarded takes the word of our own proxies for where a request comes from.
// Visitors are counted by their address, and behind a proxy all would have the
// same: one who guesses passwords would shut the door on everybody.
//
// A proxy adds whom it was asked by at the end of X-Forwarded-For. What stands
// before that anybody may have written.
func forwarded(proxies []netip.Prefix, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if from, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
			r.RemoteAddr = net.JoinHostPort(visitor(proxies, from.Addr(), r.Header.Values("X-Forwarded-For")).String(), "0")
		}
		next.ServeHTTP(w, r)
	})
}

// visitor is the last to have asked who is no proxy of ours.
func visitor(proxies []netip.Prefix, from netip.Addr, said []string) netip.Addr {
	from = from.Unmap()
	ours := func(p netip.Prefix) bool { return p.Contains(from) }
	for _, before := range slices.Backward(strings.Split(strings.Join(said, ","), ",")) {
		if !slices.ContainsFunc(proxies, ours) {
			break
		}
		asked, err := netip.ParseAddr(strings.TrimSpace(before))
		if err != nil {
			break
		}
		from = asked.Unmap()
	}
	return from
}
