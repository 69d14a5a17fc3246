package web

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"freehold/internal/contract"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/proposal"
	"freehold/internal/terms"
	"freehold/internal/web/view"
)

// newOffer shows the form for an offer, filled in from the proposal.
func (s *Server) newOffer(v *visit) error {
	p, err := s.proposalToHire(v)
	if err != nil {
		return err
	}
	asked := v.r.URL.Query()
	return v.show(func(f view.Frame) templ.Component {
		t := suggested(p.view, f, asked.Get("every"))
		if usual := contract.Templates[p.view.Post.Category]; asked.Has("usual") && usual != nil {
			price := p.view.Proposal.Price()
			if p.view.Post.Kind != jobpost.Fixed {
				price = money.Zero(price.Currency) // that of an hour or a month says nothing of the whole
			}
			t.Calendar = nil
			t.Milestones = usual.Milestones(price, p.view.Proposal.Hours, f.Now, f.Word)
		}
		return view.NewOfferPage(f, f.Form(), p.view, p.settings, t, 0)
	})
}

type toHire struct {
	view     proposal.View
	settings terms.Settings
}

func (s *Server) proposalToHire(v *visit) (p toHire, err error) {
	n, err := id[proposal.ID](v, "id")
	if err != nil {
		return p, err
	}
	if p.view, err = proposal.Open(v.ctx(), s.DB, v.by, n); err != nil {
		return p, err
	}
	if !p.view.AsClient {
		return p, errMissing
	}
	p.settings, err = s.currentTerms(v)
	return p, err
}

// currentTerms are the market's as they are now: what new terms are held to.
func (s *Server) currentTerms(v *visit) (now terms.Settings, err error) {
	err = s.DB.View(v.ctx(), func(tx *db.Tx) error {
		now, err = terms.Current(v.ctx(), tx)
		return err
	})
	return now, err
}

// suggested is what the freelancer proposed, as terms: paid as the post says, or
// as was chosen since.
func suggested(p proposal.View, f view.Frame, every string) contract.Terms {
	start := f.Now
	if p.Proposal.StartOn != nil && p.Proposal.StartOn.After(start) {
		start = *p.Proposal.StartOn
	}
	t := contract.Terms{Scope: p.Post.Description, Calendar: calendarFor(p, every, start)}
	if t.Calendar != nil {
		return t
	}
	for _, m := range p.Plan {
		t.Milestones = append(t.Milestones, contract.MilestoneTerms{
			Title: m.Title, Price: money.Amount{Minor: m.Minor, Currency: p.Proposal.Currency}, Hours: m.Hours,
			Due: start.AddDate(0, 0, m.Days).Format("2006-01-02"),
		})
	}
	if len(t.Milestones) == 0 {
		t.Milestones = []contract.MilestoneTerms{{Title: p.Post.Title, Price: p.Proposal.Price(), Hours: p.Proposal.Hours}}
	}
	return t
}

// newOfferAgain shows the form for other work between two who have worked together.
func (s *Server) newOfferAgain(v *visit) error {
	c, err := s.contractOf(v)
	if err != nil {
		return err
	}
	now, err := s.currentTerms(v)
	if err != nil {
		return err
	}
	every := v.r.URL.Query().Get("every")
	if every == "" {
		every = string(c.Every)
	}
	return v.show(func(f view.Frame) templ.Component {
		t := contract.Terms{Calendar: beginning(contract.Span(every), f.Now)}
		if was := c.Terms.Calendar; t.Calendar != nil && was != nil && was.Every == t.Calendar.Every {
			t.Calendar.Rate, t.Calendar.Hours, t.Calendar.Zone = was.Rate, was.Hours, was.Zone
		}
		return view.AgainPage(f, f.Form(), c, now, t, 1)
	})
}

// offerAgain puts terms for other work on the table, or shows the form again.
func (s *Server) offerAgain(v *visit) error {
	c, err := s.contractOf(v)
	if err != nil {
		return err
	}
	now, err := s.currentTerms(v)
	if err != nil {
		return err
	}
	if _, err := v.form(); err != nil {
		return err
	}
	t, err := v.terms(c.Currency)
	if v.goesOn() {
		return v.show(func(f view.Frame) templ.Component { return view.AgainPage(f, v.sent(), c, now, t, v.milestones()) })
	}
	var offer contract.OfferID
	if err == nil {
		offer, err = contract.OfferAgain(v.ctx(), s.DB, v.by, c.ID, v.r.Form.Get("title"), t)
		err = asTyped(err)
	}
	if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component {
			return view.AgainPage(f, form, c, now, t, v.milestones())
		})
	}
	return v.redirect(fmt.Sprintf("/offers/%d", offer), "Your terms are on the table. Read them once more and sign them; they are a contract as soon as the other side signs too.")
}

