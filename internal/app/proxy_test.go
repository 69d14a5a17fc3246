package app

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestAVisitorIsWhomOurOwnProxyNames(t *testing.T) {
	t.Parallel()
	ours := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, test := range []struct {
		name    string
		proxies []netip.Prefix
		from    string
		said    []string
		want    string
	}{
		{"nobody is believed who was not named", nil, "127.0.0.1:5000", []string{"203.0.113.9"}, "127.0.0.1:0"},
		{"our proxy is", ours, "127.0.0.1:5000", []string{"203.0.113.9"}, "203.0.113.9:0"},
		{"a stranger is not", ours, "198.51.100.1:5000", []string{"203.0.113.9"}, "198.51.100.1:0"},
		{"only the last word is our proxy's", ours, "127.0.0.1:5000", []string{"192.0.2.1, 203.0.113.9"}, "203.0.113.9:0"},
		{"in however many headers", ours, "127.0.0.1:5000", []string{"192.0.2.1", "203.0.113.9"}, "203.0.113.9:0"},
		{"through two of them", ours, "127.0.0.1:5000", []string{"192.0.2.1, 203.0.113.9, 10.1.2.3"}, "203.0.113.9:0"},
		{"all of it ours", ours, "127.0.0.1:5000", []string{"10.1.2.3"}, "10.1.2.3:0"},
		{"it says nothing", ours, "127.0.0.1:5000", nil, "127.0.0.1:0"},
		{"it says nonsense", ours, "127.0.0.1:5000", []string{"203.0.113.9, who knows"}, "127.0.0.1:0"},
		{"in six", ours, "[::1]:5000", []string{"2001:db8::7"}, "[2001:db8::7]:0"},
		{"four in six", ours, "[::ffff:127.0.0.1]:5000", []string{"::ffff:203.0.113.9"}, "203.0.113.9:0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
			r.RemoteAddr, r.Header["X-Forwarded-For"] = test.from, test.said
			forwarded(test.proxies, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				if r.RemoteAddr != test.want {
					t.Errorf("comes from %s, want %s", r.RemoteAddr, test.want)
				}
			})).ServeHTTP(httptest.NewRecorder(), r)
		})
	}
}
