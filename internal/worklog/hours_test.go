package worklog_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/dispute"
	"freehold/internal/markettest"
	"freehold/internal/worklog"
)

func TestThreeWeeksArePaidAsTheyAreWorked(t *testing.T) {
	t.Parallel()
	d := hired(t, euros(2000)) // 420 a week, and 10 percent of the two weeks to come: 80
	d.is("active, funded, planned, planned", 1500_00, 0)

	d.at("2030-01-07 09:00")
	id, err := worklog.StartTimer(d.Context(), d.DB, d.ada, d.id, worklog.Note{Memo: "The new page for cakes", Links: []string{"https://example.org/cakes"}})
	d.OK(err)
	if _, err := worklog.StartTimer(d.Context(), d.DB, d.ada, d.id, worklog.Note{Memo: "Another"}); !errors.Is(err, worklog.ErrRunning) {
		t.Errorf("two timers at once: %v", err)
	}
	d.at("2030-01-07 11:30")
	minutes, err := worklog.StopTimer(d.Context(), d.DB, d.ada, d.id)
	d.OK(err)
	if minutes != 150 {
		t.Errorf("the timer logged %d minutes", minutes)
	}
	_, err = d.logs("2030-01-07", 7, 8)
	d.OK(err)
	s := d.sheet(d.carl)
	if len(s.Weeks) != 1 || s.Now == nil || len(s.Now.Lines) != 2 || s.Now.Logged != 210 || s.Now.Days[0] != 210 {
		t.Fatalf("got %+v", s.Weeks)
	}
	if l := s.Now.Lines[1]; l.ID != id || l.Manual || l.Amount != euros(100) || !s.Now.Lines[0].Manual {
		t.Errorf("got %+v", s.Now.Lines)
	}

	d.at("2030-01-11 00:00") // the next week is funded three days before it begins
	d.is("active, funded, funded, planned", 1500_00-420_00+40_00, 0)
	d.at("2030-01-14 12:00") // 3.5 hours are 140 euros; 280 and the fee on them roll over
	d.is("active, submitted, funded, planned", 1120_00, 0)
	if got := d.sheet(d.carl).Reserve; got.Minor != 273_00 {
		t.Errorf("%v rolled over", got)
	}
	d.OK(contract.ApproveMilestone(d.Context(), d.DB, d.carl, d.sheet(d.carl).Weeks[0].ID))
	d.is("active, approved, funded, planned", 1120_00, 140_00)

	_, err = d.logs("2030-01-14", 8, 9)
	d.OK(err)
	d.at("2030-01-18 00:00") // the last week takes what rolled over first
	d.is("active, approved, funded, funded", 1120_00-(420_00-273_00)+40_00, 140_00)
	d.at("2030-01-26 12:00") // silence pays the second
	d.is("active, approved, approved, funded", 1013_00, 180_00)
	d.at("2030-01-28 12:00") // nobody worked in the third
	d.is("ended, approved, approved, unused, completed", 2000_00-189_00, 180_00)
	if sums := d.sheet(d.carl).Sums; sums.Committed != euros(180) || sums.Funded != euros(180) || sums.Released != euros(180) {
		t.Errorf("the sums are %v", sums)
	}
}

func TestHoursThatCannotBePaidAreRefused(t *testing.T) {
	t.Parallel()
	d := hired(t, euros(600))
	if _, err := d.logs("2030-01-01", 8, 9); !errors.Is(err, contract.ErrNoWeek) {
		t.Errorf("before the first week: %v", err)
	}
	if _, err := worklog.StartTimer(d.Context(), d.DB, d.ada, d.id, worklog.Note{Memo: "Early"}); !errors.Is(err, contract.ErrNoWeek) {
		t.Errorf("a timer before the first week: %v", err)
	}
	d.at("2030-01-09 18:00")
	for name, test := range map[string]struct {
		day      string
		from, to int
		want     error
	}{
		"in the future":        {"2030-01-09", 17, 19, worklog.ErrFuture},
		"backwards":            {"2030-01-09", 9, 8, worklog.ErrBackwards},
		"longer than a day":    {"2030-01-07", 1, 20, worklog.ErrBackwards},
		"more than the limit":  {"2030-01-08", 6, 17, worklog.ErrLimit},
		"in a week to come":    {"2030-01-15", 8, 9, worklog.ErrWeekNotFunded},
		"no week at all":       {"2030-03-15", 8, 9, contract.ErrNoWeek},
		"over the week's edge": {"2030-01-06", 20, 25, contract.ErrNoWeek},
	} {
		if _, err := d.logs(test.day, test.from, test.to); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", name, err, test.want)
		}
	}
	_, err := d.logs("2030-01-08", 8, 12)
	d.OK(err)
	if _, err := d.logs("2030-01-08", 11, 13); !errors.Is(err, worklog.ErrOverlap) {
		t.Errorf("twice at once: %v", err)
	}
	if _, err := worklog.LogHours(d.Context(), d.DB, d.carl, d.id, worklog.Worked{Note: worklog.Note{Memo: "For her"}, From: d.Clock.Now().Add(-time.Hour), To: d.Clock.Now()}); !errors.Is(err, worklog.ErrNotYours) {
		t.Errorf("Carl logs: %v", err)
	}
	mo := d.Person("Mo", euros(0))
	if _, err := worklog.ShowHours(d.Context(), d.DB, mo, d.id); !errors.Is(err, contract.ErrNotFound) {
		t.Errorf("a stranger looks: %v", err)
	}
	if _, err := worklog.LogHours(d.Context(), d.DB, d.ada, d.id, worklog.Worked{From: d.Clock.Now().Add(-time.Hour), To: d.Clock.Now()}); !errors.Is(err, worklog.ErrMemo) {
		t.Errorf("without a note: %v", err)
	}
}

