package support_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/conduct"
	"freehold/internal/file"
	"freehold/internal/kit/db"
	"freehold/internal/kit/limits"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/support"
	"freehold/internal/translog"
)

const reply = "Your invoice is under Contracts, at the very bottom of the page of the one with Carl."

func TestTheLifecycleHasNoFlaws(t *testing.T) {
	t.Parallel()
	for _, flaw := range support.Lifecycle.Flaws() {
		t.Error(flaw)
	}
}

func TestACaseHasANamedOwnerFromTheFirstMinute(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	o, err := support.OpenCase(t.Context(), d.DB, d.eve, question())
	d.OK(err)
	if o.Owner != "Sue" || !o.Due.Equal(d.Clock.Now().Add(48*hour)) || o.Secret != "" {
		t.Errorf("got %+v", o)
	}
	if told := d.told(d.sue); !slices.Equal(told, []string{"case_for_you"}) {
		t.Errorf("Sue hears %v", told)
	}
	if sent := d.mailed("eve@demo.test"); len(sent) != 1 || !strings.Contains(sent[0].Body.Says[0].String(), "by a machine") || !strings.Contains(sent[0].Body.Says[0].String(), "Sue") || sent[0].Body.Quote != "Where is it?" {
		t.Errorf("Eve reads %+v", sent)
	}

	d.answers(d.sue, o.ID, reply)
	v := d.shows(d.eve, o.ID)
	if v.State != support.Answered || len(v.Letters) != 2 || v.Letters[1].Words != reply || v.Names[*v.Letters[1].Author] != "Sue" || !v.CanAsk || !v.CanClose || v.CanAnswer {
		t.Errorf("Eve reads %+v", v)
	}
	if told := d.told(d.eve); !slices.Contains(told, "case_answered") {
		t.Errorf("Eve hears %v", told)
	}
	d.OK(support.AskOn(t.Context(), d.DB, support.Reader{Actor: d.eve}, o.ID, "There is none.", nil))
	if v := d.shows(d.sue, o.ID); v.State != support.Open || !v.Due.Equal(d.Clock.Now().Add(48*hour)) {
		t.Errorf("Sue owes %+v", v.Case)
	}
	d.OK(support.Close(t.Context(), d.DB, support.Reader{Actor: d.eve}, o.ID))
	refusedWith(t, "answering then", support.AnswerCase(t.Context(), d.DB, d.sue, o.ID, support.Reply{Words: reply}), support.ErrClosed)
	d.OK(support.SayHelped(t.Context(), d.DB, support.Reader{Actor: d.eve}, o.ID, "partly"))
	d.OK(support.Reopen(t.Context(), d.DB, support.Reader{Actor: d.eve}, o.ID))
	if v := d.shows(d.sue, o.ID); v.State != support.Open || v.Owner != d.sue.ID {
		t.Errorf("reopened, it is %+v", v.Case)
	}
}

func TestWhoAnswersIsChosenByWhatTheyKnowTheLanguageTheHourAndTheLoad(t *testing.T) {
	t.Parallel()
	monday := time.Date(2030, 1, 7, 10, 0, 0, 0, time.UTC) // 10 in London, 19 in Tokyo
	sue := support.Candidate{ID: 1, Roles: []account.Role{account.Support}, Language: "en", TimeZone: "Europe/London"}
	tomo := support.Candidate{ID: 2, Roles: []account.Role{account.Support}, Language: "en", TimeZone: "Asia/Tokyo"}
	siti := support.Candidate{ID: 3, Roles: []account.Role{account.Support}, Language: "ms", TimeZone: "Asia/Kuala_Lumpur"}
	fay := support.Candidate{ID: 4, Roles: []account.Role{account.Admin, account.Finance}, Language: "en", TimeZone: "Europe/London"}
	busy := func(c support.Candidate, n int) support.Candidate { c.Open = n; return c }
	for _, test := range []struct {
		what     string
		among    []support.Candidate
		kind     support.Kind
		language string
		want     account.ID
	}{
		{"by what they know", []support.Candidate{sue, fay}, support.Money, "en", 4},
		{"by language", []support.Candidate{sue, siti}, support.Other, "ms", 3},
		{"by the hour", []support.Candidate{tomo, sue}, support.Other, "en", 1},
		{"by load", []support.Candidate{busy(sue, 2), busy(support.Candidate{ID: 5, Roles: sue.Roles, Language: "en", TimeZone: "Europe/London"}, 1)}, support.Other, "en", 5},
		{"by who is longer here", []support.Candidate{{ID: 9, Roles: sue.Roles, Language: "en", TimeZone: "Europe/London"}, sue}, support.Other, "en", 1},
		{"even if nobody knows it", []support.Candidate{busy(sue, 9)}, support.Money, "fr", 1},
	} {
		if got := support.Choose(test.among, test.kind, test.language, monday); got == nil || *got != test.want {
			t.Errorf("%s: got %v", test.what, got)
		}
	}
	if support.Choose(nil, support.Other, "en", monday) != nil {
		t.Error("nobody was chosen from nobody")
	}
}

