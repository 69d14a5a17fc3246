package conduct

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/likeness"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/restriction"
)

// Intent is what somebody of the staff means to decide.
type Intent struct {
	Report  ReportID   // 0: nobody has reported it
	Person  account.ID // whom it is about, where there is no report
	Rule    RuleKey
	Measure restriction.Measure
	Days    int
	Facts   string
	Why     string
	Urgent  bool
}

// Propose writes down what is considered, with what was reported as its first
// evidence. The person reads all of it and has five days to answer, but for an
// emergency, in which they read it as it takes effect.
func Propose(ctx context.Context, d *db.DB, by account.Actor, in Intent) (id ID, err error) {
	rule, wrong := in.check()
	if wrong != nil {
		return 0, wrong
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		dr := Draft{
			Person: in.Person, Subject: fmt.Sprintf("person/%d", in.Person), Rule: rule.Key, RuleVersion: rule.Version, Measure: in.Measure, Days: in.Days,
			Facts: in.Facts, Why: in.Why, Urgent: in.Urgent, By: by.ID, State: Drafted, DraftedAt: tx.Now,
		}
		dr.open(tx.Now)
		if !mayReview(by) {
			return ErrNotStaff
		}
		exhibits, err := dr.takeUp(ctx, tx, by, in)
		if err != nil {
			return err
		}
		if err := refusePartial(ctx, tx, by, dr.Person); err != nil {
			return err
		}
		if err := errors.Join(dr.fits(), dr.calm(ctx, tx)); err != nil {
			return err
		}
		if err := refusePasted(ctx, tx, dr.Person, in.Facts, in.Why); err != nil {
			return err
		}
		if id, err = insertDraft(ctx, tx, dr); err != nil {
			return err
		}
		dr.ID = id
		for i, e := range exhibits {
			if err := insertEvidence(ctx, tx, id, i+1, e); err != nil {
				return err
			}
		}
		if dr.State == Drafted {
			return journal.Append(ctx, tx, id.subject(), by, say.That("%s wrote down an emergency.", by.Name), in.Facts)
		}
		return tellHearing(ctx, tx, by, dr)
	})
	return id, err
}

func tellHearing(ctx context.Context, tx *db.Tx, by account.Actor, d Draft) error {
	act := say.That("%s considers a decision: %s.", by.Name, string(d.Measure))
	if err := journal.Append(ctx, tx, d.ID.subject(), by, act, d.Facts); err != nil {
		return err
	}
	return notify.Send(ctx, tx, notify.Notice{Reader: d.Person, Kind: "hearing", Link: d.ID.URL(),
		Text: say.That("%s, of the staff, considers a decision about you. Nothing has happened yet. Read what it is about and the evidence, and answer by %s: what you write is read before anything is decided.",
			by.Name, d.HearUntil),
		Turn: notify.Yours(d.HearUntil)})
}

// takeUp fills in what a report says, which the reviewer must have taken on.
func (d *Draft) takeUp(ctx context.Context, tx *db.Tx, by account.Actor, in Intent) ([]Exhibit, error) {
	if in.Report == 0 {
		_, err := account.PersonByID(ctx, tx, in.Person)
		if errors.Is(err, account.ErrNotFound) {
			err = ErrNobodyYet
		}
		return nil, err
	}
	r, err := lockReport(ctx, tx, by, in.Report)
	if err != nil {
		return nil, err
	}
	if err := r.heldBy(by); err != nil {
		return nil, err
	}
	if open, err := hasDraft(ctx, tx, r.ID); err != nil || open {
		return nil, orErr(err, ErrDrafted)
	}
	d.Person, d.Subject, d.Report = r.About, r.Subject, &r.ID
	until := d.Due.AddDate(0, 0, 1)
	r.HeldUntil = &until
	if err := saveReport(ctx, tx, r); err != nil {
		return nil, err
	}
	t, err := thing(ctx, tx, r.Subject)
	title := say.That("What was reported: %s", t.Words()).For(say.Reader{Lang: "en"})
	exhibits := []Exhibit{{Title: clip(title, 200), Text: clip(r.Quote, 20_000), At: r.OpenedAt}, {Title: "The report, without its reporter’s name", Text: r.Words, At: r.OpenedAt}}
	return slices.DeleteFunc(exhibits, func(e Exhibit) bool { return e.Text == "" }), err
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// check returns the rule and every refusal there is by what was typed.
func (in *Intent) check() (Rule, error) {
	var err1, err2 error
	in.Facts, err1 = words(in.Facts, 40, 5000, ErrFacts)
	in.Why, err2 = words(in.Why, 40, 5000, ErrWhy)
	rule, err3 := RuleNamed(in.Rule)
	wrong := []error{err3, err1, err2}
	if err3 == nil {
		wrong = append(wrong, in.measured(rule))
	}
	return rule, errors.Join(append(wrong, gaps(in.Facts, in.Why))...)
}

// gaps refuses reasons in which something was left to be filled.
func gaps(facts, why string) error {
	in := func(text, field string) error {
		if gap := prose.Unfilled(text); gap != "" {
			return ErrUnfilled.With(gap).At(field)
		}
		return nil
	}
	return errors.Join(in(facts, "facts"), in(why, "why"))
}

// measured refuses what the rule does not allow.
func (in *Intent) measured(rule Rule) error {
	var wrong []error
	switch {
	case !slices.Contains(restriction.Measures, in.Measure):
		wrong = append(wrong, ErrMeasureUnknown)
	case in.Measure.Heavier(rule.Heaviest):
		wrong = append(wrong, ErrMeasure.With(say.Sentence{Format: string(rule.Heaviest)}))
	case in.Urgent && in.Measure == restriction.EndAccount:
		wrong = append(wrong, ErrUrgentEnd)
	}
	if in.Urgent && !rule.Urgent {
		wrong = append(wrong, ErrNotUrgent)
	}
	if in.Days < 1 || in.Days > MostDays {
		wrong = append(wrong, ErrDays.With(MostDays))
	}
	return errors.Join(wrong...)
}

// fits refuses to remove what cannot be removed.
func (d *Draft) fits() error {
	if d.Measure == restriction.RemoveContent && !strings.HasPrefix(d.Subject, "post/") && !strings.HasPrefix(d.Subject, "review/") {
		return ErrNoContent
	}
	return nil
}

// calm refuses an emergency that only goes on: a hearing is over before it would be.
func (d *Draft) calm(ctx context.Context, tx *db.Tx) error {
	if !d.Urgent {
		return nil
	}
	last, err := lastEmergency(ctx, tx, d.Person, d.Rule)
	if err == nil && last != nil && tx.Now.Before(calmDays.After(*last)) {
		err = ErrUrgentAgain.With(*last)
	}
	return err
}

// refusePasted lets nobody be judged by what was written about somebody else.
func refusePasted(ctx context.Context, tx *db.Tx, person account.ID, facts, why string) error {
	if err := db.LockName(ctx, tx, "deciding"); err != nil { // two copies must not pass each other
		return err
	}
	print := likeness.Of(facts + "\n" + why)
	others, err := db.All[struct {
		ID    ID
		Print []int64
	}](ctx, tx, `
		WITH near AS MATERIALIZED (SELECT id, print, person FROM conduct.decisions WHERE bands && $1)
		SELECT id, print FROM near WHERE person <> $2 ORDER BY id DESC LIMIT 200`, print.Bands(), person)
	for _, o := range others {
		if print.Jaccard(likeness.Read(o.Print)) >= likeness.Alike {
			return ErrPasted.With(int64(o.ID)).At("facts")
		}
	}
	return err
}
