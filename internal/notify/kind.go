package notify

import (
	"slices"

	"freehold/internal/kit/say"
)

// Kind is a kind of notice, about which a person may want no mail.
type Kind struct {
	Name  string       // stable: it is what is stored
	Words say.Sentence // what happens, as its reader would say it
	Leads say.Sentence // what the button in its mail says
}

// Kinds are all there are, in the order of the story.
var Kinds = []Kind{
	{"message", say.That("Somebody writes to me"), say.That("Read and answer")},
	{"invitation", say.That("A client invites me to propose"), say.That("Read the job post")},
	{"invitation_declined", say.That("A freelancer I invited declines"), say.That("Go to the job post")},
	{"post_edited", say.That("A job post I have proposed for is changed"), say.That("Read the job post")},
	{"post_lapsed", say.That("A job post of mine ends because its date has passed"), say.That("Go to the job post")},
	{"proposal_received", say.That("A proposal for my job post arrives"), say.That("Read the proposals")},
	{"proposal_moved_up", say.That("My proposal comes off the waiting list"), say.That("Go to my proposal")},
	{"proposal_read", say.That("The client reads my proposal"), say.That("Go to my proposal")},
	{"proposal_shortlisted", say.That("My proposal is put on the shortlist"), say.That("Go to my proposal")},
	{"proposal_declined", say.That("My proposal is declined"), say.That("Go to my proposal")},
	{"proposal_lapsed", say.That("My proposal was not answered in time"), say.That("Go to my proposal")},
	{"proposal_withdrawn", say.That("A freelancer takes their proposal back"), say.That("Go to the proposal")},
	{"post_found", say.That("A new post answers a search that I keep"), say.That("Look at it")},
	{"offer_made", say.That("I am made an offer"), say.That("Read the offer")},
	{"offer_countered", say.That("An offer comes back changed"), say.That("Read what changed")},
	{"offer_signed", say.That("The other side signs"), say.That("Read and sign")},
	{"offer_declined", say.That("An offer is declined"), say.That("Go to the offer")},
	{"offer_withdrawn", say.That("An offer is taken back"), say.That("Go to the offer")},
	{"offer_expired", say.That("An offer expires"), say.That("Go to the offer")},
	{"contract_signed", say.That("An offer is signed by both, and is a contract"), say.That("Go to the contract")},
	{"contract_funded", say.That("The money for the start of a contract is in escrow"), say.That("Go to the contract")},
	{"milestone_submitted", say.That("Work is handed over to me"), say.That("Look at the work")},
	{"changes_asked", say.That("Changes to my work are asked for"), say.That("See what is missing")},
	{"milestone_paid", say.That("My work is approved and paid"), say.That("Go to the contract")},
	{"milestone_taken_back", say.That("A client takes back the money of a milestone"), say.That("Go to the contract")},
	{"week_handed_in", say.That("The hours of a week wait for me"), say.That("Look at the hours")},
	{"week_unused", say.That("No hours were logged in a week"), say.That("Go to the contract")},
	{"delegated", say.That("Somebody judges work in a client’s place"), say.That("Go to the contract")},
	{"judged", say.That("My delegate has judged work"), say.That("Go to the contract")},
	{"milestone_funded", say.That("The money for the next milestone is in escrow"), say.That("Go to the contract")},
	{"funding_soon", say.That("The money for the next milestone will soon be due"), say.That("Go to the contract")},
	{"contract_starved", say.That("The money for the next milestone is missing"), say.That("Go to the contract")},
	{"client_absent", say.That("A client declares an absence"), say.That("Go to the contract")},
	{"amendment_proposed", say.That("The other side proposes to change a contract"), say.That("Read what would change")},
	{"amendment_signed", say.That("The other side signs an amendment"), say.That("Read and sign")},
	{"amended", say.That("An amendment is signed by both, and a contract is changed"), say.That("Read what changed")},
	{"amendment_ended", say.That("An amendment comes to nothing"), say.That("Go to the amendment")},
	{"notice_given", say.That("The other side gives notice on a contract"), say.That("Read what will be paid")},
	{"share_named", say.That("The other side says how much is done"), say.That("Read what will be paid")},
	{"bonus_given", say.That("A client gives me a bonus"), say.That("Go to the contract")},
	{"refunded", say.That("A freelancer returns money to me"), say.That("Go to the contract")},
	{"dispute_opened", say.That("The other side disputes a sum"), say.That("Go to the dispute")},
	{"dispute_split", say.That("The other side names a split"), say.That("Read and answer")},
	{"dispute_deciding", say.That("An arbiter is named for a dispute of mine"), say.That("Go to the dispute")},
	{"dispute_decided", say.That("An arbiter has decided a dispute of mine"), say.That("Read the decision")},
	{"dispute_review", say.That("A decision about me is reviewed"), say.That("Go to the dispute")},
	{"dispute_closed", say.That("A dispute of mine is closed"), say.That("Go to the dispute")},
	{"dispute_for_you", say.That("I am to decide a dispute, or to review a decision"), say.That("Read it and decide")},
	{"contract_ended", say.That("A contract ends"), say.That("Go to the contract")},
	{"review_open", say.That("A contract has ended, and I can say how it was"), say.That("Write a review")},
	{"review_written", say.That("The other side has written a review"), say.That("Write yours")},
	{"review_reminder", say.That("The time to write a review is nearly over"), say.That("Write a review")},
	{"review_revealed", say.That("Reviews are revealed"), say.That("Read what was written")},
	{"review_response", say.That("Somebody responds to a review of mine"), say.That("Read the response")},
	{"report_received", say.That("Something is reported to me, as one of the staff"), say.That("Read the report")},
	{"report_answered", say.That("Something that I reported is answered"), say.That("Read what came of it")},
	{"hearing", say.That("A decision about me is considered, and I can answer"), say.That("Read it and answer")},
	{"hearing_answered", say.That("Somebody answers a decision that I consider"), say.That("Read the answer")},
	{"hearing_dropped", say.That("What was considered about me is dropped"), say.That("Read why")},
	{"decided", say.That("A decision about me is delivered"), say.That("Read the reasons")},
	{"decision_ended", say.That("A decision about me is over before its time"), say.That("Read why")},
	{"appeal_for_you", say.That("I am to judge an appeal"), say.That("Read it and answer")},
	{"appeal_said", say.That("Somebody writes in an appeal of mine"), say.That("Read and answer")},
	{"appeal_answered", say.That("My appeal is answered"), say.That("Read the answer")},
	{"case_for_you", say.That("A case is given to me, as one of the staff"), say.That("Read it and answer")},
	{"case_written", say.That("Somebody writes again in a case of mine, as one of the staff"), say.That("Read it and answer")},
	{"case_answered", say.That("The staff answers me"), say.That("Read the answer")},
	{"case_passed_on", say.That("Somebody else of the staff has my case"), say.That("Go to the case")},
	{"terms_change", say.That("The terms of this market change"), say.That("Read what changes")},
	{"exported", say.That("Somebody signed in as me takes a copy of everything along"), say.That("See where you are signed in")},
	{"deposit", say.That("Money comes into my wallet from outside"), say.That("Open my wallet")},
	{"payout_method", say.That("An account is added for my withdrawals"), say.That("Look at my accounts")},
	{"taken_back", say.That("A payment of mine was taken back after it had arrived"), say.That("Read what that means")},
	{"books_differ", say.That("The books of a bank and ours differ, or agree again, as one of finance"), say.That("Look at the difference")},
	{"payout", say.That("Money that I withdrew arrives, or comes back"), say.That("Open my wallet")},
}

// KindOf is the kind of that name. A notice from before its kind was given up
// still has words.
func KindOf(name string) Kind {
	if i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Name == name }); i >= 0 {
		return Kinds[i]
	}
	return Kind{name, say.That("Something happens that concerns me"), say.That("Read it")}
}
