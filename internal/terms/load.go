package terms

import (
	"context"
	_ "embed"
	"strings"

	"freehold/internal/kit/db"
)

// What Freehold ships. The format of each is described in it.
var (
	//go:embed floors/category_floors.tsv
	categoryFloorsTSV string
	//go:embed floors/country_floors.tsv
	countryFloorsTSV string
	//go:embed floors/reference_rates.tsv
	referenceRatesTSV string
)

// Load brings the shipped floors and reference rates into the database, after
// skill.Load has brought the categories. It can be run at every start, and by
// several programs at once. It never overwrites what the operator has set.
func Load(ctx context.Context, d *db.DB) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		if err := lock(ctx, tx); err != nil {
			return err
		}
		if err := saveShipped(ctx, tx, shippedCategoryFloors, categoryFloorsTSV); err != nil {
			return err
		}
		if err := saveShipped(ctx, tx, shippedCountryFloors, countryFloorsTSV); err != nil {
			return err
		}
		return saveShipped(ctx, tx, shippedRates, referenceRatesTSV)
	})
}

const (
	shippedCategoryFloors = `
		INSERT INTO terms.category_floors AS f (category, level, usd_minor, source, as_of)
		SELECT t[1], t[2], t[3]::bigint, t[4], t[5]::date FROM (SELECT string_to_array(line, E'\t') FROM unnest($1::text[]) AS line) AS row (t)
		ON CONFLICT (category, level) DO UPDATE
		SET usd_minor = excluded.usd_minor, source = excluded.source, as_of = excluded.as_of
		WHERE f.set_by IS NULL AND (f.usd_minor, f.source, f.as_of) <> (excluded.usd_minor, excluded.source, excluded.as_of)`
	shippedCountryFloors = `
		INSERT INTO terms.country_floors AS f (country, usd_minor, source, as_of)
		SELECT t[1], t[2]::bigint, t[3], t[4]::date FROM (SELECT string_to_array(line, E'\t') FROM unnest($1::text[]) AS line) AS row (t)
		ON CONFLICT (country) DO UPDATE
		SET usd_minor = excluded.usd_minor, source = excluded.source, as_of = excluded.as_of
		WHERE f.set_by IS NULL AND (f.usd_minor, f.source, f.as_of) <> (excluded.usd_minor, excluded.source, excluded.as_of)`
	shippedRates = `
		INSERT INTO terms.reference_rates AS r (currency, per_usd, source, as_of)
		SELECT t[1], t[2]::numeric, t[3], t[4]::date FROM (SELECT string_to_array(line, E'\t') FROM unnest($1::text[]) AS line) AS row (t)
		ON CONFLICT (currency) DO UPDATE
		SET per_usd = excluded.per_usd, source = excluded.source, as_of = excluded.as_of
		WHERE r.set_by IS NULL AND (r.per_usd, r.source, r.as_of) <> (excluded.per_usd, excluded.source, excluded.as_of)`
)

// saveShipped runs a statement on the rows of a file.
func saveShipped(ctx context.Context, tx *db.Tx, sql, tsv string) error {
	return db.Exec(ctx, tx, sql, rows(tsv))
}

// rows are the lines of a file that are no comments.
func rows(tsv string) (lines []string) {
	for line := range strings.Lines(tsv) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}
