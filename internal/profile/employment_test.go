package profile_test

import (
	"errors"
	"testing"
	"time"

	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/profile"
)

func month(y int, m time.Month) time.Time { return time.Date(y, m, 1, 0, 0, 0, 0, time.UTC) }

func TestAWorkHistoryIsToldNewestFirst(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	by := m.Person("Ada", money.Amount{})
	until := month(2019, time.June)
	for _, in := range []profile.EmploymentInput{
		{Title: "Cook", Company: "Inn", From: month(2015, time.March), To: &until},
		{Title: "Engineer", Company: "Works", About: "Pumps.", From: month(2021, time.January)},
	} {
		_, err := profile.AddEmployment(t.Context(), m.DB, by, in)
		m.OK(err)
	}
	e := show(m, by, by).Employments
	if len(e) != 2 || e[0].Title != "Engineer" || e[0].To != nil || e[1].Company != "Inn" || !e[1].From.Equal(month(2015, time.March)) || !e[1].To.Equal(until) {
		t.Errorf("told as %+v", e)
	}
}

func TestOnlyOnesOwnHistoryCanBeChanged(t *testing.T) {
	t.Parallel()
	m := markettest.New(t)
	by, eve := m.Person("Ada", money.Amount{}), m.Person("Eve", money.Amount{})
	id, err := profile.AddEmployment(t.Context(), m.DB, by, profile.EmploymentInput{Title: "Cook", Company: "Inn", From: month(2015, time.March)})
	m.OK(err)
	if err := profile.RemoveEmployment(t.Context(), m.DB, eve, id); !errors.Is(err, profile.ErrEmploymentNotFound) {
		t.Errorf("Eve: %v", err)
	}
	m.OK(profile.RemoveEmployment(t.Context(), m.DB, by, id))
	if err := profile.RemoveEmployment(t.Context(), m.DB, by, id); !errors.Is(err, profile.ErrEmploymentNotFound) {
		t.Errorf("removed twice: %v", err)
	}
	if e := show(m, by, by).Employments; len(e) != 0 {
		t.Errorf("told as %+v", e)
	}
}
