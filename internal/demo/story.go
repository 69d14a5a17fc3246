package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/contract"
	"freehold/internal/dispute"
	"freehold/internal/jobpost"
	"freehold/internal/kit/blob"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/message"
	"freehold/internal/notify"
	"freehold/internal/profile"
	"freehold/internal/proposal"
	"freehold/internal/review"
	"freehold/internal/standing"
	"freehold/internal/terms"
	"freehold/internal/web/view"
	"freehold/internal/worklog"
)

// Market is what the demonstration is made on.
type Market struct {
	DB    *db.DB
	Files *blob.Store
	Rails banking.Rails // on the first of which everybody pays
	Vault banking.Vault
	Clock *Clock
	Sweep func(context.Context) error // does what is due
}

// stage is a demonstration in the making.
type stage struct {
	Market

	people map[string]account.Actor
	homes  map[account.ID]string // where letters reach them
	pieces map[string][]profile.PieceID
}

const day = 24 * time.Hour

// Fill makes the demonstration's people and plays their stories through the use
// cases, from some weeks ago until now; in a market that has them it changes
// nothing. It returns the log-ins.
func Fill(ctx context.Context, in Market) ([]view.DemoPerson, error) {
	cast, err := people()
	if err != nil {
		return nil, err
	}
	filled, err := isFilled(ctx, in.DB, cast)
	if err != nil {
		return nil, err
	}
	if !filled {
		all, err := posts()
		if err != nil {
			return nil, err
		}
		s := &stage{in, map[string]account.Actor{}, map[account.ID]string{}, map[string][]profile.PieceID{}}
		if err := s.play(ctx, s.acts(cast, all)); err != nil {
			return nil, err
		}
	}
	return logIns(ctx, in.DB, cast)
}

// act is something that happens, so many days ago.
type act struct {
	ago  int
	what string
	do   func(context.Context) error
}

// acts are all that happens, in its order.
func (s *stage) acts(cast []someone, posts []post) (all []act) {
	var late []act
	pictures := paintAll(cast)
	for i, p := range cast {
		all = append(all, act{p.Joined, p.Name + " joins", func(ctx context.Context) error { return s.join(ctx, p, pictures[i]) }})
	}
	for i := range posts {
		p := &playing{stage: s, post: posts[i], letters: map[string]proposal.ID{}, offers: map[string]contract.OfferID{}, contracts: map[string]contract.ID{}}
		for _, l := range p.Story {
			a := act{l.ago, fmt.Sprintf("“%s”: %s", p.Title, l), func(ctx context.Context) error { return p.perform(ctx, l) }}
			if l.verb == "starts" {
				late = append(late, a) // so that the timer still runs when somebody looks
				continue
			}
			all = append(all, a)
		}
	}
	all = append(all, s.houseActs()...)
	all = append(all, s.askActs()...)
	all = append(all, s.bankActs()...)
	all = append(all, act{cappedAgo, "a post takes fewer proposals", s.takeFewerProposals})
	all = append(all, act{hurriedAgo, "answers are to come sooner", s.answerSooner})
	for _, p := range cast {
		all = append(all, act{lookedAgo, p.Name + " looks at what has happened", func(ctx context.Context) error {
			return notify.MarkAllRead(ctx, s.DB, s.people[p.Key])
		}})
	}
	all = append(all, late...)
	slices.SortStableFunc(all, func(a, b act) int { return b.ago - a.ago })
	return all
}

// cappedAgo is when a post began to take fewer proposals, before anybody had
// joined, and hurriedAgo when everybody was told that answers are to come sooner.
const (
	cappedAgo  = 71
	hurriedAgo = 4
)

// takeFewerProposals is what the administrator of this market thought right.
func (s *stage) takeFewerProposals(ctx context.Context) error {
	return s.changeTerms(ctx, "Nobody reads twenty letters well. Twelve they do, and who comes later waits for a place.",
		func(v *terms.Values) { v.ProposalsPerPost = 12 })
}

// answerSooner is what everybody can see coming.
func (s *stage) answerSooner(ctx context.Context) error {
	return s.changeTerms(ctx, "Nine of ten answers come in the first week. Ten days are enough, and nobody waits longer than they must.",
		func(v *terms.Values) { v.AnswerDays = 10 })
}

func (s *stage) changeTerms(ctx context.Context, reason string, change func(*terms.Values)) error {
	var last terms.Settings
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) { last, err = terms.Latest(ctx, tx); return err })
	if err != nil {
		return err
	}
	c := terms.Change{From: last.Version, Values: last.Values, Reason: reason}
	change(&c.Values)
	_, err = terms.ChangeSettings(ctx, s.DB, s.people["mara"], c)
	return err
}