func TestATimerThatWasForgottenStopsByItself(t *testing.T) {
	t.Parallel()
	d := hired(t, euros(2000))
	d.at("2030-01-07 20:00")
	_, err := worklog.StartTimer(d.Context(), d.DB, d.ada, d.id, worklog.Note{Memo: "The forms"})
	d.OK(err)
	d.at("2030-01-09 10:00") // the limit of 10 hours came first
	if s := d.sheet(d.ada); s.Running != nil || s.Busy {
		t.Error("it still runs")
	}
	if _, err := worklog.StartTimer(d.Context(), d.DB, d.ada, d.id, worklog.Note{Memo: "More"}); !errors.Is(err, worklog.ErrLimit) {
		t.Errorf("got %v", err)
	}
	d.at("2030-01-14 12:00")
	if w := d.sheet(d.ada).Weeks[0]; w.Logged != 600 || w.Price != euros(400) {
		t.Errorf("the week has %d minutes and comes to %v", w.Logged, w.Price)
	}
}

func TestEntriesCanBeChangedUntilTheWeekIsHandedIn(t *testing.T) {
	t.Parallel()
	d := hired(t, euros(2000))
	d.at("2030-01-09 18:00")
	id, err := d.logs("2030-01-08", 8, 12)
	d.OK(err)
	from := d.Clock.Now().Add(-3 * time.Hour)
	change := worklog.Worked{Note: worklog.Note{Memo: "Mended two menus"}, From: from, To: from.Add(90 * time.Minute)}
	if err := worklog.ChangeEntry(d.Context(), d.DB, d.carl, id, change); !errors.Is(err, worklog.ErrNotYours) {
		t.Errorf("Carl changes it: %v", err)
	}
	d.OK(worklog.ChangeEntry(d.Context(), d.DB, d.ada, id, change))
	if w := d.sheet(d.ada).Weeks[0]; w.Logged != 90 || !w.Lines[0].Edited || w.Lines[0].Memo != "Mended two menus" {
		t.Errorf("got %+v", w)
	}
	other, err := d.logs("2030-01-08", 8, 9)
	d.OK(err)
	d.OK(worklog.RemoveEntry(d.Context(), d.DB, d.ada, other))
	week := d.sheet(d.ada).Weeks[0].ID
	d.OK(worklog.HandIn(d.Context(), d.DB, d.ada, week))
	if err := worklog.ChangeEntry(d.Context(), d.DB, d.ada, id, change); !errors.Is(err, contract.ErrWeekClosed) {
		t.Errorf("after it was handed in: %v", err)
	}
	if _, err := d.logs("2030-01-09", 8, 9); !errors.Is(err, contract.ErrWeekClosed) {
		t.Errorf("more hours after it was handed in: %v", err)
	}
	if err := worklog.HandIn(d.Context(), d.DB, d.ada, week); !errors.Is(err, contract.ErrSubmitted) {
		t.Errorf("handed in twice: %v", err)
	}
}

