package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/profile"
	"freehold/internal/proposal"
)

func proposals(a area) {
	add(a, private, "GET /job-posts/{id}/outlook", "Whether I can propose, and how things stand for me.", http.StatusOK, a.outlook)
	add(a, private, "POST /job-posts/{id}/proposals", "Propose.", http.StatusCreated, a.propose)
	add(a, private, "GET /job-posts/{id}/proposals", "The proposals to my post, the best fit first, without prices.", http.StatusOK, a.listProposals)
	add(a, private, "GET /job-posts/{id}/proposals/side-by-side", "Up to four of the proposals to my post, with what is written in them and without prices. A first look marks them as read.", http.StatusOK, a.sideBySide)
	add(a, private, "POST /job-posts/{id}/proposals/decline", "Decline several proposals to my post.", http.StatusOK, a.declineMany)
	add(a, private, "GET /proposals", "My own proposals.", http.StatusOK, a.myProposals)
	add(a, private, "GET /proposals/outcomes", "How my proposals ended. Nobody else sees it.", http.StatusOK, a.outcomes)
	add(a, private, "GET /proposals/{id}", "One proposal; the client's first look marks it as read.", http.StatusOK, a.openProposal)
	add(a, private, "PATCH /proposals/{id}", "Change my proposal, as long as it is not read.", http.StatusOK, a.editProposal)
	act(a, private, "PUT /proposals/{id}/note", "Note something about a proposal to my post. Nobody else reads it.", a.writeNote)
	add(a, private, "POST /proposals/{id}/shortlist", "Put a proposal on my shortlist.", http.StatusOK, a.shortlist)
	add(a, private, "POST /proposals/{id}/unshortlist", "Take a proposal off my shortlist.", http.StatusOK, a.unshortlist)
	add(a, private, "POST /proposals/{id}/decline", "Decline a proposal, with a reason.", http.StatusOK, a.decline)
	add(a, private, "POST /proposals/{id}/withdraw", "Withdraw my proposal.", http.StatusOK, a.withdrawProposal)
	add(a, public, "GET /decline-reasons", "The reasons for which a proposal can be declined.", http.StatusOK, a.declineReasons)
}

// outlook is what a freelancer should know before they write.
type outlook struct {
	May     bool         `json:"may" doc:"I can propose."`
	Refusal []Field      `json:"refusal" doc:"Why I cannot."`
	Mine    *proposal.ID `json:"mine" doc:"My proposal to this post."`
	Floor   *floor       `json:"floor"`
	Open    int          `json:"open" doc:"How many proposals I have open."`
	Quota   int          `json:"quota" doc:"Of so many."`
	Ahead   int          `json:"ahead" doc:"How many are before mine."`
	Cap     int          `json:"cap" doc:"From how many on a new one waits."`
	Waits   bool         `json:"waits" doc:"Mine would begin on the waiting list."`
}

func (s *server) outlook(ctx context.Context, by account.Actor, in *of) (outlook, error) {
	shown, err := proposal.ShowPost(ctx, s.DB, by, jobpost.ID(in.ID))
	o := shown.Outlook
	return outlook{
		o.Refusal == nil, fieldsOf(o.Refusal, readerOf(by)), o.Mine, floorOf(o.Floor), o.Open, o.Quota, o.Ahead, o.Cap, o.Waits(),
	}, err
}

// proposalInput is a proposal as a freelancer writes it; what a PATCH leaves out
// stays.
type proposalInput struct {
	Letter    *string            `json:"letter"`
	Price     *sum               `json:"price" doc:"fixed: for the whole; hourly: for one hour; retainer: for one month"`
	Hours     *int               `json:"hours" doc:"fixed: in all; hourly: a week; retainer: a month"`
	StartOn   *string            `json:"start_on" doc:"a day; left out: at once"`
	Answers   *[]string          `json:"answers" doc:"To the post's questions, in their order."`
	Plan      *[]planned         `json:"plan" doc:"For a fixed price, if wanted: milestones that add up to it."`
	Pieces    *[]profile.PieceID `json:"pieces" doc:"Of my portfolio."`
	Files     []int64            `json:"files" doc:"Uploads to add."`
	DropFiles []int64            `json:"drop_files" doc:"Uploads to take off."`
}

