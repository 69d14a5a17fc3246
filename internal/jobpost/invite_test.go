package jobpost_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/profile"
	"freehold/internal/proposal"
	"freehold/internal/skill"
)

func secret() jobpost.Input {
	in := logo()
	in.Visibility = jobpost.Invited
	return in
}

func (m market) invite(by account.Actor, id jobpost.ID, who account.ID) error {
	return jobpost.Invite(context.Background(), m.DB, by, id, who, "We liked your pears.")
}

func TestWhoIsInvitedIsToldAndMaySeeThePost(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(secret()).ID
	m.OK(m.invite(m.carl, id, m.ada.ID))

	if told := m.notices(m.ada, "invitation"); len(told) != 1 || !strings.Contains(told[0], "Carl invites you") {
		t.Errorf("Ada was told %q", told)
	}
	if v := m.show(m.ada, id); v.Invitation == nil || v.Invitation.State != jobpost.Sent || v.Invitation.Words != "We liked your pears." {
		t.Errorf("Ada sees %+v", v.Invitation)
	}
	if v := m.show(m.carl, id); len(v.Invitations) != 1 || v.Invitations[0].Name != "Ada" {
		t.Errorf("Carl sees %+v", v.Invitations)
	}
	mine, err := jobpost.MyInvitations(t.Context(), m.DB, m.ada, 0, 10)
	if err != nil || len(mine) != 1 || mine[0].Post != id || mine[0].Title != logo().Title {
		t.Errorf("Ada's invitations are %+v, %v", mine, err)
	}
	if acts := m.acts(id); acts[len(acts)-1] != "Carl invited Ada to propose." {
		t.Errorf("on record is %q", acts)
	}
}

func TestWhoCannotBeInvited(t *testing.T) {
	t.Parallel()
	m := open(t)
	id, draft := m.published(logo()).ID, m.draft(logo())
	olga := m.Person("Olga", euros(0))
	m.Do(`UPDATE account.people SET freelancer = false WHERE id = $1`, olga.ID)
	m.OK(m.invite(m.carl, id, m.ada.ID))
	other := logo()
	other.Title, other.Description = "A website", "For the orchard that has its logo already."
	website := m.published(other).ID
	m.proposed(website)

	for _, test := range []struct {
		name string
		got  error
		want error
	}{
		{"by a stranger", m.invite(m.eve, id, m.ada.ID), jobpost.ErrNotFound},
		{"to a draft", m.invite(m.carl, draft, m.ada.ID), jobpost.ErrNotOpen},
		{"twice", m.invite(m.carl, id, m.ada.ID), jobpost.ErrInvitedAlready},
		{"who has proposed", m.invite(m.carl, website, m.ada.ID), jobpost.ErrProposedAlready},
		{"yourself", m.invite(m.carl, id, m.carl.ID), jobpost.ErrYourself},
		{"who takes on no work", m.invite(m.carl, id, olga.ID), jobpost.ErrNotFreelancer},
		{"nobody", m.invite(m.carl, id, 1<<40), jobpost.ErrNotFreelancer},
		{"with a speech", jobpost.Invite(t.Context(), m.DB, m.carl, id, m.eve.ID, strings.Repeat("x", 2001)), jobpost.ErrLength},
	} {
		if !errors.Is(test.got, test.want) {
			t.Errorf("%s: got %v", test.name, test.got)
		}
	}
	m.Clock.Advance(10 * day)
	if err := m.invite(m.carl, id, m.eve.ID); !errors.Is(err, jobpost.ErrPastAnswerBy) {
		t.Errorf("after the answer-by date: got %v", err)
	}
	m.lapse()
}

// lapse ends the posts whose time has come, as the market's clock does.
func (m market) lapse() {
	m.Helper()
	_, err := proposal.LapseDue(m.Context(), m.DB)
	m.OK(err)
}

func TestInvitationsAreFewSoThatTheyMeanSomething(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(logo()).ID
	for i := range 30 {
		m.OK(m.invite(m.carl, id, m.Person(fmt.Sprintf("Freelancer %d", i), euros(0)).ID))
	}
	if err := m.invite(m.carl, id, m.ada.ID); !errors.Is(err, jobpost.ErrTooManyInvitations) {
		t.Errorf("got %v", err)
	}
}

func TestInvitingTwiceAtOnceInvitesOnce(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(logo()).ID
	invite := func() error { return m.invite(m.carl, id, m.ada.ID) }
	errs := together(invite, invite)
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), jobpost.ErrInvitedAlready) {
		t.Errorf("got %v", errs)
	}
	if told := m.notices(m.ada, "invitation"); len(told) != 1 {
		t.Errorf("Ada was told %q", told)
	}
}

func TestAnInvitationThatCannotBeRecordedIsNotSent(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(secret()).ID
	m.fails()
	if err := m.invite(m.carl, id, m.ada.ID); err == nil {
		t.Error("invited without a record")
	}
	if _, err := jobpost.Show(t.Context(), m.DB, m.ada, id); !errors.Is(err, jobpost.ErrNotFound) || len(m.notices(m.ada, "invitation")) != 0 {
		t.Errorf("Ada got %v", err)
	}
}

