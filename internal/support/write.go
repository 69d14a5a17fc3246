// Package support is how anybody reaches a person of the staff.
//
// A letter from the page "Talk to a person" is mailed to everybody who answers
// for this market, and a copy to whoever wrote it, in one transaction: if the
// page says that it is on its way, it is.
package support

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/limits"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
)

// Letter is what somebody wants to tell the staff. They need not be a member.
type Letter struct {
	Name    string
	Email   string // where the answer goes
	Subject string
	Words   string
	From    account.Visitor
}

const (
	maxName    = 100
	maxSubject = 150
	maxWords   = 10_000
)

// Refusals.
var (
	ErrName = fault.New(fault.Invalid, "name_missing_or_long",
		"Say what we may call you, in at most %d characters.").With(maxName).At("name")
	ErrSubject = fault.New(fault.Invalid, "subject_missing_or_long",
		"Say in a line what it is about, in at most %d characters.").With(maxSubject).At("subject")
	ErrWords = fault.New(fault.Invalid, "words_missing_or_long",
		"Write what you want to tell us, in at most %d characters.").With(maxWords).At("words")
	ErrNobody = fault.New(fault.Conflict, "nobody_to_write_to",
		"This market has nobody yet who could read your letter, and that is its operator’s fault. Nothing was sent. Please try again in a day.")
)

// Write mails a letter to all of the staff who answer, and a copy to its writer.
func Write(ctx context.Context, d *db.DB, l Letter) error {
	l, err := l.clean()
	if err != nil {
		return err
	}
	if err := limits.Allow(ctx, d, "letter from "+l.From.Address, 10, time.Hour); err != nil {
		return err
	}
	if err := limits.Allow(ctx, d, "letter of "+l.Email, 5, time.Hour); err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		readers, err := readers(ctx, tx)
		if err != nil {
			return err
		}
		if len(readers) == 0 {
			return ErrNobody
		}
		for _, r := range readers {
			if err := mail.Queue(ctx, tx, l.to(r)); err != nil {
				return err
			}
		}
		return mail.Queue(ctx, tx, l.copy())
	})
}

// clean returns l as it would be sent, or all that is wrong with it.
func (l Letter) clean() (Letter, error) {
	name, err1 := line(l.Name, maxName, ErrName)
	subject, err2 := line(l.Subject, maxSubject, ErrSubject)
	address, err3 := account.ParseAddress(l.Email)
	words, err4 := prose.Clean(l.Words)
	if n := utf8.RuneCountInString(words); err4 != nil || n == 0 || n > maxWords {
		err4 = ErrWords
	}
	l.Name, l.Subject, l.Email, l.Words = name, subject, address, words
	return l, errors.Join(err1, err3, err2, err4)
}

func line(typed string, longest int, refusal error) (string, error) {
	s, err := prose.Line(typed)
	if n := utf8.RuneCountInString(s); err != nil || n == 0 || n > longest {
		return s, refusal
	}
	return s, nil
}

// to is the mail to one of the staff. It comes from us, so it names the writer,
// and an answer to it goes to them.
func (l Letter) to(r reader) mail.Message {
	return mail.Message{To: r.Email, Name: r.Name, Language: r.Language, TimeZone: r.TimeZone, Body: mail.Body{
		Subject: say.That("%s: %s", l.Name, l.Subject),
		Says:    []say.Sentence{say.That("%s <%s> has written to the people of this market. Answer this mail, and your answer goes to them.", l.Name, l.Email)},
		Quote:   l.Words,
		Why:     say.That("You get this mail because you answer for this market."),
		ReplyTo: l.Email,
	}}
}

func (l Letter) copy() mail.Message {
	return mail.Message{To: l.Email, Name: l.Name, Body: mail.Body{
		Subject: say.That("Your letter: %s", l.Subject),
		Says:    []say.Sentence{say.That("This is a copy of what you wrote to us, sent by a machine so that you have it. It is no answer: a person will read your letter and answer you at this address.")},
		Quote:   l.Words,
		Why:     say.That("You get this mail because somebody wrote to us and gave this address for the answer."),
	}}
}

type reader struct{ Name, Email, Language, TimeZone string }

// readers are the staff who answer letters.
func readers(ctx context.Context, tx *db.Tx) ([]reader, error) {
	return db.All[reader](ctx, tx, `
		SELECT name, email, language, time_zone FROM account.people
		WHERE email IS NOT NULL AND id IN (SELECT person FROM account.staff WHERE role IN ('admin', 'support'))
		ORDER BY id`)
}
