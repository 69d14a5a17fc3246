package web

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/a-h/templ"

	"freehold/internal/account"
	"freehold/internal/conduct"
	"freehold/internal/kit/say"
	"freehold/internal/restriction"
	"freehold/internal/web/view"
)

func (s *Server) rules(v *visit) error {
	return v.show(func(f view.Frame) templ.Component { return view.RulesPage(f, conduct.Rules) })
}

// reportForm shows what is about to be reported, as whoever asks may see it.
func (s *Server) reportForm(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	t, err := conduct.ToReport(v.ctx(), s.DB, v.by, in.Get("about"))
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.ReportPage(f, f.Form(), t) })
}

func (s *Server) report(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	t, err := conduct.ToReport(v.ctx(), s.DB, v.by, in.Get("about"))
	if err != nil {
		return err
	}
	r, err := conduct.Submit(v.ctx(), s.DB, v.by, conduct.Submission{
		Subject: t.Subject, Rule: conduct.RuleKey(in.Get("rule")), Words: in.Get("words"), Email: in.Get("email"), From: v.visitor(),
	})
	if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.ReportPage(f, form, t) })
	}
	if v.by.ID == 0 {
		return v.redirect("/rules", "Your report has arrived, and a person looks at it by %s. Thank you.", r.AnswerBy)
	}
	return v.redirect("/my/reports", "Your report has arrived. A person looks at it, and you read here what came of it by %s.", r.AnswerBy)
}

func (s *Server) myReports(v *visit) error {
	all, err := conduct.ListReported(v.ctx(), s.DB, v.by)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.MyReportsPage(f, all) })
}

// myDecisions is where somebody lands whom a decision keeps from something.
func (s *Server) myDecisions(v *visit) error {
	all, err := conduct.ListMine(v.ctx(), s.DB, v.by)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.MyDecisionsPage(f, all) })
}

// publicDecisions is how rules were kept, for everybody, without a name.
func (s *Server) publicDecisions(v *visit) error {
	before, err := v.before()
	if err != nil {
		return err
	}
	all, err := conduct.Publish(v.ctx(), s.DB, conduct.ID(before), pageSize+1)
	if err != nil {
		return err
	}
	figures, err := conduct.Count(v.ctx(), s.DB)
	if err != nil {
		return err
	}
	all, next := page(all, func(last conduct.Published) string { return fmt.Sprintf("/decisions?before=%d", last.ID) })
	return v.show(func(f view.Frame) templ.Component { return view.DecisionsPage(f, all, figures, next) })
}

// yearOfDecisions hands out the report about a year, as a table for other programs.
func (s *Server) yearOfDecisions(v *visit) error {
	year, err := id[int64](v, "year")
	if err != nil {
		return err
	}
	all, err := conduct.ReportYear(v.ctx(), s.DB, int(year))
	if err != nil {
		return err
	}
	v.handOut("attachment", "text/csv; charset=utf-8", fmt.Sprintf("transparency-%d.csv", year))
	return conduct.WriteYear(v.w, all)
}

func (s *Server) decisionOf(v *visit) (conduct.View, error) {
	n, err := id[conduct.ID](v, "id")
	if err != nil {
		return conduct.View{}, err
	}
	return conduct.Show(v.ctx(), s.DB, v.by, n)
}

func (s *Server) showDecision(v *visit) error {
	d, err := s.decisionOf(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.DecisionPage(f, f.Form(), d) })
}

// openEvidence shows a piece of evidence whole. That somebody of the staff has
// opened it is on record.
func (s *Server) openEvidence(v *visit) error {
	d, err := s.decisionOf(v)
	if err != nil {
		return err
	}
	n, err := id[int64](v, "n")
	if err != nil {
		return err
	}
	e, err := conduct.OpenEvidence(v.ctx(), s.DB, v.by, d.ID, int(n))
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.EvidencePage(f, d, e) })
}

// onDecision does what a form on the page of a decision asks for, or shows it again
// with what was refused.
func (s *Server) onDecision(done say.Sentence, do func(*visit, conduct.View) error) handler {
	return func(v *visit) error {
		d, err := s.decisionOf(v)
		if err != nil {
			return err
		}
		if _, err := v.form(); err != nil {
			return err
		}
		if err := do(v, d); err != nil {
			return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.DecisionPage(f, form, d) })
		}
		return v.redirect(d.ID.URL(), "%s", done)
	}
}

func (s *Server) answerHearing(v *visit, d conduct.View) error {
	return conduct.Answer(v.ctx(), s.DB, v.by, d.ID, v.r.Form.Get("words"))
}

func (s *Server) appealDecision(v *visit, d conduct.View) error {
	_, err := conduct.Contest(v.ctx(), s.DB, v.by, d.ID, v.r.Form.Get("words"))
	return err
}

func (s *Server) speakInAppeal(v *visit, d conduct.View) error {
	return conduct.Speak(v.ctx(), s.DB, v.by, d.ID, v.r.Form.Get("said"))
}

