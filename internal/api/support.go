package api

import (
	"context"
	"net/http"
	"time"

	"freehold/internal/account"
	"freehold/internal/conduct"
	"freehold/internal/support"
)

func cases(a area) {
	add(a, public, "POST /cases", "Ask the staff something, with a token or without. A named person answers.", http.StatusCreated, a.openCase)
	add(a, private, "GET /me/cases", "What I have asked, the latest first.", http.StatusOK, a.myCases)
	add(a, private, "GET /cases/{id}", "One case, for its asker and the staff.", http.StatusOK, a.showCase)
	add(a, private, "POST /cases/{id}/letters", "Write on, as the asker.", http.StatusOK, a.askOn)
	add(a, private, "POST /cases/{id}/close", "Close it, as the asker.", http.StatusOK, a.closeCase)
	add(a, private, "POST /cases/{id}/reopen", "Let it go on, as the asker.", http.StatusOK, a.reopenCase)
	add(a, private, "POST /cases/{id}/helped", "Say whether it helped, once it is closed.", http.StatusOK, a.sayHelped)
	add(a, private, "GET /desk/cases", "Who waits for an answer, for the staff, by date.", http.StatusOK, a.caseDesk)
	add(a, private, "POST /cases/{id}/answer", "Answer, as one of the staff, in words of one's own: copies are refused.", http.StatusOK, a.answerCase)
	add(a, private, "POST /cases/{id}/notes", "Leave a note for the rest of the staff.", http.StatusOK, a.noteInCase)
	add(a, private, "POST /cases/{id}/take", "Make a case mine, as one of the staff.", http.StatusOK, a.takeCase)
	add(a, public, "GET /support/clock", "How quickly and how truly people are answered.", http.StatusOK, a.supportClock)
}

type caseInput struct {
	Name    string       `json:"name" doc:"Without a token."`
	Email   string       `json:"email" doc:"Without a token: where the answer goes."`
	Kind    support.Kind `json:"kind" doc:"money, contract, account, rules or other"`
	About   string       `json:"about" doc:"contract/7, post/5, offer/3, dispute/2 or decision/9; may be left out."`
	Subject string       `json:"subject"`
	Words   string       `json:"words"`
	Files   []int64      `json:"files" doc:"Uploads."`
}

type caseOpened struct {
	ID    support.ID `json:"id"`
	Owner string     `json:"owner" doc:"Who answers."`
	Due   time.Time  `json:"due" doc:"By when."`
}

func (s *server) openCase(ctx context.Context, by account.Actor, in *body[caseInput]) (caseOpened, error) {
	b := in.Body
	o, err := support.OpenCase(ctx, s.DB, by, support.Opening{
		Name: b.Name, Email: b.Email, Language: readerOf(by).Language(), Kind: b.Kind, About: b.About, Title: b.Subject, Words: b.Words, Files: fileIDs(b.Files), From: from(ctx),
	})
	return caseOpened{o.ID, o.Owner, o.Due}, err
}

// caseListed is a case in a list.
type caseListed struct {
	ID      support.ID    `json:"id"`
	Subject string        `json:"subject"`
	Kind    support.Kind  `json:"kind"`
	Asker   string        `json:"asker"`
	Owner   string        `json:"owner"`
	State   support.State `json:"state" doc:"open, answered or closed"`
	Due     *time.Time    `json:"due" doc:"When the owner owes an answer; null: it is not their turn."`
}

func listedCase(c support.Listed) caseListed {
	return caseListed{c.ID, c.Title, c.Kind, c.Name, c.Owned, c.State, c.Due}
}

func (s *server) myCases(ctx context.Context, by account.Actor, _ *nothing) (list[caseListed], error) {
	all, err := support.ListMine(ctx, s.DB, by)
	return whole(all, listedCase), err
}

// caseShown is a case as its asker or the staff sees it.
type caseShown struct {
	ID       support.ID    `json:"id"`
	Subject  string        `json:"subject"`
	Kind     support.Kind  `json:"kind"`
	About    *string       `json:"about"`
	Asker    string        `json:"asker"`
	Owner    string        `json:"owner"`
	State    support.State `json:"state" doc:"open, answered or closed"`
	Due      *time.Time    `json:"due"`
	ClosesAt *time.Time    `json:"closes_at" doc:"If nothing more is asked."`
	Helped   *string       `json:"helped" doc:"yes, partly or no"`
	Letters  []caseLetter  `json:"letters"`
	Can      []string      `json:"can" doc:"What I can do now: ask, close, reopen, answer, take."`
}

type caseLetter struct {
	Kind  support.LetterKind `json:"kind" doc:"question, answer or, for the staff, note"`
	By    string             `json:"by"`
	Words string             `json:"words"`
	Rules []string           `json:"rules" doc:"Quoted beside it."`
	Files []upload           `json:"files"`
	At    time.Time          `json:"at"`
}

