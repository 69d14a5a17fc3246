// Package bench measures how fast Freehold is, beside something that everybody
// can run: figures are for comparing on one machine, in one run.
package bench

import (
	"encoding/json"
	"io"
	"math"
	"slices"
)

// Figure is one measurement. It is printed as one line of JSON.
type Figure struct {
	Bench   string  `json:"bench"`
	Name    string  `json:"name"`
	Clients int     `json:"clients,omitempty"`
	Value   float64 `json:"value"`
	Unit    string  `json:"unit"`
	Beside  string  `json:"beside,omitempty"` // what was measured beside it in the same run
	Ratio   float64 `json:"ratio,omitempty"`  // to that
}

func (f Figure) print(w io.Writer) error {
	f.Value, f.Ratio = round(f.Value, 1), round(f.Ratio, 3)
	return json.NewEncoder(w).Encode(f)
}

func round(x float64, digits int) float64 {
	p := math.Pow10(digits)
	return math.Round(x*p) / p
}

// median returns the middle of what was measured.
func median(xs []float64) float64 {
	sorted := slices.Sorted(slices.Values(xs))
	return sorted[len(sorted)/2]
}