func (s *Server) addEvidence(v *visit, d conduct.View) error {
	_, err := conduct.AddEvidence(v.ctx(), s.DB, v.by, d.ID, v.r.Form.Get("title"), v.r.Form.Get("text"))
	return err
}

func (s *Server) deliverDecision(v *visit, d conduct.View) error {
	days, err1 := number(v.r.Form.Get("days"), "days")
	cited, err2 := ticks(v.r.Form["evidence"])
	if wrong := errors.Join(err1, err2); wrong != nil && d.CanDeliver {
		return wrong
	}
	_, err := conduct.Deliver(v.ctx(), s.DB, v.by, d.ID, conduct.Ruling{
		Measure: restriction.Measure(v.r.Form.Get("measure")), Days: days, Facts: v.r.Form.Get("facts"), Why: v.r.Form.Get("why"),
		Evidence: cited, Outcome: v.r.Form.Get("outcome"),
	})
	return err
}

func (s *Server) dropDecision(v *visit, d conduct.View) error {
	return named(conduct.Drop(v.ctx(), s.DB, v.by, d.ID, v.r.Form.Get("drop")), "outcome", "drop")
}

func (s *Server) liftDecision(v *visit, d conduct.View) error {
	return named(conduct.Lift(v.ctx(), s.DB, v.by, d.ID, v.r.Form.Get("lift")), "outcome", "lift")
}

func (s *Server) judgeAppeal(v *visit, d conduct.View) error {
	return conduct.Judge(v.ctx(), s.DB, v.by, d.ID, conduct.Judgement{
		Outcome: conduct.AppealState(v.r.Form.Get("outcome")), Reasons: v.r.Form.Get("reasons"),
	})
}

// reportQueue is the desk of those who keep the rules.
func (s *Server) reportQueue(v *visit) error {
	q, err := conduct.Desk(v.ctx(), s.DB, v.by)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.ReportQueuePage(f, q) })
}

func (s *Server) reportOf(v *visit) (conduct.ReportView, error) {
	n, err := id[conduct.ReportID](v, "id")
	if err != nil {
		return conduct.ReportView{}, err
	}
	return conduct.ShowReport(v.ctx(), s.DB, v.by, n)
}

func (s *Server) showReport(v *visit) error {
	r, err := s.reportOf(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.ReportDeskPage(f, f.Form(), r) })
}

// onReport does what a form on the page of a report asks for.
func (s *Server) onReport(done say.Sentence, do func(*visit, conduct.ReportView) error) handler {
	return func(v *visit) error {
		r, err := s.reportOf(v)
		if err != nil {
			return err
		}
		if _, err := v.form(); err != nil {
			return err
		}
		if err := do(v, r); err != nil {
			return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.ReportDeskPage(f, form, r) })
		}
		return v.redirect(r.URL(), "%s", done)
	}
}

func (s *Server) claimReport(v *visit, r conduct.ReportView) error {
	version, err := number(v.r.Form.Get("version"), "version")
	if err != nil {
		return err
	}
	return conduct.Claim(v.ctx(), s.DB, v.by, r.ID, version)
}

func (s *Server) dismissReport(v *visit, r conduct.ReportView) error {
	return conduct.Dismiss(v.ctx(), s.DB, v.by, r.ID, v.r.Form.Get("outcome"))
}

// draftFromReport writes down what is considered about what was reported.
func (s *Server) draftFromReport(v *visit) error {
	r, err := s.reportOf(v)
	if err != nil {
		return err
	}
	made, err := s.considered(v, conduct.Intent{Report: r.ID})
	if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.ReportDeskPage(f, form, r) })
	}
	return v.redirect(made.URL(), "It is written down.")
}

// newDecision is for what nobody has reported.
func (s *Server) newDecision(v *visit) error {
	if err := conduct.MayConsider(v.by); err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.NewDecisionPage(f, f.Form()) })
}

func (s *Server) createDecision(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	person, err := number(in.Get("person"), "person")
	var made conduct.ID
	if err == nil {
		made, err = s.considered(v, conduct.Intent{Person: account.ID(person)})
	}
	if err != nil {
		return v.again(err, view.NewDecisionPage)
	}
	return v.redirect(made.URL(), "It is written down.")
}

// considered reads what somebody of the staff means to decide, and writes it down.
func (s *Server) considered(v *visit, in conduct.Intent) (conduct.ID, error) {
	form, err := v.form()
	if err != nil {
		return 0, err
	}
	days, err := strconv.Atoi(form.Get("days"))
	if err != nil {
		days = 0 // which is refused beside the field
	}
	in.Rule, in.Measure, in.Days = conduct.RuleKey(form.Get("rule")), restriction.Measure(form.Get("measure")), days
	in.Facts, in.Why, in.Urgent = form.Get("facts"), form.Get("why"), form.Get("urgent") != ""
	return conduct.Propose(v.ctx(), s.DB, v.by, in)
}

// landing is where somebody goes once they have signed in: whom a decision keeps
// from something reads that first, unless they were on their way elsewhere.
func landing(by account.Actor, then string) string {
	if by.Restricted && then == "/" {
		return "/my/decisions"
	}
	return then
}
