package api

import (
	"context"
	"net/http"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/dispute"
	"freehold/internal/kit/money"
)

func disputes(a area) {
	add(a, private, "POST /milestones/{id}/dispute", "Dispute a sum of a milestone. The rest is paid at once.", http.StatusCreated, a.openDispute)
	add(a, public, "GET /disputes", "How disputes ended, without names, newest first.", http.StatusOK, a.closedDisputes)
	add(a, private, "GET /disputes/{id}", "One dispute, for the two and their arbiters.", http.StatusOK, a.showDispute)
	add(a, private, "POST /disputes/{id}/splits", "Name how much is the freelancer's. If the other side has named the same, it is over.", http.StatusOK, a.nameSplit)
	add(a, private, "POST /disputes/{id}/evidence", "Bring evidence.", http.StatusCreated, a.bringEvidence)
	add(a, private, "POST /disputes/{id}/review", "Have the decision reviewed.", http.StatusOK, a.reviewDecision)
	add(a, private, "POST /disputes/{id}/decision", "Decide, as the arbiter who was named.", http.StatusOK, a.decide)
	add(a, private, "POST /disputes/{id}/votes", "Vote, as one of those who were drawn to review a decision.", http.StatusOK, a.castVote)
	add(a, private, "GET /desk/disputes", "The disputes on my desk, as an arbiter.", http.StatusOK, a.desk)
}

type disputing struct {
	Sum    *sum           `json:"sum" doc:"Of the price; null: all of it, or what lies between the two shares."`
	Reason dispute.Reason `json:"reason" doc:"As the client: not as agreed, incomplete, too late, not theirs, other. As the freelancer: met, not owed, moving, other. As either, of begun work while notice runs, once both have named a share: share."`
	Words  string         `json:"words"`
}

type disputeState struct {
	ID    dispute.ID    `json:"id"`
	State dispute.State `json:"state" doc:"talking, deciding, decided, reviewing or closed"`
}

func (s *server) openDispute(ctx context.Context, by account.Actor, in *to[disputing]) (disputeState, error) {
	var sum money.Amount
	if in.Body.Sum != nil {
		var err error
		if sum, err = in.Body.Sum.at("sum"); err != nil {
			return disputeState{}, err
		}
	}
	id, err := dispute.Open(ctx, s.DB, by, contract.MilestoneID(in.ID), dispute.Opening{Sum: sum, Reason: in.Body.Reason, Words: in.Body.Words})
	return disputeState{id, dispute.Talking}, err
}

// disputeShown is a dispute as one of the two or an arbiter sees it.
type disputeShown struct {
	ID        dispute.ID           `json:"id"`
	Contract  contract.ID          `json:"contract"`
	Milestone contract.MilestoneID `json:"milestone"`
	Title     string               `json:"title"`
	State     dispute.State        `json:"state" doc:"talking, deciding, decided, reviewing or closed"`
	You       contract.Side        `json:"you" doc:"client, freelancer or arbiter"`
	OpenedBy  contract.Side        `json:"opened_by"`
	Reason    dispute.Reason       `json:"reason"`
	Words     string               `json:"words"`
	Sum       money.Amount         `json:"sum" doc:"What waits; the rest of the price is paid."`
	Price     money.Amount         `json:"price"`
	Due       *time.Time           `json:"due" doc:"When this state ends by itself; null: it is closed."`
	Arbiter   *account.ID          `json:"arbiter" doc:"null: none is named yet"`
	Misses    int                  `json:"misses" doc:"Dates that arbiters let pass."`
	Yours     *splitShown          `json:"yours" doc:"What I named last; for an arbiter, what the freelancer did."`
	Theirs    *splitShown          `json:"theirs"`
	Criteria  []string             `json:"criteria"`
	Evidence  []exhibit            `json:"evidence"`
	Decision  *decisionShown       `json:"decision"`
	Votes     []voteShown          `json:"votes" doc:"Hidden until all are in, but for my own."`
	How       *dispute.How         `json:"how" doc:"agreed, decided, reviewed or defaulted; null: it is open"`
	Award     *money.Amount        `json:"award" doc:"To the freelancer; null: it is open."`
	OpenedAt  time.Time            `json:"opened_at"`
	ClosedAt  *time.Time           `json:"closed_at"`
	Turn      turn                 `json:"turn"`
	Can       []string             `json:"can" doc:"What I can do now: split, prove, review, decide, vote."`
	Journal   []entry              `json:"journal"`
}

