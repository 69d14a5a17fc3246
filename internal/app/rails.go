package app

import (
	"cmp"
	"fmt"
	"strings"

	"freehold/internal/banking"
	"freehold/internal/banking/manual"
	"freehold/internal/banking/sandbox"
)

// openRails opens the ways on which money moves. On a market on which real money does,
// none of them pretends.
func (a *App) openRails() error {
	for name := range strings.SplitSeq(cmp.Or(a.Config.Rails, "sandbox"), ",") {
		r, err := a.openRail(strings.TrimSpace(name))
		if err != nil {
			return err
		}
		if _, err := a.Rails.Named(r.Name()); err == nil {
			return fmt.Errorf("the rail %s is named twice", name)
		}
		a.Rails = append(a.Rails, r)
	}
	return nil
}

func (a *App) openRail(name string) (banking.Rail, error) {
	switch name {
	case "sandbox":
		if a.Live {
			return nil, fmt.Errorf("real money moves on this market, so it cannot have the rail sandbox: name others, such as manual")
		}
		return sandbox.Rail{DB: a.DB}, nil
	case manual.Name:
		account, err := manual.ParseAccount(a.Bank)
		return manual.Rail{DB: a.DB, Account: account}, err
	default:
		return nil, fmt.Errorf("there is no rail %q: there are sandbox and manual", name)
	}
}
