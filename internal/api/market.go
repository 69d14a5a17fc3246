package api

import (
	"context"
	"net/http"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/promise"
	"freehold/internal/skill"
	"freehold/internal/terms"
)

func market(a area) {
	add(a, public, "GET /promises", "What always holds here, and when it was last looked at.", http.StatusOK, a.promises)
	add(a, public, "GET /figures", "What this market has come to so far.", http.StatusOK, a.figures)
	add(a, public, "GET /terms", "Fees, windows and quotas as they are now.", http.StatusOK, a.currentTerms)
	add(a, public, "GET /lifecycles", "What can happen to each thing, and what happens if nobody does anything.", http.StatusOK, a.lifecycles)
	add(a, public, "GET /terms/history", "Every version of the terms, newest first.", http.StatusOK, a.termsHistory)
	add(a, public, "GET /fees", "What the market charges on a price.", http.StatusOK, a.fees)
	add(a, public, "GET /currencies", "The currencies that this market trades in, and the answer bond in each.", http.StatusOK, a.currencies)
	add(a, public, "GET /floors", "The least that an hour may cost, by category and level and by country.", http.StatusOK, a.floors)
	add(a, public, "GET /floor", "The least that an hour of some work may cost somebody.", http.StatusOK, a.floor)
}

type promised struct {
	Name      string     `json:"name"`
	Words     string     `json:"words"`
	Broken    int        `json:"broken" doc:"The rows that break it: 0 as long as it is kept."`
	CheckedAt *time.Time `json:"checked_at" doc:"null: never yet"`
}

func (s *server) promises(ctx context.Context, _ account.Actor, _ *nothing) ([]promised, error) {
	all, err := promise.Latest(ctx, s.DB)
	return each(all, func(p promise.Standing) promised { return promised{p.Name, p.Words, p.Broken, p.Checked} }), err
}

type figures struct {
	Answered     int            `json:"answered" doc:"proposals that were declined or offered a contract"`
	Unanswered   int            `json:"unanswered" doc:"proposals that lapsed without either"`
	AnswerRate   *int           `json:"answer_rate" doc:"percent; null while no answer was due"`
	MedianAnswer *float64       `json:"median_hours_to_answer"`
	Secured      []money.Amount `json:"secured" doc:"in escrow now"`
	Paid         []money.Amount `json:"paid" doc:"to freelancers"`
	Disputes     disputeFigures `json:"disputes"`
}

type disputeFigures struct {
	Open      int      `json:"open"`
	Closed    int      `json:"closed"`
	Agreed    int      `json:"agreed" doc:"of the closed: the two found a split themselves"`
	Missed    int      `json:"missed" doc:"dates that arbiters let pass"`
	MedianEnd *float64 `json:"median_hours_to_end"`
}

func (s *server) figures(ctx context.Context, _ account.Actor, _ *nothing) (figures, error) {
	f, err := promise.Count(ctx, s.DB)
	return figures{
		f.Answered, f.Unanswered, percent(f.AnswerRate()), hours(f.MedianAnswer), each(f.Secured, same), each(f.Paid, same),
		disputeFigures{f.Disputes.Open, f.Disputes.Closed, f.Disputes.Agreed, f.Disputes.Missed, hours(f.Disputes.MedianEnd)},
	}, err
}

// termsShown are one version of what the operator sets.
type termsShown struct {
	Version   int         `json:"version"`
	SetAt     time.Time   `json:"set_at"`
	Since     time.Time   `json:"since" doc:"From when it holds: 15 days after it was set, so that everybody is told before."`
	Withdrawn bool        `json:"withdrawn" doc:"Another was set before this one had begun: it never holds."`
	Reason    string      `json:"reason" doc:"Why it was set so."`
	Values    termsValues `json:"values"`
}

