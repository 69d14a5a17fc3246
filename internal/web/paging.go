package web

import "strconv"

// pageSize is how much of a list one page shows.
const pageSize = 20

// before reads where in a list a page begins; 0 is its top.
func (v *visit) before() (int64, error) {
	in, err := v.form()
	if err != nil {
		return 0, err
	}
	typed := in.Get("before")
	if typed == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(typed, 10, 64)
	if err != nil || n <= 0 {
		return 0, errMissing
	}
	return n, nil
}

// page cuts rows, of which pageSize+1 were asked for, to what a page shows, and
// returns the address of the next one; empty when there is none.
func page[T any](rows []T, after func(last T) string) (shown []T, next string) {
	if len(rows) <= pageSize {
		return rows, ""
	}
	shown = rows[:pageSize]
	return shown, after(shown[pageSize-1])
}