func TestSingleLinesAreDisputedWhileTheRestIsPaid(t *testing.T) {
	t.Parallel()
	d := hired(t, euros(2000))
	d.at("2030-01-09 18:00")
	_, err := d.logs("2030-01-08", 8, 12)
	d.OK(err)
	odd, err := d.logs("2030-01-09", 8, 10)
	d.OK(err)
	d.at("2030-01-14 12:00")
	week, why := d.sheet(d.carl).Weeks[0].ID, dispute.Opening{Reason: dispute.Other, Words: "Nothing changed on that day."}
	if _, err := worklog.DisputeLines(d.Context(), d.DB, d.carl, week, nil, why); !errors.Is(err, worklog.ErrNoLines) {
		t.Errorf("no lines: %v", err)
	}
	if _, err := worklog.DisputeLines(d.Context(), d.DB, d.ada, week, []worklog.EntryID{odd}, why); err == nil {
		t.Error("Ada disputed her own hours")
	}
	id, err := worklog.DisputeLines(d.Context(), d.DB, d.carl, week, []worklog.EntryID{odd}, why)
	d.OK(err)
	if got := d.Wallet(d.ada, "EUR"); got != euros(160) {
		t.Errorf("Ada has %v of the four hours that nobody disputes", got)
	}
	v, err := dispute.Show(d.Context(), d.DB, d.ada, id)
	d.OK(err)
	if v.Sum != euros(80) || !strings.Contains(v.Words, "2030-01-09 08:00 to 10:00: Mended the menu") {
		t.Errorf("the dispute is about %v: %q", v.Sum, v.Words)
	}
	_, err = dispute.ProposeSplit(d.Context(), d.DB, d.ada, id, euros(40), "Half of it.")
	d.OK(err)
	_, err = dispute.ProposeSplit(d.Context(), d.DB, d.carl, id, euros(40), "Half of it.")
	d.OK(err)
	if got := d.Wallet(d.ada, "EUR"); got != euros(200) {
		t.Errorf("Ada has %v", got)
	}
}

func TestWhenTheMoneyStopsTheContractStarves(t *testing.T) {
	t.Parallel()
	d := hired(t, euros(600)) // enough for one week and the ending fee
	d.at("2030-01-14 08:00")
	d.is("active, funded, planned, planned", 100_00, 0)
	if _, err := d.logs("2030-01-14", 7, 8); !errors.Is(err, worklog.ErrWeekNotFunded) {
		t.Errorf("a week without money: %v", err)
	}
	d.Deposit(d.carl, euros(100)) // still too little
	d.at("2030-01-14 13:00")      // 420 rolled over, and are enough for the second week
	d.is("active, unused, funded, planned", 200_00+40_00, 0)
	d.at("2030-01-14 14:00")
	_, err := d.logs("2030-01-14", 13, 14)
	d.OK(err)
	d.at("2030-01-21 12:00") // 378 rolled over, and are enough together with the wallet
	d.is("active, unused, submitted, funded", 240_00+40_00-42_00, 0)
	d.at("2030-02-20 12:00")
	d.is("ended, unused, approved, unused, completed", 700_00-42_00, 40_00)
}

func TestAStarvedCalendarEndsWithTheEndingFee(t *testing.T) {
	t.Parallel()
	d := hired(t, euros(500))
	d.at("2030-01-08 18:00")
	_, err := d.logs("2030-01-08", 7, 17) // all that the week takes
	d.OK(err)
	d.at("2030-01-14 13:00")
	d.is("active, submitted, planned, planned", 0, 0)
	d.OK(contract.ApproveMilestone(d.Context(), d.DB, d.carl, d.sheet(d.carl).Weeks[0].ID))
	d.is("starved, approved, planned, planned", 0, 400_00)
	d.at("2030-01-21 14:00")
	d.OK(contract.LeaveStarved(d.Context(), d.DB, d.ada, d.id))
	d.is("ended, approved, dropped, dropped, ended early", 0, 480_00)
}

func TestNoticeRunsToTheEndOfAWeek(t *testing.T) {
	t.Parallel()
	d := hired(t, euros(2000))
	d.at("2030-01-08 18:00")
	_, err := d.logs("2030-01-08", 8, 10)
	d.OK(err)
	d.OK(contract.GiveNotice(d.Context(), d.DB, d.carl, d.id, contract.Notice{Reason: contract.ForPlans, Words: "We close."}))
	if got := *d.sheet(d.carl).EndsAt; got.UTC().Format(time.DateTime) != "2030-01-20 23:00:00" {
		t.Errorf("it ends at %v", got)
	}
	d.at("2030-01-16 18:00")
	_, err = d.logs("2030-01-16", 8, 10)
	d.OK(err)
	d.at("2030-01-28 12:00")
	d.is("ended, approved, approved, dropped, ended early", 2000_00-168_00, 160_00)
}