func TestAnInvitationIsAnsweredByProposing(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(secret()).ID
	m.OK(m.invite(m.carl, id, m.ada.ID))
	m.proposed(id)
	if v := m.show(m.ada, id); v.Invitation.State != jobpost.Proposed || v.Invitation.AnsweredAt == nil {
		t.Errorf("it is %+v", v.Invitation)
	}
}

func TestAnInvitationIsDeclinedOnce(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(secret()).ID
	m.OK(m.invite(m.carl, id, m.ada.ID))
	decline := func(by account.Actor) error { return jobpost.DeclineInvitation(t.Context(), m.DB, by, id) }

	if err := decline(m.eve); !errors.Is(err, jobpost.ErrNotInvited) {
		t.Errorf("a stranger: got %v", err)
	}
	m.OK(decline(m.ada))
	if err := decline(m.ada); !errors.Is(err, jobpost.ErrInvitationOver) {
		t.Errorf("twice: got %v", err)
	}
	if told := m.notices(m.carl, "invitation_declined"); len(told) != 1 || !strings.Contains(told[0], "Ada declined") {
		t.Errorf("Carl was told %q", told)
	}
	if v := m.show(m.ada, id); v.Invitation.State != jobpost.InvitationDeclined {
		t.Errorf("it is %+v", v.Invitation)
	}
	m.proposed(id) // she may change her mind
	if v := m.show(m.ada, id); v.Invitation.State != jobpost.Proposed {
		t.Errorf("it is %+v", v.Invitation)
	}
}

func TestDecliningTwiceAtOnceTellsTheClientOnce(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(secret()).ID
	m.OK(m.invite(m.carl, id, m.ada.ID))
	decline := func() error { return jobpost.DeclineInvitation(context.Background(), m.DB, m.ada, id) }
	errs := together(decline, decline)
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), jobpost.ErrInvitationOver) {
		t.Errorf("got %v", errs)
	}
	if told := m.notices(m.carl, "invitation_declined"); len(told) != 1 {
		t.Errorf("Carl was told %q", told)
	}
}

func TestADecliningThatCannotBeRecordedIsNotDone(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(secret()).ID
	m.OK(m.invite(m.carl, id, m.ada.ID))
	m.fails()
	if err := jobpost.DeclineInvitation(t.Context(), m.DB, m.ada, id); err == nil {
		t.Error("declined without a record")
	}
	if v := m.show(m.ada, id); v.Invitation.State != jobpost.Sent {
		t.Errorf("it is %+v", v.Invitation)
	}
}

func TestInvitationsEndWithTheirPost(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(secret()).ID
	m.OK(m.invite(m.carl, id, m.ada.ID))
	m.Clock.Advance(10 * day)
	m.lapse()
	if v := m.show(m.ada, id); v.Invitation.State != jobpost.InvitationLapsed {
		t.Errorf("it is %+v", v.Invitation)
	}
	if err := jobpost.DeclineInvitation(t.Context(), m.DB, m.ada, id); !errors.Is(err, jobpost.ErrInvitationOver) {
		t.Errorf("declining it: %v", err)
	}
	m.View(func(ctx context.Context, tx *db.Tx) error {
		invited, err := jobpost.IsInvited(ctx, tx, id, m.ada.ID)
		if stranger, _ := jobpost.IsInvited(ctx, tx, id, m.eve.ID); !invited || stranger {
			t.Errorf("Ada was invited: %t; Eve: %t", invited, stranger)
		}
		return err
	})
}

func TestNobodyIsInvitedToWhatTheyDoNotWant(t *testing.T) {
	t.Parallel()
	m := open(t)
	id := m.published(secret()).ID // in design, for at most 600 euros
	wish := func(w profile.Wishes) { m.OK(profile.SaveWishes(m.Context(), m.DB, m.ada, w)) }
	until := m.Clock.Now().AddDate(0, 1, 0)
	for _, c := range []struct {
		w    profile.Wishes
		want error
	}{
		{profile.Wishes{RestsUntil: &until}, jobpost.ErrResting},
		{profile.Wishes{Unwanted: []skill.Key{"design"}}, jobpost.ErrUnwanted},
		{profile.Wishes{Least: &money.Amount{Minor: 5000_00, Currency: "EUR"}}, jobpost.ErrTooSmall},
	} {
		wish(c.w)
		if err := m.invite(m.carl, id, m.ada.ID); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v, want %v", c.w, err, c.want)
		}
	}
	if told := m.notices(m.ada, "invitation"); len(told) != 0 {
		t.Errorf("Ada was disturbed: %q", told)
	}
	wish(profile.Wishes{Unwanted: []skill.Key{"writing"}, Least: &money.Amount{Minor: 100_00, Currency: "USD"}})
	m.OK(m.invite(m.carl, id, m.ada.ID))
}
