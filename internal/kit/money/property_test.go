package money_test

import (
	"testing"

	"pgregory.net/rapid"

	"freehold/internal/kit/money"
)

func amounts(from int64) *rapid.Generator[money.Amount] {
	return rapid.Custom(func(t *rapid.T) money.Amount {
		return money.Amount{
			Minor:    rapid.Int64Range(from, money.Max).Draw(t, "minor"),
			Currency: rapid.SampledFrom(money.Currencies()).Draw(t, "currency"),
		}
	})
}

func sum(all []money.Amount) money.Amount {
	total := money.Zero(all[0].Currency)
	for _, a := range all {
		total = total.Add(a)
	}
	return total
}

func TestEqualSharesDifferByOneAtMost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := amounts(-money.Max).Draw(t, "amount")
		shares := a.Split(rapid.IntRange(1, 500).Draw(t, "n"))
		if sum(shares) != a {
			t.Fatalf("%v do not add up to %v", shares, a)
		}
		first, last := shares[0].Minor, shares[len(shares)-1].Minor
		if d := max(first-last, last-first); d > 1 {
			t.Fatalf("%v are not equal", shares)
		}
	})
}

func TestAllocatedSharesAddUpAndAreWithinOneOfTheExactOnes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := amounts(-money.Max).Draw(t, "amount")
		weights := rapid.SliceOfN(rapid.Int64Range(0, 10_000), 1, 50).Draw(t, "weights")
		weights[0]++ // one of them at least is positive
		var total int64
		for _, w := range weights {
			total += w
		}
		shares := a.Allocate(weights)
		if sum(shares) != a {
			t.Fatalf("%v do not add up to %v", shares, a)
		}
		for i, w := range weights {
			exact := float64(a.Minor) * float64(w) / float64(total)
			if off := float64(shares[i].Minor) - exact; off <= -1.2 || off >= 1.2 { // 0.2 for the floats themselves
				t.Fatalf("%v of %v for %d of %d", shares[i], a, w, total)
			}
			if w == 0 && !shares[i].IsZero() {
				t.Fatalf("%v for nothing", shares[i])
			}
		}
	})
}

func TestAShareAndTheRestAreTheWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := amounts(-money.Max).Draw(t, "amount")
		bp := rapid.Int64Range(0, 10_000).Draw(t, "basis points")
		share := a.Share(bp)
		if rest := a.Sub(share); share.Add(rest) != a {
			t.Fatalf("%v and %v are not %v", share, rest, a)
		}
		if a.Neg().Share(bp) != share.Neg() {
			t.Fatalf("a share of %v is not the opposite of its opposite's", a)
		}
		if a.Positive() && (share.Minor < 0 || a.Less(share)) {
			t.Fatalf("%d basis points of %v are %v", bp, a, share)
		}
	})
}

func TestWhatWeWriteWeRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := amounts(0).Draw(t, "amount")
		for _, text := range []string{a.Decimal(), a.String(), a.Format("en"), a.Format("en-IN")} {
			if got, err := money.Parse(text, a.Currency); err != nil || got != a {
				t.Fatalf("%q is read as %v, %v; want %v", text, got, err, a)
			}
		}
	})
}