type splitShown struct {
	Split money.Amount `json:"split" doc:"To the freelancer."`
	Words string       `json:"words"`
	At    time.Time    `json:"at"`
}

type exhibit struct {
	N          int           `json:"n" doc:"As it is cited."`
	Side       contract.Side `json:"side"`
	Words      string        `json:"words"`
	Submission *int64        `json:"submission"`
	Message    *int64        `json:"message"`
	Files      []upload      `json:"files"`
	At         time.Time     `json:"at"`
}

type decisionShown struct {
	Arbiter  account.ID   `json:"arbiter"`
	Award    money.Amount `json:"award"`
	Words    string       `json:"words"`
	Criteria []int        `json:"criteria" doc:"from 0"`
	Evidence []int        `json:"evidence"`
	At       time.Time    `json:"at"`
}

type voteShown struct {
	Arbiter account.ID   `json:"arbiter"`
	Award   money.Amount `json:"award"`
	Words   string       `json:"words"`
	At      time.Time    `json:"at"`
}

func splitShownOf(o *dispute.Offered) *splitShown {
	if o == nil {
		return nil
	}
	return &splitShown{o.Split, o.Words, o.At}
}

func (s *server) showDispute(ctx context.Context, by account.Actor, in *of) (disputeShown, error) {
	v, err := dispute.Show(ctx, s.DB, by, dispute.ID(in.ID))
	if err != nil {
		return disputeShown{}, err
	}
	r := readerOf(by)
	out := disputeShown{
		ID: v.ID, Contract: v.Contract, Milestone: v.Milestone, Title: v.Title, State: v.State, You: v.You, OpenedBy: v.OpenedBy, Reason: v.Reason,
		Words: v.Words, Sum: v.Sum, Price: v.Price, Due: v.Due, Arbiter: v.Arbiter, Misses: v.Misses, Yours: splitShownOf(v.Yours), Theirs: splitShownOf(v.Theirs),
		Criteria: each(v.Criteria, same), Evidence: each(v.Evidence, func(e dispute.Exhibit) exhibit {
			return exhibit{e.N, e.Side, e.Words, e.Submission, e.Message, each(e.Files, uploadOf), e.At}
		}),
		Votes: each(v.Votes, func(o dispute.Vote) voteShown { return voteShown{o.Arbiter, o.Award, o.Words, o.At} }),
		Award: v.Award, OpenedAt: v.OpenedAt, ClosedAt: v.ClosedAt, Turn: turnOf(v.Turn, r), Journal: record(v.Journal, r),
		Can: able(map[string]bool{"split": v.CanSplit, "prove": v.CanProve, "review": v.CanAsk, "decide": v.CanDecide, "vote": v.CanVote}),
	}
	if d := v.Decision; d != nil {
		out.Decision = &decisionShown{d.Arbiter, d.Award, d.Words, each(d.Criteria, same), each(d.Evidence, same), d.At}
	}
	if v.How != "" {
		out.How = &v.How
	}
	return out, nil
}

type splitting struct {
	Split *sum   `json:"split" doc:"To the freelancer."`
	Words string `json:"words"`
}

func (s *server) nameSplit(ctx context.Context, by account.Actor, in *to[splitting]) (disputeState, error) {
	split, err := in.Body.Split.at("split")
	if err != nil {
		return disputeState{}, err
	}
	id := dispute.ID(in.ID)
	if _, err := dispute.ProposeSplit(ctx, s.DB, by, id, split, in.Body.Words); err != nil {
		return disputeState{}, err
	}
	return s.disputeState(ctx, by, id)
}

// disputeState reads how far a dispute has come by now.
func (s *server) disputeState(ctx context.Context, by account.Actor, id dispute.ID) (disputeState, error) {
	v, err := dispute.Show(ctx, s.DB, by, id)
	if err != nil {
		return disputeState{}, err
	}
	return disputeState{id, v.State}, nil
}

type bringing struct {
	Words      string                `json:"words" doc:"What it shows."`
	Submission contract.SubmissionID `json:"submission" doc:"That it points at; 0: none."`
	Message    int64                 `json:"message" doc:"That it points at; 0: none."`
	Files      []int64               `json:"files" doc:"Uploads."`
}

type brought struct {
	N int `json:"n" doc:"As it is cited."`
}