// lookedAgo is when everybody last read their notices.
const lookedAgo = 1

// play lets each day pass with what happens on it. People do things in the
// course of ten hours; the last of them is over now.
func (s *stage) play(ctx context.Context, all []act) error {
	const awake = 10 * time.Hour
	for ago := all[0].ago; ago >= 0; ago-- {
		n := slices.IndexFunc(all, func(a act) bool { return a.ago < ago })
		if n < 0 {
			n = len(all)
		}
		end := -time.Duration(ago) * day
		for i, a := range all[:n] {
			s.Clock.ahead.Store(int64(end - awake + awake*time.Duration(i)/time.Duration(n)))
			if err := a.do(ctx); err != nil {
				return fmt.Errorf("%d days ago %s: %w", ago, a.what, err)
			}
		}
		all = all[n:]
		s.Clock.ahead.Store(int64(end))
		if err := s.Sweep(ctx); err != nil {
			return fmt.Errorf("%d days ago what was due: %w", ago, err)
		}
	}
	return nil
}

// playing is a post on the stage, and what has come of it so far.
type playing struct {
	*stage
	post

	id        jobpost.ID
	letters   map[string]proposal.ID
	offers    map[string]contract.OfferID
	contracts map[string]contract.ID
}

// perform lets somebody do what a line says.
func (p *playing) perform(ctx context.Context, l line) error {
	do, ok := verbs[l.verb]
	if !ok {
		return fmt.Errorf("nobody knows how one %s", l.verb)
	}
	by, ok := p.people[l.who]
	if !ok {
		return fmt.Errorf("%s is not here yet", l.who)
	}
	return do(p, ctx, by, l)
}

// verbs are what people do in stories.
var verbs = map[string]func(*playing, context.Context, account.Actor, line) error{
	"drafts": (*playing).drafts, "publishes": (*playing).publishes, "invites": (*playing).invites, "closes": (*playing).closes,
	"proposes": (*playing).proposes, "withdraws": (*playing).withdraws, "regrets": (*playing).regrets,
	"reads": (*playing).reads, "shortlists": (*playing).shortlists, "notes": (*playing).notes, "declines": (*playing).declines, "writes": (*playing).writes,
	"offers": (*playing).offersTerms, "counters": (*playing).counters, "signs": (*playing).signs, "refuses": (*playing).refuses,
	"funds": (*playing).funds, "submits": (*playing).submits, "approves": (*playing).approves, "returns": (*playing).returns,
	"recovers": (*playing).recovers, "leaves": (*playing).leaves, "ends": (*playing).ends, "reckons": (*playing).reckons, "contests": (*playing).contests, "splits": (*playing).splits, "shows": (*playing).shows, "amends": (*playing).amends, "logs": (*playing).logs, "starts": (*playing).starts, "trusts": (*playing).trusts, "rehires": (*playing).rehires, "rules": (*playing).rules, "appeals": (*playing).appeals, "agrees": (*playing).agrees, "rewards": (*playing).rewards, "deposits": (*playing).deposits, "reviews": (*playing).reviews, "responds": (*playing).responds, "cashes": (*playing).cashes,
}

func (p *playing) drafts(ctx context.Context, by account.Actor, _ line) error {
	in, err := p.input()
	if err != nil {
		return err
	}
	draft, err := jobpost.SaveDraft(ctx, p.DB, by, 0, in)
	p.id = draft.ID
	return err
}

func (p *playing) publishes(ctx context.Context, by account.Actor, l line) error {
	if err := p.drafts(ctx, by, l); err != nil {
		return err
	}
	_, err := jobpost.Publish(ctx, p.DB, by, p.id)
	return err
}

func (p *playing) invites(ctx context.Context, by account.Actor, l line) error {
	return jobpost.Invite(ctx, p.DB, by, p.id, p.people[l.whom].ID, l.words)
}

// regrets is how somebody who was invited says no.
func (p *playing) regrets(ctx context.Context, by account.Actor, _ line) error {
	return jobpost.DeclineInvitation(ctx, p.DB, by, p.id)
}

func (p *playing) closes(ctx context.Context, by account.Actor, l line) error {
	return proposal.ClosePost(ctx, p.DB, by, p.id, proposal.Closing{Rest: &proposal.Reason{Code: l.part, Words: l.words}})
}

