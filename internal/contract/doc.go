// Package contract is how two people agree on work, and how work becomes money.
//
// An offer is terms on the table. Each revision of them has one text; both sign
// that text, or nothing binds either of them:
//
//	open ⇄ countered ──sign──▶ signed by one ──sign──▶ signed by both
//	  └────────┴──── decline, withdraw, expire ─┘
//
// The second signature makes the contract:
//
//	signed ──fund──▶ active ──last milestone approved──▶ ended: completed
//	  │               │  ▲ └──nothing came, money taken back──▶ ended: ended early
//	  │               │  └──notice──▶ under notice ──date, or agreed──▶ ended: early, or together
//	  │          no money for the next
//	  │               ▼  │fund
//	  │             starved ──leave──▶ ended: ended early
//	  └──not in time──▶ ended: never funded
//
// and each of its milestones goes
//
//	planned ──fund──▶ funded ──submit──▶ submitted ──approve, or silence──▶ approved
//	   │                 │                 │   ▲
//	   ▼                 ▼       ask changes▼   │submit
//	dropped          taken back ◀───── changes asked
//
// A contract that ends early settles what is under way: submitted work is
// approved, begun work is paid by its share.
//
// OfferLifecycle, ContractLifecycle and MilestoneLifecycle hold every step and
// who may take it; the code moves by them, and by nothing else. A contract keeps
// the version of them that it was signed under. Where somebody may act and does
// not, it happens by itself a while later: no money waits for ever.
//
// What it promises, and what holds it to that:
//
//  1. Nobody works without money: a milestone takes no work before its price
//     and our fee are in escrow in full. (Contract.Fund, Milestone.Submit;
//     promise/no_work_without_money.sql)
//  2. The rest is secured: what is not funded yet is backed by the ending fee,
//     or the contract says that it is starved. (moveOn, in the transaction that
//     approves; promise/the_rest_is_secured.sql)
//  3. Ending early pays what was signed: it is computed, and both can read the
//     sums first. (Contract.Settlement; promise/early_end_pays_what_was_signed.sql)
//  4. Silence pays for submitted work, and costs whoever's turn it is. (SweepDue,
//     Milestone.AskChanges; promise/silence_pays_submitted_work.sql)
//  5. Both signed the same text, and it never changes: a revision's SHA-256 is
//     of its text, a signature is on a revision by that SHA-256, and neither
//     can be updated. (constraints; promise/signed_terms_never_change.sql)
//  6. Nobody works below the floor that held when the terms were written.
//     (Terms.check; promise/nothing_below_the_floor.sql)
//  7. Nothing stays in escrow once a contract has ended. (Contract.end with
//     settle; promise/no_money_left_behind.sql)
//
// Locks are taken in one order: post, proposal, offer, contract, wallets.
// Whoever changes a milestone holds its contract, so all that happens on one
// contract happens one after another.
package contract
