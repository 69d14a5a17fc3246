// Package standing is what everybody can know about somebody they might work
// with: how they have kept their word here, in raw counts.
//
// A standing is a pure function (Of) of facts that anybody can read (Facts), so
// whoever doubts a figure counts for themselves. There are no points, no
// weights, no ranks, and no sum of it all.
//
// What it promises, and what holds it to that:
//
//  1. What is shown is what the facts say: no figure is stored anywhere. (Of is
//     the only function that makes a standing, and takes nothing but Facts)
//  2. Ending together, illness, and what the other side did count against
//     nobody. (EndOf; a table test)
//  3. No review counts before both can read it. (facts.go)
//  4. The facts name nobody: neither whom somebody worked with, nor what one of
//     them was paid, nor why somebody fell ill. (Facts)
package standing
