package web

import (
	"github.com/a-h/templ"

	"freehold/internal/banking"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/terms"
	"freehold/internal/web/view"
)

func (s *Server) payoutAccounts(v *visit) error { return s.payoutAccountsPage(v, nil) }

// payoutAccountsPage shows where money goes out to, and how by itself.
func (s *Server) payoutAccountsPage(v *visit, refused error) error {
	a := view.Accounts{Rails: s.Rails}
	err := s.DB.View(v.ctx(), func(tx *db.Tx) (err error) { a.Currencies, err = terms.Currencies(v.ctx(), tx); return err })
	if err != nil {
		return err
	}
	if a.Methods, err = banking.Methods(v.ctx(), s.DB, v.by); err != nil {
		return err
	}
	if a.Schedule, err = banking.ScheduleOf(v.ctx(), s.DB, v.by); err != nil {
		return err
	}
	page := func(f view.Frame, form view.Form) templ.Component { return view.AccountsPage(f, form, a) }
	if refused != nil {
		return v.again(refused, page)
	}
	return v.show(func(f view.Frame) templ.Component { return page(f, f.Form()) })
}

func (s *Server) addPayoutAccount(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	rail, err := s.Rails.Named(in.Get("rail"))
	if err != nil {
		return s.payoutAccountsPage(v, err)
	}
	m, err := banking.AddAccount(v.ctx(), s.DB, s.Vault, rail, v.by, in.Get("password"), in.Get("iban"), in.Get("holder"))
	if err != nil {
		return s.payoutAccountsPage(v, err)
	}
	return v.redirect("/wallet/accounts", "%s is added. Money can go there from %s on; we have written you a mail about it.", m.Label, m.UsableFrom)
}

func (s *Server) removePayoutAccount(v *visit) error {
	n, err := id[banking.MethodID](v, "id")
	if err != nil {
		return err
	}
	if err := banking.RemoveMethod(v.ctx(), s.DB, v.by, n); err != nil {
		return err
	}
	return v.redirect("/wallet/accounts", "The account is removed. What was still to go there is in your wallet again.")
}

func (s *Server) setSchedule(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	rail, to, err := s.target(in.Get("account"))
	if err != nil {
		return s.payoutAccountsPage(v, err)
	}
	least, err := amount(in.Get("least"), "EUR", "least") // of whichever currency: only the digits count
	if err == nil && least == (money.Amount{}) {
		err = banking.ErrLeast
	}
	if err != nil {
		return s.payoutAccountsPage(v, err)
	}
	set, err := banking.SetSchedule(v.ctx(), s.DB, rail, v.by, banking.Every(in.Get("every")), least.Minor, to)
	if err != nil {
		return s.payoutAccountsPage(v, err)
	}
	return v.redirect("/wallet/accounts", "From now on your money goes out by itself, for the first time on %s.", set.NextAt)
}

func (s *Server) endSchedule(v *visit) error {
	if err := banking.EndSchedule(v.ctx(), s.DB, v.by); err != nil {
		return err
	}
	return v.redirect("/wallet/accounts", "Your money stays in your wallet until you withdraw it.")
}
