package terms

import (
	"errors"
	"slices"
	"strconv"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
)

// BasisPoints is a share in hundredths of a percent.
type BasisPoints int

// Of is that share of a, rounded down.
func (b BasisPoints) Of(a money.Amount) money.Amount { return a.Share(int64(b)) }

// String writes b as people read it: "5 %", "2.5 %".
func (b BasisPoints) String() string {
	return strconv.FormatFloat(float64(b)/100, 'f', -1, 64) + " %"
}

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
	MilestoneDays    Days        // from the funding of a milestone to its due date, at most
	GraceDays        Days        // after a due date, until money can be taken back
	StarvedDays      Days        // until the freelancer may leave with the ending fee
	NoticeDays       Days        // a contract's default
	EndingFee        BasisPoints `db:"ending_fee_bp"` // of the unfunded rest
}

// Settings are one version of Values: who set it, when and why, and from when it
// holds until the next one does.
type Settings struct {
	Version   int
	SetAt     time.Time
	Since     time.Time
	Withdrawn bool        // another version was set before this one began: it never holds
	SetBy     *account.ID // nil: as shipped
	Reason    string
	Values
}

// Notice is how long before they hold everybody who is bound by new terms learns
// of them (EU 2019/1150, art. 3(2): at least 15 days).
const Notice Days = 15

// begins is from when terms hold that are set now: at once only in a market that
// nobody has joined yet.
func begins(now time.Time, anybodyBound bool) time.Time {
	if anybodyBound {
		return Notice.After(now)
	}
	return now
}

// Timeline is how the terms have been, are, and will be.
type Timeline struct {
	Now     Settings
	Coming  *Settings // nil: nothing is to change
	Earlier []Settings
}

// Arrange puts versions, newest first, in their place at an instant.
func Arrange(versions []Settings, now time.Time) (t Timeline) {
	for i, s := range versions {
		switch {
		case !s.Withdrawn && now.Before(s.Since):
			t.Coming = &versions[i]
		case !s.Withdrawn && t.Now.Version == 0:
			t.Now = s
		default:
			t.Earlier = append(t.Earlier, s)
		}
	}
	return t
}

// AnyMilestoneDays let a milestone take as long as a due date can be away.
const AnyMilestoneDays = 1830

const maxReason = 500 // characters

var (
	// ErrNotAdmin is the answer to everybody but an administrator.
	ErrNotAdmin = fault.New(fault.Forbidden, "admins_only",
		"Only an administrator of this market can change its terms. Anybody may read them.")
	// ErrNoReason refuses a change that nobody could explain later.
	ErrNoReason = fault.New(fault.Invalid, "reason_missing",
		"Say in a sentence why you change this: everybody can read it beside the new terms.").At("reason")
	// ErrLongReason refuses what nobody would read to the end.
	ErrLongReason = fault.New(fault.Invalid, "reason_too_long",
		"A reason has up to %d characters, and yours has %d. Nothing was changed; please shorten it.").At("reason")
	// ErrOutOfBounds refuses a value that no operator may set.
	ErrOutOfBounds = fault.New(fault.Invalid, "out_of_bounds",
		"This can be set between %d and %d. Nothing was changed; choose a value in between.")
)

// Bound is what one setting may be. The database holds the same.
type Bound struct {
	Field    string
	Min, Max int
	value    func(Values) int
}

var bounds = []Bound{
	{"client_fee_bp", 0, 2000, func(v Values) int { return int(v.ClientFee) }},
	{"freelancer_fee_bp", 0, 2000, func(v Values) int { return int(v.FreelancerFee) }},
	{"answer_days", 3, 21, func(v Values) int { return int(v.AnswerDays) }},
	{"open_proposals", 5, 100, func(v Values) int { return v.OpenProposals }},
	{"proposals_per_post", 5, 100, func(v Values) int { return v.ProposalsPerPost }},
	{"offer_days", 3, 14, func(v Values) int { return int(v.OfferDays) }},
	{"fund_days", 1, 7, func(v Values) int { return int(v.FundDays) }},
	{"acceptance_days", 1, 14, func(v Values) int { return int(v.AcceptanceDays) }},
	{"change_rounds", 0, 5, func(v Values) int { return v.ChangeRounds }},
	{"milestone_days", 31, AnyMilestoneDays, func(v Values) int { return int(v.MilestoneDays) }},
	{"grace_days", 7, 90, func(v Values) int { return int(v.GraceDays) }},
	{"starved_days", 1, 7, func(v Values) int { return int(v.StarvedDays) }},
	{"notice_days", 7, 90, func(v Values) int { return int(v.NoticeDays) }},
	{"ending_fee_bp", 1000, 5000, func(v Values) int { return int(v.EndingFee) }},
}

// Bounds are what the settings may be.
func Bounds() []Bound { return slices.Clone(bounds) }

// Check returns an ErrOutOfBounds beside each field that is out of its bounds.
func (v Values) Check() error {
	var wrong []error
	for _, b := range bounds {
		if n := b.value(v); n < b.Min || n > b.Max {
			wrong = append(wrong, ErrOutOfBounds.With(b.Min, b.Max).At(b.Field))
		}
	}
	return errors.Join(wrong...)
}
