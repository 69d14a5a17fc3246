package api

import (
	"context"
	"net/http"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/proposal"
)

func contracts(a area) {
	add(a, private, "GET /contracts", "My contracts, on either side.", http.StatusOK, a.myContracts)
	add(a, private, "GET /contracts/{id}", "One contract.", http.StatusOK, a.showContract)
	a.paper()
	add(a, private, "GET /contracts/{id}/credential", "That a contract has ended and was paid, as a signed credential about me, which verifies without this market.", http.StatusOK, a.credential)
	add(a, public, "POST /papers/verification", "Check the PDF of a contract, whose bytes are the body. Nothing of it is kept.", http.StatusOK, a.verify)
	a.takesBytes("/papers/verification", http.MethodPost)
	add(a, private, "POST /contracts/{id}/fund", "Put the money that is due now in escrow.", http.StatusOK, a.fund)
	add(a, private, "POST /contracts/{id}/leave", "Leave a contract for which the money did not come, with the ending fee.", http.StatusOK, a.leave)
	act(a, private, "PUT /contracts/{id}/delegate", "Let somebody judge work in my place, as the client.", a.nameDelegate)
	act(a, private, "DELETE /contracts/{id}/delegate", "Let nobody judge work in the client's place, as one of the two whom it concerns.", a.endDelegation)
	act(a, private, "POST /contracts/{id}/top-up", "Say whether money that is missing is taken from my payment method by itself, as the client.", a.setTopUp)
	add(a, private, "POST /contracts/{id}/absence", "Say until when I, the client, am away. The time to answer work stands still, once.", http.StatusOK, a.absence)
	add(a, private, "POST /contracts/{id}/bonuses", "Give the freelancer more than was agreed.", http.StatusCreated, a.giveBonus)
	add(a, private, "POST /contracts/{id}/refunds", "Return some of what I earned to the client.", http.StatusCreated, a.refund)
	add(a, private, "GET /contracts/{id}/settlement", "What ending the contract early would move, for each way to end it.", http.StatusOK, a.settlement)
	add(a, private, "POST /contracts/{id}/end", "Give notice, and say why. What is due moves when the notice has passed.", http.StatusOK, a.giveNotice)
	add(a, private, "POST /contracts/{id}/agree-to-end", "Agree to the other side's notice, and end the contract at once.", http.StatusOK, a.agreeToEnd)
	add(a, private, "POST /milestones/{id}/share", "Say how much of a milestone is done, while notice runs.", http.StatusOK, a.nameShare)
	add(a, private, "POST /milestones/{id}/submissions", "Hand over the work for a milestone.", http.StatusCreated, a.submit)
	add(a, private, "POST /milestones/{id}/approve", "Approve the work, and pay for it.", http.StatusOK, a.approve)
	add(a, private, "POST /milestones/{id}/ask-changes", "Ask for changes, naming the criteria that are not met.", http.StatusOK, a.askChanges)
	add(a, private, "POST /milestones/{id}/take-back", "Take back the money of a milestone for which nothing came.", http.StatusOK, a.takeBack)
}

// turn says whose turn it is, and what happens if they do nothing.
type turn struct {
	Of        contract.Side `json:"of" doc:"client, freelancer or market; empty: there is nothing left to do"`
	Do        string        `json:"do"`
	By        *time.Time    `json:"by" doc:"null: nothing happens by itself"`
	Otherwise string        `json:"otherwise" doc:"What happens then."`
}

func turnOf(t contract.Turn, r say.Reader) turn {
	return turn{t.Of, t.Do.For(r), t.By, t.Otherwise.For(r)}
}

// contractItem is a contract in somebody's list.
type contractItem struct {
	ID        contract.ID      `json:"id"`
	Title     string           `json:"title"`
	State     contract.State   `json:"state"`
	Ending    *contract.Ending `json:"ending" doc:"completed, ended early, ended together or never funded; null while it lives"`
	You       contract.Side    `json:"you"`
	Other     string           `json:"other" doc:"the name of the other side"`
	Committed money.Amount     `json:"committed"`
	Funded    money.Amount     `json:"funded"`
	Released  money.Amount     `json:"released"`
	Turn      turn             `json:"turn"`
}