func (s *server) bringEvidence(ctx context.Context, by account.Actor, in *to[bringing]) (brought, error) {
	n, err := dispute.AddEvidence(ctx, s.DB, by, dispute.ID(in.ID), dispute.Evidence{
		Words: in.Body.Words, Submission: in.Body.Submission, Message: in.Body.Message, Files: fileIDs(in.Body.Files),
	})
	return brought{n}, err
}

type saying struct {
	Words string `json:"words"`
}

func (s *server) reviewDecision(ctx context.Context, by account.Actor, in *to[saying]) (disputeState, error) {
	return disputeState{dispute.ID(in.ID), dispute.Reviewing}, dispute.AskReview(ctx, s.DB, by, dispute.ID(in.ID), in.Body.Words)
}

type rulingInput struct {
	Award    *sum   `json:"award" doc:"To the freelancer."`
	Words    string `json:"words" doc:"Why, in 20 characters or more. Both read it, and so does everybody, without their names."`
	Criteria []int  `json:"criteria" doc:"Those it rests on, from 0."`
	Evidence []int  `json:"evidence" doc:"What it cites, by number."`
}

func (s *server) decide(ctx context.Context, by account.Actor, in *to[rulingInput]) (disputeState, error) {
	award, err := in.Body.Award.at("award")
	if err != nil {
		return disputeState{}, err
	}
	return disputeState{dispute.ID(in.ID), dispute.Decided}, dispute.Decide(ctx, s.DB, by, dispute.ID(in.ID),
		dispute.Ruling{Award: award, Words: in.Body.Words, Criteria: in.Body.Criteria, Evidence: in.Body.Evidence})
}

type voting struct {
	Award *sum   `json:"award" doc:"To the freelancer."`
	Words string `json:"words" doc:"Why, in 20 characters or more."`
}

func (s *server) castVote(ctx context.Context, by account.Actor, in *to[voting]) (disputeState, error) {
	award, err := in.Body.Award.at("award")
	if err != nil {
		return disputeState{}, err
	}
	if err := dispute.CastVote(ctx, s.DB, by, dispute.ID(in.ID), award, in.Body.Words); err != nil {
		return disputeState{}, err
	}
	return s.disputeState(ctx, by, dispute.ID(in.ID))
}

// deskItem is a dispute on an arbiter's desk.
type deskItem struct {
	ID    dispute.ID    `json:"id"`
	Title string        `json:"title"`
	State dispute.State `json:"state"`
	Sum   money.Amount  `json:"sum"`
	Due   *time.Time    `json:"due"`
	Mine  bool          `json:"mine" doc:"It waits for me."`
}

func (s *server) desk(ctx context.Context, by account.Actor, _ *nothing) (list[deskItem], error) {
	items, err := dispute.Desk(ctx, s.DB, by)
	return list[deskItem]{Items: each(items, func(d dispute.DeskItem) deskItem {
		return deskItem{d.ID, d.Title, d.State, d.Sum, d.Due, d.Mine}
	})}, err
}

// closedDispute is one that everybody can read.
type closedDispute struct {
	ID       dispute.ID     `json:"id"`
	Category string         `json:"category"`
	OpenedBy contract.Side  `json:"opened_by"`
	Reason   dispute.Reason `json:"reason"`
	How      dispute.How    `json:"how" doc:"agreed, decided, reviewed or defaulted"`
	Sum      money.Amount   `json:"sum"`
	Award    money.Amount   `json:"award" doc:"To the freelancer."`
	Days     int            `json:"days" doc:"From its opening to its end."`
	Words    string         `json:"words" doc:"Of the arbiter; empty if there was no decision."`
	Votes    int            `json:"votes" doc:"Of those who reviewed it."`
	ClosedAt time.Time      `json:"closed_at"`
}

func (s *server) closedDisputes(ctx context.Context, _ account.Actor, in *part) (list[closedDispute], error) {
	start, err := before[dispute.ID](*in)
	if err != nil {
		return list[closedDispute]{}, err
	}
	all, err := dispute.Publish(ctx, s.DB, start, in.Limit+1)
	return parted(*in, all, func(d dispute.Published) closedDispute {
		return closedDispute{d.ID, d.Category, d.OpenedBy, d.Reason, d.How, d.Sum, d.Award, d.Days, d.Words, d.Votes, d.ClosedAt}
	}, func(d dispute.Published) string { return number(d.ID) }), err
}
