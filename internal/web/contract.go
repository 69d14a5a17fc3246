package web

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/review"
	"freehold/internal/web/view"
)

func (s *Server) myContracts(v *visit) error {
	before, err := v.before()
	if err != nil {
		return err
	}
	contracts, err := contract.MineContracts(v.ctx(), s.DB, v.by, contract.ID(before), pageSize+1)
	if err != nil {
		return err
	}
	next := ""
	if len(contracts) > pageSize {
		contracts = contracts[:pageSize]
		next = fmt.Sprintf("/my/contracts?before=%d", contracts[pageSize-1].ID)
	}
	var offers []contract.OfferItem
	if before == 0 {
		if offers, err = contract.MineOffers(v.ctx(), s.DB, v.by, 0, 100); err != nil {
			return err
		}
		offers = slices.DeleteFunc(offers, func(o contract.OfferItem) bool { return o.EndedAt != nil })
	}
	return v.show(func(f view.Frame) templ.Component { return view.MyContractsPage(f, offers, contracts, next) })
}

func (s *Server) contractOf(v *visit) (contract.View, error) {
	n, err := id[contract.ID](v, "id")
	if err != nil {
		return contract.View{}, err
	}
	return contract.Show(v.ctx(), s.DB, v.by, n)
}

func (s *Server) showContract(v *visit) error {
	c, err := s.contractOf(v)
	if err != nil {
		return err
	}
	var r review.View
	if c.State == contract.Ended && !c.AsDelegate {
		if r, err = review.Show(v.ctx(), s.DB, v.by, c.ID); err != nil {
			return err
		}
	}
	return v.show(func(f view.Frame) templ.Component { return view.ContractPage(f, c, r) })
}

func (s *Server) showSigned(v *visit) error {
	c, err := s.contractOf(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.SignedPage(f, c) })
}

func (s *Server) fundContract(v *visit) error {
	n, err := id[contract.ID](v, "id")
	if err != nil {
		return err
	}
	if err := contract.Fund(v.ctx(), s.DB, v.by, n); err != nil {
		return err
	}
	return v.redirect(fmt.Sprintf("/contracts/%d", n), "The money is in escrow. Work can begin.")
}

// nameDelegate reads whom the client means by the number that the address of their
// page ends with.
func (s *Server) nameDelegate(v *visit) error {
	c, err := s.contractOf(v)
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	typed := strings.TrimSuffix(strings.TrimSpace(in.Get("person")), "/")
	n, err := strconv.ParseInt(typed[strings.LastIndex(typed, "/")+1:], 10, 64)
	if err != nil {
		n = 0 // which is nobody
	}
	if err := contract.NameDelegate(v.ctx(), s.DB, v.by, c.ID, account.ID(n)); err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.DelegatePage(f, form, c) })
	}
	return v.redirect(fmt.Sprintf("/contracts/%d", c.ID), "They can judge the work in your place from now on, and have been told.")
}

func (s *Server) endDelegation(v *visit) error {
	n, err := id[contract.ID](v, "id")
	if err != nil {
		return err
	}
	if err := contract.EndDelegation(v.ctx(), s.DB, v.by, n); err != nil {
		return err
	}
	return v.redirect("/my/contracts", "Only the client judges the work there again.")
}

func (s *Server) setTopUp(v *visit) error {
	n, err := id[contract.ID](v, "id")
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	on := in.Has("on")
	if err := contract.SetTopUp(v.ctx(), s.DB, v.by, n, on); err != nil {
		return err
	}
	if on {
		return v.redirect(fmt.Sprintf("/contracts/%d", n), "From now on, what is missing is taken from your payment method.")
	}
	return v.redirect(fmt.Sprintf("/contracts/%d", n), "From now on, you add missing money yourself.")
}

func (s *Server) leaveContract(v *visit) error {
	n, err := id[contract.ID](v, "id")
	if err != nil {
		return err
	}
	if err := contract.LeaveStarved(v.ctx(), s.DB, v.by, n); err != nil {
		return err
	}
	return v.redirect(fmt.Sprintf("/contracts/%d", n), "You have left. The ending fee is in your wallet.")
}

// contractPage is a page about a contract with a form.
type contractPage func(view.Frame, view.Form, contract.View) templ.Component

func (s *Server) contractForm(page contractPage) handler {
	return func(v *visit) error {
		c, err := s.contractOf(v)
		if err != nil {
			return err
		}
		return v.show(func(f view.Frame) templ.Component { return page(f, f.Form(), c) })
	}
}

func (s *Server) declareAbsence(v *visit) error {
	c, err := s.contractOf(v)
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	until, err := time.Parse(time.DateOnly, in.Get("until"))
	if err != nil {
		until = time.Time{} // which is no day that can be named
	}
	if err := contract.DeclareAbsence(v.ctx(), s.DB, v.by, c.ID, until); err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.AbsencePage(f, form, c) })
	}
	return v.redirect(fmt.Sprintf("/contracts/%d", c.ID), "You are away, and %s knows it.", c.FreelancerName)
}

// giving is how one of the two gives the other something beyond the milestones.
type giving func(context.Context, *db.DB, account.Actor, contract.ID, contract.Extra) error

func (s *Server) giveExtra(page contractPage, give giving, done say.Sentence) handler {
	return func(v *visit) error {
		c, err := s.contractOf(v)
		if err != nil {
			return err
		}
		in, err := v.form()
		if err != nil {
			return err
		}
		again := func(err error) error {
			return v.again(err, func(f view.Frame, form view.Form) templ.Component { return page(f, form, c) })
		}
		a, err := amount(in.Get("amount"), c.Currency, "amount")
		if err != nil {
			return again(err)
		}
		n, err := strconv.Atoi(in.Get("n"))
		if err != nil {
			return errForm
		}
		if err := give(v.ctx(), s.DB, v.by, c.ID, contract.Extra{Amount: a, Words: in.Get("words"), N: n}); err != nil {
			return again(err)
		}
		return v.redirect(fmt.Sprintf("/contracts/%d", c.ID), "%s", done)
	}
}

