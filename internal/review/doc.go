// Package review is what the two of a contract say about each other once it has
// ended, and money was paid on it.
//
//	open -> client wrote | freelancer wrote -> revealed -> closed
//	     -> unwritten
//
// What it promises, and what holds it to that:
//
//  1. Nobody reads what the other wrote before both are in or the 14 days are
//     over. (constraint double_blind; the one query that reads reviews, in
//     store.go; promise/reviews_are_double_blind.sql)
//  2. There is no review of nothing: money was paid, and the contract is over.
//     (constraint no_review_of_nothing; promise/no_review_of_nothing.sql)
//  3. Each side writes once, and what is written stays. (unique contract and
//     side; the tables are append-only)
//  4. Whoever was reviewed can respond once, within 28 days. (Respond)
package review
