package web

import (
	"errors"
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/skill"
	"freehold/internal/terms"
	"freehold/internal/web/view"
)

func (s *Server) staffStart(v *visit) error {
	return v.show(view.StaffPage)
}

func (s *Server) termsForm(v *visit) error { return s.termsPage(v, nil) }

// termsPage shows the latest terms as a form, or the form as it was refused.
func (s *Server) termsPage(v *visit, refused error) error {
	var last terms.Settings
	err := s.DB.View(v.ctx(), func(tx *db.Tx) (err error) { last, err = terms.Latest(v.ctx(), tx); return err })
	if err != nil {
		return err
	}
	page := func(f view.Frame, form view.Form) templ.Component { return view.TermsPage(f, form, last) }
	if errors.Is(refused, terms.ErrSettingsMoved) {
		clear(v.r.Form) // what somebody else has set is to be looked at, and not to be overwritten
	}
	if refused != nil {
		return v.again(refused, page)
	}
	return v.show(func(f view.Frame) templ.Component { return page(f, f.Form()) })
}

func (s *Server) changeTerms(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	var set terms.Settings
	c, err := readTerms(in)
	if err == nil {
		set, err = terms.ChangeSettings(v.ctx(), s.DB, v.by, c)
	}
	if err != nil {
		return s.termsPage(v, err)
	}
	if set.SetAt.Before(set.Since) {
		return v.redirect("/fees", "The new terms are set. Everybody is told now, and they hold in 15 days; what is signed or published by then keeps the old ones.")
	}
	return v.redirect("/fees", "The new terms are in force. What was signed or published before keeps the old ones.")
}

// readTerms reads the form of the terms, or says of each field why it cannot.
func readTerms(in url.Values) (terms.Change, error) {
	var faults []error
	count := func(field string) int {
		n, err := number(in.Get(field), field)
		faults = append(faults, err)
		return n
	}
	days := func(field string) terms.Days { return terms.Days(count(field)) }
	share := func(field string) terms.BasisPoints {
		b, err := percent(in.Get(field), field)
		faults = append(faults, err)
		return b
	}
	c := terms.Change{From: count("from"), Reason: in.Get("reason"), Values: terms.Values{
		ClientFee:        share("client_fee_bp"),
		FreelancerFee:    share("freelancer_fee_bp"),
		AnswerDays:       days("answer_days"),
		OpenProposals:    count("open_proposals"),
		ProposalsPerPost: count("proposals_per_post"),
		OfferDays:        days("offer_days"),
		FundDays:         days("fund_days"),
		AcceptanceDays:   days("acceptance_days"),
		ChangeRounds:     count("change_rounds"),
		MilestoneDays:    days("milestone_days"),
		GraceDays:        days("grace_days"),
		StarvedDays:      days("starved_days"),
		NoticeDays:       days("notice_days"),
		EndingFee:        share("ending_fee_bp"),
	}}
	return c, errors.Join(faults...)
}

var errPercent = fault.New(fault.Invalid, "percent_unreadable", "Give a percentage, for example 5 or 2.5.")

// percent reads a share as people write it, such as 2.5.
func percent(typed, field string) (terms.BasisPoints, error) {
	typed = strings.Replace(strings.TrimSpace(typed), ",", ".", 1)
	f, err := strconv.ParseFloat(typed, 64)
	if err != nil || !(0 <= f && f <= 100) {
		return 0, errPercent.At(field)
	}
	return terms.BasisPoints(math.Round(f * 100)), nil
}

// change is one thing that staff set with a form.
type change struct {
	page func(view.Frame, view.Form, view.Lists) templ.Component
	do   func(*visit, url.Values) error
	done say.Sentence
}

// changes are all of them, by the last part of their address.
var changes = map[string]change{
	"category-floor": {view.CategoryFloorPage, setCategoryFloor, say.That("The floor is set. What was written before keeps the one it was held to.")},
	"country-floor":  {view.CountryFloorPage, setCountryFloor, say.That("The floor is set. What was written before keeps the one it was held to.")},
	"bond":           {view.BondPage, setBond, say.That("The answer bond is set. Posts that are open keep the one they were published with.")},
	"rate":           {view.RatePage, setRate, say.That("The reference rate is set.")},
	"claim":          {view.ClaimPage, claim, say.That("A mail with a link is on its way to that address.")},
}

func (s *Server) changeForm(v *visit) error {
	c, ok := changes[v.r.PathValue("change")]
	if !ok {
		return errMissing
	}
	lists, err := s.lists(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return c.page(f, f.Form(), lists) })
}

func (s *Server) change(v *visit) error {
	c, ok := changes[v.r.PathValue("change")]
	if !ok {
		return errMissing
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	refused := c.do(v, in)
	if refused == nil {
		return v.redirect("/staff", "%s", c.done)
	}
	lists, err := s.lists(v)
	if err != nil {
		return err
	}
	return v.again(refused, func(f view.Frame, form view.Form) templ.Component { return c.page(f, form, lists) })
}

func (s *Server) lists(v *visit) (l view.Lists, err error) {
	err = s.DB.View(v.ctx(), func(tx *db.Tx) error {
		if l.Categories, err = skill.Categories(v.ctx(), tx); err != nil {
			return err
		}
		l.Currencies, err = terms.Currencies(v.ctx(), tx)
		return err
	})
	return l, err
}

func setCategoryFloor(v *visit, in url.Values) error {
	hourly, err := amount(in.Get("hourly"), "USD", "hourly")
	if err != nil {
		return err
	}
	return terms.SetCategoryFloor(v.ctx(), v.s.DB, v.by, skill.Key(in.Get("category")), skill.Level(in.Get("level")), hourly, in.Get("reason"))
}

func setCountryFloor(v *visit, in url.Values) error {
	hourly, err := amount(in.Get("hourly"), "USD", "hourly")
	if err != nil {
		return err
	}
	return terms.SetCountryFloor(v.ctx(), v.s.DB, v.by, in.Get("country"), hourly, in.Get("reason"))
}

func setBond(v *visit, in url.Values) error {
	bond, err := amount(in.Get("bond"), in.Get("currency"), "bond")
	if err == nil && bond.Currency == "" {
		err = errNoAmount.At("bond")
	}
	if err != nil {
		return err
	}
	return terms.SetBond(v.ctx(), v.s.DB, v.by, bond, in.Get("reason"))
}

func setRate(v *visit, in url.Values) error {
	return terms.SetRate(v.ctx(), v.s.DB, v.by, in.Get("currency"), strings.TrimSpace(in.Get("per_usd")), in.Get("reason"))
}

// claim hands an imported account to its owner. Nobody by that number is said
// at the field, and not as a missing page.
func claim(v *visit, in url.Values) error {
	n, err := number(in.Get("person"), "person")
	if err != nil {
		return err
	}
	err = account.Claim(v.ctx(), v.s.DB, v.by, account.ID(n), in.Get("email"))
	if errors.Is(err, account.ErrNotFound) {
		return errNobody
	}
	return err
}

var errNobody = fault.New(fault.Invalid, "person_unknown", "Nobody here has that number. It is the last part of the address of their public page.").At("person")
