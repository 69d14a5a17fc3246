package worklog

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/dispute"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/geo"
	"freehold/internal/kit/money"
)

// ErrNoLines asks for the lines that are disputed.
var ErrNoLines = fault.New(fault.Invalid, "no_lines", "Choose the lines that you dispute. All others are paid at once.").At("lines")

// maxNamedLines is how many disputed lines are written out in the dispute.
const maxNamedLines = 8

// DisputeLines lets the money of single lines of a week wait until the two agree
// or an arbiter has decided. All other lines are paid at once.
func DisputeLines(ctx context.Context, d *db.DB, by account.Actor, week contract.MilestoneID, lines []EntryID, why dispute.Opening) (id dispute.ID, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		c, m, err := contract.LockWeek(ctx, tx, by, week)
		if err != nil {
			return err
		}
		entries, err := entriesOf(ctx, tx, []contract.MilestoneID{week})
		if err != nil {
			return err
		}
		why.Sum = money.Zero(c.Currency)
		var named []Line
		for _, l := range Lines(entries, c.Currency) {
			if slices.Contains(lines, l.ID) && l.StoppedAt != nil { // a running timer has come to nothing yet
				why.Sum, named = why.Sum.Add(l.Amount), append(named, l)
			}
		}
		if len(named) == 0 {
			return ErrNoLines
		}
		why.Lines = written(named, c.Zone)
		if id, err = dispute.OpenWithin(ctx, tx, by, m.ID, why); err != nil {
			return err
		}
		return db.Exec(ctx, tx, `UPDATE worklog.entries SET disputed = true WHERE week = $1 AND id = ANY ($2)`, week, lines)
	})
	return id, err
}

// written are disputed lines as both and their arbiter read them.
func written(lines []Line, zone string) string {
	in, _ := geo.Zone(zone)
	var b strings.Builder
	for i, l := range lines {
		if i == maxNamedLines {
			fmt.Fprintf(&b, "- and %d more\n", len(lines)-i)
			break
		}
		fmt.Fprintf(&b, "- %s to %s: %s (%s)\n", l.StartedAt.In(in).Format("2006-01-02 15:04"), l.StoppedAt.In(in).Format("15:04"), l.Memo, l.Amount)
	}
	return b.String()
}
