// Collect writes the catalogues anew: every text of the program that a person
// reads, with the translation it has so far.
//
//	go run ./internal/kit/say/collect
//
// Translations are kept, new texts are added without one, and texts that are
// gone are dropped.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"freehold/internal/kit/say"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "collect:", err)
		os.Exit(1)
	}
}

// run rewrites the catalogues of the module at root.
func run(root string) error {
	texts, err := collect(filepath.Join(root, "internal"))
	if err != nil {
		return err
	}
	for _, l := range say.Languages[1:] {
		path := catalogue(root, l.Code)
		old, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		updated, err := update(old, texts)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := os.WriteFile(path, updated, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func catalogue(root, language string) string {
	return filepath.Join(root, "internal/kit/say/catalogue", language+".po")
}
