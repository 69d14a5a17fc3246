// Package dispute is how two people who disagree about a sum come to an end.
//
//	talking ─5 days─▶ deciding ─an arbiter─▶ decided ─7 days─▶ closed
//	   │                 │                      └─asked─▶ reviewing ─▶ closed
//	   └──they agree─────┴──▶ closed
//
// What it promises, and what holds it to that:
//
//  1. Only the disputed sum waits. (contract.Contest pays the rest in the
//     transaction that opens a dispute; promise/only_disputed_money_waits.sql)
//  2. Every state ends by itself, and the market's silence costs nobody who
//     delivered. (Lifecycle; Advance; the same promise)
//  3. Whoever decides had no part in it, nor in another dispute of either of the
//     two within a year. (candidates, in store.go; constraint arbiters_are_not_parties)
//  4. Nobody who reviews a decision sees another's vote before all are in. (View.read)
//  5. What was said, decided and voted stays. (the tables are append-only)
package dispute