// planned is a milestone as the freelancer plans it.
type planned struct {
	Title string `json:"title"`
	Price *sum   `json:"price"`
	Hours int    `json:"hours"`
	Days  int    `json:"days" doc:"after the start"`
}

var errPlanCurrency = fault.New(fault.Invalid, "two_currencies", "Name the prices of the plan in the currency of the whole.")

// over writes what was sent over a proposal as it is.
func (p proposalInput) over(in proposal.Input) (proposal.Input, error) {
	set(&in.Letter, p.Letter)
	set(&in.Hours, p.Hours)
	set(&in.Answers, p.Answers)
	set(&in.Pieces, p.Pieces)
	in.Files, in.Drop = fileIDs(p.Files), fileIDs(p.DropFiles)
	var err error
	if p.Price != nil {
		if in.Price, err = p.Price.at("price"); err != nil {
			return in, err
		}
	}
	if p.StartOn != nil {
		if in.StartOn, err = day(*p.StartOn, "start_on"); err != nil {
			return in, err
		}
	}
	if p.Plan != nil {
		in.Plan, err = planIn(*p.Plan, in.Price.Currency)
	}
	return in, err
}

func planIn(plan []planned, currency string) (out []proposal.Milestone, err error) {
	for i, m := range plan {
		field := fmt.Sprintf("plan.%d.price", i)
		price, err := m.Price.at(field)
		if err != nil {
			return nil, err
		}
		if m.Price != nil && price.Currency != currency {
			return nil, errPlanCurrency.At(field)
		}
		out = append(out, proposal.Milestone{Title: m.Title, Minor: price.Minor, Hours: m.Hours, Days: m.Days})
	}
	return out, nil
}

// proposalState is how far a proposal has come.
type proposalState struct {
	ID    proposal.ID    `json:"id"`
	State proposal.State `json:"state" doc:"waiting list, submitted, read, shortlisted, offered, hired, declined, withdrawn or lapsed"`
}

func (s *server) propose(ctx context.Context, by account.Actor, in *to[proposalInput]) (proposalState, error) {
	write, err := in.Body.over(proposal.Input{})
	if err != nil {
		return proposalState{}, err
	}
	p, err := proposal.Propose(ctx, s.DB, by, jobpost.ID(in.ID), write)
	if err != nil {
		return proposalState{}, err
	}
	return proposalState{p.ID, p.State}, nil
}

func (s *server) editProposal(ctx context.Context, by account.Actor, in *to[proposalInput]) (proposalState, error) {
	v, err := proposal.Open(ctx, s.DB, by, proposal.ID(in.ID))
	if err != nil {
		return proposalState{}, err
	}
	p := v.Proposal
	is := proposal.Input{
		Letter: p.Letter, Price: p.Price(), Hours: p.Hours, StartOn: p.StartOn, Plan: v.Plan,
		Answers: each(v.Answers, func(a proposal.Answer) string { return a.Text }),
		Pieces:  each(v.Pieces, func(c profile.Piece) profile.PieceID { return c.ID }),
	}
	write, err := in.Body.over(is)
	if err != nil {
		return proposalState{}, err
	}
	return proposalState{p.ID, p.State}, proposal.Edit(ctx, s.DB, by, p.ID, write)
}

// listing is what a client sees of the proposals to a post. It has no price.
type listing struct {
	Items   []Listed `json:"items"`
	Next    *string  `json:"next"`
	Unread  int      `json:"unread"`
	Owed    int      `json:"owed" doc:"How many wait for my answer."`
	Waiting int      `json:"waiting" doc:"How many are on the waiting list."`
}

// Listed is embedded elsewhere, which takes an exported name.
type Listed struct {
	ID            proposal.ID    `json:"id"`
	State         proposal.State `json:"state"`
	Freelancer    card           `json:"freelancer"`
	Fit           int            `json:"fit" doc:"0 to 100"`
	FitReasons    []term         `json:"fit_reasons" doc:"Their points add up to fit."`
	SubmittedAt   time.Time      `json:"submitted_at"`
	ReadAt        *time.Time     `json:"read_at"`
	AnsweredAt    *time.Time     `json:"answered_at"`
	DeclineReason *string        `json:"decline_reason"`
	Note          string         `json:"note,omitempty" doc:"What I noted; nobody else reads it."`
}

