// Package message is where a client and a freelancer talk: one conversation for
// each proposal, from the day it comes before the client, on into the contract
// and past its end.
//
// What it promises, and what holds it to that:
//
//  1. Nobody loses the people they have worked with: a conversation never
//     closes, whatever becomes of the proposal, the contract or an account.
//     (there is no state in which Send refuses a party)
//  2. Only the two of them can see it: to others it does not exist. (find)
//  3. Nothing here reads what people write. No text is searched, scored or
//     held back.
//  4. Somebody away is mailed once about a conversation, not once for each
//     message, and not at all when they were quicker. (Send, Read)
package message
