package proposal_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/profile"
	"freehold/internal/proposal"
)

func TestAProposalComesBeforeTheClient(t *testing.T) {
	t.Parallel()
	m := open(t)
	p, err := proposal.Propose(t.Context(), m.DB, m.ada, m.post.ID, offer("apple"))
	m.OK(err)

	if p.State != proposal.Submitted {
		t.Errorf("it is %s", p.State)
	}
	m.told(m.carl, "proposal_received", "Ada proposed for “A logo for an orchard”", "11 Jan 2030")
	for _, subject := range []string{p.Subject(), m.post.Subject()} {
		if acts := m.acts(subject); !slices.Contains(acts, "Ada proposed for “A logo for an orchard”.") {
			t.Errorf("the journal of %s says %q", subject, acts)
		}
	}
	mine, err := proposal.Mine(t.Context(), m.DB, m.ada, 0, 10)
	m.OK(err)
	if len(mine) != 1 || mine[0].Price() != euros(500) || !mine[0].AnswerBy.Equal(*m.post.AnswerBy) || mine[0].Title != m.post.Title {
		t.Errorf("Ada's list has %+v", mine)
	}
}

func TestProposingIsRefusedWithTheReason(t *testing.T) {
	t.Parallel()
	m := open(t)
	eve := m.Person("Eve", euros(100))
	clientOnly, unconfirmed := eve, eve
	clientOnly.Freelancer, unconfirmed.Confirmed = false, false
	draft, err := jobpost.SaveDraft(t.Context(), m.DB, m.carl, 0, jobpost.Input{Title: "Later"})
	m.OK(err)
	secret := m.publish(about("A secret", "Only for those who know."), func(in *jobpost.Input) { in.Visibility = jobpost.Invited })
	closed := m.publish(about("A fence", "Around the orchard, with a gate."))
	m.OK(proposal.ClosePost(t.Context(), m.DB, m.carl, closed.ID, proposal.Closing{}))
	m.proposed(m.ada)

	for _, test := range []struct {
		name string
		by   account.Actor
		post jobpost.ID
		want error
	}{
		{"to oneself", m.carl, m.post.ID, proposal.ErrOwnPost},
		{"as a client only", clientOnly, m.post.ID, proposal.ErrNoFreelancer},
		{"signed out", account.Actor{}, m.post.ID, proposal.ErrNoFreelancer},
		{"without a known address", unconfirmed, m.post.ID, account.ErrUnconfirmed},
		{"to a draft", eve, draft.ID, jobpost.ErrNotFound},
		{"to nothing", eve, 99, jobpost.ErrNotFound},
		{"without an invitation", eve, secret.ID, jobpost.ErrNotFound},
		{"to a closed post", eve, closed.ID, jobpost.ErrNotOpen},
		{"again", m.ada, m.post.ID, proposal.ErrAlreadyProposed},
	} {
		if _, err := proposal.Propose(t.Context(), m.DB, test.by, test.post, offer("pear")); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, err, test.want)
		}
		shown, err := proposal.ShowPost(t.Context(), m.DB, test.by, test.post)
		if !errors.Is(errors.Join(err, shown.Outlook.Refusal), test.want) {
			t.Errorf("%s: the outlook is %v, %v, want %v", test.name, shown.Outlook.Refusal, err, test.want)
		}
	}
	m.Clock.Advance(10 * day)
	if _, err := proposal.Propose(t.Context(), m.DB, eve, m.post.ID, offer("pear")); !errors.Is(err, jobpost.ErrPastAnswerBy) {
		t.Errorf("past the date: got %v", err)
	}
}

