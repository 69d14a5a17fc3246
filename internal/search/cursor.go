package search

import (
	"fmt"
	"math"
	"strings"
	"time"

	"freehold/internal/jobpost"
	"freehold/internal/kit/fault"
)

// ErrBadCursor refuses a place in a list that we never gave out.
var ErrBadCursor = fault.New(fault.Invalid, "bad_cursor",
	"This link to the next page does not belong to this search. Please search again; the posts are still there.").At("cursor")

// cursor is a place in an ordered list: the last post of a page, and its key in
// the order.
type cursor struct {
	sort Sort
	asOf time.Time // when the first page was made: posts younger than that are left to the next search
	key  int64
	id   jobpost.ID
}

// letters stand for the orders in a cursor.
var letters = map[Sort]string{Fit: "f", Newest: "n", AnswerRate: "a", Price: "p", feedOrder: "x"}

// String writes c such that parseCursor reads it back.
func (c cursor) String() string {
	return fmt.Sprintf("%s%x.%x.%x", letters[c.sort], c.asOf.UnixMicro(), c.key, int64(c.id))
}

// first is where a list in an order begins.
func first(s Sort, now time.Time) cursor {
	c := cursor{sort: s, asOf: now, key: math.MaxInt64, id: math.MaxInt64}
	if s == Newest {
		c.key = now.UnixMicro()
	}
	return c
}

// published is when the last post of a page in the order of time was published.
func (c cursor) published() time.Time { return time.UnixMicro(c.key).UTC() }

// parseCursor reads a cursor of a list in an order; an empty one is where the
// list begins. What people make up themselves is refused.
func parseCursor(text string, s Sort, now time.Time) (cursor, error) {
	if text == "" {
		return first(s, now), nil
	}
	var at, key, id int64
	rest, ok := strings.CutPrefix(text, letters[s])
	if !ok {
		return cursor{}, ErrBadCursor
	}
	if _, err := fmt.Sscanf(rest, "%x.%x.%x", &at, &key, &id); err != nil {
		return cursor{}, ErrBadCursor
	}
	c := cursor{sort: s, asOf: time.UnixMicro(at).UTC(), key: key, id: jobpost.ID(id)}
	ours := id > 0 && key >= -1 // no order counts lower; and as a time it could be before all that PostgreSQL knows
	if c.String() != text || !ours || c.asOf.After(now) || c.asOf.Before(time.Unix(0, 0)) {
		return cursor{}, ErrBadCursor
	}
	return c, nil
}
