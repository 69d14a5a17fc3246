package standing

import "freehold/internal/kit/say"

// Figure is one figure of a standing, and how it is counted. The page /standing
// and docs/standing.md are made of these.
type Figure struct {
	Field string // of Client or Freelancer
	Words string
	From  string // which facts it counts
}

// ClientFigures are those of a Client, one for each of its fields.
var ClientFigures = []Figure{
	{"Posts", say.Key("Posts published"), say.Key("Every post that was ever published, also those that were removed or forgotten.")},
	{"Ended", say.Key("Posts that have ended"), say.Key("Those of them that take no more proposals.")},
	{"EndedHired", say.Key("Ended with somebody hired"), say.Key("Those of them on which at least one person was hired.")},
	{"Hires", say.Key("People hired"), say.Key("Over all posts. Whoever was hired twice counts twice.")},
	{"Answered", say.Key("Proposals answered"), say.Key("Declined with a reason, or made an offer.")},
	{"Lapsed", say.Key("Left without an answer"), say.Key("Proposals that lay before the client at the answer-by date, and that nobody had answered.")},
	{"MedianAnswer", say.Key("Typical time to an answer"), say.Key("Of all answered proposals, in the order of how long they waited, the one in the middle; of an even number, the shorter of the two.")},
	{"Paid", say.Key("Paid to freelancers"), say.Key("For approved work, in settlements, as ending fees and as bonuses, before the freelancers’ taxes. From the ledger.")},
	{"MedianPay", say.Key("Typical time from submission to approval"), say.Key("Of all approved milestones, the one in the middle, from when the work was last handed over. Approval by silence counts like any other.")},
	{"Funded", say.Key("Contracts funded in time"), say.Key("Signed contracts whose money came before the date that was agreed.")},
	{"NeverFunded", say.Key("Contracts never funded"), say.Key("Signed contracts that ended because the money never came.")},
	{"EndedEarly", say.Key("Contracts they ended before the work was done"), say.Key("By notice, or because the next milestone was not funded and the freelancer left.")},
	{"Otherwise", say.Key("Contracts that ended early, against nobody"), say.Key("Both wanted it, or somebody was ill. Shown so that nothing is hidden; it counts against neither of the two.")},
	{"Reviews", say.Key("Reviews"), say.Key("By freelancers who were paid, as soon as both sides can be read.")},
	{"Marks", say.Key("Marks"), say.Key("How often each mark was given, for each question. There is no average and no sum.")},
}

// FreelancerFigures are those of a Freelancer, one for each of its fields.
var FreelancerFigures = []Figure{
	{"Contracts", say.Key("Contracts begun"), say.Key("Signed contracts whose money came. What was earned on them is the freelancer’s own to tell.")},
	{"Completed", say.Key("Contracts completed"), say.Key("Every milestone was approved.")},
	{"EndedEarly", say.Key("Contracts they ended before the work was done"), say.Key("By notice, or because no work came in time and the client took the money back. To leave a client who does not fund the next milestone is not among them.")},
	{"ByClient", say.Key("Contracts the client ended"), say.Key("By notice, or by not funding the next milestone.")},
	{"Otherwise", say.Key("Contracts that ended early, against nobody"), say.Key("Both wanted it, or somebody was ill. Shown so that nothing is hidden; it counts against neither of the two.")},
	{"HandedOver", say.Key("Milestones handed over"), say.Key("Each counts once, when its work first came.")},
	{"OnTime", say.Key("Handed over in time"), say.Key("By the due day, or by as much later as the client’s money came.")},
	{"NotHanded", say.Key("Milestones without work"), say.Key("No work came in time, and the client took the money back.")},
	{"ChangesAsked", say.Key("Rounds of changes asked for"), say.Key("Over all milestones. A contract says how many rounds there can be.")},
	{"Clients", say.Key("Clients who paid"), say.Key("Different people, on contracts on which money was released.")},
	{"Repeat", say.Key("Clients who came back"), say.Key("Those of them with more than one such contract.")},
	{"Reviews", say.Key("Reviews"), say.Key("By clients who paid, as soon as both sides can be read.")},
	{"Marks", say.Key("Marks"), say.Key("How often each mark was given, for each question. There is no average and no sum.")},
}