func TestWhatIsWrongWithAProposalIsSaidBesideEachField(t *testing.T) {
	t.Parallel()
	m := open(t, func(in *jobpost.Input) {
		in.Questions = []string{"Have you drawn fruit before?", "When can you begin?"}
	})
	in := offer("apple")
	in.Answers, in.Hours, in.Letter = []string{"Yes.", ""}, 0, "broken \xff"
	_, err := proposal.Propose(t.Context(), m.DB, m.ada, m.post.ID, in)
	if got, want := codes(err), []string{"letter: not_text"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	in.Letter = ""
	_, err = proposal.Propose(t.Context(), m.DB, m.ada, m.post.ID, in)
	if got, want := codes(err), []string{"answers.1: answer_length", "letter: letter_length", "hours: hours_out_of_range"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	in = offer("apple")
	in.Answers, in.Price, in.Pieces = []string{"Yes.", "Today."}, euros(10), []profile.PieceID{1}
	_, err = proposal.Propose(t.Context(), m.DB, m.ada, m.post.ID, in)
	if got, want := codes(err), []string{"price: below_floor", "pieces: not_your_piece"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if n := m.count(`SELECT count(*) FROM proposal.proposals`); n != 0 {
		t.Errorf("%d proposals were kept", n)
	}
}

func TestTheFloorOfTheFreelancersCountryCounts(t *testing.T) {
	t.Parallel()
	m := open(t)
	in := offer("apple")
	in.Price = euros(110) // 11.00 an hour: above the floor for design, below that of Australia
	m.Do(`UPDATE account.people SET country = 'AU' WHERE id = $1`, m.ada.ID)
	if _, err := proposal.Propose(t.Context(), m.DB, m.ada, m.post.ID, in); !slices.Equal(codes(err), []string{"price: below_floor"}) {
		t.Errorf("from Australia: got %v", err)
	}
	m.Do(`UPDATE account.people SET country = NULL WHERE id = $1`, m.ada.ID)
	p, err := proposal.Propose(t.Context(), m.DB, m.ada, m.post.ID, in)
	m.OK(err)
	if p.FloorMinor == nil || *p.FloorMinor*10 > in.Price.Minor {
		t.Errorf("it was held to %v", p.FloorMinor)
	}
}

func TestEverythingThatGoesWithAProposalIsThere(t *testing.T) {
	t.Parallel()
	m := open(t, func(in *jobpost.Input) { in.Questions = []string{"Have you drawn fruit before?"} })
	piece, err := profile.AddPiece(t.Context(), m.DB, m.ada, profile.PieceInput{Title: "A pear"})
	m.OK(err)
	in := offer("apple")
	in.Answers, in.Pieces, in.Files = []string{" Often. "}, []profile.PieceID{piece}, []file.ID{m.upload(m.ada, "sketch.txt")}
	in.Plan = []proposal.Milestone{{Title: "Sketch", Minor: 200_00, Hours: 4, Days: 7}, {Title: "Drawing", Minor: 300_00, Hours: 6, Days: 14}}
	p, err := proposal.Propose(t.Context(), m.DB, m.ada, m.post.ID, in)
	m.OK(err)

	v, err := proposal.Open(t.Context(), m.DB, m.carl, p.ID)
	m.OK(err)
	if len(v.Answers) != 1 || v.Answers[0] != (proposal.Answer{Question: "Have you drawn fruit before?", Text: "Often."}) {
		t.Errorf("the answers are %+v", v.Answers)
	}
	if !slices.Equal(v.Plan, in.Plan) {
		t.Errorf("the plan is %+v", v.Plan)
	}
	if len(v.Pieces) != 1 || v.Pieces[0].Title != "A pear" || len(v.Files) != 1 || v.Files[0].Name != "sketch.txt" {
		t.Errorf("with it come %+v and %+v", v.Pieces, v.Files)
	}
	if v.Proposal.Price() != euros(500) || v.Freelancer.Name != "Ada" || v.Client.Name != "Carl" {
		t.Errorf("it reads %+v", v)
	}
}

func TestSomebodyElsesFileDoesNotGoAlong(t *testing.T) {
	t.Parallel()
	m := open(t)
	in := offer("apple")
	in.Files = []file.ID{m.upload(m.carl, "secret.txt")}
	if _, err := proposal.Propose(t.Context(), m.DB, m.ada, m.post.ID, in); !errors.Is(err, file.ErrNotLoose) {
		t.Errorf("got %v", err)
	}
	if n := m.count(`SELECT count(*) FROM proposal.proposals`); n != 0 {
		t.Error("the proposal was kept without its file")
	}
}

func TestAnInvitationIsAnsweredByAProposal(t *testing.T) {
	t.Parallel()
	m := open(t, func(in *jobpost.Input) { in.Visibility = jobpost.Invited })
	m.OK(jobpost.Invite(t.Context(), m.DB, m.carl, m.post.ID, m.ada.ID, "You draw pears so well."))
	m.proposed(m.ada)
	if s := m.text(`SELECT state FROM jobpost.invitations`); s != "proposed" {
		t.Errorf("the invitation is %s", s)
	}
}

func TestALetterWrittenForAnotherPostIsSentBack(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.proposed(m.ada)
	fence := m.publish(about("A fence", "Around the orchard, with a gate."), func(in *jobpost.Input) { in.AnswerDays = 21 })
	_, err := proposal.Propose(t.Context(), m.DB, m.ada, fence.ID, offer("Ada"))
	if !errors.Is(err, proposal.ErrAlike) || !strings.Contains(err.Error(), "100 %") || !strings.Contains(err.Error(), "A logo for an orchard") {
		t.Errorf("got %v", err)
	}
	if _, err := proposal.Propose(t.Context(), m.DB, m.ada, fence.ID, offer("fence")); err != nil {
		t.Errorf("a letter of its own: got %v", err)
	}
	if _, err := proposal.Propose(t.Context(), m.DB, m.Person("Bea", money.Amount{}), fence.ID, offer("Ada")); err != nil {
		t.Errorf("others may have the same idea: got %v", err)
	}
}

func TestALetterIsForgottenAfterAMonth(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.proposed(m.ada)
	m.Clock.Advance(31 * day)
	_, err := proposal.LapseDue(t.Context(), m.DB)
	m.OK(err)
	m.Deposit(m.carl, euros(20))
	fence := m.publish(about("A fence", "Around the orchard, with a gate."))
	if _, err := proposal.Propose(t.Context(), m.DB, m.ada, fence.ID, offer("Ada")); err != nil {
		t.Errorf("got %v", err)
	}
}

func TestFromTheCapOnAProposalWaits(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.limits(20, 5)
	for _, by := range m.people(5) {
		m.proposed(by)
	}
	shown, err := proposal.ShowPost(t.Context(), m.DB, m.ada, m.post.ID)
	m.OK(err)
	if o := shown.Outlook; !o.Waits() || o.Ahead != 5 || o.Cap != 5 || o.Open != 0 || o.Quota != 20 || !o.Floor.Hourly.Positive() {
		t.Errorf("Ada's outlook is %+v", shown.Outlook)
	}
	id := m.proposed(m.ada)
	if s := m.state(id); s != proposal.WaitingList {
		t.Errorf("it is %s", s)
	}
	if n := len(m.notices(m.carl, "proposal_received")); n != 5 {
		t.Errorf("Carl was told of %d", n)
	}
	if _, err := proposal.Open(t.Context(), m.DB, m.carl, id); !errors.Is(err, proposal.ErrNotFound) {
		t.Errorf("Carl can see what waits: %v", err)
	}
	list, err := proposal.List(t.Context(), m.DB, m.carl, m.post.ID)
	m.OK(err)
	if len(list.Items) != 5 || list.Waiting != 1 || list.Owed != 5 || list.Unread != 5 {
		t.Errorf("Carl's list has %d, of which %d unread and %d owed, and %d wait", len(list.Items), list.Unread, list.Owed, list.Waiting)
	}
	shown, err = proposal.ShowPost(t.Context(), m.DB, m.ada, m.post.ID)
	m.OK(err)
	if o := shown.Outlook; o.Mine == nil || *o.Mine != id || o.Open != 1 {
		t.Errorf("afterwards the outlook is %+v", o)
	}
}

func TestTwoAtOnceForTheLastPlaceLeaveOneWaiting(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.limits(20, 5)
	people := m.people(6)
	for _, by := range people[:4] {
		m.proposed(by)
	}
	send := func(by account.Actor) func() error {
		return func() error {
			_, err := proposal.Propose(t.Context(), m.DB, by, m.post.ID, offer(by.Name))
			return err
		}
	}
	m.OK(errors.Join(together(send(people[4]), send(people[5]))...))
	if n := m.count(`SELECT count(*) FROM proposal.proposals WHERE state = 'submitted'`); n != 5 {
		t.Errorf("%d came before Carl", n)
	}
	if n := m.count(`SELECT count(*) FROM proposal.proposals WHERE state = 'waiting list'`); n != 1 {
		t.Errorf("%d wait", n)
	}
}

func TestTwoAtOnceForTheLastOfTheQuotaSendOne(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.limits(5, 5)
	m.Deposit(m.carl, euros(200))
	topics := []string{"fence", "well", "barn", "road", "hedge", "pond"}
	posts := make([]jobpost.ID, len(topics))
	for i, topic := range topics {
		posts[i] = m.publish(about("Build a "+topic, strings.Repeat("A "+topic+" is needed. ", 3)+topic)).ID
	}
	send := func(i int) func() error {
		return func() error {
			_, err := proposal.Propose(t.Context(), m.DB, m.ada, posts[i], offer(topics[i]))
			return err
		}
	}
	for i := range 4 {
		m.OK(send(i)())
	}
	refusals(t, together(send(4), send(5)), proposal.ErrQuota)
	if n := m.count(`SELECT count(*) FROM proposal.proposals WHERE ended_at IS NULL`); n != 5 {
		t.Errorf("Ada has %d open", n)
	}
}

func TestProposingTwiceAtOnceSendsOne(t *testing.T) {
	t.Parallel()
	m := open(t)
	send := func() error {
		_, err := proposal.Propose(t.Context(), m.DB, m.ada, m.post.ID, offer("apple"))
		return err
	}
	refusals(t, together(send, send, send), proposal.ErrAlreadyProposed)
	m.told(m.carl, "proposal_received")
}

func TestNothingIsSentIfTheClientCannotBeTold(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.fails()
	if _, err := proposal.Propose(t.Context(), m.DB, m.ada, m.post.ID, offer("apple")); err == nil {
		t.Fatal("sent without telling anybody")
	}
	if n := m.count(`SELECT (SELECT count(*) FROM proposal.proposals) + (SELECT count(*) FROM journal.entries WHERE subject LIKE 'proposal/%')`); n != 0 {
		t.Errorf("%d rows are left of it", n)
	}
}

func TestProposingCostsNothing(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.Deposit(m.ada, euros(7))
	m.proposed(m.ada)
	if got := m.Wallet(m.ada, "EUR"); got != euros(7) {
		t.Errorf("Ada has %v", got)
	}
}
