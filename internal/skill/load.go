package skill

import (
	"context"
	_ "embed"
	"strings"
	"sync"

	"freehold/internal/kit/db"
)

//go:embed taxonomy.tsv
var taxonomyTSV string

// taxonomy is what Freehold ships. Its format is described in the file.
type taxonomy struct {
	categories []Category
	skills     []entry
	owner      map[string]string // folded alias -> name of the skill it means
}

// entry is one skill as a file tells it.
type entry struct {
	name     string
	category Key
	aliases  []string
}

var shipped = sync.OnceValue(func() taxonomy { return parseTaxonomy(taxonomyTSV) })

func parseTaxonomy(tsv string) taxonomy {
	t := taxonomy{owner: map[string]string{}}
	var category Key
	for line := range strings.Lines(tsv) {
		f := append(strings.Split(strings.TrimSuffix(line, "\n"), "\t"), "")
		switch f[0] {
		case "category":
			category = Key(f[1])
			t.categories = append(t.categories, Category{Key: category, Name: f[2]})
		case "skill":
			e := entry{name: f[1], category: category}
			if f[2] != "" {
				e.aliases = strings.Split(f[2], ", ")
			}
			for _, alias := range e.aliases {
				t.owner[fold(alias)] = e.name
			}
			t.skills = append(t.skills, e)
		}
	}
	return t
}

// Load brings the shipped categories and skills into the database. It can be
// run at every start, and by several programs at once. It renames and moves
// what is shipped, and adds; it never removes.
func Load(ctx context.Context, d *db.DB) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		if err := lock(ctx, tx); err != nil {
			return err
		}
		if err := saveCategories(ctx, tx, shipped().categories); err != nil {
			return err
		}
		if err := saveShipped(ctx, tx, shipped().skills); err != nil {
			return err
		}
		_, err := learnAliases(ctx, tx, shipped().skills)
		return err
	})
}
