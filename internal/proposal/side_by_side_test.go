package proposal_test

import (
	"errors"
	"testing"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/proposal"
)

func TestTheChosenStandSideBySide(t *testing.T) {
	t.Parallel()
	m := open(t)
	people := m.people(3)
	var ids []proposal.ID
	for _, p := range people {
		ids = append(ids, m.proposed(p))
	}
	told := func() (n int) {
		for _, p := range people {
			n += len(m.notices(p, "proposal_read"))
		}
		return n
	}
	b, err := proposal.SideBySide(t.Context(), m.DB, m.carl, m.post.ID, nil)
	m.OK(err)
	if len(b.Items) != 3 || len(b.Chosen) != 0 || b.Unread != 3 {
		t.Errorf("before he chooses: %d to choose from, %d chosen, %d unread", len(b.Items), len(b.Chosen), b.Unread)
	}
	b, err = proposal.SideBySide(t.Context(), m.DB, m.carl, m.post.ID, []proposal.ID{ids[2], ids[0], ids[2]})
	m.OK(err)
	if len(b.Chosen) != 2 || b.Chosen[0].Letter == "" || b.Chosen[0].Letter == b.Chosen[1].Letter || b.Chosen[0].Hours != 10 {
		t.Errorf("side by side: %+v", b.Chosen)
	}
	if b.Unread != 1 || b.Chosen[0].State != proposal.Read || b.Chosen[1].ReadAt == nil {
		t.Errorf("what he read is not marked: %d unread, %+v", b.Unread, b.Chosen)
	}
	if n := told(); n != 2 {
		t.Errorf("%d are told that they are read", n)
	}
	_, err = proposal.SideBySide(t.Context(), m.DB, m.carl, m.post.ID, ids)
	m.OK(err)
	if n := told(); n != 3 {
		t.Errorf("after a second look %d are told", n)
	}
}

func TestNobodyElseReadsSideBySide(t *testing.T) {
	t.Parallel()
	m := open(t)
	bea := m.Person("Bea", money.Amount{})
	mine, taken := m.proposed(m.ada), m.proposed(bea)
	m.OK(proposal.Withdraw(t.Context(), m.DB, bea, taken))
	for name, c := range map[string]struct {
		by   account.Actor
		ids  []proposal.ID
		want error
	}{
		"the freelancer":   {m.ada, []proposal.ID{mine}, jobpost.ErrNotFound},
		"one taken back":   {m.carl, []proposal.ID{mine, taken}, proposal.ErrNotFound},
		"one of elsewhere": {m.carl, []proposal.ID{1 << 40}, proposal.ErrNotFound},
		"five":             {m.carl, []proposal.ID{1, 2, 3, 4, 5}, proposal.ErrTooManyBeside},
	} {
		if b, err := proposal.SideBySide(t.Context(), m.DB, c.by, m.post.ID, c.ids); !errors.Is(err, c.want) || len(b.Chosen) != 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := len(m.notices(m.ada, "proposal_read")); n != 0 {
		t.Errorf("Ada is told that she is read: %d", n)
	}
}
