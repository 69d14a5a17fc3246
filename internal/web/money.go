package web

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/kit/say"
	"freehold/internal/web/view"
)

func (s *Server) moneyDesk(v *visit) error { return s.moneyPage(v, nil) }

// moneyPage shows how things stand with the money, to those of finance.
func (s *Server) moneyPage(v *visit, refused error) error {
	d, err := banking.ShowDesk(v.ctx(), s.DB, s.Rails, v.by)
	if err != nil {
		return err
	}
	page := func(f view.Frame, form view.Form) templ.Component { return view.MoneyPage(f, form, d, s.Rails) }
	if refused != nil {
		return v.again(refused, page)
	}
	return v.show(func(f view.Frame) templ.Component { return page(f, f.Form()) })
}

// onMoney does what a form on the desk asks for, or shows the desk again with what was
// refused.
func (s *Server) onMoney(do func(*visit) (say.Sentence, error)) handler {
	return func(v *visit) error {
		if _, err := v.form(); err != nil {
			return err
		}
		done, err := do(v)
		if err != nil {
			return s.moneyPage(v, err)
		}
		return v.redirect("/staff/money", "%s", done)
	}
}

func (s *Server) reconcileRail(v *visit) (say.Sentence, error) {
	found, err := banking.ReconcileNow(v.ctx(), s.DB, s.Rails, v.by, v.r.PathValue("rail"))
	if len(found) == 0 {
		return say.That("Read and compared: the books agree."), err
	}
	return say.That("Read and compared: they differ in %d places.", len(found)), err
}

// mostOfAStatement is how large a bank's file can be.
const mostOfAStatement = 10 << 20

func (s *Server) importStatement(v *visit) (say.Sentence, error) {
	rail, err := s.Rails.Filed(v.r.PathValue("rail"))
	if err != nil {
		return say.Sentence{}, err
	}
	sent, _, err := v.r.FormFile("file")
	if err != nil {
		return say.Sentence{}, banking.ErrStatement.With(v.reader.T("Choose the file first."))
	}
	defer sent.Close() //nolint:errcheck // only read
	data, err := io.ReadAll(io.LimitReader(sent, mostOfAStatement))
	if err != nil {
		return say.Sentence{}, err
	}
	in, err := banking.ImportStatement(v.ctx(), s.DB, rail, v.by, data)
	return say.That("%d lines are taken over. The books differ in %d places.", in.Lines, len(in.Findings)), err
}

func (s *Server) makePaymentFile(v *visit) (say.Sentence, error) {
	rail, err := s.Rails.Filed(v.r.PathValue("rail"))
	if err != nil {
		return say.Sentence{}, err
	}
	f, err := banking.MakePaymentFile(v.ctx(), s.DB, s.Vault, rail, v.by)
	return say.That("File %d holds %d payouts, %s together. Download it, and give it to the bank.", int64(f.ID), f.Payouts, f.Amount()), err
}

func (s *Server) fetchPaymentFile(v *visit) error {
	n, err := id[banking.FileID](v, "id")
	if err != nil {
		return err
	}
	xml, err := banking.FetchPaymentFile(v.ctx(), s.DB, s.Vault, v.by, n)
	if err != nil {
		return err
	}
	v.handOut("attachment", "application/xml", fmt.Sprintf("payments-%d.xml", n))
	_, err = io.WriteString(v.w, xml)
	return err
}

// linePage is the page of a line that somebody has to look at.
func (s *Server) linePage(v *visit) (func(view.Frame, view.Form) templ.Component, banking.LineID, error) {
	n, err := id[banking.LineID](v, "id")
	if err != nil {
		return nil, 0, err
	}
	d, err := banking.ShowDesk(v.ctx(), s.DB, s.Rails, v.by)
	if err != nil {
		return nil, 0, err
	}
	for _, l := range slices.Concat(d.Unclaimed, d.Unexplained) {
		if l.ID == n {
			return func(f view.Frame, form view.Form) templ.Component { return view.LinePage(f, form, d, l) }, n, nil
		}
	}
	return nil, n, banking.ErrClaimed
}

func (s *Server) openLine(v *visit) error {
	page, _, err := s.linePage(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return page(f, f.Form()) })
}

// onLine does what a form on the page of a line asks for, or shows it again with what
// was refused.
func (s *Server) onLine(do func(*visit, banking.LineID) (say.Sentence, error)) handler {
	return func(v *visit) error {
		page, n, err := s.linePage(v)
		if err != nil {
			return err
		}
		if _, err := v.form(); err != nil {
			return err
		}
		done, err := do(v, n)
		if err != nil {
			return v.again(err, page)
		}
		return v.redirect("/staff/money", "%s", done)
	}
}

func (s *Server) assignLine(v *visit, n banking.LineID) (say.Sentence, error) {
	whose, err := strconv.ParseInt(v.r.Form.Get("person"), 10, 64)
	if err != nil {
		return say.Sentence{}, banking.ErrNobodyThere
	}
	return say.That("The money is in its owner’s wallet, and they know."), banking.AssignLine(v.ctx(), s.DB, v.by, n, account.ID(whose))
}

func (s *Server) fundLine(v *visit, n banking.LineID) (say.Sentence, error) {
	return say.That("It is in the guarantee fund."), banking.FundLine(v.ctx(), s.DB, v.by, n)
}

func (s *Server) explainLine(v *visit, n banking.LineID) (say.Sentence, error) {
	what, number, _ := strings.Cut(v.r.Form.Get("explanation"), "/")
	came, _ := strconv.ParseInt(number, 10, 64) //nolint:errcheck // then it is of no line
	return say.That("Explained. The next comparison counts it."), banking.ExplainLine(v.ctx(), s.DB, v.by, n, banking.Explanation(what), banking.LineID(came))
}

// handedPage is the page of a payout that a bank has.
func (s *Server) handedPage(v *visit) (func(view.Frame, view.Form) templ.Component, banking.PayoutID, error) {
	n, err := id[banking.PayoutID](v, "id")
	if err != nil {
		return nil, 0, err
	}
	d, err := banking.ShowDesk(v.ctx(), s.DB, s.Rails, v.by)
	if err != nil {
		return nil, 0, err
	}
	for _, p := range d.Handed {
		if p.ID == n {
			return func(f view.Frame, form view.Form) templ.Component { return view.HandedPage(f, form, d, p) }, n, nil
		}
	}
	return nil, n, banking.ErrSettled
}

func (s *Server) handedPayout(v *visit) error {
	page, _, err := s.handedPage(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return page(f, f.Form()) })
}

func (s *Server) onHanded(do func(*visit, banking.PayoutID) (say.Sentence, error)) handler {
	return func(v *visit) error {
		page, n, err := s.handedPage(v)
		if err != nil {
			return err
		}
		if _, err := v.form(); err != nil {
			return err
		}
		done, err := do(v, n)
		if err != nil {
			return v.again(err, page)
		}
		return v.redirect("/staff/money", "%s", done)
	}
}

func (s *Server) rejectPayout(v *visit, n banking.PayoutID) (say.Sentence, error) {
	return say.That("The money is in its owner’s wallet again, and they know why."), banking.RejectPayout(v.ctx(), s.DB, v.by, n, v.r.Form.Get("why"))
}
