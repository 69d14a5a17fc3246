package terms

import (
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
)

// BasisPoints is a share in hundredths of a percent.
type BasisPoints int

// Of is that share of a, rounded down.
func (b BasisPoints) Of(a money.Amount) money.Amount { return a.Share(int64(b)) }

// Days is a window of time, in days of 24 hours.
type Days int

// After is when a window that opens at t has passed.
func (n Days) After(t time.Time) time.Time { return t.Add(time.Duration(n) * 24 * time.Hour) }

// Values are what an operator may set, within bounds.
type Values struct {
	ClientFee        BasisPoints `db:"client_fee_bp"`     // on top of every price
	FreelancerFee    BasisPoints `db:"freelancer_fee_bp"` // out of every price
	AnswerDays       Days        // a post's default, from publishing to answer-by
	OpenProposals    int         // a freelancer's quota
	ProposalsPerPost int         // then a waiting list
	OfferDays        Days        // an offer nobody signs expires
	FundDays         Days        // a contract signed and never funded ends
	AcceptanceDays   Days        // a contract's default, until silence pays
	ChangeRounds     int         // a contract's default
	GraceDays        Days        // after a due date, until money can be taken back
	StarvedDays      Days        // until the freelancer may leave with the ending fee
	NoticeDays       Days        // a contract's default
	EndingFee        BasisPoints `db:"ending_fee_bp"` // of the unfunded rest
}

// Settings are one version of Values: who set it, when and why.
type Settings struct {
	Version int
	Since   time.Time
	SetBy   *account.ID // nil: as shipped
	Reason  string
	Values
}

var (
	// ErrNotAdmin is the answer to everybody but an administrator.
	ErrNotAdmin = fault.New(fault.Forbidden, "admins_only",
		"Only an administrator of this market can change its terms. Anybody may read them.")
	// ErrNoReason refuses a change that nobody could explain later.
	ErrNoReason = fault.New(fault.Invalid, "reason_missing",
		"Say in a sentence why you change this: everybody can read it beside the new terms.").At("reason")
	// ErrOutOfBounds refuses a value that no operator may set.
	ErrOutOfBounds = fault.New(fault.Invalid, "out_of_bounds",
		"This can be set between %d and %d. Nothing was changed; choose a value in between.")
)

// bounds are what each setting may be. The database has them too.
func (v Values) bounds() []bound {
	return []bound{
		{"client_fee_bp", int(v.ClientFee), 0, 2000},
		{"freelancer_fee_bp", int(v.FreelancerFee), 0, 2000},
		{"answer_days", int(v.AnswerDays), 3, 21},
		{"open_proposals", v.OpenProposals, 5, 100},
		{"proposals_per_post", v.ProposalsPerPost, 5, 100},
		{"offer_days", int(v.OfferDays), 3, 14},
		{"fund_days", int(v.FundDays), 1, 7},
		{"acceptance_days", int(v.AcceptanceDays), 1, 14},
		{"change_rounds", v.ChangeRounds, 0, 5},
		{"grace_days", int(v.GraceDays), 7, 90},
		{"starved_days", int(v.StarvedDays), 1, 7},
		{"notice_days", int(v.NoticeDays), 7, 90},
		{"ending_fee_bp", int(v.EndingFee), 1000, 5000},
	}
}

type bound struct {
	field           string
	value, min, max int
}

// Check returns an ErrOutOfBounds for each value that is out of its bounds.
func (v Values) Check() error {
	var wrong []error
	for _, b := range v.bounds() {
		if b.value < b.min || b.value > b.max {
			wrong = append(wrong, ErrOutOfBounds.With(b.min, b.max).At(b.field))
		}
	}
	return errors.Join(wrong...)
}