// termsValues are what an operator may set; fees in hundredths of a percent.
type termsValues struct {
	ClientFee        terms.BasisPoints `json:"client_fee_bp" doc:"on top of every price"`
	FreelancerFee    terms.BasisPoints `json:"freelancer_fee_bp" doc:"out of every price"`
	AnswerDays       terms.Days        `json:"answer_days"`
	OpenProposals    int               `json:"open_proposals"`
	ProposalsPerPost int               `json:"proposals_per_post"`
	OfferDays        terms.Days        `json:"offer_days"`
	FundDays         terms.Days        `json:"fund_days"`
	AcceptanceDays   terms.Days        `json:"acceptance_days"`
	ChangeRounds     int               `json:"change_rounds"`
	MilestoneDays    terms.Days        `json:"milestone_days" doc:"from the funding of a milestone to its due date, at most; left out: as long as a due date can be away" required:"false"`
	GraceDays        terms.Days        `json:"grace_days"`
	StarvedDays      terms.Days        `json:"starved_days"`
	NoticeDays       terms.Days        `json:"notice_days"`
	EndingFee        terms.BasisPoints `json:"ending_fee_bp" doc:"of the unfunded rest"`
}

func termsOf(t terms.Settings) termsShown {
	return termsShown{t.Version, t.SetAt, t.Since, t.Withdrawn, t.Reason, termsValues(t.Values)}
}

func (s *server) currentTerms(ctx context.Context, _ account.Actor, _ *nothing) (out termsShown, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		now, err := terms.Current(ctx, tx)
		out = termsOf(now)
		return err
	})
	return out, err
}

func (s *server) termsHistory(ctx context.Context, _ account.Actor, _ *nothing) (out list[termsShown], err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		all, err := terms.History(ctx, tx)
		out = whole(all, termsOf)
		return err
	})
	return out, err
}

// fees are in hundredths of a percent.
type fees struct {
	Client     terms.BasisPoints `json:"client_fee_bp" doc:"on top of every price"`
	Freelancer terms.BasisPoints `json:"freelancer_fee_bp" doc:"out of every price"`
	EndingFee  terms.BasisPoints `json:"ending_fee_bp" doc:"The least a contract secures of what is not funded yet; it goes to the freelancer, never to the market."`
}

func (s *server) fees(ctx context.Context, by account.Actor, in *nothing) (fees, error) {
	t, err := s.currentTerms(ctx, by, in)
	return fees{t.Values.ClientFee, t.Values.FreelancerFee, t.Values.EndingFee}, err
}

type currency struct {
	Code string       `json:"code"`
	Bond money.Amount `json:"bond"`
}

func (s *server) currencies(ctx context.Context, _ account.Actor, _ *nothing) (out list[currency], err error) {
	out.Items = []currency{}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		bonds, err := terms.Bonds(ctx, tx)
		for _, bond := range bonds {
			out.Items = append(out.Items, currency{bond.Currency, bond})
		}
		return err
	})
	return out, err
}

type floorTables struct {
	Categories []categoryFloor `json:"categories"`
	Countries  []countryFloor  `json:"countries"`
}

type categoryFloor struct {
	Category skill.Key   `json:"category"`
	Level    skill.Level `json:"level"`
	Floor    *floor      `json:"floor"`
}

type countryFloor struct {
	Country string `json:"country"`
	Floor   *floor `json:"floor"`
}

func (s *server) floors(ctx context.Context, _ account.Actor, _ *nothing) (out floorTables, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		work, err := terms.CategoryFloors(ctx, tx)
		if err != nil {
			return err
		}
		places, err := terms.CountryFloors(ctx, tx)
		out = floorTables{
			each(work, func(f terms.CategoryFloor) categoryFloor { return categoryFloor{f.Category, f.Level, floorOf(f.Floor)} }),
			each(places, func(f terms.CountryFloor) countryFloor { return countryFloor{f.Country, floorOf(f.Floor)} }),
		}
		return err
	})
	return out, err
}

// floorAnswer holds one floor, or null where there is none.
type floorAnswer struct {
	Floor *floor `json:"floor"`
}

func (s *server) floor(ctx context.Context, _ account.Actor, in *struct {
	Category skill.Key   `query:"category"`
	Level    skill.Level `query:"level" doc:"entry, intermediate or expert"`
	Country  string      `query:"country" doc:"Of the freelancer, ISO 3166-1."`
	Currency string      `query:"currency" default:"EUR"`
}) (out floorAnswer, err error) {
	country := &in.Country
	if in.Country == "" {
		country = nil
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		f, err := terms.FloorFor(ctx, tx, in.Category, in.Level, country, in.Currency)
		out.Floor = floorOf(f)
		return err
	})
	return out, err
}
