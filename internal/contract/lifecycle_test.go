package contract

import (
	"testing"
)

func TestTheLifecyclesHaveNoFlaws(t *testing.T) {
	t.Parallel()
	for _, flaw := range OfferLifecycle.Flaws() {
		t.Error(flaw)
	}
	for version, l := range versions {
		for _, flaw := range append(l.Contract.Flaws(), l.Milestone.Flaws()...) {
			t.Errorf("version %d: %s", version, flaw)
		}
	}
}

// signedUnder are the fingerprints of every version that somebody may have
// signed. Whoever lets something else happen adds a version; they do not change
// one.
var signedUnder = map[int][2]string{
	1: {
		"d7b65cd0e96edad44b296f0c14e535115b1c58044b250527909bd2a4fd8fbe4e",
		"517d09881134d878d261f45d5c2874cb94a48ecbb340f8557e870155708d2493",
	},
}

func TestAVersionThatWasSignedIsNeverChanged(t *testing.T) {
	t.Parallel()
	for version, l := range versions {
		if got, want := [2]string{l.Contract.Fingerprint(), l.Milestone.Fingerprint()}, signedUnder[version]; got != want {
			t.Errorf("version %d is %q, and was signed as %q", version, got, want)
		}
	}
	if _, ok := versions[Version]; !ok || len(signedUnder) != len(versions) {
		t.Errorf("contracts are signed under version %d; there are %d, of which %d are held", Version, len(versions), len(signedUnder))
	}
}
