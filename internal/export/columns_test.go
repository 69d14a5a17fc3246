package export

import (
	"slices"
	"testing"

	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/markettest"
)

// Every table can be read, and each of its columns has a name that translators
// have seen.
func TestEveryColumnHasAName(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	r, err := TakeFor(m.Context(), m.DB, m.Person("Ada", money.Amount{}).ID)
	m.OK(err)
	used := map[string]bool{}
	for _, table := range r.Tables {
		for _, c := range table.Columns {
			name := label(c, say.Reader{})
			used[name] = true
			if !slices.Contains(columns, name) {
				t.Errorf("%s: nobody translates %q", table.Name, name)
			}
		}
	}
	for _, name := range columns {
		if !used[name] {
			t.Errorf("no column is called %q", name)
		}
	}
}
