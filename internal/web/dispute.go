package web

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/a-h/templ"

	"freehold/internal/contract"
	"freehold/internal/dispute"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/web/view"
)

// newDispute shows the form for a dispute about a milestone, or the dispute that
// there is about it already.
func (s *Server) newDispute(v *visit) error {
	c, m, err := s.milestoneOf(v)
	if err != nil {
		return err
	}
	if m.Disputed != nil {
		on, err := dispute.About(v.ctx(), s.DB, v.by, m.ID)
		if err != nil {
			return err
		}
		return v.redirect((&dispute.Dispute{ID: on}).URL(), "")
	}
	reason := dispute.Reason(v.r.URL.Query().Get("about"))
	if !m.CanDispute && m.CanDisputeShare {
		reason = dispute.Share
	}
	return v.show(func(f view.Frame) templ.Component { return disputePage(reason)(f, f.Form(), c, m) })
}

// disputePage is the form for a dispute about a sum, or about a share.
func disputePage(reason dispute.Reason) func(view.Frame, view.Form, contract.View, contract.MilestoneView) templ.Component {
	if reason == dispute.Share {
		return view.OpenShareDisputePage
	}
	return view.OpenDisputePage
}

func (s *Server) openDispute(v *visit) error {
	c, m, err := s.milestoneOf(v)
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	var made dispute.ID
	o := dispute.Opening{Reason: dispute.Reason(in.Get("reason")), Words: in.Get("words")}
	if o.Reason != dispute.Share {
		o.Sum, err = amount(in.Get("sum"), c.Currency, "sum")
	}
	if err == nil {
		made, err = dispute.Open(v.ctx(), s.DB, v.by, m.ID, o)
	}
	if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return disputePage(o.Reason)(f, form, c, m) })
	}
	return v.redirect((&dispute.Dispute{ID: made}).URL(), "The dispute is open. Bring what shows that you are right, and name a split that you would agree to.")
}

func (s *Server) showDispute(v *visit) error {
	d, err := s.disputeOf(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.DisputePage(f, f.Form(), d) })
}

func (s *Server) disputeOf(v *visit) (dispute.View, error) {
	n, err := id[dispute.ID](v, "id")
	if err != nil {
		return dispute.View{}, err
	}
	return dispute.Show(v.ctx(), s.DB, v.by, n)
}

// onDispute does what a form on the page of a dispute asks for, or shows it again
// with what was refused.
func (s *Server) onDispute(do func(*visit, dispute.View) (done say.Sentence, err error)) handler {
	return func(v *visit) error {
		d, err := s.disputeOf(v)
		if err != nil {
			return err
		}
		if _, err := v.form(); err != nil {
			return err
		}
		done, err := do(v, d)
		if err != nil {
			return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.DisputePage(f, form, d) })
		}
		return v.redirect(d.URL(), "%s", done)
	}
}

func (s *Server) nameSplit(v *visit, d dispute.View) (say.Sentence, error) {
	split, err := amount(v.r.Form.Get("split"), d.Sum.Currency, "split")
	if err != nil {
		return say.Sentence{}, err
	}
	closed, err := dispute.ProposeSplit(v.ctx(), s.DB, v.by, d.ID, split, v.r.Form.Get("why"))
	if closed {
		return say.That("You agree, and it is over: the money is divided."), err
	}
	return say.That("The other side reads what you would agree to."), err
}

func (s *Server) bringEvidence(v *visit, d dispute.View) (say.Sentence, error) {
	in := dispute.Evidence{Words: v.r.Form.Get("evidence")}
	if cites := v.r.Form.Get("cites"); cites != "" {
		n, err := strconv.ParseInt(cites, 10, 64)
		if err != nil {
			return say.Sentence{}, dispute.ErrCited
		}
		in.Submission = contract.SubmissionID(n)
	}
	var err error
	if in.Files, err = v.uploads("files"); err != nil {
		return say.Sentence{}, err
	}
	_, err = dispute.AddEvidence(v.ctx(), s.DB, v.by, d.ID, in)
	return say.That("It is added. The other side and the arbiter can read it."), named(err, "words", "evidence")
}

// named points a refusal at the field as it is called on the page.
func named(err error, field, here string) error {
	faults := fault.All(err)
	if len(faults) == 0 {
		return err
	}
	moved := make([]error, len(faults))
	for i, f := range faults {
		if f.Field == field {
			f = f.At(here)
		}
		moved[i] = f
	}
	return errors.Join(moved...)
}

func (s *Server) askReview(v *visit, d dispute.View) (say.Sentence, error) {
	return say.That("The decision is being reviewed. You hear how it ends."), dispute.AskReview(v.ctx(), s.DB, v.by, d.ID, v.r.Form.Get("words"))
}

func (s *Server) decideDispute(v *visit, d dispute.View) (say.Sentence, error) {
	award, unreadable := amount(v.r.Form.Get("award"), d.Sum.Currency, "award")
	criteria, wrong1 := ticks(v.r.Form["criteria"])
	evidence, wrong2 := ticks(v.r.Form["evidence"])
	if err := errors.Join(unreadable, wrong1, wrong2); err != nil {
		return say.Sentence{}, err
	}
	return say.That("You have decided. Both read it now."), dispute.Decide(v.ctx(), s.DB, v.by, d.ID,
		dispute.Ruling{Award: award, Words: v.r.Form.Get("words"), Criteria: criteria, Evidence: evidence})
}

func ticks(ticked []string) (all []int, err error) {
	for _, t := range ticked {
		n, err := strconv.Atoi(t)
		if err != nil {
			return nil, errForm
		}
		all = append(all, n)
	}
	return all, nil
}

func (s *Server) castVote(v *visit, d dispute.View) (say.Sentence, error) {
	award, err := amount(v.r.Form.Get("award"), d.Sum.Currency, "award")
	if err != nil {
		return say.Sentence{}, err
	}
	return say.That("Your vote is in."), dispute.CastVote(v.ctx(), s.DB, v.by, d.ID, award, v.r.Form.Get("words"))
}

func (s *Server) showDesk(v *visit) error {
	items, err := dispute.Desk(v.ctx(), s.DB, v.by)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.DeskPage(f, items) })
}

// showDisputes is how disputes ended, for everybody.
func (s *Server) showDisputes(v *visit) error {
	before, err := v.before()
	if err != nil {
		return err
	}
	all, err := dispute.Publish(v.ctx(), s.DB, dispute.ID(before), pageSize+1)
	if err != nil {
		return err
	}
	all, next := page(all, func(last dispute.Published) string { return fmt.Sprintf("/disputes?before=%d", last.ID) })
	return v.show(func(f view.Frame) templ.Component { return view.DisputesPage(f, all, next) })
}
