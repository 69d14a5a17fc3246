// Package ledger is where money is: accounts, and transfers between them. It
// knows no contracts.
//
// A Transfer moves one amount from one account to another, so it balances by
// construction. Transfers that belong to one event are one Posting: all of it
// is booked, or none. What is booked is never changed; a mistake is mended by
// another posting.
//
//	outside/<rail>        the world: what a payment provider holds for us   may go below zero
//	wallet/<person>       money that is theirs to use or withdraw
//	escrow/<purpose>      money waiting for its purpose
//	fees/contract/<id>    the operator's fee, per contract so that no row is hot
//	payout/<id>           money on its way out
//	losses/<month>        the operator's losses                             may go below zero
//
// What it promises, and what holds it to that:
//
//  1. Nobody's account goes below zero. (constraint never_below_zero)
//  2. The same fact is booked once. (unique name; ledger.post)
//  3. Every balance is the sum of its transfers, and all balances of a currency
//     add up to nothing. (promise/books_balance.sql)
package ledger
