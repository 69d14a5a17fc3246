// Package support is how anybody reaches a person of the staff, with an account or
// without, whatever was decided about them.
//
//	open ─the owner─▶ answered ─the asker, or 14 days─▶ closed
//	 ▲                    │                               │
//	 └────────asked again─┴───────────────reopened────────┘
//
// What it promises, and what holds it to that:
//
//  1. Every case has a named owner from the moment it is opened, and another one
//     when that one is late, which is counted in public. (column owner is NOT NULL;
//     choose; SweepDue; promise/every_case_has_a_named_human.sql)
//  2. No answer is a copy of one to somebody else. (refusePasted;
//     promise/no_pasted_answers.sql)
//  3. Only the asker closes, or two weeks of their silence after an answer. (Close;
//     constraint closed_by_the_asker_or_by_time; promise/only_the_asker_closes.sql)
//  4. What a machine sends is called so, and never counts as an answer. (there is no
//     such kind of letter)
package support
