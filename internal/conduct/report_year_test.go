package conduct_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"freehold/internal/conduct"
	"freehold/internal/kit/db"
	"freehold/internal/restriction"
)

func TestTheReportAboutAYearCountsItsRecords(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	id := h.decides(restriction.Suspend)
	_, err := conduct.Contest(ctx, h.DB, h.carl, id, "The shop is not mine. Here is the register.")
	h.OK(err)
	h.Clock.Advance(3 * day)
	h.OK(conduct.Judge(ctx, h.DB, h.sam, id, conduct.Judgement{Outcome: conduct.Upheld, Reasons: "The register names somebody else, so nobody was sent to a shop of the client's own."}))
	year := h.Clock.Now().UTC().Year()

	counted := map[string]float64{}
	for _, y := range []int{year - 1, year} { // what is tried here may begin in one year and end in the next
		all, err := conduct.ReportYear(ctx, h.DB, y)
		h.OK(err)
		for _, f := range all {
			if f.Unit == "count" {
				counted[f.Section] += f.Value
			} else if f.Section == "appeals ended" && f.Value != 72 {
				t.Errorf("the median of one appeal of three days: %v", f)
			}
		}
		var csv bytes.Buffer
		h.OK(conduct.WriteYear(&csv, all))
		if lines := strings.Count(csv.String(), "\n"); lines != len(all)+1 || strings.Contains(csv.String(), "Carl") {
			t.Errorf("the table: %s", csv.String())
		}
	}
	records := map[string]int{}
	h.View(func(ctx context.Context, tx *db.Tx) error {
		for section, table := range map[string]string{"reports received": "reports", "decisions": "decisions", "appeals filed": "appeals", "appeals ended": "appeals"} {
			n, err := db.Value[int](ctx, tx, `SELECT count(*) FROM conduct.`+table)
			if err != nil {
				return err
			}
			records[section] = n
		}
		return nil
	})
	for section, n := range records {
		if n == 0 || counted[section] != float64(n) {
			t.Errorf("%s: %v in the report, %d in the records", section, counted[section], n)
		}
	}
	_, err = conduct.ReportYear(ctx, h.DB, year+1)
	refusedWith(t, "a year to come", err, conduct.ErrNoSuchYear)
}