// calendarFor is the calendar that an offer begins with; nil for one by milestones.
func calendarFor(p proposal.View, every string, from time.Time) *contract.Calendar {
	by := contract.Span(every)
	if every == "" {
		by = map[jobpost.Kind]contract.Span{jobpost.Hourly: contract.Weekly, jobpost.Retainer: contract.Monthly}[p.Post.Kind]
	}
	k := beginning(by, from)
	if k != nil && p.Post.Kind != jobpost.Fixed {
		k.Rate, k.Hours = p.Proposal.Price(), p.Proposal.Hours
	}
	return k
}

// beginning is a calendar that begins with the next Monday or month; nil for work by
// milestones.
func beginning(by contract.Span, from time.Time) *contract.Calendar {
	switch by {
	case contract.Weekly:
		return &contract.Calendar{Every: by, Starts: from.AddDate(0, 0, (8-int(from.Weekday()))%7).Format(time.DateOnly), Count: 12}
	case contract.Monthly:
		return &contract.Calendar{Every: by, Starts: time.Date(from.Year(), from.Month()+1, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), Count: 6}
	default:
		return nil
	}
}

// makeOffer puts terms on the table, or shows the form again: with one more
// milestone, or with what it all comes to.
func (s *Server) makeOffer(v *visit) error {
	p, err := s.proposalToHire(v)
	if err != nil {
		return err
	}
	if _, err := v.form(); err != nil {
		return err
	}
	t, err := v.terms(p.view.Proposal.Currency)
	if v.goesOn() {
		return v.show(func(f view.Frame) templ.Component {
			return view.NewOfferPage(f, v.sent(), p.view, p.settings, t, v.milestones())
		})
	}
	var offer contract.OfferID
	if err == nil {
		offer, err = contract.MakeOffer(v.ctx(), s.DB, v.by, p.view.Proposal.ID, t)
		err = asTyped(err)
	}
	if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component {
			return view.NewOfferPage(f, form, p.view, p.settings, t, v.milestones())
		})
	}
	return v.redirect(fmt.Sprintf("/offers/%d", offer), "Your offer is on the table. Read it once more and sign it; it is a contract as soon as they sign too.")
}

// sent is a form as it came, with nothing refused about it yet.
func (v *visit) sent() view.Form { return view.Form{Values: v.r.Form, Reader: v.reader} }

// goesOn reports whether somebody still writes on the form: what it carries is
// not to be sent yet.
func (v *visit) goesOn() bool { return v.r.Form.Has("more") || v.r.Form.Has("reckon") }

// milestones is how many milestones the form has room for.
func (v *visit) milestones() int {
	n, err := strconv.Atoi(v.r.Form.Get("milestones"))
	if err != nil {
		n = 1
	}
	if v.r.Form.Has("more") {
		n++
	}
	return max(1, min(n, 50))
}

// terms reads the terms out of the form. Milestones that were left empty don't count.
func (v *visit) terms(currency string) (contract.Terms, error) {
	get := v.r.Form.Get
	t := contract.Terms{Scope: get("scope"), Funding: contract.Funding(get("funding"))}
	var faults []error
	read := func(field string) int {
		n, err := number(get(field), field)
		faults = append(faults, err)
		return n
	}
	t.AcceptanceDays, t.ChangeRounds, t.NoticeDays = terms.Days(read("acceptance_days")), read("change_rounds"), terms.Days(read("notice_days"))
	t.EndingFee = terms.BasisPoints(read("ending_fee_percent") * 100)
	if k, wrong := v.calendar(currency); k != nil {
		t.Calendar, t.Funding = k, contract.Next
		return t, joined(append(faults, wrong))
	}
	for i := range v.milestones() {
		m, empty, err := v.milestoneTerms(i, currency)
		if empty && i > 0 {
			continue
		}
		faults = append(faults, err)
		t.Milestones = append(t.Milestones, m)
	}
	return t, joined(faults)
}

// calendar reads one out of the form; nil if the work is paid by milestones.
func (v *visit) calendar(currency string) (*contract.Calendar, error) {
	get := func(field string) string { return v.r.Form.Get("calendar." + field) }
	every := contract.Span(v.r.Form.Get("every"))
	if every == "" {
		return nil, nil
	}
	rate, unreadable := amount(get("rate"), currency, "calendar.rate")
	if rate.Currency == "" {
		rate.Currency = currency
	}
	hours, uncountable := number(get("hours"), "calendar.hours")
	count, uncounted := number(get("count"), "calendar.count")
	return &contract.Calendar{Every: every, Rate: rate, Hours: hours, Count: count, Starts: get("starts"), Zone: get("time_zone")},
		joined([]error{unreadable, uncountable, uncounted})
}