func TestAnOverdueCaseGoesToSomebodyElseAndIsCounted(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	id := d.asks(d.eve)
	d.Clock.Advance(48*hour - 1)
	d.sweeps()
	if v := d.shows(d.eve, id); v.Owner != d.sue.ID {
		t.Error("a moment too early")
	}
	d.Clock.Advance(1)
	d.sweeps()
	d.sweeps()
	v := d.shows(d.eve, id)
	if v.Owner != d.grace.ID || !v.Due.Equal(d.Clock.Now().Add(48*hour)) {
		t.Errorf("it is %+v", v.Case)
	}
	if !slices.Contains(d.told(d.grace), "case_for_you") || !slices.Contains(d.told(d.eve), "case_passed_on") {
		t.Error("nobody was told")
	}
	c, err := support.ReadClock(t.Context(), d.DB)
	d.OK(err)
	if c.Late != 1 || c.Waiting != 1 || c.Overdue != 0 {
		t.Errorf("the clock: %+v", c)
	}
	d.View(func(ctx context.Context, tx *db.Tx) error {
		n, err := db.Value[int](ctx, tx, `SELECT count(*) FROM translog.entries WHERE kind = $1 AND subject = $2`, translog.Late, fmt.Sprintf("case/%d", id))
		if n != 1 {
			t.Errorf("it is %d times in the log", n)
		}
		return err
	})
}

func TestWithOneOfTheStaffAnOverdueCaseStaysOverdueForAllToSee(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	d.OK(account.Revoke(t.Context(), d.DB, account.System, d.grace.ID, account.Admin))
	id := d.asks(d.eve)
	d.Clock.Advance(5 * day)
	d.sweeps()
	c, err := support.ReadClock(t.Context(), d.DB)
	d.OK(err)
	if v := d.shows(d.eve, id); v.Owner != d.sue.ID || c.Overdue != 1 {
		t.Errorf("it is %+v, the clock %+v", v.Case, c)
	}
}

func TestOnlyTheAskerClosesOrTwoWeeksOfTheirSilence(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	ctx := t.Context()
	id := d.asks(d.eve)
	carl := d.Person("Carl", money.Amount{})
	for what, test := range map[string]struct {
		by   account.Actor
		want error
	}{"Sue": {d.sue, support.ErrNotAsker}, "Carl": {carl, support.ErrNotFound}, "Finn": {d.finn, support.ErrNotFound}} {
		refusedWith(t, what, support.Close(ctx, d.DB, support.Reader{Actor: test.by}, id), test.want)
		refusedWith(t, what, support.AskOn(ctx, d.DB, support.Reader{Actor: test.by}, id, "Me too.", nil), test.want)
	}
	d.answers(d.sue, id, reply)
	d.Clock.Advance(14*day - 1)
	d.sweeps()
	if v := d.shows(d.eve, id); v.State != support.Answered {
		t.Error("a moment too early")
	}
	d.Clock.Advance(1)
	d.sweeps()
	if v := d.shows(d.eve, id); v.State != support.Closed || *v.ClosedBy != "time" || !v.CanReopen {
		t.Errorf("it is %+v", v.Case)
	}
	refusedWith(t, "writing then", support.AskOn(ctx, d.DB, support.Reader{Actor: d.eve}, id, "Hello?", nil), support.ErrClosed)
	d.Clock.Advance(61 * day)
	refusedWith(t, "reopening too late", support.Reopen(ctx, d.DB, support.Reader{Actor: d.eve}, id), support.ErrTooLate)
}

