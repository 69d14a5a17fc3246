package contract_test

import (
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/notify"
)

// tillReminded is from noon until a week before the first part is due.
const tillReminded = 3*day - 12*time.Hour

func TestTheClientHearsAWeekAheadWhatTheNextMilestoneTakes(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(300))
	d.later(tillReminded - time.Microsecond)
	d.told(d.carl, "contract_signed")
	d.later(time.Microsecond)
	d.told(d.carl, "funding_soon", "The logo", "takes €285.00", "holds €60.00", "work stops")
	d.later(day)
	if n := d.reminders(); n != 1 {
		t.Errorf("Carl was reminded %d times", n)
	}
}

func TestWhoseWalletHoldsEnoughIsToldSo(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	d.later(tillReminded)
	d.told(d.carl, "funding_soon", "€285.00", "It holds enough")
}

func TestNobodyIsRemindedOfWhatIsNotNext(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	remind := func(by account.Actor, id contract.MilestoneID) error {
		return contract.RemindFunding(t.Context(), d.DB, by, id)
	}
	refused(t, remind(account.System, d.parts[0]), contract.ErrReminded)
	refused(t, remind(d.carl, d.parts[1]), contract.ErrReminded)
	refused(t, remind(account.System, 99), contract.ErrMilestoneNotFound)
	next := func() error { return remind(account.System, d.parts[1]) }
	oneWins(t, together(next, next), contract.ErrReminded)
	if n := d.reminders(); n != 1 {
		t.Errorf("Carl was reminded %d times", n)
	}
}

func TestAReminderThatCannotBeSentIsSentLater(t *testing.T) {
	t.Parallel()
	d := funded(t, contract.Next, euros(1000))
	d.Clock.Advance(tillReminded)
	d.plant()
	if _, err := contract.SweepDue(t.Context(), d.DB); err == nil {
		t.Error("reminded without telling anybody")
	}
	d.unplant()
	d.sweep()
	d.told(d.carl, "funding_soon")
}

// reminders are how often Carl was told what the next milestone takes.
func (d *deal) reminders() (n int) {
	d.Helper()
	all, err := notify.List(d.Context(), d.DB, d.carl, 0, 100)
	d.OK(err)
	for _, notice := range all {
		if notice.Kind == "funding_soon" {
			n++
		}
	}
	return n
}