func (s *Server) settlementsOf(v *visit) (contract.Settlements, error) {
	n, err := id[contract.ID](v, "id")
	if err != nil {
		return contract.Settlements{}, err
	}
	return contract.ShowSettlement(v.ctx(), s.DB, v.by, n)
}

func (s *Server) endContractForm(v *visit) error {
	c, err := s.settlementsOf(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.EndingPage(f, f.Form(), c) })
}

// ending does what ends a contract, or shows the page about it again.
func (s *Server) ending(v *visit, done say.Sentence, do func(contract.Settlements) error) error {
	c, err := s.settlementsOf(v)
	if err != nil {
		return err
	}
	if _, err := v.form(); err != nil {
		return err
	}
	if err := do(c); err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.EndingPage(f, form, c) })
	}
	return v.redirect(fmt.Sprintf("/contracts/%d", c.ID), "%s", done)
}

func (s *Server) endContract(v *visit) error {
	return s.ending(v, say.That("Notice is given. Until it has passed, the work that is funded goes on."), func(c contract.Settlements) error {
		return contract.GiveNotice(v.ctx(), s.DB, v.by, c.ID, contract.Notice{Reason: contract.NoticeReason(v.r.Form.Get("reason")), Words: v.r.Form.Get("words")})
	})
}

func (s *Server) agreeToEnd(v *visit) error {
	return s.ending(v, say.That("The contract has ended, and what was computed is paid."), func(c contract.Settlements) error {
		seen, err := strconv.ParseInt(v.r.Form.Get("freelancer_gets"), 10, 64)
		if err != nil {
			return errForm
		}
		return contract.AgreeToEnd(v.ctx(), s.DB, v.by, c.ID, money.Amount{Minor: seen, Currency: c.Currency})
	})
}

// milestoneOf finds a milestone of a contract that the visitor may see.
func (s *Server) milestoneOf(v *visit) (c contract.View, m contract.MilestoneView, err error) {
	if c, err = s.contractOf(v); err != nil {
		return c, m, err
	}
	n, err := id[contract.MilestoneID](v, "milestone")
	if err != nil {
		return c, m, err
	}
	i := slices.IndexFunc(c.Work, func(m contract.MilestoneView) bool { return m.ID == n })
	if i < 0 {
		return c, m, errMissing
	}
	return c, c.Work[i], nil
}

// milestonePage is a page about one milestone with a form.
type milestonePage func(view.Frame, view.Form, contract.View, contract.MilestoneView) templ.Component

// ask shows a form about a milestone.
func (s *Server) ask(page milestonePage) handler {
	return func(v *visit) error {
		c, m, err := s.milestoneOf(v)
		if err != nil {
			return err
		}
		return v.show(func(f view.Frame) templ.Component { return page(f, f.Form(), c, m) })
	}
}

// act does what the form about a milestone asks for, or shows it again.
func (s *Server) act(page milestonePage, done say.Sentence, do func(*visit, contract.MilestoneView) error) handler {
	return func(v *visit) error {
		c, m, err := s.milestoneOf(v)
		if err != nil {
			return err
		}
		if _, err := v.form(); err != nil {
			return err
		}
		if err := do(v, m); err != nil {
			return v.again(err, func(f view.Frame, form view.Form) templ.Component { return page(f, form, c, m) })
		}
		return v.redirect(fmt.Sprintf("/contracts/%d", c.ID), "%s", done)
	}
}

func (s *Server) submit(v *visit, m contract.MilestoneView) error {
	w := contract.Work{Note: v.r.Form.Get("note"), Links: lines(v.r.Form.Get("links")), Met: make([]bool, len(m.Criteria))}
	for _, ticked := range v.r.Form["criteria"] {
		if n, err := strconv.Atoi(ticked); err == nil && n >= 0 && n < len(w.Met) {
			w.Met[n] = true
		}
	}
	var err error
	if w.Files, err = v.uploads("files"); err != nil {
		return err
	}
	_, err = contract.SubmitMilestone(v.ctx(), s.DB, v.by, m.ID, w)
	return err
}

func (s *Server) approve(v *visit, m contract.MilestoneView) error {
	return contract.ApproveMilestone(v.ctx(), s.DB, v.by, m.ID)
}

func (s *Server) askChanges(v *visit, m contract.MilestoneView) error {
	var criteria []int
	for _, ticked := range v.r.Form["criteria"] {
		n, err := strconv.Atoi(ticked)
		if err != nil {
			return errForm
		}
		criteria = append(criteria, n)
	}
	return contract.AskChanges(v.ctx(), s.DB, v.by, m.ID, criteria, v.r.Form.Get("words"))
}

func (s *Server) takeBack(v *visit, m contract.MilestoneView) error {
	return contract.TakeBack(v.ctx(), s.DB, v.by, m.ID)
}

func (s *Server) nameShare(v *visit, m contract.MilestoneView) error {
	percent, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(v.r.Form.Get("percent")), "%")))
	if err != nil {
		return contract.ErrShare
	}
	return contract.NameShare(v.ctx(), s.DB, v.by, m.ID, percent)
}

// joined is errors.Join for a list in which most are nil.
func joined(errs []error) error { return errors.Join(errs...) }
