package conduct

import (
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/fault"
	"freehold/internal/restriction"
	"freehold/internal/terms"
)

// ID names a decision, from its draft on.
type ID int64

// Draft is what somebody of the staff means to decide. It does nothing by itself.
type Draft struct {
	ID          ID
	Person      account.ID
	Subject     string // of whose content it is, or "person/12"
	Report      *ReportID
	Rule        RuleKey
	RuleVersion int
	Measure     restriction.Measure
	Days        int // in force
	Facts       string
	Why         string // it breaks the rule
	Urgent      bool
	By          account.ID
	State       State // Drafted, Hearing, "delivered" or Dropped
	DraftedAt   time.Time
	HearUntil   time.Time
	Due         *time.Time
	Answer      *string
	AnsweredAt  *time.Time
	ProvedAt    *time.Time // when the last evidence came, after the hearing had begun
	DroppedFor  *string
	EndedAt     *time.Time
}

// delivered is what a draft is once there is a decision.
const delivered State = "delivered"

// Made is a decision that was delivered. Nothing in it can be left out.
type Made struct {
	ID          ID
	Person      account.ID
	Subject     string
	Rule        RuleKey
	RuleVersion int
	RuleText    string
	Measure     restriction.Measure
	Facts       string
	Why         string
	Evidence    []int
	FoundBy     string // "report", "staff" or "machine"
	Urgent      bool
	Heard       bool
	Decider     account.ID
	ToldAt      time.Time
	DeliveredAt time.Time
	StartsAt    time.Time
	Until       time.Time
	AppealUntil time.Time
	Entry       int64 // of the transparency log
}

// Text is the decision as its person reads it, in the form in which the log binds it.
func (m Made) Text() string {
	day := func(t time.Time) string { return t.UTC().Format(time.RFC3339) }
	return fmt.Sprintf("Decision %d: %s, from %s until %s.\n\nWhat happened:\n%s\n\nWhy that breaks the rule:\n%s\n\nThe rule %s, version %d:\n%s\n\nEvidence: %v\nHeard: %t\nUrgent: %t\nDelivered: %s\nCan be appealed until %s.\n",
		m.ID, m.Measure, day(m.StartsAt), day(m.Until), m.Facts, m.Why, m.Rule, m.RuleVersion, m.RuleText, m.Evidence, m.Heard, m.Urgent, day(m.DeliveredAt), day(m.AppealUntil))
}

// End is how a decision ended before its time.
type End struct {
	How State // Overturned, Lapsed or Lifted
	By  *account.ID
	Why string
	At  time.Time
}

// How long things take.
const (
	HearingDays terms.Days = 5
	StaleDays   terms.Days = 30
	HotDays     terms.Days = 1
	NoticeDays  terms.Days = 30 // before an account ends
	AppealDays  terms.Days = 184
	MostDays               = 180
	// calmDays are between two emergencies about one person under one rule.
	calmDays terms.Days = 30
	// EmergencyDays are working days.
	EmergencyDays = 7
)

// Refusals about decisions.
var (
	ErrNotFound = fault.New(fault.NotFound, "decision_not_found", "There is no such decision, or it is not yours to see.")
	ErrFacts    = fault.New(fault.Invalid, "facts_missing",
		"Say what happened, when and where, in 40 to 5,000 characters: precisely enough for the person to answer it.").At("facts")
	ErrWhy = fault.New(fault.Invalid, "why_missing",
		"Say why these facts break this rule, in 40 to 5,000 characters.").At("why")
	ErrMeasure = fault.New(fault.Invalid, "measure_too_heavy",
		"Under this rule nothing heavier than “%s” can be decided.").At("measure")
	ErrMeasureUnknown = fault.New(fault.Invalid, "measure_unknown", "Choose what is to follow.").At("measure")
	ErrNoContent      = fault.New(fault.Invalid, "nothing_to_remove",
		"Only a job post or a review can be removed. For anything else, choose another measure.").At("measure")
	ErrDays      = fault.New(fault.Invalid, "days_out_of_bounds", "Say for how many days, from 1 to %d. Nothing here is for life.").At("days")
	ErrNotUrgent = fault.New(fault.Invalid, "no_emergency",
		"Under this rule nobody comes to harm before a hearing is over. Hear the person first.").At("urgent")
	ErrUrgentAgain = fault.New(fault.Conflict, "no_second_emergency",
		"There was an emergency about this person under this rule on %s. To go on takes a hearing: begin one now, and it is over before the emergency is.").At("urgent")
	ErrUrgentEnd = fault.New(fault.Invalid, "no_emergency_end",
		"An account cannot be ended in an emergency. Suspend it, and hear the person.").At("measure")
	ErrPasted = fault.New(fault.Invalid, "pasted_reasons",
		"This is nearly what decision %d says about somebody else. Say what happened in this case, in its own words.")
	ErrUnfilled = fault.New(fault.Invalid, "placeholder_left",
		"“%s” looks like a gap that was left to be filled. Fill it in.")
	ErrDrafted = fault.New(fault.Conflict, "decision_drafted",
		"A decision about this is being considered. Deliver it, or drop it.")
	ErrHeavier = fault.New(fault.Invalid, "heavier_than_heard",
		"The person was heard about “%s”. What is decided can be lighter, and no heavier.").At("measure")
	ErrLonger = fault.New(fault.Invalid, "longer_than_heard",
		"The person was heard about %d days. What is decided can be shorter, and no longer.").At("days")
	ErrUnopened = fault.New(fault.Conflict, "evidence_unopened",
		"You have not read all of the evidence yet. Open number %d, then decide.")
	ErrCited   = fault.New(fault.Invalid, "evidence_not_cited", "Cite at least one piece of the evidence that is here.").At("evidence")
	ErrHearing = fault.New(fault.Conflict, "hearing_runs",
		"The person can answer until %s. Decide once they have, or after that.")
	ErrOver         = fault.New(fault.Conflict, "decision_over", "This is over. Nothing was changed.")
	ErrAnswer       = fault.New(fault.Invalid, "answer_missing", "Write what you have to say, in at most 10,000 characters.").At("words")
	ErrAnswered     = fault.New(fault.Conflict, "answered_already", "You have answered, and what you wrote is read before anything is decided.")
	ErrNotYours     = fault.New(fault.Forbidden, "decision_not_yours", "Only the person whom it is about can do that.")
	ErrDropWhy      = fault.New(fault.Invalid, "drop_why_missing", "Say why, in 20 to 5,000 characters: the person and the reporter read it.").At("outcome")
	ErrLiftWhy      = fault.New(fault.Invalid, "lift_why_missing", "Say why, in 20 to 5,000 characters: the person reads it.").At("outcome")
	ErrEvidence     = fault.New(fault.Invalid, "evidence_unreadable", "Give it a title of at most 200 characters, and say what it shows in at most 20,000.").At("text")
	ErrEvidenceLate = fault.New(fault.Conflict, "evidence_too_late",
		"What is considered lapses on %s, before the person could answer new evidence. Decide on what is here, or drop it.")
	ErrNobodyYet = fault.New(fault.Invalid, "person_to_judge_unknown", "Nobody here has that number.").At("person")
)

