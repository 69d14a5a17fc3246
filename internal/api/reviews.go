package api

import (
	"context"
	"net/http"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/review"
	"freehold/internal/standing"
)

func reviews(a area) {
	add(a, public, "GET /people/{id}/standing", "How a person stands on either side, with all facts that it is counted from.", http.StatusOK, a.showStanding)
	add(a, public, "GET /people/{id}/reviews", "What people said about a person, the latest first.", http.StatusOK, a.reviewsOf)
	add(a, public, "GET /review-criteria", "What each side is asked about the other, and what each mark means.", http.StatusOK, a.criteria)
	add(a, private, "GET /contracts/{id}/reviews", "How the reviews of a contract stand. What the other wrote is there once it is revealed.", http.StatusOK, a.showReviews)
	add(a, private, "POST /contracts/{id}/reviews", "Review the other side of a contract that has ended.", http.StatusCreated, a.writeReview)
	act(a, private, "POST /reviews/{id}/response", "Respond to what was written about me, once.", a.respond)
}

// clientStanding is what everybody can know about a client, in raw counts.
type clientStanding struct {
	Posts        int            `json:"posts"`
	Ended        int            `json:"ended"`
	EndedHired   int            `json:"ended_hired" doc:"of the posts that have ended, those on which somebody was hired"`
	Hires        int            `json:"hires"`
	HireRate     *int           `json:"hire_rate" doc:"percent of the posts that have ended"`
	Answered     int            `json:"answered"`
	Lapsed       int            `json:"lapsed"`
	AnswerRate   *int           `json:"answer_rate" doc:"percent of the proposals that were owed an answer"`
	MedianAnswer *float64       `json:"median_hours_to_answer"`
	Paid         []money.Amount `json:"paid"`
	MedianPay    *float64       `json:"median_hours_to_pay"`
	Funded       int            `json:"funded_on_time"`
	NeverFunded  int            `json:"never_funded"`
	EndedEarly   int            `json:"ended_early" doc:"by the client, or for want of their money"`
	Otherwise    int            `json:"ended_early_against_nobody"`
	Reviews      int            `json:"reviews"`
	Marks        []marks        `json:"marks"`
}

func clientStandingOf(s standing.Client) clientStanding {
	return clientStanding{
		Posts: s.Posts, Ended: s.Ended, EndedHired: s.EndedHired, Hires: s.Hires, HireRate: percent(s.HireRate()),
		Answered: s.Answered, Lapsed: s.Lapsed, AnswerRate: percent(s.AnswerRate()), MedianAnswer: hours(s.MedianAnswer),
		Paid: each(s.Paid, same), MedianPay: hours(s.MedianPay),
		Funded: s.Funded, NeverFunded: s.NeverFunded, EndedEarly: s.EndedEarly, Otherwise: s.Otherwise,
		Reviews: s.Reviews, Marks: each(s.Marks, marksOf),
	}
}

// freelancerStanding is what everybody can know about a freelancer, in raw counts.
type freelancerStanding struct {
	Contracts    int     `json:"contracts" doc:"begun"`
	Completed    int     `json:"completed"`
	EndedEarly   int     `json:"ended_early" doc:"by the freelancer, or for want of their work"`
	ByClient     int     `json:"ended_early_by_client"`
	Otherwise    int     `json:"ended_early_against_nobody"`
	HandedOver   int     `json:"milestones_handed_over"`
	OnTime       int     `json:"milestones_on_time"`
	NotHanded    int     `json:"milestones_without_work"`
	ChangesAsked int     `json:"changes_asked"`
	Clients      int     `json:"clients" doc:"who paid"`
	Repeat       int     `json:"repeat_clients"`
	Reviews      int     `json:"reviews"`
	Marks        []marks `json:"marks"`
}

func freelancerStandingOf(s standing.Freelancer) freelancerStanding {
	return freelancerStanding{
		s.Contracts, s.Completed, s.EndedEarly, s.ByClient, s.Otherwise, s.HandedOver, s.OnTime, s.NotHanded, s.ChangesAsked,
		s.Clients, s.Repeat, s.Reviews, each(s.Marks, marksOf),
	}
}

// marks are how often each mark was given for one criterion.
type marks struct {
	Criterion string `json:"criterion"`
	Given     []int  `json:"given" doc:"how often 1, 2, 3, 4 and 5"`
}

func marksOf(m standing.Marks) marks { return marks{m.Code, m.Given[:]} }

// stands is somebody's standing with what it is counted from.
type stands struct {
	Person     account.ID         `json:"person"`
	Facts      standing.Facts     `json:"facts"`
	Client     clientStanding     `json:"client"`
	Freelancer freelancerStanding `json:"freelancer"`
}

func (s *server) facts(ctx context.Context, id account.ID) (f standing.Facts, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error { f, err = standing.Read(ctx, tx, id); return err })
	return f, err
}

func (s *server) showStanding(ctx context.Context, _ account.Actor, in *of) (stands, error) {
	f, err := s.facts(ctx, account.ID(in.ID))
	st := standing.Of(f)
	return stands{account.ID(in.ID), f, clientStandingOf(st.Client), freelancerStandingOf(st.Freelancer)}, err
}

