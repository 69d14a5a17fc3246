package conduct

import (
	"context"
	"encoding/csv"
	"io"
	"strconv"
	"time"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

// ErrNoSuchYear is the answer to a year that is still to come.
var ErrNoSuchYear = fault.New(fault.NotFound, "no_such_year", "There is no report about that year. Reports begin with 2000, and end with the year that it is now.")

// YearFigure is a line of the report about a year.
type YearFigure struct {
	Section string // "decisions"
	What    string // "harassment: suspend"
	Unit    string // "count" or "hours"
	Value   float64
}

// ReportYear counts how rules were kept in one year of UTC, from the records
// themselves: what EU 2022/2065, articles 15 and 24(1), has platforms publish. Of
// the year that it is now, it counts what has happened so far.
func ReportYear(ctx context.Context, d *db.DB, year int) (all []YearFigure, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		if year < 2000 || year > tx.Now.Year() {
			return ErrNoSuchYear
		}
		from := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
		all, err = db.All[YearFigure](ctx, tx, `
			WITH received AS (SELECT * FROM conduct.reports WHERE opened_at >= $1 AND opened_at < $2),
				answered AS (SELECT * FROM conduct.reports WHERE closed_at >= $1 AND closed_at < $2),
				made AS (SELECT * FROM conduct.decisions WHERE delivered_at >= $1 AND delivered_at < $2),
				filed AS (SELECT * FROM conduct.appeals WHERE filed_at >= $1 AND filed_at < $2),
				ended AS (SELECT *, CASE WHEN answered_at IS NULL THEN 'lapsed' ELSE outcome END AS became, least(answered_at, due) AS at
					FROM conduct.appeals WHERE least(answered_at, due) >= $1 AND least(answered_at, due) < $2 AND least(answered_at, due) <= $3)
			SELECT section, what, unit, value::float8 FROM (
				SELECT 1 AS place, 'reports received' AS section, rule AS what, 'count' AS unit, count(*) AS value FROM received GROUP BY rule
				UNION ALL SELECT 2, 'reports received', 'without an account', 'count', count(*) FROM received WHERE reporter IS NULL
				UNION ALL SELECT 3, 'reports answered', state, 'count', count(*) FROM answered GROUP BY state
				UNION ALL SELECT 4, 'reports answered', 'median time', 'hours', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM closed_at - opened_at)) / 3600)::numeric, 1) FROM answered HAVING count(*) > 0
				UNION ALL SELECT 5, 'reports answered', 'after their date', 'count', count(*) FROM answered WHERE closed_at > answer_by
				UNION ALL SELECT 6, 'decisions', rule || ': ' || measure, 'count', count(*) FROM made GROUP BY rule, measure
				UNION ALL SELECT 7, 'decisions by how it was found', found_by, 'count', count(*) FROM made GROUP BY found_by
				UNION ALL SELECT 8, 'decisions', 'emergencies', 'count', count(*) FROM made WHERE urgent
				UNION ALL SELECT 9, 'decisions', 'by a machine', 'count', count(*) FROM made WHERE by_machine
				UNION ALL SELECT 10, 'appeals filed', m.measure, 'count', count(*) FROM filed JOIN conduct.decisions m ON m.id = filed.decision GROUP BY m.measure
				UNION ALL SELECT 11, 'appeals ended', became, 'count', count(*) FROM ended GROUP BY became
				UNION ALL SELECT 12, 'appeals ended', 'median time', 'hours', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM at - filed_at)) / 3600)::numeric, 1) FROM ended HAVING count(*) > 0
			) lines ORDER BY place, what`, from, from.AddDate(1, 0, 0), tx.Now)
		return err
	})
	return all, err
}

// WriteYear writes the report as CSV, with a line of headings.
func WriteYear(w io.Writer, all []YearFigure) error {
	out := csv.NewWriter(w)
	lines := [][]string{{"section", "what", "unit", "value"}}
	for _, f := range all {
		lines = append(lines, []string{f.Section, f.What, f.Unit, strconv.FormatFloat(f.Value, 'f', -1, 64)})
	}
	return out.WriteAll(lines)
}