func (s *server) listProposals(ctx context.Context, by account.Actor, in *of) (listing, error) {
	l, err := proposal.List(ctx, s.DB, by, jobpost.ID(in.ID))
	r := readerOf(by)
	return listing{Unread: l.Unread, Owed: l.Owed, Waiting: l.Waiting, Items: each(l.Items, func(p proposal.Listed) Listed {
		return listedOf(r, p)
	})}, err
}

func listedOf(r say.Reader, p proposal.Listed) Listed {
	return Listed{
		p.ID, p.State, cardOf(p.Freelancer), p.Fit, each(p.FitReasons, termOf(r)), p.SubmittedAt, p.ReadAt, p.AnsweredAt, p.DeclineReason, p.Note,
	}
}

type chosenOnes struct {
	ID        int64   `path:"id" minimum:"1"`
	Proposals []int64 `query:"proposals" doc:"Up to four, separated by commas."`
}

type beside struct {
	Questions []string     `json:"questions" doc:"that any of them answers"`
	Items     []besideItem `json:"items"`
}

type besideItem struct {
	Listed

	Letter  string             `json:"letter"`
	Hours   int                `json:"hours"`
	StartOn *string            `json:"start_on" doc:"a day; null: at once"`
	Answers []questionAnswered `json:"answers"`
	Plan    []stepBeside       `json:"plan"`
}

type stepBeside struct {
	Title string `json:"title"`
	Hours int    `json:"hours"`
	Days  int    `json:"days" doc:"from the start until it is due"`
}

func (s *server) sideBySide(ctx context.Context, by account.Actor, in *chosenOnes) (beside, error) {
	ids := make([]proposal.ID, len(in.Proposals))
	for i, id := range in.Proposals {
		ids[i] = proposal.ID(id)
	}
	b, err := proposal.SideBySide(ctx, s.DB, by, jobpost.ID(in.ID), ids)
	r := readerOf(by)
	return beside{Questions: each(b.Questions, same), Items: each(b.Chosen, func(c proposal.Chosen) besideItem {
		return besideItem{
			listedOf(r, c.Listed), c.Letter, c.Hours, dayText(c.StartOn),
			each(c.Answers, func(a proposal.Answer) questionAnswered { return questionAnswered{a.Question, a.Text} }),
			each(c.Plan, func(m proposal.Milestone) stepBeside { return stepBeside{m.Title, m.Hours, m.Days} }),
		}
	})}, err
}

// answerToOne declines one of several.
type answerToOne struct {
	Proposal proposal.ID `json:"proposal"`
	Reason   string      `json:"reason"`
	Words    string      `json:"words"`
}

type answers struct {
	Answers []answerToOne `json:"answers"`
}

type declinedMany struct {
	Declined int `json:"declined" doc:"Those that were over already are passed over."`
}

func reasonsOf(all []answerToOne) map[proposal.ID]proposal.Reason {
	out := make(map[proposal.ID]proposal.Reason, len(all))
	for _, a := range all {
		out[a.Proposal] = proposal.Reason{Code: a.Reason, Words: a.Words}
	}
	return out
}

func (s *server) declineMany(ctx context.Context, by account.Actor, in *to[answers]) (declinedMany, error) {
	n, err := proposal.DeclineMany(ctx, s.DB, by, jobpost.ID(in.ID), reasonsOf(in.Body.Answers))
	return declinedMany{n}, err
}

// sent is a proposal in its freelancer's list.
type sent struct {
	ID            proposal.ID    `json:"id"`
	Post          jobpost.ID     `json:"post"`
	Title         string         `json:"title" doc:"of the post"`
	State         proposal.State `json:"state"`
	Price         money.Amount   `json:"price"`
	At            time.Time      `json:"at"`
	AnswerBy      time.Time      `json:"answer_by"`
	ReadAt        *time.Time     `json:"read_at"`
	EndedAt       *time.Time     `json:"ended_at"`
	DeclineReason *string        `json:"decline_reason"`
}