// reviewed is a review as everybody can read it.
type reviewed struct {
	ID       review.ID       `json:"id"`
	Author   someone         `json:"author"`
	Side     contract.Side   `json:"side" doc:"on which the author was: client or freelancer"`
	Title    string          `json:"title" doc:"of the contract; empty where its post was not public"`
	Marks    map[string]int  `json:"marks" doc:"from 1 to 5, by criterion; what the author could not say is left out"`
	Words    string          `json:"words"`
	At       time.Time       `json:"revealed_at"`
	Response *reviewResponse `json:"response" doc:"null: none yet"`
}

type reviewResponse struct {
	Words string    `json:"words"`
	At    time.Time `json:"at"`
}

func responseOf(r review.Review) *reviewResponse {
	if r.RespondedAt == nil {
		return nil
	}
	return &reviewResponse{r.Response, *r.RespondedAt}
}

type partOf struct {
	ID     int64  `path:"id" minimum:"1"`
	Cursor string `query:"cursor" doc:"The next of the part before; left out: from the start."`
	Limit  int    `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"Items in one part, at most."`
}

func (s *server) reviewsOf(ctx context.Context, _ account.Actor, in *partOf) (list[reviewed], error) {
	p := part{in.Cursor, in.Limit}
	start, err := before[review.ID](p)
	if err != nil {
		return list[reviewed]{}, err
	}
	var all []review.Received
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		all, err = review.About(ctx, tx, account.ID(in.ID), start, in.Limit+1)
		return err
	})
	return parted(p, all, func(r review.Received) reviewed {
		return reviewed{r.ID, someone{r.Author, r.Name, r.Face.URL()}, r.Side, r.Title, r.Marks, r.Words, r.Revealed, responseOf(r.Review)}
	}, func(r review.Received) string { return number(r.ID) }), err
}

type criterion struct {
	Code  string        `json:"code"`
	Side  contract.Side `json:"asked" doc:"which side is asked: client or freelancer"`
	Words string        `json:"words"`
	Asks  string        `json:"asks"`
	Marks []string      `json:"marks" doc:"what 1, 2, 3, 4 and 5 mean"`
}

func (s *server) criteria(_ context.Context, by account.Actor, _ *nothing) (all list[criterion], err error) {
	r := readerOf(by)
	for _, side := range []contract.Side{contract.Client, contract.Freelancer} {
		for _, c := range standing.Criteria(side) {
			all.Items = append(all.Items, criterion{c.Code, side, r.Word(c.Words), r.Word(c.Asks), each(c.Marks[:], r.Word)})
		}
	}
	return all, nil
}

// reviewsShown is how the reviews of a contract stand for one of the two.
type reviewsShown struct {
	State        review.State `json:"state" doc:"open, client wrote, freelancer wrote, revealed, unwritten or closed"`
	EndsAt       time.Time    `json:"ends_at" doc:"Until then each of the two can write."`
	RespondUntil *time.Time   `json:"respond_until"`
	Yours        *ownReview   `json:"yours" doc:"what you wrote"`
	Theirs       *ownReview   `json:"theirs" doc:"what they wrote, once it is revealed"`
	TheyWrote    bool         `json:"they_wrote"`
	Can          []string     `json:"can" doc:"What I can do now: write, respond."`
}

type ownReview struct {
	ID       review.ID       `json:"id"`
	Marks    map[string]int  `json:"marks"`
	Words    string          `json:"words"`
	At       time.Time       `json:"at"`
	Response *reviewResponse `json:"response"`
}

func ownReviewOf(r *review.Review) *ownReview {
	if r == nil {
		return nil
	}
	return &ownReview{r.ID, r.Marks, r.Words, r.At, responseOf(*r)}
}

func (s *server) showReviews(ctx context.Context, by account.Actor, in *of) (reviewsShown, error) {
	v, err := review.Show(ctx, s.DB, by, contract.ID(in.ID))
	switch {
	case err != nil:
		return reviewsShown{}, err
	case v.Window == nil:
		return reviewsShown{}, v.Why
	}
	return reviewsShown{
		v.State, v.EndsAt, v.RespondUntil, ownReviewOf(v.Yours), ownReviewOf(v.Theirs), v.They,
		able(map[string]bool{"write": v.CanWrite, "respond": v.CanRespond}),
	}, nil
}

type reviewInput struct {
	Marks map[string]int `json:"marks" doc:"a mark from 1 to 5 for each criterion of my side; 0: I cannot say"`
	Words string         `json:"words"`
}

func (s *server) writeReview(ctx context.Context, by account.Actor, in *to[reviewInput]) (created, error) {
	id, err := review.Write(ctx, s.DB, by, contract.ID(in.ID), review.Input(in.Body))
	return created{int64(id)}, err
}

type responseInput struct {
	Words string `json:"words"`
}

func (s *server) respond(ctx context.Context, by account.Actor, in *to[responseInput]) error {
	return review.Respond(ctx, s.DB, by, review.ID(in.ID), in.Body.Words)
}
