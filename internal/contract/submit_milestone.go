package contract

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
)

// SubmitMilestone hands over the work for a funded milestone, or hands it over
// again after changes were asked for. The client then has the acceptance window
// to approve or to ask for changes; silence approves.
func SubmitMilestone(ctx context.Context, d *db.DB, by account.Actor, id MilestoneID, w Work) (SubmissionID, error) {
	var made SubmissionID
	err := d.Update(ctx, func(tx *db.Tx) error {
		c, m, err := lockMilestone(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := m.Submit(c.side(by), tx.Now, c.AcceptanceDays); err != nil {
			return err
		}
		c.waitFor(m, tx.Now)
		w, err := w.check(m)
		if err != nil {
			return err
		}
		if made, err = insertSubmission(ctx, tx, m.ID, w); err != nil {
			return err
		}
		if err := file.Attach(ctx, tx, by, made.Subject(), w.Files); err != nil {
			return err
		}
		if err := saveContract(ctx, tx, c); err != nil {
			return err
		}
		act := say.That("%s submitted “%s”.", by.Name, m.Title)
		if err := journal.Append(ctx, tx, c.subject(), by, act, "all acceptance criteria are met, says the freelancer"); err != nil {
			return err
		}
		return tell(ctx, tx, c, Client, "milestone_submitted", turn{Client, *m.ApproveBy},
			say.That("%s submitted “%s”. Approve it, or ask for changes by naming what is not met, by %s. After that it counts as approved and is paid.",
				by.Name, m.Title, *m.ApproveBy))
	})
	return made, err
}

// MayReadSubmission reports whether by may see a submission and its files: they
// are for the two whose contract it is. To anybody else there is no such thing.
func MayReadSubmission(ctx context.Context, tx *db.Tx, by account.Actor, id SubmissionID) error {
	may, err := db.Value[bool](ctx, tx, `
		SELECT EXISTS (
			SELECT FROM contract.submissions s
			JOIN contract.milestones m ON m.id = s.milestone
			JOIN contract.contracts c ON c.id = m.contract
			WHERE s.id = $1 AND ($2 IN (c.client, c.freelancer)
				OR EXISTS (SELECT FROM contract.delegates d WHERE d.contract = c.id AND d.person = $2)))`, id, by.ID)
	if err == nil && !may {
		err = ErrMilestoneNotFound
	}
	return err
}