func TestBothCanEndAWeekAtOnce(t *testing.T) {
	t.Parallel()
	d := hired(t, euros(2000))
	d.at("2030-01-08 18:00")
	_, err := d.logs("2030-01-08", 8, 10)
	d.OK(err)
	d.OK(contract.GiveNotice(d.Context(), d.DB, d.carl, d.id, contract.Notice{Reason: contract.ForPlans, Words: "We close."}))
	if err := contract.AgreeToEnd(d.Context(), d.DB, d.ada, d.id, euros(80)); !errors.Is(err, contract.ErrJudgeFirst) {
		t.Errorf("Ada agrees to hours that Carl has not seen: %v", err)
	}
	d.OK(worklog.HandIn(d.Context(), d.DB, d.ada, d.sheet(d.ada).Weeks[0].ID))
	d.OK(contract.ApproveMilestone(d.Context(), d.DB, d.carl, d.sheet(d.carl).Weeks[0].ID))
	d.is("under notice, approved, funded, planned", 2000_00-84_00-420_00-40_00+336_00-336_00, 80_00)
	d.OK(contract.AgreeToEnd(d.Context(), d.DB, d.ada, d.id, euros(0)))
	d.is("ended, approved, unused, dropped, ended together", 2000_00-84_00, 80_00)
}

func TestHoursComeAndGoAsATable(t *testing.T) {
	t.Parallel()
	d := hired(t, euros(2000))
	d.at("2030-01-09 18:00")
	for name, test := range map[string]struct {
		table string
		want  error
	}{
		"no table":       {"%PDF-1.7", worklog.ErrTable},
		"other columns":  {"a,b,c\n1,2,3\n", worklog.ErrTable},
		"a wrong time":   {"Date,From,To,Description\n2030-01-08,morning,noon,Menu\n", worklog.ErrRow},
		"a row too many": {"Date,From,To,Description\n2030-01-08,08:00,09:00,Menu\n2030-01-08,08:30,09:30,Menu\n", worklog.ErrRow},
		"no note":        {"Date,From,To,Description\n2030-01-08,08:00,09:00,\n", worklog.ErrRow},
	} {
		if n, err := worklog.ImportHours(d.Context(), d.DB, d.ada, d.id, strings.NewReader(test.table)); !errors.Is(err, test.want) || n != 0 {
			t.Errorf("%s: got %d, %v", name, n, err)
		}
	}
	if got := d.sheet(d.ada).Weeks[0]; len(got.Lines) != 0 {
		t.Fatalf("something was added: %+v", got.Lines)
	}
	toggl := "\ufeff\"User\",\"Email\",\"Description\",\"Start date\",\"Start time\",\"End date\",\"End time\",\"Duration\",\"Tags\"\n" +
		"Ada,ada@example.org,The menu,2030-01-08,08:00:30,2030-01-08,09:30:10,01:29:40,\n"
	kimai := "Date,From,To,Duration,User,Description\n2030-01-08,23:00,00:30,1:30,Ada,=1+1\n"
	for _, table := range []string{toggl, kimai} {
		n, err := worklog.ImportHours(d.Context(), d.DB, d.ada, d.id, strings.NewReader(table))
		d.OK(err)
		if n != 1 {
			t.Errorf("%d lines were added", n)
		}
	}
	var out strings.Builder
	d.OK(d.sheet(d.carl).WriteTable(&out))
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[1], "Ada,Carl,Look after our pages,The menu,2030-01-08,08:00:00,2030-01-08,09:30:00,01:30:00,Yes,typed in,") ||
		!strings.Contains(lines[2], ",'=1+1,2030-01-08,23:00:00,2030-01-09,00:30:00,01:30:00,") {
		t.Errorf("got\n%s", out.String())
	}
	back, err := worklog.ReadTable(strings.NewReader(out.String()), time.UTC)
	d.OK(err)
	if len(back) != 2 {
		t.Errorf("what was written reads as %+v", back)
	}
}

