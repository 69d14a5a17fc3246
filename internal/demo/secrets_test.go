package demo_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"freehold/internal/banking"
	"freehold/internal/kit/db"
	"freehold/internal/kit/mail"
	"freehold/internal/markettest"
)

// What looks like the number of an account, or of a card.
var (
	accountLike = regexp.MustCompile(`\b[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?\b`)
	cardLike    = regexp.MustCompile(`\b[0-9](?:[ -]?[0-9]){12,18}\b`)
)

// luhn reports whether the digits could be those of a card.
func luhn(s string) bool {
	sum, double := 0, false
	for i := len(s) - 1; i >= 0; i-- {
		n := int(s[i] - '0')
		if double {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum, double = sum+n, !double
	}
	return sum%10 == 0
}

// leaks returns what in a text is the number of an account or a card.
func leaks(text string) (found []string) {
	for _, s := range accountLike.FindAllString(text, -1) {
		if _, err := banking.ParseIBAN(s); err == nil {
			found = append(found, s)
		}
	}
	for _, s := range cardLike.FindAllString(text, -1) {
		if luhn(strings.NewReplacer(" ", "", "-", "").Replace(s)) {
			found = append(found, s)
		}
	}
	return found
}

func TestLeaksAreSeen(t *testing.T) {
	t.Parallel()
	for text, n := range map[string]int{
		"to PT50 0002 0123 1234 5678 9015 4, please": 1, "DE89370400440532013000": 1, "card 4111 1111 1111 1111": 1, "card 4111111111111112": 0,
		"PT •••• 0154": 0, "RF57D7": 0, "": 0,
	} {
		if got := leaks(text); len(got) != n {
			t.Errorf("in %q: %q", text, got)
		}
	}
}

// holdsNoNumbers reads every text of every table, and every mail as it would be sent,
// and finds no number of anybody's account or card in clear, and nobody's password.
func holdsNoNumbers(t *testing.T, m *markettest.Market) {
	t.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) error {
		columns, err := db.All[struct{ Place, Name string }](ctx, tx, `
			SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS place, quote_ident(column_name) AS name FROM information_schema.columns
			WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND data_type IN ('text', 'jsonb', 'json', 'character varying', 'ARRAY', 'bytea')
				AND udt_name <> '_int8' AND (table_schema, table_name) IN (SELECT schemaname, tablename FROM pg_tables)`)
		if err != nil {
			return err
		}
		for _, c := range columns {
			texts, err := db.Values[string](ctx, tx, fmt.Sprintf(`SELECT %[2]s::text FROM %[1]s WHERE %[2]s IS NOT NULL`, c.Place, c.Name))
			if err != nil {
				return fmt.Errorf("%s.%s: %w", c.Place, c.Name, err)
			}
			for _, text := range texts {
				if found := leaks(text); len(found) > 0 {
					t.Errorf("%s.%s holds %q", c.Place, c.Name, found)
				}
				if strings.Contains(text, "freehold demo") {
					t.Errorf("%s.%s holds a password", c.Place, c.Name)
				}
			}
		}
		if len(columns) < 200 {
			t.Errorf("only %d columns were read", len(columns))
		}
		return nil
	})
	m.View(func(ctx context.Context, tx *db.Tx) error {
		all, err := mail.Outbox(ctx, tx, 0, 10_000)
		for _, message := range all {
			l, err := message.From(mail.Site{URL: "https://orchard.test", Name: "Orchard"})
			if err != nil {
				return err
			}
			if found := leaks(l.Text); len(found) > 0 {
				t.Errorf("a mail to %s holds %q", l.To, found)
			}
		}
		return err
	})
}
