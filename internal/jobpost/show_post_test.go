package jobpost_test

import (
	"context"
	"errors"
	"testing"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/profile"
)

func TestWhoMaySeeAPost(t *testing.T) {
	t.Parallel()
	m := open(t)
	draft := m.draft(logo())
	public := m.published(logo()).ID
	in := secret()
	in.Title, in.Description = "A label for perry", "Nobody is to know yet that we press pears, too."
	invited := m.published(in).ID
	bert := m.Person("Bert", euros(0))
	m.OK(m.invite(m.carl, invited, m.ada.ID))
	m.OK(m.invite(m.carl, invited, bert.ID))
	m.proposed(invited)
	m.OK(jobpost.DeclineInvitation(t.Context(), m.DB, bert, invited))
	visitor := account.Actor{}

	for _, test := range []struct {
		name string
		by   account.Actor
		id   jobpost.ID
		may  bool
	}{
		{"its client sees a draft", m.carl, draft, true},
		{"a stranger sees no draft", m.eve, draft, false},
		{"a visitor sees no draft", visitor, draft, false},
		{"a stranger sees a public post", m.eve, public, true},
		{"a visitor sees a public post", visitor, public, true},
		{"its client sees a post for the invited", m.carl, invited, true},
		{"who has proposed sees it", m.ada, invited, true},
		{"who was invited sees it", bert, invited, true},
		{"a stranger does not", m.eve, invited, false},
		{"a visitor does not", visitor, invited, false},
		{"nobody sees what is not there", m.carl, 1 << 40, false},
	} {
		_, err := jobpost.Show(t.Context(), m.DB, test.by, test.id)
		if test.may != (err == nil) || (!test.may && !errors.Is(err, jobpost.ErrNotFound)) {
			t.Errorf("%s: got %v", test.name, err)
		}
		m.View(func(ctx context.Context, tx *db.Tx) error {
			may, err := jobpost.MayRead(ctx, tx, test.by, test.id)
			if may != test.may {
				t.Errorf("%s: and its files: %t", test.name, may)
			}
			return err
		})
	}
}

func TestAPostIsShownWithAllThatHelpsToDecide(t *testing.T) {
	t.Parallel()
	m := open(t)
	m.OK(profile.SaveClient(t.Context(), m.DB, m.carl, profile.ClientInput{Company: "Carl's Orchard"}))
	in := logo()
	in.Files = []file.ID{m.upload(m.carl, "crate.txt")}
	id := m.published(in).ID
	m.proposed(id)

	v := m.show(m.eve, id)
	if v.CategoryName != "Design" || v.Client.Company != "Carl's Orchard" || !v.Client.Verified || v.Client.Imported || v.Client.ID != m.carl.ID {
		t.Errorf("Eve sees %q of %+v", v.CategoryName, v.Client)
	}
	if len(v.Skills) != 2 || len(v.Questions) != 1 || len(v.Files) != 1 || v.Proposals != 1 || v.Standing.Posts != 1 {
		t.Errorf("Eve sees %+v", v)
	}
	if v.Own || v.Journal != nil || v.Invitations != nil || !v.BondNow.IsZero() || v.Invitation != nil {
		t.Errorf("Eve sees what is Carl's: %+v", v)
	}
	own := m.show(m.carl, id)
	if !own.Own || len(own.Journal) == 0 || own.BondNow != euros(20) || own.Floor.Source == "" {
		t.Errorf("Carl sees %+v", own)
	}
}

func TestAClientsOwnPostsAreListedLatestFirst(t *testing.T) {
	t.Parallel()
	m := open(t)
	first := m.published(logo()).ID
	m.proposed(first)
	second, third := m.draft(logo()), m.draft(logo())

	mine, err := jobpost.ListMine(t.Context(), m.DB, m.carl, 0, 2)
	m.OK(err)
	if len(mine) != 2 || mine[0].ID != third || mine[1].ID != second {
		t.Errorf("the first page is %+v", mine)
	}
	mine, err = jobpost.ListMine(t.Context(), m.DB, m.carl, second, 2)
	m.OK(err)
	if len(mine) != 1 || mine[0].ID != first || mine[0].Proposals != 1 || mine[0].Unread != 1 {
		t.Errorf("the second page is %+v", mine)
	}
	if others, err := jobpost.ListMine(t.Context(), m.DB, m.eve, 0, 10); err != nil || len(others) != 0 {
		t.Errorf("Eve has %v, %v", others, err)
	}
}
