package main

import (
	"os"
	"path/filepath"
	"strings"
)

// collectData adds the texts that stand in files of data and not in the code:
// the names of categories, and what each promise says.
func (c *collector) collectData(dir string) error {
	taxonomy, err := os.ReadFile(filepath.Join(dir, "skill/taxonomy.tsv"))
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(taxonomy)) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); f[0] == "category" {
			c.note("internal/skill/taxonomy.tsv", f[2], "")
		}
	}
	promises, err := filepath.Glob(filepath.Join(dir, "promise/*.sql"))
	if err != nil {
		return err
	}
	for _, path := range promises {
		sql, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		base := filepath.Base(path)
		name := strings.ReplaceAll(strings.TrimSuffix(base, ".sql"), "_", " ")
		c.note("internal/promise/"+base, strings.ToUpper(name[:1])+name[1:], "")
		c.note("internal/promise/"+base, comment(string(sql)), "")
	}
	return nil
}

// comment is what the first lines of a query say in words.
func comment(sql string) string {
	var sentence []string
	for line := range strings.Lines(sql) {
		words, ok := strings.CutPrefix(line, "--")
		if !ok {
			break
		}
		sentence = append(sentence, strings.TrimSpace(words))
	}
	return strings.Join(sentence, " ")
}
