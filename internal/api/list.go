package api

import (
	"maps"
	"slices"
	"strconv"

	"freehold/internal/kit/fault"
)

// list is the shape of every list. Next is the cursor of the following part;
// null at the end.
type list[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next" doc:"Pass it as cursor for the following part; null at the end."`
}

// part asks for a part of a list.
type part struct {
	Cursor string `query:"cursor" doc:"The next of the part before; left out: from the start."`
	Limit  int    `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"Items in one part, at most."`
}

var errCursor = fault.New(fault.Invalid, "bad_cursor",
	"This cursor is none that we gave out. Leave it out to begin at the start.").At("cursor")

// before reads a cursor that is the number of the last item shown; 0 is the start.
func before[ID ~int64](p part) (ID, error) {
	if p.Cursor == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(p.Cursor, 10, 64)
	if err != nil || n <= 0 {
		return 0, errCursor
	}
	return ID(n), nil
}

// parted is a list out of what was found, which was asked for with one more than
// the part may have. Place is the cursor of what comes after an item.
func parted[T, U any](p part, found []T, shape func(T) U, place func(T) string) list[U] {
	var next *string
	if len(found) > p.Limit {
		found = found[:p.Limit]
		cursor := place(found[len(found)-1])
		next = &cursor
	}
	return list[U]{each(found, shape), next}
}

// number is the cursor after an item with this number.
func number[ID ~int64](id ID) string { return strconv.FormatInt(int64(id), 10) }

// whole is a list that has one part only.
func whole[T, U any](found []T, shape func(T) U) list[U] { return list[U]{each(found, shape), nil} }

// each is never nil: an empty list is [] in JSON.
func each[T, U any](found []T, shape func(T) U) []U {
	out := make([]U, len(found))
	for i, v := range found {
		out[i] = shape(v)
	}
	return out
}

func same[T any](v T) T { return v }

// able are those of the acts that somebody can do now.
func able(can map[string]bool) []string {
	out := []string{}
	for _, act := range slices.Sorted(maps.Keys(can)) {
		if can[act] {
			out = append(out, act)
		}
	}
	return out
}
