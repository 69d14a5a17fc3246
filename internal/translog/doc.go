// Package translog is the log that binds the operator: what was decided about
// people, how appeals ended, what was signed, and which terms came into force, each
// in the transaction in which it happened.
//
// It is a Merkle tree (RFC 6962) whose root is signed as a checkpoint (C2SP
// signed-note, tlog-checkpoint) and which anybody can read in tiles (C2SP
// tlog-tiles). Whoever has a proof of an entry (C2SP tlog-proof) can show that it was
// there, without us. Verify needs nothing but the tiles.
//
// What it promises, and what holds it to that:
//
//  1. Nothing takes effect that is not in the log. (conduct.decisions.entry refers to
//     its entry; Append is part of the same transaction)
//  2. Nothing in it changes. (both tables are append-only; Keeper refuses to sign what
//     does not go on from what it has signed before)
//  3. It names nobody. (a leaf holds what was chosen from lists, dates, and a salted
//     hash of what is private)
package translog
