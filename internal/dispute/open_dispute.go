package dispute

import (
	"context"
	"slices"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
)

var (
	// ErrReason asks for one of the reasons.
	ErrReason = fault.New(fault.Invalid, "dispute_reason", "Choose what it is about.").At("reason")
	// ErrShareSum says what is disputed by a share.
	ErrShareSum = fault.New(fault.Invalid, "disputed_share", "What lies between the two shares is %s. That is what an arbiter decides about.").At("sum")
	// ErrWords asks for words.
	ErrWords = fault.New(fault.Invalid, "words_missing", "Say it in your own words, in at most 5,000 characters. The other side and the arbiter read it.").At("words")
)

// Opening is what somebody disputes, and why.
type Opening struct {
	Sum    money.Amount // of the price; nothing: all of it, or what lies between two shares
	Reason Reason
	Words  string
	Lines  string // of a week of hours: those that are disputed, one on each line; "" otherwise
}

// Open lets a sum of a milestone wait until the two agree or an arbiter has
// decided. The rest of its price is paid to the freelancer at once.
func Open(ctx context.Context, d *db.DB, by account.Actor, on contract.MilestoneID, in Opening) (id ID, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		id, err = OpenWithin(ctx, tx, by, on, in)
		return err
	})
	return id, err
}

// OpenWithin is Open as a part of something larger.
func OpenWithin(ctx context.Context, tx *db.Tx, by account.Actor, on contract.MilestoneID, in Opening) (ID, error) {
	words, wrong := checkWords(in.Words)
	c, m, fallback, err := contest(ctx, tx, by, on, in)
	if err != nil {
		return 0, err
	}
	if in.Lines != "" {
		words += "\n\n" + in.Lines
	}
	due := TalkDays.After(tx.Now)
	made := &Dispute{
		Milestone: m.ID, Contract: c.ID, Client: c.Client, Freelancer: c.Freelancer, Title: c.Title + ": " + m.Title,
		Reason: in.Reason, Words: words, Sum: *m.Disputed, Fallback: fallback, State: Talking, Due: &due, OpenedAt: tx.Now,
	}
	made.OpenedBy = made.side(by)
	if in.Reason != Share && !reasonOf(made.OpenedBy, in.Reason) {
		return 0, ErrReason
	}
	if wrong != nil {
		return 0, wrong
	}
	if err := insert(ctx, tx, made); err != nil {
		return 0, err
	}
	act := say.That("%s opened a dispute about %s.", by.Name, made.Sum)
	if err := journal.Append(ctx, tx, made.subject(), by, act, words); err != nil {
		return 0, err
	}
	return made.ID, tell(ctx, tx, made, other(made.OpenedBy), "dispute_opened", notify.Yours(due),
		say.That("%s disputes %s of “%s”. The rest is paid. Name a split that you would agree to; if you do not agree by %s, an arbiter decides.",
			by.Name, made.Sum, made.Title, due))
}

// contest sets the sum apart that a dispute is about. fallback is what of it is
// the freelancer's if no arbiter decides in time.
func contest(ctx context.Context, tx *db.Tx, by account.Actor, on contract.MilestoneID, in Opening) (_ *contract.Contract, _ *contract.Milestone, fallback money.Amount, err error) {
	if in.Reason == Share {
		c, m, between, err := contract.ContestShare(ctx, tx, by, on)
		if err == nil && in.Sum != (money.Amount{}) && in.Sum != between.Disputed {
			err = ErrShareSum.With(between.Disputed)
		}
		return c, m, between.Fallback, err
	}
	c, m, err := contract.Contest(ctx, tx, by, on, in.Sum)
	if err != nil {
		return nil, nil, fallback, err
	}
	return c, m, *m.Disputed, nil
}

func reasonOf(s contract.Side, r Reason) bool {
	for _, one := range Reasons(s) {
		if one.Reason == r {
			return true
		}
	}
	return false
}

// checkWords cleans what somebody says, which may not be nothing.
func checkWords(words string) (string, error) {
	words, err := prose.Clean(words)
	if n := utf8.RuneCountInString(words); err != nil || n < 1 || n > 5000 {
		return words, ErrWords
	}
	return words, nil
}

// tell sends one side what concerns them.
func tell(ctx context.Context, tx *db.Tx, d *Dispute, s contract.Side, kind string, next notify.Turn, text say.Sentence) error {
	return notify.Send(ctx, tx, notify.Notice{Reader: d.person(s), Kind: kind, Link: d.URL(), Turn: next, Text: text})
}

// tellBoth sends both the same.
func tellBoth(ctx context.Context, tx *db.Tx, d *Dispute, kind string, next notify.Turn, text say.Sentence) error {
	for _, s := range []contract.Side{contract.Client, contract.Freelancer} {
		if err := tell(ctx, tx, d, s, kind, next, text); err != nil {
			return err
		}
	}
	return nil
}

// tellArbiters sends arbiters that it is their turn.
func tellArbiters(ctx context.Context, tx *db.Tx, d *Dispute, who []account.ID, text say.Sentence) error {
	for _, reader := range slices.Compact(who) {
		if err := notify.Send(ctx, tx, notify.Notice{Reader: reader, Kind: "dispute_for_you", Link: d.URL(), Turn: notify.Yours(*d.Due), Text: text}); err != nil {
			return err
		}
	}
	return nil
}