func (s *server) myProposals(ctx context.Context, by account.Actor, in *part) (list[sent], error) {
	start, err := before[proposal.ID](*in)
	if err != nil {
		return list[sent]{}, err
	}
	mine, err := proposal.Mine(ctx, s.DB, by, start, in.Limit+1)
	return parted(*in, mine, func(p proposal.Sent) sent {
		return sent{p.ID, p.Post, p.Title, p.State, p.Price(), p.At, p.AnswerBy, p.ReadAt, p.EndedAt, p.DeclineReason}
	}, func(p proposal.Sent) string { return number(p.ID) }), err
}

// outcomes are how somebody's proposals ended.
type outcomes struct {
	Sent          int           `json:"sent"`
	Submitted     int           `json:"submitted" doc:"came before the client"`
	Read          int           `json:"read"`
	Answered      int           `json:"answered"`
	Hired         int           `json:"hired"`
	Lapsed        int           `json:"lapsed"`
	Withdrawn     int           `json:"withdrawn"`
	Open          int           `json:"open"`
	AnswerSeconds *int64        `json:"median_answer_seconds" doc:"from coming before the client to the answer; null: none yet"`
	Reasons       []reasonCount `json:"declined_for"`
	Bands         []fitBand     `json:"by_fit"`
	Price         amongOthers   `json:"price_among_others"`
	Fit           amongOthers   `json:"fit_among_others"`
}

type reasonCount struct {
	Reason    string `json:"reason"`
	Proposals int    `json:"proposals"`
}

type fitBand struct {
	From      int `json:"from"`
	Submitted int `json:"submitted"`
	Read      int `json:"read"`
	Hired     int `json:"hired"`
}

// amongOthers counts posts with at least five other answered proposals.
type amongOthers struct {
	Below  int `json:"below" doc:"the middle half of the others"`
	Within int `json:"within"`
	Above  int `json:"above"`
}

func (s *server) outcomes(ctx context.Context, by account.Actor, _ *struct{}) (outcomes, error) {
	o, err := proposal.OutcomesOf(ctx, s.DB, by)
	return outcomes{
		o.Sent, o.Submitted, o.Read, o.Answered, o.Hired, o.Lapsed, o.Withdrawn, o.Open, o.AnswerSeconds,
		each(o.Reasons, func(r proposal.ReasonCount) reasonCount { return reasonCount{r.Code, r.Proposals} }),
		each(o.Bands, func(b proposal.Band) fitBand { return fitBand(b) }),
		amongOthers(o.Price), amongOthers(o.Fit),
	}, err
}

// proposed is one proposal as its two parties see it.
type proposed struct {
	ID            proposal.ID        `json:"id"`
	Post          titled             `json:"post"`
	State         proposal.State     `json:"state"`
	Client        card               `json:"client"`
	Freelancer    card               `json:"freelancer"`
	Letter        string             `json:"letter"`
	Price         money.Amount       `json:"price"`
	Hours         int                `json:"hours"`
	StartOn       *string            `json:"start_on"`
	Answers       []questionAnswered `json:"answers"`
	Plan          []planItem         `json:"plan"`
	Pieces        []piece            `json:"pieces"`
	Files         []upload           `json:"files"`
	Fit           int                `json:"fit"`
	FitReasons    []term             `json:"fit_reasons"`
	At            time.Time          `json:"at"`
	EditedAt      *time.Time         `json:"edited_at"`
	SubmittedAt   *time.Time         `json:"submitted_at"`
	AnswerBy      *time.Time         `json:"answer_by"`
	ReadAt        *time.Time         `json:"read_at"`
	AnsweredAt    *time.Time         `json:"answered_at"`
	EndedAt       *time.Time         `json:"ended_at"`
	DeclineReason *string            `json:"decline_reason"`
	DeclineWords  string             `json:"decline_words"`
	Can           []string           `json:"can" doc:"What I can do now: edit, withdraw, shortlist, unshortlist, decline, offer."`
	Journal       []entry            `json:"journal"`
	Note          string             `json:"note,omitempty" doc:"What I, the client, noted; nobody else reads it."`
}