func (p *playing) proposes(ctx context.Context, by account.Actor, l line) error {
	written, ok := p.Letters[l.who]
	if !ok {
		return errors.New("there is no letter of theirs")
	}
	in, err := written.input(p.currency(), p.pieces[l.who])
	if err != nil {
		return err
	}
	made, err := proposal.Propose(ctx, p.DB, by, p.id, in)
	if err == nil {
		p.letters[l.who] = made.ID
	}
	return err
}

// currency is the post's: the word of capitals in what it pays.
func (p *playing) currency() string { return pay.FindStringSubmatch(p.Pays)[3] }

func (p *playing) withdraws(ctx context.Context, by account.Actor, l line) error {
	if l.who == p.Client {
		return contract.WithdrawOffer(ctx, p.DB, by, p.offers[l.whom], l.words)
	}
	return proposal.Withdraw(ctx, p.DB, by, p.letters[l.who])
}

// each does something with the letter of each who is named, "tom, mai".
func (p *playing) each(names string, do func(proposal.ID) error) error {
	for name := range strings.SplitSeq(names, ", ") {
		id, ok := p.letters[name]
		if !ok {
			return fmt.Errorf("%s has not proposed", name)
		}
		if err := do(id); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (p *playing) reads(ctx context.Context, by account.Actor, l line) error {
	return p.each(l.whom, func(id proposal.ID) error { _, err := proposal.Open(ctx, p.DB, by, id); return err })
}

func (p *playing) shortlists(ctx context.Context, by account.Actor, l line) error {
	return p.each(l.whom, func(id proposal.ID) error { return proposal.Shortlist(ctx, p.DB, by, id) })
}

// notes is for the client's own eyes.
func (p *playing) notes(ctx context.Context, by account.Actor, l line) error {
	return p.each(l.whom, func(id proposal.ID) error { return proposal.WriteNote(ctx, p.DB, by, id, l.words) })
}

func (p *playing) declines(ctx context.Context, by account.Actor, l line) error {
	return p.each(l.whom, func(id proposal.ID) error {
		return proposal.Decline(ctx, p.DB, by, id, proposal.Reason{Code: l.part, Words: l.words})
	})
}

// writes is for both: the client says to whom. Who writes has read what was
// written to them.
func (p *playing) writes(ctx context.Context, by account.Actor, l line) error {
	about, ok := p.letters[l.who]
	if l.whom != "" {
		about, ok = p.letters[l.whom]
	}
	if !ok {
		return errors.New("there is no proposal to write about")
	}
	c, err := message.Open(ctx, p.DB, by, about)
	if err != nil {
		return err
	}
	said, err := message.Show(ctx, p.DB, by, c, 0, 1)
	if err != nil {
		return err
	}
	if len(said.Messages) > 0 {
		if err := message.Read(ctx, p.DB, by, c, said.Messages[0].ID); err != nil {
			return err
		}
	}
	_, err = message.Send(ctx, p.DB, by, c, message.Input{Text: l.words})
	return err
}

func (p *playing) offersTerms(ctx context.Context, by account.Actor, l line) error {
	t := p.Letters[l.whom].Terms
	if t == nil {
		return errors.New("there are no terms to offer them")
	}
	in, err := t.input(p.currency(), p.Clock.Now())
	if err != nil {
		return err
	}
	p.offers[l.whom], err = contract.MakeOffer(ctx, p.DB, by, p.letters[l.whom], in)
	return err
}

func (p *playing) counters(ctx context.Context, by account.Actor, l line) error {
	in, err := p.Letters[l.who].Counter.input(p.currency(), p.Clock.Now())
	if err != nil {
		return err
	}
	return contract.Counter(ctx, p.DB, by, p.offers[l.who], in)
}

// signs is for both: the client says with whom.
func (p *playing) signs(ctx context.Context, by account.Actor, l line) error {
	with := l.who
	if l.whom != "" {
		with = l.whom
	}
	shown, err := contract.ShowOffer(ctx, p.DB, by, p.offers[with])
	if err != nil {
		return err
	}
	p.contracts[with], err = contract.SignOffer(ctx, p.DB, by, p.offers[with], contract.Signing{
		SHA256: shown.SHA256, Password: password, PostalAddress: p.homes[by.ID],
	})
	return err
}

// refuses is how a freelancer says no to an offer.
func (p *playing) refuses(ctx context.Context, by account.Actor, l line) error {
	return contract.DeclineOffer(ctx, p.DB, by, p.offers[l.who], l.words)
}

func (p *playing) funds(ctx context.Context, by account.Actor, l line) error {
	return contract.Fund(ctx, p.DB, by, p.contracts[l.whom])
}

// milestone is the one that a line speaks of: "(2)", or "(2: 1, 3)" with some
// of its criteria.
func (p *playing) milestone(ctx context.Context, by account.Actor, with string, l line) (m contract.MilestoneView, criteria []int, err error) {
	var n int
	number, some, _ := strings.Cut(l.part, ": ")
	if _, err := fmt.Sscan(number, &n); err != nil {
		return m, nil, fmt.Errorf("which milestone? (%s)", l.part)
	}
	for c := range strings.SplitSeq(some, ", ") {
		var i int
		if _, err := fmt.Sscan(c, &i); err == nil {
			criteria = append(criteria, i-1)
		}
	}
	v, err := contract.Show(ctx, p.DB, by, p.contracts[with])
	if err != nil {
		return m, nil, err
	}
	return v.Work[n-1], criteria, nil
}

func (p *playing) submits(ctx context.Context, by account.Actor, l line) error {
	m, _, err := p.milestone(ctx, by, l.who, l)
	if err != nil {
		return err
	}
	met := slices.Repeat([]bool{true}, len(m.Criteria))
	_, err = contract.SubmitMilestone(ctx, p.DB, by, m.ID, contract.Work{Note: l.words, Met: met})
	return err
}

func (p *playing) approves(ctx context.Context, by account.Actor, l line) error {
	m, _, err := p.milestone(ctx, by, l.whom, l)
	if err != nil {
		return err
	}
	return contract.ApproveMilestone(ctx, p.DB, by, m.ID)
}

// returns is how a client asks for changes.
func (p *playing) returns(ctx context.Context, by account.Actor, l line) error {
	m, criteria, err := p.milestone(ctx, by, l.whom, l)
	if err != nil {
		return err
	}
	return contract.AskChanges(ctx, p.DB, by, m.ID, criteria, l.words)
}

// recovers is how a client takes back money for which nothing came.
func (p *playing) recovers(ctx context.Context, by account.Actor, l line) error {
	m, _, err := p.milestone(ctx, by, l.whom, l)
	if err != nil {
		return err
	}
	return contract.TakeBack(ctx, p.DB, by, m.ID)
}

func (p *playing) leaves(ctx context.Context, by account.Actor, l line) error {
	return contract.LeaveStarved(ctx, p.DB, by, p.contracts[l.who])
}

// ends is how somebody gives notice: a client to whom they name, a freelancer
// to their client.
func (p *playing) ends(ctx context.Context, by account.Actor, l line) error {
	return contract.GiveNotice(ctx, p.DB, by, p.contracts[cmp.Or(l.whom, l.who)], contract.Notice{Reason: contract.NoticeReason(cmp.Or(l.part, "other")), Words: l.words})
}

// contests is how somebody disputes a sum of a milestone, and why, "(1, 300, other)",
// or the share of it that is done, "(1, share)".
func (p *playing) contests(ctx context.Context, by account.Actor, l line) error {
	number, rest, _ := strings.Cut(l.part, ", ")
	sum, reason, _ := strings.Cut(rest, ", ")
	l.part = number
	m, _, err := p.milestone(ctx, by, cmp.Or(l.whom, l.who), l)
	if err != nil {
		return err
	}
	if rest == string(dispute.Share) {
		_, err = dispute.Open(ctx, p.DB, by, m.ID, dispute.Opening{Reason: dispute.Share, Words: l.words})
		return err
	}
	a, err := money.Parse(sum, p.currency())
	if err != nil {
		return err
	}
	_, err = dispute.Open(ctx, p.DB, by, m.ID, dispute.Opening{Sum: a, Reason: dispute.Reason(reason), Words: l.words})
	return err
}

// dispute is the one about a milestone of a contract with somebody.
func (p *playing) dispute(ctx context.Context, by account.Actor, with string) (dispute.View, error) {
	c, err := contract.Show(ctx, p.DB, by, p.contracts[with])
	if err != nil {
		return dispute.View{}, err
	}
	for _, m := range c.Work {
		if m.State == contract.Disputed {
			id, err := dispute.About(ctx, p.DB, by, m.ID)
			if err != nil {
				return dispute.View{}, err
			}
			return dispute.Show(ctx, p.DB, by, id)
		}
	}
	return dispute.View{}, errors.New("nothing is in dispute")
}

// splits is how somebody names a split, "(150)"; a client says with whom.
func (p *playing) splits(ctx context.Context, by account.Actor, l line) error {
	d, err := p.dispute(ctx, by, cmp.Or(l.whom, l.who))
	if err != nil {
		return err
	}
	a, err := money.Parse(l.part, p.currency())
	if err != nil {
		return err
	}
	_, err = dispute.ProposeSplit(ctx, p.DB, by, d.ID, a, l.words)
	return err
}

// shows is how somebody brings evidence; a client says against whom.
func (p *playing) shows(ctx context.Context, by account.Actor, l line) error {
	d, err := p.dispute(ctx, by, cmp.Or(l.whom, l.who))
	if err != nil {
		return err
	}
	in := dispute.Evidence{Words: l.words}
	if len(d.Works) > 0 {
		in.Submission = contract.SubmissionID(d.Works[len(d.Works)-1].ID)
	}
	_, err = dispute.AddEvidence(ctx, p.DB, by, d.ID, in)
	return err
}

// rules is how the arbiter to whom a dispute was given decides it, "(60)", whoever
// it is; a line says with whom the dispute is.
func (p *playing) rules(ctx context.Context, _ account.Actor, l line) error {
	d, err := p.dispute(ctx, p.people[p.Client], l.whom)
	if err != nil {
		return err
	}
	award, err := money.Parse(l.part, p.currency())
	if err != nil {
		return err
	}
	for _, by := range p.people {
		if d.Arbiter != nil && by.ID == *d.Arbiter {
			return dispute.Decide(ctx, p.DB, by, d.ID, dispute.Ruling{Award: award, Words: l.words, Criteria: []int{0}})
		}
	}
	return errors.New("the dispute was given to nobody")
}

// appeals is how somebody has a decision reviewed; a client says with whom.
func (p *playing) appeals(ctx context.Context, by account.Actor, l line) error {
	d, err := p.dispute(ctx, by, cmp.Or(l.whom, l.who))
	if err != nil {
		return err
	}
	return dispute.AskReview(ctx, p.DB, by, d.ID, l.words)
}

// amends is how somebody proposes that a milestone cost so much more and be due
// so many days later, "(2, 200, 10)".
func (p *playing) amends(ctx context.Context, by account.Actor, l line) error {
	var n, more, days int
	if _, err := fmt.Sscanf(l.part, "%d, %d, %d", &n, &more, &days); err != nil {
		return fmt.Errorf("which milestone, how much more, how many days later? (%s)", l.part)
	}
	id := p.contracts[cmp.Or(l.whom, l.who)]
	c, err := contract.Show(ctx, p.DB, by, id)
	if err != nil {
		return err
	}
	plan := c.Plan()
	for i := range plan.Milestones {
		if m := &plan.Milestones[i]; m.N == n {
			m.Price.Minor += int64(more) * 100
			m.Due = c.Milestones[n-1].Due.AddDate(0, 0, days).Format(time.DateOnly)
		}
	}
	_, err = contract.ProposeAmendment(ctx, p.DB, by, id, plan, l.words)
	return err
}

// agrees is how somebody signs the amendment that is on the table; a client says
// with whom.
func (p *playing) agrees(ctx context.Context, by account.Actor, l line) error {
	c, err := contract.Show(ctx, p.DB, by, p.contracts[cmp.Or(l.whom, l.who)])
	if err != nil {
		return err
	}
	if len(c.Amendments) == 0 {
		return errors.New("nothing is on the table")
	}
	a, err := contract.ShowAmendment(ctx, p.DB, by, c.Amendments[len(c.Amendments)-1].ID)
	if err != nil {
		return err
	}
	return contract.SignAmendment(ctx, p.DB, by, a.ID, contract.Signing{SHA256: a.SHA256, Password: password, PostalAddress: p.homes[by.ID]})
}

// trusts is how a client lets somebody judge work in their place, on the contract
// with somebody, "(ada)".
func (p *playing) trusts(ctx context.Context, by account.Actor, l line) error {
	return contract.NameDelegate(ctx, p.DB, by, p.contracts[l.part], p.people[l.whom].ID)
}

// rehires is how somebody offers other work to one with whom they have worked, or
// proposes it, in so many words: "(600, 20)" is its price and hours, and it is due in
// two weeks.
func (p *playing) rehires(ctx context.Context, by account.Actor, l line) error {
	var price int64
	var hours int
	if _, err := fmt.Sscanf(l.part, "%d, %d", &price, &hours); err != nil {
		return fmt.Errorf("for how much, and how many hours? (%s)", l.part)
	}
	title, scope, _ := strings.Cut(l.words, ": ")
	_, err := contract.OfferAgain(ctx, p.DB, by, p.contracts[cmp.Or(l.whom, l.who)], title, contract.Terms{Scope: scope, Milestones: []contract.MilestoneTerms{{
		Title: title, Price: money.Amount{Minor: price * 100, Currency: p.currency()}, Hours: hours,
		Due: p.Clock.Now().AddDate(0, 0, 14).Format(time.DateOnly), Criteria: []string{scope},
	}}})
	return err
}

// starts is how somebody begins to measure their work.
func (p *playing) starts(ctx context.Context, by account.Actor, l line) error {
	_, err := worklog.StartTimer(ctx, p.DB, by, p.contracts[l.who], worklog.Note{Memo: l.words})
	return err
}

// logs is how somebody writes down the hours that they have just worked, "(2.5)".
// What fell over the edge of a week they leave out.
func (p *playing) logs(ctx context.Context, by account.Actor, l line) error {
	hours, err := strconv.ParseFloat(l.part, 64)
	if err != nil {
		return err
	}
	now := p.Clock.Now()
	_, err = worklog.LogHours(ctx, p.DB, by, p.contracts[l.who], worklog.Worked{
		Note: worklog.Note{Memo: l.words}, From: now.Add(-time.Duration(hours * float64(time.Hour))), To: now,
	})
	if errors.Is(err, worklog.ErrOutside) || errors.Is(err, worklog.ErrWeekNotFunded) {
		return nil
	}
	return err
}

// rewards is how a client gives a bonus.
func (p *playing) rewards(ctx context.Context, by account.Actor, l line) error {
	a, err := amountOf(l)
	if err != nil {
		return err
	}
	id := p.contracts[l.whom]
	c, err := contract.Show(ctx, p.DB, by, id)
	if err != nil {
		return err
	}
	return contract.GiveBonus(ctx, p.DB, by, id, contract.Extra{Amount: a, Words: l.words, N: c.Extras.Bonuses + 1})
}

// reviews is how somebody says how it was, in marks in the order of the
// questions: a client to whom they name, a freelancer of their client.
func (p *playing) reviews(ctx context.Context, by account.Actor, l line) error {
	side := contract.Freelancer
	if l.whom != "" {
		side = contract.Client
	}
	given, asked := strings.Split(l.part, ", "), standing.Criteria(side)
	if len(given) != len(asked) {
		return fmt.Errorf("%d marks for %d questions", len(given), len(asked))
	}
	in := review.Input{Marks: map[string]int{}, Words: l.words}
	for i, c := range asked {
		mark, err := strconv.Atoi(given[i])
		if err != nil {
			return err
		}
		in.Marks[c.Code] = mark
	}
	_, err := review.Write(ctx, p.DB, by, p.contracts[cmp.Or(l.whom, l.who)], in)
	return err
}

// responds is how somebody answers what was written about them; a client says
// by whom.
func (p *playing) responds(ctx context.Context, by account.Actor, l line) error {
	v, err := review.Show(ctx, p.DB, by, p.contracts[cmp.Or(l.whom, l.who)])
	if err != nil {
		return err
	}
	if v.Theirs == nil {
		return errors.New("there is nothing to respond to")
	}
	return review.Respond(ctx, p.DB, by, v.Theirs.ID, l.words)
}

// reckons is how somebody says how many percent of what is under way are done.
func (p *playing) reckons(ctx context.Context, by account.Actor, l line) error {
	percent, err := strconv.Atoi(l.part)
	if err != nil {
		return err
	}
	c, err := contract.Show(ctx, p.DB, by, p.contracts[cmp.Or(l.whom, l.who)])
	if err != nil {
		return err
	}
	for _, m := range c.Work {
		if m.CanNameShare {
			return contract.NameShare(ctx, p.DB, by, m.ID, percent)
		}
	}
	return errors.New("nothing is under way")
}

func (p *playing) deposits(ctx context.Context, by account.Actor, l line) error {
	a, err := amountOf(l)
	if err != nil {
		return err
	}
	_, err = banking.AddMoney(ctx, p.DB, p.Rails[0], by, a)
	return err
}

// cashes is how somebody has money of theirs paid out.
func (p *playing) cashes(ctx context.Context, by account.Actor, l line) error {
	a, err := amountOf(l)
	if err != nil {
		return err
	}
	_, err = banking.Withdraw(ctx, p.DB, p.Rails[0], by, a, banking.Usual)
	return err
}
