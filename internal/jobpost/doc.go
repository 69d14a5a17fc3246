// Package jobpost is what a client wants done, and by when they owe everybody
// who proposes an answer.
//
//	draft ──publish──▶ open ──hire the last──▶ filled
//	                    ├────close────▶ closed
//	                    ├────answer-by passes────▶ lapsed
//	                    └────decision────▶ removed
//
//	invited: sent ──▶ proposed, declined or lapsed
//
// Hiring, closing and lapsing answer proposals as well, so those use cases are in
// package proposal; the rules of a post are here. What it promises, and what
// holds it to that:
//
//  1. No post waits for proposals without a verified payment method behind it and
//     its answer bond in escrow. (Publish; promise/no_post_without_an_answer_bond.sql)
//  2. Nothing is offered below the floor. (Publish; promise/nothing_below_the_floor.sql)
//  3. What changes while a post is open is on record, and those who have proposed
//     are told; the budget never goes down on them. (EditOpen)
//  4. Who fits is reckoned from published terms, none of which says where somebody
//     comes from or what they look like. (FitOf)
package jobpost
