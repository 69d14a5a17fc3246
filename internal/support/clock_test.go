package support

import "testing"

func TestNearCopies(t *testing.T) {
	t.Parallel()
	one, half, other := []int64{1, 2, 3, 4, 5, 6}, []int64{1, 2, 3, 4, 7, 8}, []int64{1, 2, 3, 9, 10, 11}
	for name, c := range map[string]struct {
		all  []printed
		want int
	}{
		"none":                       {nil, 0},
		"one alone":                  {[]printed{{"eve", one}}, 0},
		"the same to two people":     {[]printed{{"eve", one}, {"jo", one}}, 2},
		"the same to one person":     {[]printed{{"eve", one}, {"eve", one}}, 0},
		"half of it":                 {[]printed{{"eve", one}, {"jo", half}}, 2},
		"less than half":             {[]printed{{"eve", one}, {"jo", other}}, 0},
		"too short to be a copy":     {[]printed{{"eve", one[:4]}, {"jo", one[:4]}}, 0},
		"once, though like two":      {[]printed{{"eve", one}, {"jo", one}, {"max", half}}, 3},
		"the second of two to a one": {[]printed{{"eve", one}, {"eve", other}, {"jo", other}}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := nearCopies(c.all); got != c.want {
				t.Errorf("%d are, not %d", got, c.want)
			}
		})
	}
}
