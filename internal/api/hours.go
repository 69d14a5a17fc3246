package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/dispute"
	"freehold/internal/kit/money"
	"freehold/internal/worklog"
)

func workedHours(a area) {
	add(a, private, "GET /contracts/{id}/hours", "The hours of a contract that is paid by the hour, week by week.", http.StatusOK, a.showHours)
	add(a, private, "POST /contracts/{id}/hours", "Add hours that were not measured.", http.StatusCreated, a.logHours)
	add(a, private, "POST /contracts/{id}/hours/table", "Add the hours of a table, as Toggl or Kimai write it: all of them, or none.", http.StatusCreated, a.importHours)
	add(a, private, "POST /contracts/{id}/timer", "Start the timer.", http.StatusCreated, a.startTimer)
	add(a, private, "POST /contracts/{id}/timer/stop", "Stop the timer. Its whole minutes are logged.", http.StatusOK, a.stopTimer)
	act(a, private, "PUT /hours/{id}", "Change an entry, while its week is open.", a.changeEntry)
	act(a, private, "DELETE /hours/{id}", "Take an entry away, while its week is open.", a.removeEntry)
	act(a, private, "POST /weeks/{id}/hand-in", "Hand a week in before it is over. Its ID is that of the milestone.", a.handIn)
	add(a, private, "POST /weeks/{id}/dispute", "Dispute single lines of a week. All others are paid at once.", http.StatusCreated, a.disputeLines)
}

// worked is work as somebody says it was done.
type worked struct {
	From  time.Time `json:"from" doc:"to the minute"`
	To    time.Time `json:"to"`
	Memo  string    `json:"memo" doc:"What was done; the client reads it."`
	Links []string  `json:"links,omitempty" doc:"To what came of it, up to five."`
}

func (w worked) read() worklog.Worked {
	return worklog.Worked{Note: worklog.Note{Memo: w.Memo, Links: w.Links}, From: w.From, To: w.To}
}

type noting struct {
	Memo  string   `json:"memo" doc:"What will be done; the client reads it."`
	Links []string `json:"links,omitempty"`
}

type entryMade struct {
	ID worklog.EntryID `json:"id"`
}

type sheet struct {
	Contract contract.ID  `json:"contract"`
	TimeZone string       `json:"time_zone" doc:"In which days and weeks begin."`
	Reserve  money.Amount `json:"reserve" doc:"What earlier weeks left over; the next one takes it first."`
	Running  *timeEntry   `json:"running" doc:"The timer; null: none is running."`
	Weeks    []week       `json:"weeks" doc:"Those that are funded or were, in their order."`
}

type week struct {
	ID       contract.MilestoneID    `json:"id" doc:"Of the milestone that the week is."`
	N        int                     `json:"n"`
	State    contract.MilestoneState `json:"state" doc:"funded, submitted, disputed, approved, split, refunded or unused"`
	StartsAt time.Time               `json:"starts_at"`
	EndsAt   time.Time               `json:"ends_at" doc:"The instant after."`
	ClosesAt time.Time               `json:"closes_at" doc:"When it is handed in by itself."`
	Rate     money.Amount            `json:"rate" doc:"of an hour"`
	Limit    int                     `json:"limit" doc:"in hours"`
	Minutes  int                     `json:"minutes" doc:"that are logged"`
	Billed   money.Amount            `json:"billed" doc:"What they come to."`
	Turn     turn                    `json:"turn"`
	Can      []string                `json:"can" doc:"What I can do now: hand-in, approve, dispute."`
	Entries  []timeEntry             `json:"entries"`
}

type timeEntry struct {
	ID       worklog.EntryID `json:"id"`
	From     time.Time       `json:"from"`
	To       *time.Time      `json:"to" doc:"null: the timer runs"`
	StopsAt  time.Time       `json:"stops_at" doc:"When a running timer stops by itself."`
	Minutes  int             `json:"minutes"`
	Amount   money.Amount    `json:"amount"`
	Memo     string          `json:"memo"`
	Links    []string        `json:"links"`
	Manual   bool            `json:"manual" doc:"Typed in, not measured."`
	Edited   bool            `json:"edited" doc:"Changed afterwards."`
	Disputed bool            `json:"disputed"`
}

