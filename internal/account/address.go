package account

import (
	"net/mail"
	"strings"

	"golang.org/x/net/idna"

	"freehold/internal/kit/fault"
)

// ErrAddress refuses what cannot be an e-mail address.
var ErrAddress = fault.New(fault.Invalid, "email_unreadable",
	"That is not an e-mail address we can write to. Check it for typing errors; it looks like name@example.org.").At("email")

// domains knows what can be the name of a mail server, in any script.
var domains = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(true), idna.VerifyDNSLength(true))

// Limits of RFC 5321, section 4.5.3.1.
const (
	maxAddress = 254
	maxLocal   = 64
)

// ParseAddress reads an e-mail address as people type it, and returns it as we
// keep it: trimmed, the domain in lower-case ASCII. Whether there is a mailbox
// behind it only a mail can show.
func ParseAddress(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	parsed, err := mail.ParseAddress(typed)
	if err != nil || parsed.Address != typed { // no <a@b>, no "quoted name"@b
		return "", ErrAddress
	}
	at := strings.LastIndexByte(typed, '@')
	local, domain := typed[:at], typed[at+1:]
	domain, err = domains.ToASCII(domain)
	inside := strings.Trim(domain, ".") == domain && strings.Contains(domain, ".")
	if err != nil || !inside || !isASCII(local) || len(local) > maxLocal {
		return "", ErrAddress
	}
	address := local + "@" + domain
	if len(address) > maxAddress {
		return "", ErrAddress
	}
	return address, nil
}

// folded is the form under which an address is one person's.
func folded(address string) string { return strings.ToLower(address) }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