func (s *server) myContracts(ctx context.Context, by account.Actor, in *part) (list[contractItem], error) {
	start, err := before[contract.ID](*in)
	if err != nil {
		return list[contractItem]{}, err
	}
	mine, err := contract.MineContracts(ctx, s.DB, by, start, in.Limit+1)
	r := readerOf(by)
	return parted(*in, mine, func(c contract.Item) contractItem {
		return contractItem{
			c.ID, c.Title, c.State, endingOf(c.Contract), c.You, c.Other, c.Sums.Committed, c.Sums.Funded, c.Sums.Released, turnOf(c.Turn, r),
		}
	}, func(c contract.Item) string { return number(c.ID) }), err
}

func endingOf(c *contract.Contract) *contract.Ending {
	if c.Ending == "" {
		return nil
	}
	return &c.Ending
}

func everyOf(c *contract.Contract) *contract.Span {
	if c.Every == "" {
		return nil
	}
	return &c.Every
}

// contractShown is a contract as one of the two sees it.
type contractShown struct {
	ID          contract.ID      `json:"id"`
	Offer       contract.OfferID `json:"offer"`
	Proposal    proposal.ID      `json:"proposal"`
	Title       string           `json:"title"`
	State       contract.State   `json:"state" doc:"signed, active, starved, under notice or ended"`
	Notice      *noticeGiven     `json:"notice" doc:"null: nobody has given notice"`
	Ending      *contract.Ending `json:"ending" doc:"completed, ended early, ended together or never funded; null while it lives"`
	You         contract.Side    `json:"you"`
	Client      someone          `json:"client"`
	Freelancer  someone          `json:"freelancer"`
	Milestones  []milestone      `json:"milestones"`
	Committed   money.Amount     `json:"committed" doc:"All prices, as signed."`
	Funded      money.Amount     `json:"funded" doc:"Those paid into escrow so far, whether or not paid out since."`
	Released    money.Amount     `json:"released" doc:"Those paid out."`
	Every       *contract.Span   `json:"every" doc:"What of the calendar is paid for: week or month; null: milestones of their own."`
	Reserve     money.Amount     `json:"reserve" doc:"What weeks that were not worked in full left over, in escrow."`
	EndingFee   money.Amount     `json:"ending_fee" doc:"In escrow now, for what is not funded yet."`
	Need        money.Amount     `json:"need" doc:"What funding takes out of the client's wallet now."`
	Turn        turn             `json:"turn"`
	Next        []prospect       `json:"next" doc:"What can happen to it and to each milestone under way, and what happens if nobody acts."`
	Can         []string         `json:"can" doc:"What I can do now: fund, leave, end, absence, amend, bonus, refund."`
	AbsentUntil *time.Time       `json:"absent_until" doc:"The client is or was away until then; null: no absence was declared."`
	TopUp       bool             `json:"top_up" doc:"Money that is missing is taken from the client's payment method by itself."`
	Delegate    *account.ID      `json:"delegate" doc:"Who judges work in the client's place; null: nobody."`
	Bonuses     int              `json:"bonuses" doc:"How many there were."`
	Refunds     int              `json:"refunds" doc:"How many there were."`
	SignedAt    time.Time        `json:"signed_at"`
	FundBy      time.Time        `json:"fund_by"`
	FundedAt    *time.Time       `json:"funded_at"`
	StarvedAt   *time.Time       `json:"starved_at"`
	EndedAt     *time.Time       `json:"ended_at"`
	Terms       contract.Terms   `json:"terms"`
	Amendments  []amendmentItem  `json:"amendments" doc:"All that were ever proposed, oldest first."`
	Text        string           `json:"text" doc:"As both signed it, before any amendment."`
	SHA256      string           `json:"sha256" doc:"of text"`
	Signatures  []signature      `json:"signatures"`
	Journal     []entry          `json:"journal"`
}