type titled struct {
	ID    jobpost.ID `json:"id"`
	Title string     `json:"title"`
}

type questionAnswered struct {
	Question string `json:"question"`
	Text     string `json:"text"`
}

type planItem struct {
	Title string       `json:"title"`
	Price money.Amount `json:"price"`
	Hours int          `json:"hours"`
	Days  int          `json:"days"`
}

func (s *server) openProposal(ctx context.Context, by account.Actor, in *of) (proposed, error) {
	v, err := proposal.Open(ctx, s.DB, by, proposal.ID(in.ID))
	if err != nil {
		return proposed{}, err
	}
	return proposedOf(v, readerOf(by)), nil
}

func proposedOf(v proposal.View, r say.Reader) proposed {
	p := v.Proposal
	return proposed{
		ID: p.ID, Post: titled{v.Post.ID, v.Post.Title}, State: p.State, Client: cardOf(v.Client), Freelancer: cardOf(v.Freelancer),
		Letter: p.Letter, Price: p.Price(), Hours: p.Hours, StartOn: dayText(p.StartOn),
		Answers: each(v.Answers, func(a proposal.Answer) questionAnswered { return questionAnswered(a) }),
		Plan: each(v.Plan, func(m proposal.Milestone) planItem {
			return planItem{m.Title, money.Amount{Minor: m.Minor, Currency: p.Currency}, m.Hours, m.Days}
		}),
		Pieces: each(v.Pieces, pieceOf), Files: each(v.Files, uploadOf), Fit: p.Fit, FitReasons: each(p.FitReasons, termOf(r)),
		At: p.At, EditedAt: p.EditedAt, SubmittedAt: p.SubmittedAt, AnswerBy: v.Post.AnswerBy, ReadAt: p.ReadAt,
		AnsweredAt: p.AnsweredAt, EndedAt: p.EndedAt, DeclineReason: p.DeclineReason, DeclineWords: p.DeclineWords,
		Can: able(map[string]bool{
			"edit": v.Can.Edit, "withdraw": v.Can.Withdraw, "shortlist": v.Can.Shortlist, "unshortlist": v.Can.Unshortlist,
			"decline": v.Can.Decline, "offer": v.Can.Offer,
		}),
		Journal: record(v.Journal, r), Note: v.Note,
	}
}

// clientNote is what a client notes about a proposal, for themselves.
type clientNote struct {
	Note string `json:"note" doc:"Up to 2,000 characters; empty: none."`
}

func (s *server) writeNote(ctx context.Context, by account.Actor, in *to[clientNote]) error {
	return proposal.WriteNote(ctx, s.DB, by, proposal.ID(in.ID), in.Body.Note)
}

func (s *server) shortlist(ctx context.Context, by account.Actor, in *of) (state, error) {
	return state{string(proposal.Shortlisted)}, proposal.Shortlist(ctx, s.DB, by, proposal.ID(in.ID))
}

func (s *server) unshortlist(ctx context.Context, by account.Actor, in *of) (state, error) {
	return state{string(proposal.Read)}, proposal.Unshortlist(ctx, s.DB, by, proposal.ID(in.ID))
}

type declining struct {
	Reason string `json:"reason" doc:"A code; GET /decline-reasons lists them."`
	Words  string `json:"words" doc:"My own, if wanted."`
}

func (s *server) decline(ctx context.Context, by account.Actor, in *to[declining]) (state, error) {
	return state{string(proposal.Declined)}, proposal.Decline(ctx, s.DB, by, proposal.ID(in.ID), proposal.Reason{Code: in.Body.Reason, Words: in.Body.Words})
}

func (s *server) withdrawProposal(ctx context.Context, by account.Actor, in *of) (state, error) {
	return state{string(proposal.Withdrawn)}, proposal.Withdraw(ctx, s.DB, by, proposal.ID(in.ID))
}

type declineReason struct {
	Code  string `json:"code"`
	Words string `json:"words"`
}

func (s *server) declineReasons(context.Context, account.Actor, *nothing) (list[declineReason], error) {
	return whole(proposal.Reasons, func(c proposal.Choice) declineReason { return declineReason{c.Code, c.Chosen} }), nil
}
