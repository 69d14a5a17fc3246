package contract

import (
	"testing"
)

func TestTheLifecyclesHaveNoFlaws(t *testing.T) {
	t.Parallel()
	for _, flaw := range append(OfferLifecycle.Flaws(), AmendmentLifecycle.Flaws()...) {
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
		"c3fe870c2891cae2abcec38ec548477ac0200db6e22c4e67e58d3de54dc9a303",
		"fb4ac6ffe6c8ea2839dc4a0b5463ce54ad20b1c5e1eda2e2e481a1ca8832860a",
	},
	2: {
		"c3fe870c2891cae2abcec38ec548477ac0200db6e22c4e67e58d3de54dc9a303",
		"1cc8e77544b8d7e65f827ea945166f99c625b4f0fcb917cd759673b07ac97400",
	},
	3: {
		"ad573375257a159d068def27d3d1129264d442305a7f320ce9b6925eaf673723",
		"a2452bc0a3a174da9725f8647a0cb77a80f0505ff04585e132d9389762df6408",
	},
	4: {
		"ad573375257a159d068def27d3d1129264d442305a7f320ce9b6925eaf673723",
		"df45bf0bd999cbe913902fa062544f9b2a319f4ce56b280b8691f40b7e51dd2b",
	},
}

func TestAVersionThatWasSignedIsNeverChanged(t *testing.T) {
	t.Parallel()
	for version, want := range signedUnder {
		l := versions[version]
		if got := [2]string{l.Contract.Fingerprint(), l.Milestone.Fingerprint()}; got != want {
			t.Errorf("version %d is %q, and was signed as %q", version, got, want)
		}
	}
	if _, ok := versions[Version]; !ok || len(versions) != Version {
		t.Errorf("contracts are signed under version %d; there are %d", Version, len(versions))
	}
}
