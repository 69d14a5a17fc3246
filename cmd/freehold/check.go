package main

import (
	"context"
	"fmt"

	"freehold/internal/app"
	"freehold/internal/promise"
)

type check struct{ market }

// Run prints how each promise stands.
func (c *check) Run(ctx context.Context) error {
	return open(ctx, c.beside(), func(a *app.App) error {
		results, err := promise.Record(ctx, a.DB)
		if err != nil {
			return err
		}
		broken := 0
		for _, r := range results {
			if len(r.Broken) == 0 {
				fmt.Printf("kept    %s\n", r.Name)
				continue
			}
			broken++
			fmt.Printf("BROKEN  %s\n        %s\n", r.Name, r.Words)
			for _, row := range r.Broken {
				fmt.Printf("        %s\n", row)
			}
		}
		if broken > 0 {
			return fmt.Errorf("%d of %d promises are broken", broken, len(results))
		}
		fmt.Printf("All %d promises are kept in %s.\n", len(results), c.place())
		return nil
	})
}
