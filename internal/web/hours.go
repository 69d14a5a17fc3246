package web

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"freehold/internal/contract"
	"freehold/internal/dispute"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/web/view"
	"freehold/internal/worklog"
)

var (
	errNoTable = fault.New(fault.Invalid, "no_file", "Choose the file first.").At("file")
	errTime    = fault.New(fault.Invalid, "time_invalid", "Write the day as 2030-01-31 and the time as 09:30.")
)

func (s *Server) sheetOf(v *visit) (worklog.Sheet, error) {
	n, err := id[contract.ID](v, "id")
	if err != nil {
		return worklog.Sheet{}, err
	}
	return worklog.ShowHours(v.ctx(), s.DB, v.by, n)
}

func (s *Server) showHours(v *visit) error {
	sheet, err := s.sheetOf(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.HoursPage(f, f.Form(), sheet) })
}

// onHours does what a form on the page of hours asks for, or shows it again with
// what was refused.
func (s *Server) onHours(done say.Sentence, do func(*visit, worklog.Sheet) error) handler {
	return func(v *visit) error {
		sheet, err := s.sheetOf(v)
		if err != nil {
			return err
		}
		if _, err := v.form(); err != nil {
			return err
		}
		if err := do(v, sheet); err != nil {
			return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.HoursPage(f, form, sheet) })
		}
		return v.redirect(fmt.Sprintf("/contracts/%d/hours", sheet.ID), "%s", done)
	}
}

func (s *Server) startTimer(v *visit, sheet worklog.Sheet) error {
	_, err := worklog.StartTimer(v.ctx(), s.DB, v.by, sheet.ID, worklog.Note{Memo: v.r.Form.Get("timer_memo")})
	if f, ok := fault.Of(err); ok && f.Field == "memo" {
		return f.At("timer_memo")
	}
	return err
}

func (s *Server) stopTimer(v *visit, sheet worklog.Sheet) error {
	_, err := worklog.StopTimer(v.ctx(), s.DB, v.by, sheet.ID)
	return err
}

func (s *Server) logHours(v *visit, sheet worklog.Sheet) error {
	w, err := v.worked(sheet)
	if err == nil {
		_, err = worklog.LogHours(v.ctx(), s.DB, v.by, sheet.ID, w)
	}
	return err
}

// worked reads work as it was typed in, in the contract's time zone.
func (v *visit) worked(sheet worklog.Sheet) (worklog.Worked, error) {
	get := v.r.Form.Get
	at := func(field string) (time.Time, error) {
		t, err := time.ParseInLocation("2006-01-02 15:04", get("day")+" "+get(field), sheet.Zone)
		if err != nil {
			return t, errTime.At(field)
		}
		return t, nil
	}
	from, err1 := at("started_at")
	to, err2 := at("stopped_at")
	if err1 == nil && err2 == nil && to.Before(from) {
		to = to.AddDate(0, 0, 1) // over midnight
	}
	return worklog.Worked{Note: worklog.Note{Memo: get("memo"), Links: lines(get("links"))}, From: from, To: to}, errors.Join(err1, err2)
}

func (s *Server) importHours(v *visit, sheet worklog.Sheet) error {
	sent, _, err := v.r.FormFile("file")
	if err != nil {
		return errNoTable
	}
	_, err = worklog.ImportHours(v.ctx(), s.DB, v.by, sheet.ID, sent)
	return errors.Join(err, sent.Close())
}

// hoursTable hands out the hours of a contract as CSV.
func (s *Server) hoursTable(v *visit) error {
	sheet, err := s.sheetOf(v)
	if err != nil {
		return err
	}
	v.handOut("attachment", "text/csv; charset=utf-8", fmt.Sprintf("hours-%d.csv", sheet.ID))
	return sheet.WriteTable(v.w)
}

func (s *Server) handInWeek(v *visit, _ worklog.Sheet) error {
	week, err := id[contract.MilestoneID](v, "week")
	if err != nil {
		return err
	}
	return worklog.HandIn(v.ctx(), s.DB, v.by, week)
}

// entryOf is one entry of one's own in a week that is open.
func (s *Server) entryOf(v *visit) (worklog.Sheet, worklog.Entry, error) {
	sheet, err := s.sheetOf(v)
	if err != nil {
		return sheet, worklog.Entry{}, err
	}
	n, err := id[worklog.EntryID](v, "entry")
	if err != nil {
		return sheet, worklog.Entry{}, err
	}
	for _, w := range sheet.Weeks {
		for _, l := range w.Lines {
			if l.ID == n && sheet.You == contract.Freelancer {
				return sheet, l.Entry, nil
			}
		}
	}
	return sheet, worklog.Entry{}, worklog.ErrEntryNotFound
}

func (s *Server) entryForm(v *visit) error {
	sheet, e, err := s.entryOf(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.EntryPage(f, f.Form(), sheet, e) })
}

// onEntry does something to an entry, or shows its form again with what was
// refused.
func (s *Server) onEntry(done say.Sentence, do func(*visit, worklog.Sheet, worklog.EntryID) error) handler {
	return func(v *visit) error {
		sheet, e, err := s.entryOf(v)
		if err != nil {
			return err
		}
		if _, err := v.form(); err != nil {
			return err
		}
		if err := do(v, sheet, e.ID); err != nil {
			return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.EntryPage(f, form, sheet, e) })
		}
		return v.redirect(fmt.Sprintf("/contracts/%d/hours", sheet.ID), "%s", done)
	}
}

func (s *Server) changeEntry(v *visit, sheet worklog.Sheet, e worklog.EntryID) error {
	w, err := v.worked(sheet)
	if err == nil {
		err = worklog.ChangeEntry(v.ctx(), s.DB, v.by, e, w)
	}
	return err
}

func (s *Server) removeEntry(v *visit, _ worklog.Sheet, e worklog.EntryID) error {
	return worklog.RemoveEntry(v.ctx(), s.DB, v.by, e)
}

func (s *Server) weekOf(v *visit) (worklog.Sheet, worklog.Week, error) {
	sheet, err := s.sheetOf(v)
	if err != nil {
		return sheet, worklog.Week{}, err
	}
	n, err := id[contract.MilestoneID](v, "week")
	if err != nil {
		return sheet, worklog.Week{}, err
	}
	if i := slices.IndexFunc(sheet.Weeks, func(w worklog.Week) bool { return w.ID == n }); i >= 0 {
		return sheet, sheet.Weeks[i], nil
	}
	return sheet, worklog.Week{}, contract.ErrMilestoneNotFound
}

func (s *Server) newLinesDispute(v *visit) error {
	sheet, w, err := s.weekOf(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.DisputeLinesPage(f, f.Form(), sheet, w) })
}

func (s *Server) disputeLines(v *visit) error {
	sheet, w, err := s.weekOf(v)
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	var chosen []worklog.EntryID
	for _, line := range in["lines"] {
		if n, err := strconv.ParseInt(line, 10, 64); err == nil {
			chosen = append(chosen, worklog.EntryID(n))
		}
	}
	made, err := worklog.DisputeLines(v.ctx(), s.DB, v.by, w.ID, chosen, dispute.Opening{Reason: dispute.Reason(in.Get("reason")), Words: in.Get("words")})
	if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.DisputeLinesPage(f, form, sheet, w) })
	}
	return v.redirect((&dispute.Dispute{ID: made}).URL(), "The dispute is open. Bring what shows that you are right, and name a split that you would agree to.")
}
