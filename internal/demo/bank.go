package demo

import (
	"context"
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/kit/money"
)

// How money moves in the demonstration: most of it on the sandbox, some by transfers to
// an account that no bank has.
const (
	Rails = "sandbox,manual"
	Bank  = "holder=Freehold+demonstration&iban=FI2112345600000785&currency=EUR"
)

// bankActs are what happens between the market and its bank.
func (s *stage) bankActs() []act {
	if _, err := s.Rails.Filed("manual"); err != nil {
		return nil // a market that has no bank
	}
	step := func(ago int, what string, do func(context.Context) error) act { return act{ago, what, do} }
	euros := func(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }
	var account banking.MethodID
	return []act{
		step(21, "the operator pays into the reserve", func(ctx context.Context) error {
			_, err := s.Rails[0].Collect(ctx, banking.Order{Key: "reserve/1", Amount: euros(500)})
			return err
		}),
		step(20, "mara makes it the guarantee fund", func(ctx context.Context) error {
			desk, err := banking.ShowDesk(ctx, s.DB, s.Rails, s.people["mara"])
			if err != nil {
				return err
			}
			for _, l := range desk.Unclaimed {
				if err := banking.FundLine(ctx, s.DB, s.people["mara"], l.ID); err != nil {
					return err
				}
			}
			return nil
		}),
		step(12, "walter pays, and his bank takes it back", func(ctx context.Context) error {
			_, err := banking.AddMoney(ctx, s.DB, s.Rails[0], s.people["walter"], money.Amount{Minor: 1414, Currency: "EUR"})
			return err
		}),
		step(6, "hana adds an account", func(ctx context.Context) error {
			m, err := s.addAccount(ctx, "hana", "MT84 MALT 0110 0001 2345 MTLC AST0 01S")
			account = m.ID
			return err
		}),
		step(5, "carl is to transfer", func(ctx context.Context) error { return s.transfers(ctx, "carl", euros(1200)) }),
		step(4, "sofia is to transfer", func(ctx context.Context) error { return s.transfers(ctx, "sofia", euros(640)) }),
		step(3, "hana withdraws", func(ctx context.Context) error { return s.withdraws(ctx, "hana", euros(30), account) }),
		step(2, "mara takes hana’s money to the bank", func(ctx context.Context) error {
			manual, err := s.Rails.Filed("manual")
			if err != nil {
				return err
			}
			_, err = banking.MakePaymentFile(ctx, s.DB, s.Vault, manual, s.people["mara"])
			return err
		}),
		step(2, "mara reads the bank’s statement", s.readStatement),
		step(1, "hana withdraws again", func(ctx context.Context) error { return s.withdraws(ctx, "hana", euros(20), account) }),
		step(1, "hana has her money go out by itself", func(ctx context.Context) error {
			manual, err := s.Rails.Named("manual")
			if err != nil {
				return err
			}
			_, err = banking.SetSchedule(ctx, s.DB, manual, s.people["hana"], banking.EveryMonth, 50_00, account)
			return err
		}),
		step(0, "elif adds an account", func(ctx context.Context) error {
			_, err := s.addAccount(ctx, "elif", "PT50 0002 0123 1234 5678 9015 4")
			return err
		}),
	}
}

func (s *stage) withdraws(ctx context.Context, who string, a money.Amount, to banking.MethodID) error {
	manual, err := s.Rails.Named("manual")
	if err != nil {
		return err
	}
	_, err = banking.Withdraw(ctx, s.DB, manual, s.people[who], a, to)
	return err
}

func (s *stage) addAccount(ctx context.Context, who, iban string) (m banking.Method, err error) {
	manual, err := s.Rails.Named("manual")
	if err != nil {
		return m, err
	}
	return banking.AddAccount(ctx, s.DB, s.Vault, manual, s.people[who], password, iban, s.people[who].Name)
}

func (s *stage) transfers(ctx context.Context, who string, a money.Amount) error {
	manual, err := s.Rails.Named("manual")
	if err != nil {
		return err
	}
	_, err = banking.AddMoney(ctx, s.DB, manual, s.people[who], a)
	return err
}

// readStatement takes over a day on which Sofia has paid with her reference, and
// somebody without any.
func (s *stage) readStatement(ctx context.Context) error {
	manual, err := s.Rails.Filed("manual")
	if err != nil {
		return err
	}
	sofias, err := s.waiting(ctx, s.people["sofia"])
	if err != nil {
		return err
	}
	day := s.Clock.Now().UTC().Format(time.DateOnly)
	table := fmt.Sprintf("date,amount,text,name,id\n%s,640.00,%s,%s,1\n%s,1200.00,for the website,A. Surname,2\n", day, banking.ReferenceOf(fmt.Sprintf("deposit/%d", sofias)), s.people["sofia"].Name, day)
	_, err = banking.ImportStatement(ctx, s.DB, manual, s.people["mara"], []byte(table))
	return err
}

func (s *stage) waiting(ctx context.Context, by account.Actor) (banking.DepositID, error) {
	all, err := banking.DepositsThatWait(ctx, s.DB, by)
	if err != nil || len(all) == 0 {
		return 0, fmt.Errorf("%s waits for nothing: %w", by.Name, err)
	}
	return all[0].ID, nil
}
