package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"freehold/internal/contract"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/web/view"
)

func (s *Server) newAmendment(v *visit) error {
	c, err := s.contractOf(v)
	if err != nil {
		return err
	}
	if c.Every != "" {
		return v.show(func(f view.Frame) templ.Component { return view.CalendarChangePage(f, f.Form(), c, asItIs(c)) })
	}
	return v.show(func(f view.Frame) templ.Component { return view.AmendPage(f, f.Form(), c, c.Plan(), 0) })
}

// proposeAmendment puts changes on the table, or shows the form again, with room
// for one more milestone if that was asked for.
func (s *Server) proposeAmendment(v *visit) error {
	c, err := s.contractOf(v)
	if err != nil {
		return err
	}
	if _, err := v.form(); err != nil {
		return err
	}
	if c.Every != "" {
		return s.proposeCalendar(v, c)
	}
	typed, p, rows, err := v.plan(c)
	if v.goesOn() {
		return v.show(func(f view.Frame) templ.Component { return view.AmendPage(f, v.sent(), c, typed, v.milestones()) })
	}
	var made contract.AmendmentID
	if err == nil {
		made, err = contract.ProposeAmendment(v.ctx(), s.DB, v.by, c.ID, p, v.r.Form.Get("reason"))
		err = atRows(err, rows)
	}
	if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component {
			return view.AmendPage(f, form, c, typed, v.milestones())
		})
	}
	return v.redirect(fmt.Sprintf("/amendments/%d", made), "Your changes are on the table. Sign them; then it is the other side’s turn.")
}

// asItIs is how the open weeks or months of a contract are now, from the next one on.
func asItIs(c contract.View) contract.CalendarChange {
	ch := contract.CalendarChange{From: len(c.Work), Count: len(c.Work)}
	for _, m := range slices.Backward(c.Work) {
		if ch.Rate, ch.Hours = m.Price, m.Hours; m.Every == contract.Weekly {
			ch.Rate = m.Rate
		}
		if m.State != contract.Planned {
			break
		}
		ch.From = m.N
	}
	return ch
}

// proposeCalendar puts another rate, other hours or another number of weeks or
// months on the table.
func (s *Server) proposeCalendar(v *visit, c contract.View) error {
	get, ch, faults := v.r.Form.Get, asItIs(c), []error(nil)
	read := func(field string) int {
		n, err := number(get(field), field)
		faults = append(faults, err)
		return n
	}
	rate, err := amount(get("rate"), c.Currency, "rate")
	if rate.Currency == "" {
		rate.Currency = c.Currency
	}
	ch = contract.CalendarChange{From: read("from"), Rate: rate, Hours: read("hours"), Count: read("count")}
	err = joined(append(faults, err))
	var made contract.AmendmentID
	if err == nil {
		made, err = contract.ProposeAmendment(v.ctx(), s.DB, v.by, c.ID, c.Recalendar(get("scope"), ch), get("reason"))
		err = atCalendar(err)
	}
	if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.CalendarChangePage(f, form, c, ch) })
	}
	return v.redirect(fmt.Sprintf("/amendments/%d", made), "Your changes are on the table. Sign them; then it is the other side’s turn.")
}

// atCalendar points refusals of single weeks or months at the fields that made
// them, each once.
func atCalendar(err error) error {
	var moved []error
	seen := map[string]bool{}
	for _, f := range fault.All(err) {
		if strings.HasPrefix(f.Field, "milestones") {
			_, field, _ := strings.Cut(strings.TrimPrefix(f.Field, "milestones."), ".")
			f = f.At(map[string]string{"price": "rate", "hours": "hours", "": "count"}[field])
		}
		if !seen[f.Code+f.Field] {
			seen[f.Code+f.Field] = true
			moved = append(moved, f)
		}
	}
	if len(moved) == 0 {
		return err
	}
	return joined(moved)
}