// URL is where the person and the staff see the decision.
func (id ID) URL() string { return fmt.Sprintf("/decisions/%d", id) }

func (id ID) subject() string { return fmt.Sprintf("decision/%d", id) }

// open begins the hearing, or, in an emergency, the day in which it is delivered.
func (d *Draft) open(now time.Time) {
	due := HotDays.After(now)
	if d.HearUntil = now; !d.Urgent {
		d.State, _ = Decisions.Next(d.State, hear, Reviewer)
		d.HearUntil, due = HearingDays.After(now), StaleDays.After(now)
	}
	d.Due = &due
}

// Deliver ends the hearing with a decision, or says why it cannot yet.
func (d *Draft) Deliver(now time.Time) error {
	if d.EndedAt != nil {
		return ErrOver
	}
	event := deliver
	if d.Measure == restriction.EndAccount {
		event = announce
	}
	if _, ok := Decisions.Next(d.State, event, Reviewer); !ok {
		return ErrOver
	}
	if d.State == Hearing && d.Unheard() && now.Before(d.HearUntil) {
		return ErrHearing.With(d.HearUntil)
	}
	d.State, d.Due, d.EndedAt = delivered, nil, &now
	return nil
}

// Drop ends it without a decision.
func (d *Draft) Drop(why string, now time.Time) error {
	if d.EndedAt != nil {
		return ErrOver
	}
	d.State, d.Due, d.DroppedFor, d.EndedAt = Dropped, nil, &why, &now
	return nil
}

// Unheard reports whether there is something that the person has not answered.
func (d *Draft) Unheard() bool {
	return d.Answer == nil || d.ProvedAt != nil && d.ProvedAt.After(*d.AnsweredAt)
}

// Prove takes in evidence. The person has the time of a hearing to answer it, so what
// comes too late for that is refused.
func (d *Draft) Prove(now time.Time) error {
	if d.EndedAt != nil {
		return ErrOver
	}
	if d.State != Hearing {
		return nil
	}
	until := HearingDays.After(now)
	if until.After(*d.Due) {
		return ErrEvidenceLate.With(*d.Due)
	}
	d.ProvedAt, d.HearUntil = &now, until
	return nil
}

// Reply is the person's answer in the hearing. To evidence that came after it they
// can answer again.
func (d *Draft) Reply(words string, now time.Time) error {
	switch {
	case d.EndedAt != nil:
		return ErrOver
	case !d.Unheard():
		return ErrAnswered
	case d.Answer != nil:
		words = *d.Answer + "\n\n" + words
	}
	d.Answer, d.AnsweredAt = &words, &now
	return nil
}

// term is from when until when a measure of so many days is in force.
func term(m restriction.Measure, days int, urgent bool, now time.Time) (starts, until time.Time) {
	starts = now
	if m == restriction.EndAccount {
		starts = NoticeDays.After(now)
	}
	until = terms.Days(days).After(starts)
	if latest := workingDays(starts, EmergencyDays); urgent && until.After(latest) {
		until = latest
	}
	return starts, until
}

// workingDays is so many working days after an instant: Saturdays and Sundays are
// none.
func workingDays(from time.Time, n int) time.Time {
	for n > 0 {
		from = from.AddDate(0, 0, 1)
		if w := from.Weekday(); w != time.Saturday && w != time.Sunday {
			n--
		}
	}
	return from
}

// stateOf is how far a decision that was delivered has come. An appeal that is
// overdue has ended it, whether anything has run or not.
func stateOf(d Made, e *End, a *Appeal, now time.Time) State {
	switch {
	case e != nil:
		return e.How
	case a != nil && a.AnsweredAt == nil && !now.Before(a.Due):
		return Lapsed
	case !now.Before(d.Until):
		return Ended
	case now.Before(d.StartsAt):
		return Announced
	default:
		return InForce
	}
}
