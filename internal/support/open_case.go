package support

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/limits"
	"freehold/internal/kit/mail"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

// Opening is what somebody asks. Who is signed in need not say who they are.
type Opening struct {
	Name     string
	Email    string
	Language string
	Kind     Kind
	About    string // "contract/7", from somebody signed in; anything else is nothing in particular
	Title    string
	Words    string
	Files    []file.ID
	From     account.Visitor
}

// Opened is a case that was opened. The secret opens it for whoever has no account;
// it is not kept.
type Opened struct {
	ID     ID
	Secret string
	Owner  string // their name
	Due    time.Time
}

// OpenCase asks the staff something. A named person owes an answer from that moment
// on, by a date that is said at once.
func OpenCase(ctx context.Context, d *db.DB, by account.Actor, in Opening) (o Opened, err error) {
	if !by.IsSystem() {
		in.Name, in.Email, in.Language = by.Name, by.Email, by.Language
	}
	in, err = in.clean()
	if err != nil {
		return o, err
	}
	for name, most := range in.counters(by) {
		if err := limits.Allow(ctx, d, name, most, time.Hour); err != nil {
			return o, err
		}
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		c := Case{Name: in.Name, Email: in.Email, Language: in.Language, Kind: in.Kind, Title: in.Title, State: Open, CloseDays: CloseDays, OpenedAt: tx.Now}
		var hash []byte
		if by.IsSystem() {
			o.Secret = rand.Text()
			hash = sum(o.Secret)
		} else {
			c.Asker = &by.ID
			if aboutable.MatchString(in.About) {
				c.About = &in.About
			}
		}
		for _, k := range Kinds {
			if k.Kind == in.Kind {
				c.FirstHours, c.NextHours = k.First, k.Next
			}
		}
		c.owed(tx.Now, c.FirstHours)
		owner, err := choose(ctx, tx, in.Kind, in.Language, by.ID)
		if err != nil {
			return err
		}
		if owner == nil {
			return ErrNobody
		}
		c.Owner = *owner
		if c.ID, err = insertCase(ctx, tx, c, hash); err != nil {
			return err
		}
		if err := insertOwner(ctx, tx, c, "chosen"); err != nil {
			return err
		}
		letter, err := insertLetter(ctx, tx, Letter{Case: c.ID, Kind: Question, Author: c.Asker, Words: in.Words})
		if err != nil {
			return err
		}
		if err := file.Attach(ctx, tx, by, letterSubject(letter), in.Files); err != nil {
			return err
		}
		names, err := account.Names(ctx, tx, []account.ID{c.Owner})
		o.ID, o.Owner, o.Due = c.ID, names[c.Owner], *c.Due
		if err != nil {
			return err
		}
		return receive(ctx, tx, by, c, in, o)
	})
	return o, err
}

// receive records the case, tells its owner, and sends a receipt that says it is one.
func receive(ctx context.Context, tx *db.Tx, by account.Actor, c Case, in Opening, o Opened) error {
	if err := journal.Append(ctx, tx, c.ID.subject(), by, say.That("%s asked: %s", c.Name, c.Title), "by the asker's choice"); err != nil {
		return err
	}
	if err := notify.Send(ctx, tx, notify.Notice{Reader: c.Owner, Kind: "case_for_you", Link: c.ID.URL(),
		Text: say.That("%s asks: “%s”. It is yours to answer, by %s.", c.Name, c.Title, *c.Due), Turn: notify.Yours(*c.Due)}); err != nil {
		return err
	}
	box, err := Box(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	return mail.Queue(ctx, tx, receipt(c, in, o, box))
}

// receipt is the mail to the asker. To an address that nobody has confirmed it says
// nothing of what was typed: it could be anybody's.
func receipt(c Case, in Opening, o Opened, box string) mail.Message {
	m := mail.Message{To: c.Email, Language: c.Language, Body: mail.Body{
		Box:     box,
		Subject: say.That("Case %d has arrived", int64(c.ID)),
		Says:    []say.Sentence{say.That("This is a receipt by a machine, and no answer: %s, of the staff, answers you by %s. What was written stands on the page of the case.", o.Owner, *c.Due)},
		Link:    "/talk/" + o.Secret, Button: say.That("Read and write on"),
		Why: say.That("You get this mail because somebody wrote to us and gave this address for the answer."),
	}}
	if c.Asker == nil {
		return m
	}
	m.Name = c.Name
	m.Body.Subject = say.That("Case %d: %s", int64(c.ID), c.Title)
	m.Body.Says = []say.Sentence{say.That("This is a receipt by a machine, with a copy of what you wrote. It is no answer: %s, of the staff, answers you by %s.", o.Owner, *c.Due)}
	m.Body.Quote, m.Body.Link = in.Words, c.ID.URL()
	m.Body.Why = say.That("You get this mail because you wrote to us.")
	return m
}

// counters are what limits letters, and how many there may be in an hour. Strangers
// who give somebody's address do not use up what the owner of that address may write.
func (in Opening) counters(by account.Actor) map[string]int {
	if !by.IsSystem() {
		return map[string]int{fmt.Sprintf("letters of %d", by.ID): 5}
	}
	return map[string]int{"letter from " + in.From.Address: 10, "letter of " + strings.ToLower(in.Email): 5}
}

// clean returns in as it would be kept, or all that is wrong with it.
func (in Opening) clean() (Opening, error) {
	name, err1 := line(in.Name, maxName, ErrName)
	title, err2 := line(in.Title, maxTitle, ErrTitle)
	address, err3 := account.ParseAddress(in.Email)
	words, err4 := text(in.Words, 1, ErrWords)
	err5 := ErrKind
	for _, k := range Kinds {
		if k.Kind == in.Kind {
			err5 = nil
		}
	}
	if in.Language == "" || !say.Speaks(in.Language) {
		in.Language = "en"
	}
	in.Name, in.Title, in.Email, in.Words = name, title, address, words
	if err5 != nil {
		return in, errors.Join(err1, err3, err5, err2, err4)
	}
	return in, errors.Join(err1, err3, err2, err4)
}

func line(typed string, longest int, refusal error) (string, error) {
	s, err := prose.Line(typed)
	if n := utf8.RuneCountInString(s); err != nil || n == 0 || n > longest {
		return s, refusal
	}
	return s, nil
}

func text(typed string, least int, refusal error) (string, error) {
	words, err := prose.Clean(typed)
	if n := utf8.RuneCountInString(words); err != nil || n < least || n > maxWords {
		return words, refusal
	}
	return words, nil
}