func timeEntryOf(l worklog.Line) timeEntry {
	return timeEntry{l.ID, l.StartedAt, l.StoppedAt, l.StopsAt, l.Minutes(), l.Amount, l.Memo, each(l.Links, same), l.Manual, l.Edited, l.Disputed}
}

func (s *server) showHours(ctx context.Context, by account.Actor, in *of) (sheet, error) {
	v, err := worklog.ShowHours(ctx, s.DB, by, contract.ID(in.ID))
	if err != nil {
		return sheet{}, err
	}
	r := readerOf(by)
	out := sheet{Contract: v.ID, TimeZone: v.Contract.Zone, Reserve: v.Reserve, Weeks: each(v.Weeks, func(w worklog.Week) week {
		return week{
			w.ID, w.N, w.State, *w.Starts, *w.Ends, *w.Closes, w.Rate, w.Hours, w.Logged, w.Billed(), turnOf(w.Turn, r),
			able(map[string]bool{"hand-in": w.CanHandIn, "approve": w.CanApprove, "dispute": w.CanDispute}), each(w.Lines, timeEntryOf),
		}
	})}
	if v.Running != nil {
		running := timeEntryOf(worklog.Line{Entry: *v.Running, Amount: money.Zero(v.Currency)})
		out.Running = &running
	}
	return out, nil
}

func (s *server) logHours(ctx context.Context, by account.Actor, in *to[worked]) (entryMade, error) {
	id, err := worklog.LogHours(ctx, s.DB, by, contract.ID(in.ID), in.Body.read())
	return entryMade{id}, err
}

type table struct {
	Table string `json:"table" doc:"CSV, with times in the contract's zone."`
}

type tableRead struct {
	Entries int `json:"entries" doc:"that were added"`
}

func (s *server) importHours(ctx context.Context, by account.Actor, in *to[table]) (tableRead, error) {
	n, err := worklog.ImportHours(ctx, s.DB, by, contract.ID(in.ID), strings.NewReader(in.Body.Table))
	return tableRead{n}, err
}

func (s *server) startTimer(ctx context.Context, by account.Actor, in *to[noting]) (entryMade, error) {
	id, err := worklog.StartTimer(ctx, s.DB, by, contract.ID(in.ID), worklog.Note{Memo: in.Body.Memo, Links: in.Body.Links})
	return entryMade{id}, err
}

type stopped struct {
	Minutes int `json:"minutes" doc:"that were logged; less than one is not kept"`
}

func (s *server) stopTimer(ctx context.Context, by account.Actor, in *of) (stopped, error) {
	minutes, err := worklog.StopTimer(ctx, s.DB, by, contract.ID(in.ID))
	return stopped{minutes}, err
}

func (s *server) changeEntry(ctx context.Context, by account.Actor, in *to[worked]) error {
	return worklog.ChangeEntry(ctx, s.DB, by, worklog.EntryID(in.ID), in.Body.read())
}

func (s *server) removeEntry(ctx context.Context, by account.Actor, in *of) error {
	return worklog.RemoveEntry(ctx, s.DB, by, worklog.EntryID(in.ID))
}

func (s *server) handIn(ctx context.Context, by account.Actor, in *of) error {
	return worklog.HandIn(ctx, s.DB, by, contract.MilestoneID(in.ID))
}

type linesDisputed struct {
	Lines  []worklog.EntryID `json:"lines" doc:"The entries that are disputed."`
	Reason dispute.Reason    `json:"reason" doc:"not as agreed, incomplete, too late, not theirs or other"`
	Words  string            `json:"words"`
}

func (s *server) disputeLines(ctx context.Context, by account.Actor, in *to[linesDisputed]) (disputeState, error) {
	id, err := worklog.DisputeLines(ctx, s.DB, by, contract.MilestoneID(in.ID), in.Body.Lines, dispute.Opening{Reason: in.Body.Reason, Words: in.Body.Words})
	return disputeState{id, dispute.Talking}, err
}