func TestTheRateChangesFromAWeekOn(t *testing.T) {
	t.Parallel()
	d := hired(t, euros(3000))
	sheet := d.sheet(d.carl)
	odd := sheet.Recalendar("The pages of the shop.", contract.CalendarChange{From: 2, Rate: euros(50), Hours: 6, Count: 4})
	odd.Milestones[3].Due = "2030-01-30" // in the middle of a week
	if _, err := contract.ProposeAmendment(d.Context(), d.DB, d.ada, d.id, odd, "It has grown."); !errors.Is(err, contract.ErrCalendarStands) {
		t.Errorf("a week where the calendar has none: %v", err)
	}
	plan := sheet.Recalendar("The pages of the shop.", contract.CalendarChange{From: 2, Rate: euros(50), Hours: 6, Count: 4})
	id, err := contract.ProposeAmendment(d.Context(), d.DB, d.ada, d.id, plan, "It has grown.")
	d.OK(err)
	for _, by := range []account.Actor{d.ada, d.carl} {
		v, err := contract.ShowAmendment(d.Context(), d.DB, by, id)
		d.OK(err)
		d.OK(contract.SignAmendment(d.Context(), d.DB, by, id, contract.Signing{SHA256: v.SHA256, Password: markettest.Password, PostalAddress: markettest.PostalAddress}))
	}
	d.at("2030-01-08 18:00")
	_, err = d.logs("2030-01-08", 8, 10)
	d.OK(err)
	d.at("2030-01-15 18:00")
	_, err = d.logs("2030-01-15", 8, 10)
	d.OK(err)
	weeks := d.sheet(d.ada).Weeks
	if weeks[0].Billed() != euros(80) || weeks[1].Billed() != euros(100) || weeks[1].Lines[0].Amount != euros(100) || weeks[1].Hours != 6 {
		t.Errorf("two hours come to %v, and then to %v", weeks[0].Billed(), weeks[1].Billed())
	}
	if _, err := d.logs("2030-01-15", 11, 16); !errors.Is(err, worklog.ErrLimit) {
		t.Errorf("more than the new limit: %v", err)
	}
	d.at("2030-02-12 12:00")
	if got, want := d.states(), "ended, approved, approved, unused, unused, completed"; got != want {
		t.Errorf("it is %q, want %q", got, want)
	}
}

// A week that is handed in keeps the limit that both signed, whatever it came to.
func TestTheRateChangesWhileAWeekIsBeforeTheClient(t *testing.T) {
	t.Parallel()
	d := hired(t, euros(3000))
	d.at("2030-01-08 18:00")
	_, err := d.logs("2030-01-08", 8, 10)
	d.OK(err)
	d.at("2030-01-15 09:00")
	sheet := d.sheet(d.carl)
	if len(sheet.Weeks) == 0 || sheet.Weeks[0].State != contract.Submitted {
		t.Fatalf("the first week is %s", sheet.Weeks[0].State)
	}
	limit := sheet.Plan().Milestones[0].Price
	if billed := sheet.Weeks[0].Price; !billed.Less(limit) {
		t.Errorf("the plan has %v, and the week came to %v", limit, billed)
	}
	plan := sheet.Recalendar("The pages of the shop.", contract.CalendarChange{From: 3, Rate: euros(50), Hours: 6, Count: 4})
	id, err := contract.ProposeAmendment(d.Context(), d.DB, d.carl, d.id, plan, "It has grown.")
	d.OK(err)
	for _, by := range []account.Actor{d.carl, d.ada} {
		v, err := contract.ShowAmendment(d.Context(), d.DB, by, id)
		d.OK(err)
		d.OK(contract.SignAmendment(d.Context(), d.DB, by, id, contract.Signing{SHA256: v.SHA256, Password: markettest.Password, PostalAddress: markettest.PostalAddress}))
	}
	if got := d.sheet(d.carl).Weeks[0].Price; got != euros(80) {
		t.Errorf("two hours come to %v", got)
	}
}

func TestNoContractEndsWhileATimerRuns(t *testing.T) {
	t.Parallel()
	d := hired(t, euros(2000))
	d.at("2030-01-08 09:00")
	_, err := worklog.StartTimer(d.Context(), d.DB, d.ada, d.id, worklog.Note{Memo: "The menu"})
	d.OK(err)
	d.OK(contract.GiveNotice(d.Context(), d.DB, d.ada, d.id, contract.Notice{Reason: contract.ForPlans, Words: "I move."}))
	d.at("2030-01-08 11:00")
	if err := contract.AgreeToEnd(d.Context(), d.DB, d.carl, d.id, euros(0)); !errors.Is(err, contract.ErrTiming) {
		t.Errorf("two hours would be lost: %v", err)
	}
	_, err = worklog.StopTimer(d.Context(), d.DB, d.ada, d.id)
	d.OK(err)
	d.OK(contract.AgreeToEnd(d.Context(), d.DB, d.carl, d.id, euros(80)))
	d.is("ended, approved, dropped, dropped, ended together", 2000_00-84_00, 80_00)
}