// milestone is one piece of work with one price.
type milestone struct {
	ID             contract.MilestoneID    `json:"id"`
	N              int                     `json:"n" doc:"from 1"`
	Title          string                  `json:"title"`
	State          contract.MilestoneState `json:"state" doc:"planned, funded, submitted, changes asked, approved, settled, disputed, split, refunded, unused, passed, taken back or dropped"`
	Price          money.Amount            `json:"price"`
	Cost           money.Amount            `json:"cost" doc:"To the client: price and fee."`
	Net            money.Amount            `json:"net" doc:"To the freelancer: price less their fee."`
	Due            string                  `json:"due" doc:"a day, until its end in UTC"`
	Hours          int                     `json:"hours"`
	StartsAt       *time.Time              `json:"starts_at" doc:"Of a week or month; null: it is neither."`
	ClosesAt       *time.Time              `json:"closes_at" doc:"When a week is handed in, or a month paid, by itself."`
	Minutes        int                     `json:"minutes" doc:"logged, in a week of hours"`
	Criteria       []string                `json:"criteria"`
	RoundsLeft     int                     `json:"rounds_left" doc:"of changes that can be asked for"`
	FundedAt       *time.Time              `json:"funded_at"`
	TakeBackFrom   *time.Time              `json:"take_back_from" doc:"From then on the client can have the money back, unless something is submitted."`
	SubmittedAt    *time.Time              `json:"submitted_at"`
	ApproveBy      *time.Time              `json:"approve_by" doc:"At that moment silence approves."`
	EndedAt        *time.Time              `json:"ended_at"`
	ClientSays     *int                    `json:"client_says" doc:"percent that is done, once notice was given"`
	FreelancerSays *int                    `json:"freelancer_says" doc:"percent"`
	Turn           turn                    `json:"turn"`
	Can            []string                `json:"can" doc:"What I can do now: submit, approve, ask-changes, take-back, share."`
	Submissions    []submission            `json:"submissions" doc:"oldest first"`
}

// submission is work as it was handed over, and what the client asked for.
type submission struct {
	ID      contract.SubmissionID `json:"id"`
	Note    string                `json:"note"`
	Links   []string              `json:"links"`
	Files   []upload              `json:"files"`
	At      time.Time             `json:"at"`
	Changes *changes              `json:"changes" doc:"null: none were asked for"`
}

type changes struct {
	Criteria []int     `json:"criteria" doc:"Those not met, counted from 0."`
	Words    string    `json:"words"`
	At       time.Time `json:"at"`
}

// personOrNobody is null for nobody.
func personOrNobody(p account.ID) *account.ID {
	if p == 0 {
		return nil
	}
	return &p
}

type delegation struct {
	Person account.ID `json:"person"`
}

func (s *server) nameDelegate(ctx context.Context, by account.Actor, in *to[delegation]) error {
	return contract.NameDelegate(ctx, s.DB, by, contract.ID(in.ID), in.Body.Person)
}

func (s *server) endDelegation(ctx context.Context, by account.Actor, in *of) error {
	return contract.EndDelegation(ctx, s.DB, by, contract.ID(in.ID))
}

type topUp struct {
	On bool `json:"on" doc:"Whether money that is missing is taken from my payment method by itself."`
}

func (s *server) setTopUp(ctx context.Context, by account.Actor, in *to[topUp]) error {
	return contract.SetTopUp(ctx, s.DB, by, contract.ID(in.ID), in.Body.On)
}

func (s *server) showContract(ctx context.Context, by account.Actor, in *of) (contractShown, error) {
	v, err := contract.Show(ctx, s.DB, by, contract.ID(in.ID))
	if err != nil {
		return contractShown{}, err
	}
	return contractOf(v, readerOf(by)), nil
}

func contractOf(v contract.View, r say.Reader) contractShown {
	return contractShown{
		ID: v.ID, Offer: v.Offer, Proposal: v.Proposal, Title: v.Title, State: v.State, Notice: noticeGivenOf(v.Contract), Ending: endingOf(v.Contract), You: v.You,
		Client: someone{v.Client, v.ClientName, v.ClientFace.URL()}, Freelancer: someone{v.Freelancer, v.FreelancerName, v.FreelancerFace.URL()},
		Milestones: each(v.Work, milestoneOf(r)), Committed: v.Sums.Committed, Funded: v.Sums.Funded, Released: v.Sums.Released,
		Every: everyOf(v.Contract), Reserve: v.Reserve, EndingFee: v.EndingFeeHeld, Need: v.Need, Turn: turnOf(v.Turn, r), Next: each(v.Next, prospectOf(r)), Can: able(map[string]bool{"fund": v.CanFund, "leave": v.CanLeave, "end": v.CanNotice, "absence": v.CanBeAway, "amend": v.CanAmend, "bonus": v.CanGiveBonus, "refund": v.CanRefund}),
		AbsentUntil: v.AbsentUntil, Delegate: personOrNobody(v.Delegate), TopUp: v.TopUp && v.You == contract.Client, Bonuses: v.Extras.Bonuses, Refunds: v.Extras.Refunds,
		SignedAt: v.SignedAt, FundBy: v.FundBy, FundedAt: v.FundedAt, StarvedAt: v.StarvedAt, EndedAt: v.EndedAt,
		Terms: v.Terms, Amendments: each(v.Amendments, amendmentItemOf), Text: v.Text, SHA256: v.SHA256, Signatures: each(v.Signatures, signatureOf), Journal: record(v.Journal, r),
	}
}