// milestoneTerms reads those in row i of the form.
func (v *visit) milestoneTerms(i int, currency string) (m contract.MilestoneTerms, empty bool, err error) {
	get := func(field string) string { return v.r.Form.Get(fmt.Sprintf("milestones.%d.%s", i, field)) }
	price, unreadable := amount(get("price"), currency, fmt.Sprintf("milestones.%d.price", i))
	if price.Currency == "" {
		price.Currency = currency
	}
	hours, uncountable := number(get("hours"), fmt.Sprintf("milestones.%d.hours", i))
	m = contract.MilestoneTerms{Title: get("title"), Price: price, Due: get("due"), Hours: hours, Criteria: lines(get("criteria"))}
	empty = get("title")+get("price")+get("due")+get("hours")+get("criteria") == ""
	return m, empty, joined([]error{unreadable, uncountable})
}

// asTyped points a refusal of the ending fee at the field that asks for it in percent.
func asTyped(err error) error {
	faults := fault.All(err)
	if len(faults) == 0 {
		return err
	}
	typed := make([]error, len(faults))
	for i, f := range faults {
		if f.Field == "ending_fee_bp" {
			f = f.At("ending_fee_percent")
		}
		typed[i] = f
	}
	return errors.Join(typed...)
}

// lines are the lines of a text that say something.
func lines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func (s *Server) showOffer(v *visit) error {
	o, err := s.offerOf(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.OfferPage(f, f.Form(), o) })
}

func (s *Server) offerOf(v *visit) (contract.OfferView, error) {
	n, err := id[contract.OfferID](v, "id")
	if err != nil {
		return contract.OfferView{}, err
	}
	return contract.ShowOffer(v.ctx(), s.DB, v.by, n)
}

// onOffer does what a form below an offer asks for, or shows the offer again
// with what was refused. do returns where to go on, and what was done.
func (s *Server) onOffer(do func(*visit, contract.OfferView) (path string, done say.Sentence, err error)) handler {
	return func(v *visit) error {
		o, err := s.offerOf(v)
		if err != nil {
			return err
		}
		if _, err := v.form(); err != nil {
			return err
		}
		path, done, err := do(v, o)
		if err != nil {
			return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.OfferPage(f, form, o) })
		}
		return v.redirect(path, "%s", done)
	}
}

func (s *Server) sign(v *visit, o contract.OfferView) (path string, done say.Sentence, err error) {
	made, err := contract.SignOffer(v.ctx(), s.DB, v.by, o.ID, contract.Signing{
		SHA256: v.r.Form.Get("sha256"), Password: v.r.Form.Get("password"), PostalAddress: v.r.Form.Get("postal_address"),
	})
	if made == 0 {
		return o.URL(), say.That("You have signed. It is the other side’s turn now."), err
	}
	return fmt.Sprintf("/contracts/%d", made), say.That("Both have signed: this is your contract."), err
}

func (s *Server) decline(v *visit, o contract.OfferView) (path string, done say.Sentence, err error) {
	return o.URL(), say.That("You have declined. The other side has your reason."),
		contract.DeclineOffer(v.ctx(), s.DB, v.by, o.ID, v.r.Form.Get("reason"))
}

func (s *Server) withdraw(v *visit, o contract.OfferView) (path string, done say.Sentence, err error) {
	return o.URL(), say.That("Your offer is withdrawn. The other side has your reason."),
		contract.WithdrawOffer(v.ctx(), s.DB, v.by, o.ID, v.r.Form.Get("reason"))
}

// toCounter is the offer that the address names, and what other terms are held to.
func (s *Server) toCounter(v *visit) (o contract.OfferView, now terms.Settings, err error) {
	if o, err = s.offerOf(v); err != nil {
		return o, now, err
	}
	now, err = s.currentTerms(v)
	return o, now, err
}

func (s *Server) newCounter(v *visit) error {
	o, now, err := s.toCounter(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.CounterPage(f, f.Form(), o, now, 0) })
}

func (s *Server) counter(v *visit) error {
	o, now, err := s.toCounter(v)
	if err != nil {
		return err
	}
	if _, err := v.form(); err != nil {
		return err
	}
	o.Terms, err = v.terms(o.Total.Currency)
	if v.goesOn() {
		return v.show(func(f view.Frame) templ.Component { return view.CounterPage(f, v.sent(), o, now, v.milestones()) })
	}
	if err == nil {
		err = asTyped(contract.Counter(v.ctx(), s.DB, v.by, o.ID, o.Terms))
	}
	if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component {
			return view.CounterPage(f, form, o, now, v.milestones())
		})
	}
	return v.redirect(o.URL(), "Your counter-offer is on the table. Sign it; then it is the other side’s turn.")
}
