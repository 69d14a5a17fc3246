// Package conduct is how rules are kept: what is reported, what is decided about
// it, and what is said against that.
//
//	report    new ─claim─▶ in review ─▶ no action | decision
//	decision  hearing ─▶ in force ─▶ ended | lifted | lapsed | overturned
//	appeal    filed ─14 days, another person─▶ upheld | rejected | lapsed
//
// What it promises, and what holds it to that:
//
//  1. A restriction exists only as the effect of one decision, in which nothing can
//     be left out. (every column of conduct.decisions is NOT NULL; view
//     conduct.effects; restriction.May; promise/every_restriction_has_reasons.sql)
//  2. Whoever decides has read the evidence, and has heard the person or waited for
//     them; an emergency is short. (Deliver; constraints heard_before and
//     an_emergency_is_short)
//  3. Ending an account takes 30 days. (constraint ending_an_account_takes_30_days)
//  4. An appeal is judged by somebody else, or the restriction lapses. (constraint
//     judged_by_someone_else; the view, which needs nobody to run for that)
//  5. Nothing is for life. (constraint nothing_is_for_life)
//  6. No restriction touches money. (this package reaches no ledger: arch_test.go)
//  7. A decision is undone whole: all that it ever did was to be in force.
package conduct
