package conduct

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/limits"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/terms"
)

// Refusals to report.
var (
	ErrWords = fault.New(fault.Invalid, "report_words_missing",
		"Say what is wrong with it, in at most 5,000 characters.").At("words")
	ErrOwnThing = fault.New(fault.Conflict, "report_of_own_thing",
		"This is your own. You can change it, or take it back, without reporting it.")
	ErrReported = fault.New(fault.Conflict, "reported_already",
		"You have reported this already, and a person looks at it. You hear what came of it by %s.")
)

// Submission is a report as somebody makes it. Whoever is not signed in may give
// an address, where they hear what came of it; they need not.
type Submission struct {
	Subject string // "post/12"
	Rule    RuleKey
	Words   string
	Email   string
	From    account.Visitor
}

// Submit reports something to the staff. The answer comes, with reasons, by the
// date of the Report that it returns.
func Submit(ctx context.Context, d *db.DB, by account.Actor, in Submission) (r Report, err error) {
	words, wrong := words(in.Words, 1, 5000, ErrWords)
	rule, unknown := RuleNamed(in.Rule)
	var email *string
	var misspelt error
	if by.IsSystem() && in.Email != "" {
		var address string
		address, misspelt = account.ParseAddress(in.Email)
		email = &address
	}
	if err := errors.Join(wrong, unknown, misspelt); err != nil {
		return r, err
	}
	from := fmt.Sprintf("report of %d", by.ID)
	if by.IsSystem() {
		from = "report from " + in.From.Address
	}
	if err := limits.Allow(ctx, d, from, 20, 24*time.Hour); err != nil {
		return r, err
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		t, err := readable(ctx, tx, by, in.Subject)
		if err != nil {
			return err
		}
		if t.About == by.ID {
			return ErrOwnThing
		}
		if err := refuseTwice(ctx, tx, by, in.Subject); err != nil {
			return err
		}
		r = Report{
			Subject: t.Subject, About: t.About, Quote: t.Text, Rule: rule.Key, Words: words, Email: email,
			State: New, Version: 1, OpenedAt: tx.Now, AnswerBy: answerDays(rule).After(tx.Now),
		}
		if !by.IsSystem() {
			r.Reporter = &by.ID
		}
		if r.ID, err = insertReport(ctx, tx, r); err != nil {
			return err
		}
		return receipt(ctx, tx, by, &r, t)
	})
	return r, err
}

// answerDays are shorter for what could do harm soon.
func answerDays(r Rule) terms.Days {
	if r.Urgent {
		return GraveDays
	}
	return AnswerDays
}

func refuseTwice(ctx context.Context, tx *db.Tx, by account.Actor, subject string) error {
	if by.IsSystem() {
		return nil
	}
	if err := db.LockName(ctx, tx, fmt.Sprintf("conduct/report/%d", by.ID)); err != nil {
		return err
	}
	until, err := db.Values[time.Time](ctx, tx, `
		SELECT answer_by FROM conduct.reports WHERE reporter = $1 AND subject = $2 AND closed_at IS NULL`, by.ID, subject)
	if err == nil && len(until) > 0 {
		err = ErrReported.With(until[0])
	}
	return err
}

// receipt records the report, tells its reporter that it has arrived, and those
// who review that it waits. Whom it is about hears nothing yet: it may be wrong.
func receipt(ctx context.Context, tx *db.Tx, by account.Actor, r *Report, t Thing) error {
	rule, err := RuleNamed(r.Rule)
	if err != nil {
		return err
	}
	if err := journal.Append(ctx, tx, r.subject(), by, say.That("Somebody reported %s.", t.Words()), fmt.Sprintf("under the rule “%s”", rule.Title)); err != nil {
		return err
	}
	if r.Email != nil {
		if err := mail.Queue(ctx, tx, mail.Message{To: *r.Email, Body: mail.Body{
			Subject: say.That("Your report has arrived"),
			Says: []say.Sentence{say.That("You have reported %s. This is a receipt by a machine, and no answer: a person looks at it, and you hear here what comes of it and why by %s.",
				t.Words(), r.AnswerBy)},
			Quote: r.Words,
			Why:   say.That("You get this mail because somebody reported something and gave this address for the answer."),
		}}); err != nil {
			return err
		}
	}
	staff, err := reviewers(ctx, tx, r.About)
	if err != nil {
		return err
	}
	for _, s := range staff {
		if r.Reporter != nil && s.ID == *r.Reporter {
			continue
		}
		if err := notify.Send(ctx, tx, notify.Notice{Reader: s.ID, Kind: "report_received", Link: r.URL(),
			Text: say.That("Somebody reported %s. It is to be answered by %s.", t.Words(), r.AnswerBy), Turn: notify.Yours(r.AnswerBy)}); err != nil {
			return err
		}
	}
	return nil
}

// words is a text of so many characters, or the refusal.
func words(typed string, least, most int, refusal error) (string, error) {
	text, err := prose.Clean(typed)
	if n := utf8.RuneCountInString(text); err != nil || n < least || n > most {
		return text, refusal
	}
	return text, nil
}
