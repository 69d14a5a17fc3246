package worklog

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/kit/db"
)

// Sheet is a contract by the hour with what was logged on it, as one of the two
// sees it.
type Sheet struct {
	contract.View

	Weeks   []Week // in their order, those that are funded or were
	Now     *Week  // the one that hours can be logged for; nil: none
	Running *Entry // the timer on this contract
	Busy    bool   // with a timer on another contract
	Zone    *time.Location
}

// Week is a week of hours with its lines.
type Week struct {
	contract.MilestoneView

	Lines []Line
	Days  [7]int // minutes of each, from Monday on
}

// ShowHours returns the hours of a contract to one of the two whose it is.
func ShowHours(ctx context.Context, d *db.DB, by account.Actor, id contract.ID) (s Sheet, err error) {
	if s.View, err = contract.Show(ctx, d, by, id); err != nil {
		return s, err
	}
	if s.Every != contract.Weekly {
		return s, contract.ErrNotAWeek
	}
	s.Zone = s.Contract.Location()
	var ids []contract.MilestoneID
	for _, m := range s.Work {
		if m.FundedAt != nil {
			ids = append(ids, m.ID)
		}
	}
	err = d.View(ctx, func(tx *db.Tx) error {
		entries, err := entriesOf(ctx, tx, ids)
		if err != nil {
			return err
		}
		s.fill(entries, tx.Now)
		e, ok, err := running(ctx, tx, s.Freelancer)
		if ok && e.StopsAt.After(tx.Now) && s.You == contract.Freelancer {
			s.Busy = e.Contract != s.ID
		}
		return err
	})
	return s, err
}

// fill puts entries in their weeks.
func (s *Sheet) fill(entries []Entry, now time.Time) {
	of := map[contract.MilestoneID][]Entry{}
	for _, e := range entries {
		if e.Running() && e.StopsAt.After(now) {
			s.Running = &e
			continue
		}
		of[e.Week] = append(of[e.Week], e)
	}
	for _, m := range s.Work {
		if m.FundedAt == nil {
			continue
		}
		w := Week{MilestoneView: m, Lines: Lines(of[m.ID], s.Currency)}
		for _, l := range w.Lines {
			w.Days[(int(l.StartedAt.In(s.Zone).Weekday())+6)%7] += l.Minutes()
		}
		s.Weeks = append(s.Weeks, w)
	}
	for i := range s.Weeks {
		if w := &s.Weeks[i]; w.Open() && !now.Before(*w.Starts) && now.Before(*w.Ends) {
			s.Now = w
		}
	}
}
