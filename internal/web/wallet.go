package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

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
	if w.Deposits, err = banking.DepositsThatWait(v.ctx(), s.DB, v.by); err != nil {
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
		return view.AddMoneyPage(f, form, currencies, mainCurrency(balances), s.Rails)
	}
	if refused != nil {
		return v.again(refused, page)
	}
	return v.show(func(f view.Frame) templ.Component { return page(f, f.Form()) })
}

var errNotCollected = fault.New(fault.Conflict, "deposit_refused",
	"The money did not come through. %s Nothing was taken. You can try again, or with another amount.")

func (s *Server) addMoney(v *visit) error {
	a, rail, err := s.amountOnRail(v)
	if err != nil {
		return s.addMoneyPage(v, err)
	}
	deposit, err := banking.AddMoney(v.ctx(), s.DB, rail, v.by, a)
	if err != nil {
		return s.addMoneyPage(v, err)
	}
	if deposit.Go != "" {
		http.Redirect(v.w, v.r, deposit.Go, http.StatusSeeOther)
		return nil
	}
	if deposit.Waits {
		return v.redirect(depositURL(deposit.ID), "We wait for %s. Here is how to send it.", a)
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
	w := view.Withdrawal{Balances: balances, Rails: s.Rails}
	if w.Methods, err = banking.Methods(v.ctx(), s.DB, v.by); err != nil {
		return err
	}
	page := func(f view.Frame, form view.Form) templ.Component { return view.WithdrawPage(f, form, w) }
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
	rail, to, err := s.target(v.r.Form.Get("account"))
	if err != nil {
		return s.withdrawMoneyPage(v, err)
	}
	p, err := banking.Withdraw(v.ctx(), s.DB, rail, v.by, a, to)
	if err != nil {
		return s.withdrawMoneyPage(v, err)
	}
	if p.NotBefore.After(p.AskedAt) {
		return v.redirect("/wallet?currency="+a.Currency, "%s has left your wallet. Because the account is new here, it goes to your bank on %s; until then you can call it back.", a, p.NotBefore)
	}
	return v.redirect("/wallet?currency="+a.Currency, "%s has left your wallet and is on its way to you. We tell you when it arrives.", a)
}

// amountOnRail reads an amount, and how it is to move.
func (s *Server) amountOnRail(v *visit) (money.Amount, banking.Rail, error) {
	a, err := v.amountSent()
	if err != nil {
		return a, nil, err
	}
	rail, err := s.Rails.Named(v.r.Form.Get("rail"))
	return a, rail, err
}

// target reads where money is to go: "manual/7" is an account, "sandbox/0" is a rail
// that needs none.
func (s *Server) target(sent string) (banking.Rail, banking.MethodID, error) {
	name, number, _ := strings.Cut(sent, "/")
	rail, err := s.Rails.Named(name)
	if err != nil {
		return nil, 0, banking.ErrNoMethod
	}
	n, _ := strconv.ParseInt(number, 10, 64)
	return rail, banking.MethodID(n), nil
}

func depositURL(id banking.DepositID) string { return fmt.Sprintf("/wallet/deposits/%d", id) }

func (s *Server) showDeposit(v *visit) error {
	n, err := id[banking.DepositID](v, "id")
	if err != nil {
		return err
	}
	p, err := banking.ShowDeposit(v.ctx(), s.DB, s.Rails, v.by, n)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.DepositPage(f, p) })
}

func (s *Server) giveUpDeposit(v *visit) error {
	n, err := id[banking.DepositID](v, "id")
	if err != nil {
		return err
	}
	if err := banking.GiveUpDeposit(v.ctx(), s.DB, v.by, n); err != nil {
		return err
	}
	return v.redirect("/wallet", "We no longer wait for it. Should it arrive after all, it goes to your wallet.")
}

func (s *Server) callBackPayout(v *visit) error {
	n, err := id[banking.PayoutID](v, "id")
	if err != nil {
		return err
	}
	p, err := banking.CallBack(v.ctx(), s.DB, v.by, n)
	if err != nil {
		return err
	}
	return v.redirect("/wallet?currency="+p.Currency, "%s is in your wallet again.", p.Amount())
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
