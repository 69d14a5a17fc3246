// Package search finds job posts: by words and filters, and, for a freelancer,
// by what they can do. It reads and never writes.
//
// It keeps its speed as the market grows by never ranking more than the newest
// thousand posts that match: whatever the order, the work is bounded, and every
// query walks an index. Who needs an older post narrows the search.
//
// What it promises, and what holds it to that:
//
//  1. Only posts that take proposals are found: open, public, and before their
//     answer-by date. (found)
//  2. No place in a list can be bought. What moves a post up is said beside it.
//     (no such column; Suited.Why)
//  3. Turning the page neither repeats nor skips a post. (cursor)
package search
