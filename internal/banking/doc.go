// Package banking is money in and out of the world.
//
//	deposit: pending ──the rail has it──▶ confirmed       outside/<rail> -> wallet
//	            └────the rail refuses──▶ failed
//	payout:  on its way ──the rail sent it──▶ sent        wallet -> payout -> outside/<rail>
//	            └────the rail refuses──▶ failed           payout -> wallet: the money is back
//
// A rail talks to a payment provider, so it is called between transactions and
// never in one: first the intention is committed, then the rail is asked, then
// its answer is booked. Each step can be repeated: the rail goes by the
// intention's key and the ledger by the posting's name. A job finishes what a
// crash left half done.
//
// What it promises, and what holds it to that:
//
//  1. A deposit enters a wallet once, and only when the rail has it. (settleDeposit; the posting's name)
//  2. Money on its way out is in nobody's wallet, and comes back if it does not
//     arrive. (Payout, settlePayout; promise/no_money_left_behind.sql)
package banking