func TestSomebodyWithoutAnAccountAsksAndReadsOnByASecret(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	ctx := t.Context()
	in := question()
	in.Name, in.Email = "Jo", "jo@example.org"
	o, err := support.OpenCase(ctx, d.DB, account.Actor{}, in)
	d.OK(err)
	if sent := d.mailed("jo@example.org"); len(sent) != 1 || sent[0].Body.Link != "/talk/"+o.Secret {
		t.Errorf("Jo reads %+v", sent)
	}
	id, err := support.BySecret(ctx, d.DB, o.Secret)
	d.OK(err)
	jo := support.Reader{Secret: o.Secret}
	d.answers(d.sue, id, reply)
	v, err := support.Show(ctx, d.DB, jo, id)
	d.OK(err)
	if v.Staff || len(v.Letters) != 2 || len(d.mailed("jo@example.org")) != 2 {
		t.Errorf("Jo reads %+v", v)
	}
	d.OK(support.AskOn(ctx, d.DB, jo, id, "And where is that?", nil))
	d.OK(support.Close(ctx, d.DB, jo, id))
	other := d.asks(d.eve)
	_, err = support.Show(ctx, d.DB, jo, other)
	refusedWith(t, "another case", err, support.ErrNotFound)
	_, err = support.Show(ctx, d.DB, support.Reader{Secret: "guessed"}, id)
	refusedWith(t, "another secret", err, support.ErrNotFound)
	_, err = support.Show(ctx, d.DB, support.Reader{}, id)
	refusedWith(t, "no secret", err, support.ErrNotFound)
}

func TestWhatTheStaffNotesIsForTheStaff(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	id := d.asks(d.eve)
	d.OK(support.WriteNote(t.Context(), d.DB, d.grace, id, "She has asked this before."))
	if v := d.shows(d.eve, id); len(v.Letters) != 1 {
		t.Errorf("Eve reads %+v", v.Letters)
	}
	refusedWith(t, "Eve notes", support.WriteNote(t.Context(), d.DB, d.eve, id, "Hm."), support.ErrNotStaff)
	state, err := support.Take(t.Context(), d.DB, d.grace, id)
	d.OK(err)
	if state != support.Open {
		t.Errorf("it is %s", state)
	}
	_, err = support.Take(t.Context(), d.DB, d.grace, id)
	refusedWith(t, "taking it twice", err, support.ErrOwner)
	if v := d.shows(d.sue, id); len(v.Letters) != 2 || v.Owner != d.grace.ID {
		t.Errorf("Sue reads %+v", v.Letters)
	}
	if v := d.shows(d.grace, id); len(v.Here) != 1 || v.Here[0].Name != "Sue" {
		t.Errorf("Grace sees %+v", v.Here)
	}
}

func TestOneOfTheStaffWhoAsksIsAnsweredBySomebodyElse(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	id := d.asks(d.sue)
	if v := d.shows(d.sue, id); v.Owner != d.grace.ID || v.CanAnswer || !v.CanClose {
		t.Errorf("Sue sees %+v", v)
	}
	refusedWith(t, "Sue answers herself", support.AnswerCase(t.Context(), d.DB, d.sue, id, support.Reply{Words: reply}), support.ErrNotStaff)
}

// corpus are the paragraphs of a file.
func corpus(t *testing.T, name string) []string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n\n")
}

