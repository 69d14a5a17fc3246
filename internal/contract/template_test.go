package contract

import (
	"testing"

	"freehold/internal/kit/money"
)

func TestEveryTemplateMakesTermsThatHold(t *testing.T) {
	t.Parallel()
	if len(Templates) != 16 {
		t.Errorf("there are %d templates, and 16 trades", len(Templates))
	}
	same := func(s string) string { return s }
	for trade, template := range Templates {
		terms := Terms{Scope: "The work.", Milestones: template.Milestones(euros(501), 20, noon, same)}
		if terms.Total() != euros(501) {
			t.Errorf("%s: the prices come to %v", trade, terms.Total())
		}
		terms, err := terms.complete(shipped())
		must(t, err)
		if err := terms.check(shipped(), floor(10), "EUR", day(noon)); err != nil {
			t.Errorf("%s: %v", trade, err)
		}
	}
	if got := Templates["design"].Milestones(money.Zero("EUR"), 0, noon, same); got[0].Price.Positive() || got[0].Hours != 0 {
		t.Errorf("a price came from nowhere: %+v", got[0])
	}
}
