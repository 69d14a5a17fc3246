package web

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"freehold/internal/banking"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/terms"
	"freehold/internal/web/view"
)

const payoutsShown = 5

func (s *Server) wallet(v *visit) error {
	before, err := v.before()
	if err != nil {
		return err
	}
	w := view.Wallet{Currency: v.r.URL.Query().Get("currency")}
	if w.Balances, err = banking.Balances(v.ctx(), s.DB, v.by); err != nil {
		return err
	}
	if !money.Known(w.Currency) {
		w.Currency = mainCurrency(w.Balances)
	}
	w.History, err = banking.History(v.ctx(), s.DB, v.by, w.Currency, before, pageSize+1)
	if err != nil {
		return err
	}
	w.History, w.Next = page(w.History, func(m banking.Movement) string {
		return "/wallet?currency=" + w.Currency + "&before=" + strconv.FormatInt(m.Version, 10)
	})
	if w.Payouts, err = banking.PayoutsOf(v.ctx(), s.DB, v.by, payoutsShown); err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.WalletPage(f, w) })
}

// mainCurrency is the one in which somebody has most to do.
func mainCurrency(balances []banking.Balance) string {
	if len(balances) == 0 {
		return "EUR"
	}
	return balances[0].Available.Currency
}

func (s *Server) addMoneyForm(v *visit) error { return s.addMoneyPage(v, nil) }

// addMoneyPage shows the form, empty or as it was sent and refused.
func (s *Server) addMoneyPage(v *visit, refused error) error {
	var currencies []string
	err := s.DB.View(v.ctx(), func(tx *db.Tx) (err error) { currencies, err = terms.Currencies(v.ctx(), tx); return err })
	if err != nil {
		return err
	}
	balances, err := banking.Balances(v.ctx(), s.DB, v.by)
	if err != nil {
		return err
	}
	page := func(f view.Frame, form view.Form) templ.Component {
		return view.AddMoneyPage(f, form, currencies, mainCurrency(balances))
	}
	if refused != nil {
		return v.again(refused, page)
	}
	return v.show(func(f view.Frame) templ.Component { return page(f, f.Form()) })
}

var errNotCollected = fault.New(fault.Conflict, "deposit_refused",
	"The money did not come through. %s Nothing was taken. You can try again, or with another amount.")

func (s *Server) addMoney(v *visit) error {
	a, err := v.amountSent()
	if err != nil {
		return s.addMoneyPage(v, err)
	}
	deposit, err := banking.AddMoney(v.ctx(), s.DB, s.Rail, v.by, a)
	if err != nil {
		return s.addMoneyPage(v, err)
	}
	switch deposit.State {
	case banking.Failed:
		return s.addMoneyPage(v, errNotCollected.With(*deposit.Failure).At("amount"))
	case banking.Confirmed:
		return v.redirect("/wallet?currency="+a.Currency, "%s is in your wallet now.", a)
	default:
		return v.redirect("/wallet?currency="+a.Currency, "%s is on its way. We tell you as soon as it is in your wallet.", a)
	}
}

func (s *Server) withdrawMoneyForm(v *visit) error { return s.withdrawMoneyPage(v, nil) }

func (s *Server) withdrawMoneyPage(v *visit, refused error) error {
	balances, err := banking.Balances(v.ctx(), s.DB, v.by)
	if err != nil {
		return err
	}
	balances = slices.DeleteFunc(balances, func(b banking.Balance) bool { return !b.Available.Positive() })
	page := func(f view.Frame, form view.Form) templ.Component { return view.WithdrawPage(f, form, balances) }
	if refused != nil {
		return v.again(refused, page)
	}
	return v.show(func(f view.Frame) templ.Component { return page(f, f.Form()) })
}

func (s *Server) withdrawMoney(v *visit) error {
	a, err := v.amountSent()
	if err != nil {
		return s.withdrawMoneyPage(v, err)
	}
	if _, err := banking.Withdraw(v.ctx(), s.DB, s.Rail, v.by, a); err != nil {
		return s.withdrawMoneyPage(v, err)
	}
	return v.redirect("/wallet?currency="+a.Currency, "%s has left your wallet and is on its way to you. We tell you when it arrives.", a)
}

var errNoAmount = fault.New(fault.Invalid, "amount_missing", "Say how much, for example 1250 or 99.50.").At("amount")

// amountSent reads the fields amount and currency of a form.
func (v *visit) amountSent() (money.Amount, error) {
	in, err := v.form()
	if err != nil {
		return money.Amount{}, err
	}
	a, err := amount(in.Get("amount"), in.Get("currency"), "amount")
	if err == nil && a == (money.Amount{}) {
		err = errNoAmount
	}
	return a, err
}
