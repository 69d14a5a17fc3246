package banking

import (
	"regexp"
	"strconv"
	"strings"
)

// IBAN is the number of an account at a bank, without blanks (ISO 13616).
type IBAN string

// lengths are how long an IBAN is in each country of the single euro payments area
// and some others, by the IBAN registry.
var lengths = map[string]int{
	"AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "CH": 21, "CR": 22, "CY": 28, "CZ": 24,
	"DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27,
	"GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LI": 21, "LT": 20, "LU": 20,
	"LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PT": 25, "QA": 29, "RO": 24, "RS": 22,
	"SA": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "XK": 20,
}

// ParseIBAN reads what somebody typed, with blanks or without, or returns ErrIBAN.
func ParseIBAN(typed string) (IBAN, error) {
	s := strings.ToUpper(strings.Join(strings.Fields(typed), ""))
	if len(s) < 5 || lengths[s[:2]] != len(s) || mod97(s[4:]+s[:4]) != 1 {
		return "", ErrIBAN
	}
	return IBAN(s), nil
}

// Label is what may be shown of it: the country and the last four characters.
func (n IBAN) Label() string { return string(n[:2]) + " •••• " + string(n[len(n)-4:]) }

// Reference is a creditor's reference (ISO 11649) with so many characters of ours in
// it: banks check it as it is typed, so that a slip is noticed there.
func Reference(ours string) string {
	rest := mod97(ours + "RF00")
	check := 98 - rest
	return "RF" + string(rune('0'+check/10)) + string(rune('0'+check%10)) + ours
}

// numbered is what is ours in a reference: "D7" is deposit 7.
var numbered = regexp.MustCompile(`^D[0-9]{1,19}$`)

// ParseReference returns what is ours in a creditor's reference that stands somewhere
// in a text, with blanks or without; empty if there is none that is right.
func ParseReference(text string) string {
	s := strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '\n' || r == '-' {
			return -1
		}
		return r
	}, text))
	for {
		at := strings.Index(s, "RF")
		if at < 0 || len(s) < at+5 {
			return ""
		}
		s = s[at:]
		end := 4
		for end < len(s) && end < 25 && (s[end] >= '0' && s[end] <= '9' || s[end] >= 'A' && s[end] <= 'Z') {
			end++
		}
		for ; end > 4; end-- { // what follows may have run into it
			if ours := s[4:end]; numbered.MatchString(ours) && mod97(ours+s[:4]) == 1 {
				return ours
			}
		}
		s = s[2:]
	}
}

// mod97 is the rest of a number in which each letter stands for two digits, from 10
// for A (ISO 7064); -1 where there is any other character.
func mod97(s string) int {
	rest := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			rest = (rest*10 + int(r-'0')) % 97
		case r >= 'A' && r <= 'Z':
			rest = (rest*100 + int(r-'A') + 10) % 97
		default:
			return -1
		}
	}
	return rest
}

// ReferenceOf is the creditor's reference of an order, by its key: "RF57D7" of
// "deposit/7".
func ReferenceOf(key string) string {
	_, id, _ := strings.Cut(key, "/")
	return Reference("D" + id)
}

// keyIn is the key of the deposit whose creditor's reference stands in a text; empty if
// there is none.
func keyIn(text string) string {
	id, ok := strings.CutPrefix(ParseReference(text), "D")
	if _, err := strconv.ParseInt(id, 10, 64); !ok || err != nil {
		return ""
	}
	return "deposit/" + id
}