func TestNoPastedAnswerIsLetThroughAndEveryHonestOneIs(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	asked := 0
	fresh := func() support.ID {
		asked++
		d.Clock.Advance(2 * hour) // nobody asks this much in an hour
		return d.asks(d.Person(fmt.Sprintf("Asker %d", asked), money.Amount{}))
	}
	honest := corpus(t, "honest.txt")
	for _, words := range honest {
		if err := support.AnswerCase(t.Context(), d.DB, d.sue, fresh(), support.Reply{Words: words}); err != nil {
			t.Errorf("%.60q: %v", words, err)
		}
	}
	pasted := corpus(t, "pasted.txt")
	for _, pair := range pasted {
		first, again, _ := strings.Cut(pair, " | ")
		d.answers(d.sue, fresh(), first)
		id := fresh()
		refusedWith(t, again, support.AnswerCase(t.Context(), d.DB, d.grace, id, support.Reply{Words: again}), support.ErrPasted)
		if v := d.shows(d.grace, id); v.State != support.Open || len(v.Letters) != 1 {
			t.Errorf("it counts as an answer: %+v", v.Case)
		}
	}
	c, err := support.ReadClock(t.Context(), d.DB)
	d.OK(err)
	if c.Refused != len(pasted) || c.Answers != len(honest)+len(pasted) || c.Copies != 0 {
		t.Errorf("the clock: %+v", c)
	}
}

func TestTheSameWordsToTheSamePersonAreNoCopy(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	id := d.asks(d.eve)
	d.answers(d.sue, id, reply)
	d.OK(support.AskOn(t.Context(), d.DB, support.Reader{Actor: d.eve}, id, "Where?", nil))
	d.answers(d.sue, id, reply)
	refusedWith(t, "a gap", support.AnswerCase(t.Context(), d.DB, d.sue, id, support.Reply{Words: "Dear [NAME], it is under Contracts."}), support.ErrUnfilled)
	refusedWith(t, "too short", support.AnswerCase(t.Context(), d.DB, d.sue, id, support.Reply{Words: "Yes."}), support.ErrShort)
	refusedWith(t, "a rule that is none", support.AnswerCase(t.Context(), d.DB, d.sue, id, support.Reply{Words: reply, Rules: []conduct.RuleKey{"taste"}}), conduct.ErrRule)
	d.OK(support.AnswerCase(t.Context(), d.DB, d.sue, id, support.Reply{Words: "He may not ask for that; the rule stands below.", Rules: []conduct.RuleKey{"free_work", "free_work"}}))
	if v := d.shows(d.eve, id); !slices.Equal(v.Letters[len(v.Letters)-1].Rules, []string{"free_work"}) {
		t.Errorf("quoted are %v", v.Letters[len(v.Letters)-1].Rules)
	}
}

func TestTwoPasteTheSameAtOnceAndOneIsLetThrough(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	cases := []support.ID{d.asks(d.eve), d.asks(d.Person("Carl", money.Amount{}))}
	var wg sync.WaitGroup
	errs := make([]error, 2)
	for i, by := range []account.Actor{d.sue, d.grace} {
		wg.Go(func() { errs[i] = support.AnswerCase(t.Context(), d.DB, by, cases[i], support.Reply{Words: reply}) })
	}
	wg.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("got %v", errs)
	}
}

func TestWhatSaysTooLittleOrTooMuchIsNotSent(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	for _, test := range []struct {
		spoil func(*support.Opening)
		want  error
	}{
		{func(o *support.Opening) { o.Name = " \n" }, support.ErrName},
		{func(o *support.Opening) { o.Name = strings.Repeat("e", 101) }, support.ErrName},
		{func(o *support.Opening) { o.Title = "" }, support.ErrTitle},
		{func(o *support.Opening) { o.Email = "nowhere" }, account.ErrAddress},
		{func(o *support.Opening) { o.Kind = "rant" }, support.ErrKind},
		{func(o *support.Opening) { o.Words = "\u200b " }, support.ErrWords},
		{func(o *support.Opening) { o.Words = strings.Repeat("x", 10_001) }, support.ErrWords},
		{func(o *support.Opening) { o.Words = "\xff" }, support.ErrWords},
	} {
		in := question()
		in.Name, in.Email = "Jo", "jo@example.org"
		test.spoil(&in)
		_, err := support.OpenCase(t.Context(), d.DB, account.Actor{}, in)
		refusedWith(t, fmt.Sprintf("%.200v", in), err, test.want)
	}
	if sent := d.mailed("jo@example.org"); len(sent) != 0 {
		t.Errorf("sent %v", sent)
	}
}

