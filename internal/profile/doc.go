// Package profile is how people present themselves: what a freelancer offers,
// and who a client is.
//
//	portfolio piece:  shown ──remove──▶ removed
//
// A removed piece is gone from the profile and stays in the proposals that
// picked it, for those were sent with it.
//
// What it promises, and what holds it to that:
//
//  1. A profile is public, but for what nobody asked to see: no address, no
//     sum of money earned. (Show)
//  2. Work done here is told by the contracts, not by the one who did it.
//     (pastWork reads contract.contracts; nothing writes it)
//  3. What a portrait shows was painted by us, from what somebody sent; what they
//     sent is not kept. (SetPortrait)
//  4. Nobody offers themselves below the floor of where they live. (Save)
package profile
