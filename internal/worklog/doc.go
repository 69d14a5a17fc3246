// Package worklog is the hours that are worked on contracts by the hour.
//
// A week of such a contract is one of its milestones, with a rate and a limit;
// see package contract, and ADR 13. Here are the entries in it:
//
//	running ─stop─▶ stopped ─the week is handed in─▶ paid with it, or disputed
//
// What it promises, and what holds it to that:
//
//  1. No timer runs, and no entry is taken, before the money for all hours that
//     the week may have is in escrow. (space; the milestone's state)
//  2. No minute is paid twice. (constraint no_hour_is_worked_twice)
//  3. What is paid is what was logged, at the rate of the week.
//     (promise/hours_are_paid_as_logged.sql)
//  4. Hours that were typed in or changed are marked. (Manual, Edited)
//
// There are no screenshots. An entry has a note, and links to what came of it.
package worklog