func milestoneOf(r say.Reader) func(contract.MilestoneView) milestone {
	return func(m contract.MilestoneView) milestone {
		return milestone{
			ID: m.ID, N: m.N, Title: m.Title, State: m.State, Price: m.Price, Cost: m.Cost, Net: m.Net, Due: m.Due.Format(time.DateOnly),
			Hours: m.Hours, StartsAt: m.Starts, ClosesAt: m.Closes, Minutes: m.Logged, Criteria: each(m.Criteria, same), RoundsLeft: m.RoundsLeft, FundedAt: m.FundedAt, TakeBackFrom: m.TakeBackFrom,
			SubmittedAt: m.SubmittedAt, ApproveBy: m.ApproveBy, EndedAt: m.EndedAt, ClientSays: m.ClientSays, FreelancerSays: m.FreelancerSays, Turn: turnOf(m.Turn, r),
			Can: able(map[string]bool{
				"submit": m.CanSubmit, "approve": m.CanApprove, "ask-changes": m.CanAskChanges, "take-back": m.CanTakeBack, "share": m.CanNameShare,
			}),
			Submissions: each(m.Submissions, submissionOf),
		}
	}
}

func submissionOf(s *contract.Submission) submission {
	out := submission{ID: s.ID, Note: s.Note, Links: each(s.Links, same), Files: each(s.Files, uploadOf), At: s.At}
	if c := s.Changes; c != nil {
		out.Changes = &changes{each(c.Criteria, same), c.Words, c.At}
	}
	return out
}

func (s *server) fund(ctx context.Context, by account.Actor, in *of) (state, error) {
	return state{string(contract.Active)}, contract.Fund(ctx, s.DB, by, contract.ID(in.ID))
}

func (s *server) leave(ctx context.Context, by account.Actor, in *of) (state, error) {
	return state{string(contract.Ended)}, contract.LeaveStarved(ctx, s.DB, by, contract.ID(in.ID))
}

type absent struct {
	Until string `json:"until" format:"date" doc:"a day, until its end in UTC, at most 14 days from now"`
}

func (s *server) absence(ctx context.Context, by account.Actor, in *to[absent]) (state, error) {
	until, err := time.Parse(time.DateOnly, in.Body.Until)
	if err != nil {
		return state{}, contract.ErrAbsence.With(contract.LongestAbsence.After(s.DB.Now()))
	}
	return state{string(contract.Active)}, contract.DeclareAbsence(ctx, s.DB, by, contract.ID(in.ID), until)
}

type work struct {
	Note     string   `json:"note"`
	Criteria []bool   `json:"criteria" doc:"One for each acceptance criterion: it is met."`
	Links    []string `json:"links"`
	Files    []int64  `json:"files" doc:"Uploads."`
}

type submitted struct {
	ID    contract.SubmissionID   `json:"id"`
	State contract.MilestoneState `json:"state" doc:"of the milestone"`
}

func (s *server) submit(ctx context.Context, by account.Actor, in *to[work]) (submitted, error) {
	id, err := contract.SubmitMilestone(ctx, s.DB, by, contract.MilestoneID(in.ID), contract.Work{
		Note: in.Body.Note, Links: in.Body.Links, Met: in.Body.Criteria, Files: fileIDs(in.Body.Files),
	})
	return submitted{id, contract.Submitted}, err
}

func (s *server) approve(ctx context.Context, by account.Actor, in *of) (state, error) {
	return state{string(contract.Approved)}, contract.ApproveMilestone(ctx, s.DB, by, contract.MilestoneID(in.ID))
}

type askingChanges struct {
	Criteria []int  `json:"criteria" doc:"Those not met, counted from 0."`
	Words    string `json:"words" doc:"What is missing."`
}

func (s *server) askChanges(ctx context.Context, by account.Actor, in *to[askingChanges]) (state, error) {
	return state{string(contract.ChangesAsked)}, contract.AskChanges(ctx, s.DB, by, contract.MilestoneID(in.ID), in.Body.Criteria, in.Body.Words)
}

func (s *server) takeBack(ctx context.Context, by account.Actor, in *of) (state, error) {
	return state{string(contract.TakenBack)}, contract.TakeBack(ctx, s.DB, by, contract.MilestoneID(in.ID))
}