func (s *server) showCase(ctx context.Context, by account.Actor, in *of) (caseShown, error) {
	v, err := support.Show(ctx, s.DB, support.Reader{Actor: by}, support.ID(in.ID))
	if err != nil {
		return caseShown{}, err
	}
	return caseShown{
		v.ID, v.Title, v.Kind, v.About, v.Name, v.Names[v.Owner], v.State, v.Due, v.ClosesAt, v.Helped,
		each(v.Letters, func(l support.Letter) caseLetter {
			who := v.Name
			if l.Kind != support.Question {
				who = v.Names[*l.Author]
			}
			return caseLetter{l.Kind, who, l.Words, each(l.Rules, same), each(v.Files[l.ID], uploadOf), l.At}
		}),
		able(map[string]bool{"ask": v.CanAsk, "close": v.CanClose, "reopen": v.CanReopen, "answer": v.CanAnswer, "take": v.CanTake}),
	}, nil
}

type caseState struct {
	ID    support.ID    `json:"id"`
	State support.State `json:"state" doc:"open, answered or closed"`
}

type letterInput struct {
	Words string  `json:"words"`
	Files []int64 `json:"files" doc:"Uploads."`
}

func (s *server) askOn(ctx context.Context, by account.Actor, in *to[letterInput]) (caseState, error) {
	id := support.ID(in.ID)
	return caseState{id, support.Open}, support.AskOn(ctx, s.DB, support.Reader{Actor: by}, id, in.Body.Words, fileIDs(in.Body.Files))
}

func (s *server) closeCase(ctx context.Context, by account.Actor, in *of) (caseState, error) {
	id := support.ID(in.ID)
	return caseState{id, support.Closed}, support.Close(ctx, s.DB, support.Reader{Actor: by}, id)
}

func (s *server) reopenCase(ctx context.Context, by account.Actor, in *of) (caseState, error) {
	id := support.ID(in.ID)
	return caseState{id, support.Open}, support.Reopen(ctx, s.DB, support.Reader{Actor: by}, id)
}

type helpedInput struct {
	Helped string `json:"helped" doc:"yes, partly or no"`
}

func (s *server) sayHelped(ctx context.Context, by account.Actor, in *to[helpedInput]) (caseState, error) {
	id := support.ID(in.ID)
	return caseState{id, support.Closed}, support.SayHelped(ctx, s.DB, support.Reader{Actor: by}, id, in.Body.Helped)
}

// caseQueue is who waits for an answer.
type caseQueue struct {
	Mine    []caseListed `json:"mine"`
	Others  []caseListed `json:"others"`
	Overdue int          `json:"overdue"`
}

func (s *server) caseDesk(ctx context.Context, by account.Actor, _ *nothing) (caseQueue, error) {
	q, err := support.Desk(ctx, s.DB, by)
	return caseQueue{each(q.Mine, listedCase), each(q.Others, listedCase), q.Overdue}, err
}

type replyInput struct {
	Words string            `json:"words"`
	Rules []conduct.RuleKey `json:"rules" doc:"To be quoted beside it; they do not count as words."`
	Files []int64           `json:"files" doc:"Uploads."`
}

func (s *server) answerCase(ctx context.Context, by account.Actor, in *to[replyInput]) (caseState, error) {
	id := support.ID(in.ID)
	return caseState{id, support.Answered}, support.AnswerCase(ctx, s.DB, by, id, support.Reply{Words: in.Body.Words, Rules: in.Body.Rules, Files: fileIDs(in.Body.Files)})
}

func (s *server) noteInCase(ctx context.Context, by account.Actor, in *to[saying]) (caseState, error) {
	id := support.ID(in.ID)
	if err := support.WriteNote(ctx, s.DB, by, id, in.Body.Words); err != nil {
		return caseState{}, err
	}
	v, err := support.Show(ctx, s.DB, support.Reader{Actor: by}, id)
	return caseState{id, v.State}, err
}

func (s *server) takeCase(ctx context.Context, by account.Actor, in *of) (caseState, error) {
	id := support.ID(in.ID)
	state, err := support.Take(ctx, s.DB, by, id)
	return caseState{id, state}, err
}

// supportClockShown is how people are answered.
type supportClockShown struct {
	Days         int     `json:"days" doc:"That are counted."`
	Cases        int     `json:"cases"`
	Waiting      int     `json:"waiting"`
	Overdue      int     `json:"overdue"`
	Late         int     `json:"late" doc:"Went to somebody else, for their owner was late."`
	MedianHours  float64 `json:"median_hours" doc:"To the first answer."`
	P95Hours     float64 `json:"p95_hours"`
	Answers      int     `json:"answers"`
	Refused      int     `json:"refused" doc:"Copies that were not let through."`
	Compared     int     `json:"compared" doc:"The latest answers, compared with each other."`
	NearlyCopies int     `json:"nearly_copies" doc:"Of them, those half alike one to somebody else."`
	Helped       int     `json:"helped"`
	NotHelped    int     `json:"not_helped"`
}

func (s *server) supportClock(ctx context.Context, _ account.Actor, _ *nothing) (supportClockShown, error) {
	c, err := support.ReadClock(ctx, s.DB)
	return supportClockShown{c.Days, c.Cases, c.Waiting, c.Overdue, c.Late, c.Median.Hours(), c.P95.Hours(), c.Answers, c.Refused, c.LookedAt, c.Copies, c.Helped, c.NotHelped}, err
}
