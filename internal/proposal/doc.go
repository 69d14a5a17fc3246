// Package proposal is what a freelancer answers to a job post, and the answer
// that the client owes for it.
//
//	propose ──▶ waiting list ──a place becomes free──▶ submitted ──read──▶ read ◀──▶ shortlisted
//	   └──────────a place is free────────────────────────▶
//	before the client ──offer──▶ offered ──both sign──▶ hired
//	                                └──no contract──▶ shortlisted, or an end if the post has ended
//	undecided ──decline──▶ declined
//	          ──withdraw──▶ withdrawn
//	          ──answer-by passes──▶ lapsed
//
// Before the client are those submitted, read and shortlisted; undecided are
// these and the waiting list. Lifecycle holds every step and who may take it; the
// code moves by it.
//
// At most so many proposals of one post are before the client at a time (cap);
// the rest wait in the order in which they came, and move up whenever a place
// becomes free. A proposal that is offered or over takes no place. A freelancer
// has at most so many open at once (quota); every end gives the place back.
// Nothing else limits proposing, and nothing about it costs anything.
//
// What it promises, and what holds it to that:
//
//  1. Every proposal ends hired, declined with a reason, withdrawn or lapsed,
//     and none stays open on a post that has ended. (Decline, ClosePost, Hire,
//     LapsePost; promise/every_proposal_ends_with_a_reason.sql)
//  2. None waits past its date. (LapseDue; promise/no_proposal_waits_past_its_date.sql)
//  3. At that date the answer bond is shared among those who were left without
//     an answer. (LapsePost, in the same transaction)
//  4. A client's record of answers is what happened. (count;
//     promise/standing_is_what_happened.sql)
//  5. Nobody is paid below the floor. (prepare; promise/nothing_below_the_floor.sql)
//  6. Freelancers never see each other's prices, and the client's list has none:
//     Listed has no field for it.
//
// Locks are taken in one order: the freelancer's quota, the post, its proposals
// by number, the client's record, ledger accounts. Whoever changes a proposal
// holds its post, so all that happens to one post happens one after another.
package proposal
