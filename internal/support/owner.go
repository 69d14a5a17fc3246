package support

import (
	"cmp"
	"context"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/geo"
)

// Candidate is somebody of the staff who could own a case.
type Candidate struct {
	ID       account.ID
	Roles    []account.Role
	Language string
	TimeZone string
	Open     int // cases that wait for them
}

// Choose is who owns a case: first by what they know, then by the asker's language,
// then by whether it is day where they are, then by how much waits for them; of two
// alike, who is longer here. It is nil if there is nobody.
func Choose(among []Candidate, kind Kind, language string, now time.Time) *account.ID {
	if len(among) == 0 {
		return nil
	}
	rank := func(c Candidate) [3]int {
		return [3]int{cost(!c.knows(kind)), cost(c.Language != language), cost(!c.works(now))}
	}
	best := slices.MinFunc(among, func(a, b Candidate) int {
		ra, rb := rank(a), rank(b)
		return cmp.Or(slices.Compare(ra[:], rb[:]), cmp.Compare(a.Open, b.Open), cmp.Compare(a.ID, b.ID))
	})
	return &best.ID
}

func cost(it bool) int {
	if it {
		return 1
	}
	return 0
}

// knows is what somebody's other roles say about them. Whoever has support alone
// knows a little of everything.
func (c Candidate) knows(kind Kind) bool {
	switch kind {
	case Money:
		return slices.Contains(c.Roles, account.Finance)
	case Rules:
		return slices.Contains(c.Roles, account.Reviewer)
	default:
		return slices.Contains(c.Roles, account.Support)
	}
}

// works reports whether it is a working hour where somebody is.
func (c Candidate) works(now time.Time) bool {
	zone, ok := geo.Zone(c.TimeZone)
	if !ok {
		return false
	}
	there := now.In(zone)
	day := there.Weekday()
	return day != time.Saturday && day != time.Sunday && there.Hour() >= 8 && there.Hour() < 18
}

// stillAnswers reports whether somebody is of the staff who answer.
func stillAnswers(ctx context.Context, tx *db.Tx, person account.ID) (bool, error) {
	return db.Value[bool](ctx, tx, `SELECT EXISTS (SELECT FROM account.staff WHERE person = $1 AND role IN ('support', 'admin'))`, person)
}

// choose is Choose among the staff who answer, but for some. Who asks names one of
// them in the same transaction, and until its end nobody else does.
func choose(ctx context.Context, tx *db.Tx, kind Kind, language string, but ...account.ID) (*account.ID, error) {
	if err := db.LockName(ctx, tx, "choosing who answers"); err != nil {
		return nil, err
	}
	among, err := db.All[Candidate](ctx, tx, `
		SELECT p.id, p.language, p.time_zone, ARRAY(SELECT role FROM account.staff WHERE person = p.id) AS roles,
			(SELECT count(*)::int FROM support.cases c WHERE c.owner = p.id AND c.state = 'open') AS open
		FROM account.people p
		WHERE p.id IN (SELECT person FROM account.staff WHERE role IN ('support', 'admin')) AND p.id <> ALL ($1) ORDER BY p.id`, but)
	if err != nil {
		return nil, err
	}
	return Choose(among, kind, language, tx.Now), nil
}