// plan reads a plan out of the form: as it was typed, row by row, and without the
// rows that are left out or empty; rows are the numbers of those that stayed.
func (v *visit) plan(c contract.View) (typed, p contract.Plan, rows []int, err error) {
	now := c.Plan()
	typed.Scope = v.r.Form.Get("scope")
	p.Scope = typed.Scope
	var faults []error
	for i := range v.milestones() {
		m, empty, wrong := v.milestoneTerms(i, c.Currency)
		n, _ := strconv.Atoi(v.r.Form.Get(fmt.Sprintf("milestones.%d.n", i)))
		part := contract.Part{N: n, MilestoneTerms: m}
		for _, open := range now.Milestones {
			if open.N == n && stays(c.Work[n-1].State) {
				part, empty, wrong = open, false, nil // no fields stand for it
			}
		}
		typed.Milestones = append(typed.Milestones, part)
		if empty || v.r.Form.Has(fmt.Sprintf("milestones.%d.out", i)) {
			continue
		}
		faults, rows = append(faults, wrong), append(rows, i)
		p.Milestones = append(p.Milestones, part)
	}
	return typed, p, rows, joined(faults)
}

// stays reports whether nothing about a milestone in this state can be changed.
func stays(s contract.MilestoneState) bool { return s == contract.Submitted || s == contract.Disputed }

// atRows points refusals of the parts of a plan at the rows of the form in which
// they stand.
func atRows(err error, rows []int) error {
	faults := fault.All(err)
	if len(faults) == 0 {
		return err
	}
	var moved []error
	for _, f := range faults {
		if rest, ok := strings.CutPrefix(f.Field, "milestones."); ok {
			n, field, _ := strings.Cut(rest, ".")
			if i, err := strconv.Atoi(n); err == nil && i < len(rows) {
				f = f.At(fmt.Sprintf("milestones.%d.%s", rows[i], field))
			}
		}
		moved = append(moved, f)
	}
	return joined(moved)
}

func (s *Server) showAmendment(v *visit) error {
	a, err := s.amendmentOf(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.AmendmentPage(f, f.Form(), a) })
}

func (s *Server) amendmentOf(v *visit) (contract.AmendmentView, error) {
	n, err := id[contract.AmendmentID](v, "id")
	if err != nil {
		return contract.AmendmentView{}, err
	}
	return contract.ShowAmendment(v.ctx(), s.DB, v.by, n)
}

// onAmendment does what a form below an amendment asks for, or shows it again with
// what was refused.
func (s *Server) onAmendment(do func(*visit, contract.AmendmentView) (done say.Sentence, err error)) handler {
	return func(v *visit) error {
		a, err := s.amendmentOf(v)
		if err != nil {
			return err
		}
		if _, err := v.form(); err != nil {
			return err
		}
		done, err := do(v, a)
		if err != nil {
			return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.AmendmentPage(f, form, a) })
		}
		return v.redirect(a.URL(), "%s", done)
	}
}

func (s *Server) signAmendment(v *visit, a contract.AmendmentView) (say.Sentence, error) {
	err := contract.SignAmendment(v.ctx(), s.DB, v.by, a.ID, contract.Signing{
		SHA256: v.r.Form.Get("sha256"), Password: v.r.Form.Get("password"), PostalAddress: v.r.Form.Get("postal_address"),
	})
	if len(a.Signed) == 0 {
		return say.That("You have signed. It is the other side’s turn now."), err
	}
	return say.That("Both have signed, and the contract is changed."), err
}

func (s *Server) declineAmendment(v *visit, a contract.AmendmentView) (say.Sentence, error) {
	return say.That("You have declined. The contract stays as it is, and the other side has your reason."),
		contract.DeclineAmendment(v.ctx(), s.DB, v.by, a.ID, v.r.Form.Get("reason"))
}

func (s *Server) withdrawAmendment(v *visit, a contract.AmendmentView) (say.Sentence, error) {
	return say.That("Your changes are withdrawn. The contract stays as it is, and the other side has your reason."),
		contract.WithdrawAmendment(v.ctx(), s.DB, v.by, a.ID, v.r.Form.Get("reason"))
}