func TestWhereNobodyAnswersTheAskerHearsSo(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	_, err := support.OpenCase(t.Context(), m.DB, m.Person("Eve", money.Amount{}), question())
	refusedWith(t, "asking nobody", err, support.ErrNobody)
}

func TestNobodyFloodsTheStaff(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	for range 5 {
		d.asks(d.eve)
	}
	in := question()
	in.From.Address = "192.0.2.2"
	_, err := support.OpenCase(t.Context(), d.DB, d.eve, in)
	refusedWith(t, "from elsewhere, with the same address", err, limits.ErrTooMany)
}

func TestAStrangerReadsNothingOfAnybodyElse(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	ctx := t.Context()
	d.asks(d.eve)
	q := question()
	q.Name, q.Email, q.About, q.Title = "Mallory", d.eve.Email, "contract/1", "Buy lamps at lamps.example"
	q.Words = "Lamps at lamps.example, today only."
	o, err := support.OpenCase(ctx, d.DB, account.Actor{}, q)
	d.OK(err)
	v, err := support.Show(ctx, d.DB, support.Reader{Secret: o.Secret}, o.ID)
	d.OK(err)
	if len(v.Others) != 0 || v.About != nil {
		t.Errorf("a stranger with Eve’s address sees %+v, about %v", v.Others, v.About)
	}
	if v := d.shows(d.sue, o.ID); len(v.Others) != 0 {
		t.Errorf("the staff is shown Eve’s cases beside it: %+v", v.Others)
	}
	for _, m := range d.mailed(d.eve.Email) {
		if strings.Contains(fmt.Sprintf("%+v", m), "Mallory") || strings.Contains(fmt.Sprintf("%+v", m), "lamps.example") {
			t.Errorf("Eve’s mailbox carries a stranger’s words: %+v", m)
		}
	}
	err = support.AnswerCase(ctx, d.DB, d.sue, o.ID, support.Reply{Words: "Nobody here sells lamps, as far as I know.", Files: []file.ID{1}})
	refusedWith(t, "a file to whom nobody has confirmed", err, support.ErrFiles)
}

func TestStrangersDoNotUseUpWhatTheOwnerOfAnAddressMayWrite(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	q := question()
	q.Name, q.Email = "Mallory", strings.ToUpper(d.eve.Email)
	for i := range 6 {
		q.From.Address = fmt.Sprintf("192.0.2.%d", i)
		_, err := support.OpenCase(t.Context(), d.DB, account.Actor{}, q)
		if i < 5 {
			d.OK(err)
		} else {
			refusedWith(t, "a sixth letter from one address", err, limits.ErrTooMany)
		}
	}
	d.asks(d.eve)
}

func TestACaseWhoseOwnerLeavesTheStaffIsSomebodyElses(t *testing.T) {
	t.Parallel()
	d := staffed(t)
	id := d.asks(d.eve)
	due := *d.shows(d.eve, id).Due
	d.OK(account.Revoke(t.Context(), d.DB, account.System, d.sue.ID, account.Support))
	d.sweeps()
	v := d.shows(d.eve, id)
	if v.Owner != d.grace.ID || !v.Due.Equal(due) || v.State != support.Open {
		t.Errorf("it is %+v", v.Case)
	}
	if !slices.Contains(d.told(d.grace), "case_for_you") {
		t.Error("Grace was not told")
	}
	c, err := support.ReadClock(t.Context(), d.DB)
	d.OK(err)
	if c.Late != 0 {
		t.Error("it counts as late")
	}
}
