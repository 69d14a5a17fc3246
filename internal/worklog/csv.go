package worklog

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

var (
	// ErrTable says what a table of hours looks like.
	ErrTable = fault.New(fault.Invalid, "hours_table_invalid",
		"This is no table of hours that we know. Export a detailed report as CSV from Toggl or Kimai, or use their columns: a date, a beginning, an end and a description.").At("file")
	// ErrTooManyRows refuses a table that is too long.
	ErrTooManyRows = fault.New(fault.Invalid, "hours_table_too_long", "A table can have up to 500 entries. Divide it.").At("file")
	// ErrRow says what is wrong with a line.
	ErrRow = fault.New(fault.Invalid, "hours_row_invalid", "Line %d was refused, so nothing was added: %s")
	// ErrRowTime says how times are written.
	ErrRowTime = fault.New(fault.Invalid, "hours_time_invalid", "Write dates as 2030-01-31 and times as 09:30.").At("file")
)

const maxRows = 500

// layout is where the columns of a table are.
type layout struct {
	startDate, start, endDate, end, memo int
	tags                                 int // -1: there are none
}

// names are what programs call the columns.
var names = struct{ startDate, start, endDate, end, memo, tags []string }{
	[]string{"start date", "date"}, []string{"start time", "from", "begin", "in"},
	[]string{"end date", "stop date"}, []string{"end time", "to", "end", "stop time", "out"},
	[]string{"description"}, []string{"tags"},
}

// layoutOf finds the columns by the first line of a table.
func layoutOf(head []string) (layout, error) {
	at := func(among []string) int {
		return slices.IndexFunc(head, func(h string) bool {
			return slices.Contains(among, strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff"))))
		})
	}
	l := layout{at(names.startDate), at(names.start), at(names.endDate), at(names.end), at(names.memo), at(names.tags)}
	if l.startDate < 0 || l.start < 0 || l.end < 0 || l.memo < 0 {
		return l, ErrTable
	}
	if l.endDate < 0 {
		l.endDate = l.startDate
	}
	return l, nil
}

// ReadTable reads hours out of a table as Toggl or Kimai write it, whose times are
// those of a zone.
func ReadTable(r io.Reader, zone *time.Location) (rows []Worked, err error) {
	table := csv.NewReader(r)
	table.FieldsPerRecord, table.LazyQuotes = -1, true
	head, err := table.Read()
	if err != nil {
		return nil, ErrTable
	}
	l, err := layoutOf(head)
	if err != nil {
		return nil, err
	}
	for {
		row, err := table.Read()
		switch {
		case errors.Is(err, io.EOF):
			return rows, nil
		case err != nil:
			return nil, ErrTable
		case len(rows) == maxRows:
			return nil, ErrTooManyRows
		}
		w, err := l.read(row, zone)
		if err != nil {
			return nil, refusedRow(len(rows)+2, err)
		}
		rows = append(rows, w)
	}
}

func (l layout) read(row []string, zone *time.Location) (w Worked, err error) {
	if len(row) <= max(l.startDate, l.start, l.endDate, l.end, l.memo) {
		return w, ErrTable
	}
	w.Memo = row[l.memo]
	if w.From, err = moment(row[l.startDate], row[l.start], zone); err != nil {
		return w, err
	}
	if w.To, err = moment(row[l.endDate], row[l.end], zone); err != nil {
		return w, err
	}
	if l.endDate == l.startDate && w.To.Before(w.From) {
		w.To = w.To.AddDate(0, 0, 1) // over midnight, in a table with one date
	}
	return w, nil
}

func moment(date, clock string, zone *time.Location) (time.Time, error) {
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, strings.TrimSpace(date)+" "+strings.TrimSpace(clock), zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, ErrRowTime
}

func refusedRow(line int, err error) error {
	if all := fault.All(err); len(all) > 0 {
		return ErrRow.With(line, all[0].Say.String()).At("file")
	}
	return err
}

// ImportHours adds the hours of a table to a contract: all of them, or none, and
// then the error says which line was refused. They count as typed in.
func ImportHours(ctx context.Context, d *db.DB, by account.Actor, on contract.ID, table io.Reader) (n int, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		c, err := contract.LockHours(ctx, tx, by, on)
		if err != nil {
			return err
		}
		rows, err := ReadTable(table, c.Location())
		if err != nil {
			return err
		}
		for i, w := range rows {
			if _, err := logHours(ctx, tx, by, on, w); err != nil {
				return refusedRow(i+2, err)
			}
		}
		n = len(rows)
		return nil
	})
	return n, err
}

// WriteTable writes the hours of a contract as a table that Toggl and Kimai read:
// the columns of both, with times in the contract's zone.
func (s Sheet) WriteTable(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"User", "Client", "Project", "Description", "Start date", "Start time", "End date", "End time", "Duration", "Billable", "Tags", "Date", "From", "To", "Amount", "Currency"}}
	for _, week := range s.Weeks {
		for _, l := range week.Lines {
			if l.StoppedAt != nil {
				rows = append(rows, s.row(l))
			}
		}
	}
	return errors.Join(out.WriteAll(rows), out.Error())
}

func (s Sheet) row(l Line) []string {
	from, to := l.StartedAt.In(s.Zone), l.StoppedAt.In(s.Zone)
	tags := "measured"
	if l.Manual {
		tags = "typed in"
	}
	if l.Edited {
		tags += ", changed"
	}
	minutes := l.Minutes()
	duration := time.Time{}.Add(time.Duration(minutes) * time.Minute).Format(time.TimeOnly)
	return []string{
		cell(s.FreelancerName), cell(s.ClientName), cell(s.Title), cell(l.Memo), from.Format(time.DateOnly), from.Format(time.TimeOnly), to.Format(time.DateOnly), to.Format(time.TimeOnly),
		duration, "Yes", tags, from.Format(time.DateOnly), from.Format("15:04"), to.Format("15:04"), l.Amount.Decimal(), l.Amount.Currency,
	}
}

// cell keeps a spreadsheet from taking somebody's words for a formula.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
