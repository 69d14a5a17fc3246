package search

import (
	"strings"
	"testing"

	"freehold/internal/jobpost"
)

// The public page says what the code goes by, and the weights are all of it.
func TestTheWeightsOfTheFitAreAHundred(t *testing.T) {
	t.Parallel()
	sum := 0
	for _, w := range jobpost.Weights {
		sum += w.Of
	}
	if sum != 100 {
		t.Errorf("the weights add up to %d", sum)
	}
	feed := Rankings[0].Order.String()
	if !strings.Contains(feed, "the fit counts for 80, and how new the post is for 20") {
		t.Errorf("the feed: %s", feed)
	}
}
