// Package attachment says who may read a file: whoever may read what it is
// attached to. The package of that thing decides; a file that is attached to
// nothing yet is its owner's alone.
package attachment

import (
	"context"
	"strconv"
	"strings"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/dispute"
	"freehold/internal/file"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/message"
	"freehold/internal/proposal"
	"freehold/internal/support"
)

// Find returns a file that by may read. To anybody else there is no such file.
func Find(ctx context.Context, d *db.DB, by account.Actor, id file.ID) (f file.File, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		if f, err = file.Find(ctx, tx, id); err != nil {
			return err
		}
		may, err := mayRead(ctx, tx, by, f)
		if _, refused := fault.Of(err); refused || err == nil && !may {
			return file.ErrNotFound
		}
		return err
	})
	return f, err
}

func mayRead(ctx context.Context, tx *db.Tx, by account.Actor, f file.File) (bool, error) {
	noun, number, _ := strings.Cut(f.Subject, "/")
	n, _ := strconv.ParseInt(number, 10, 64) // what is no number belongs to nothing
	switch noun {
	case "":
		return f.Owner == by.ID, nil
	case "piece":
		return true, nil // portfolios are public
	case "post":
		return jobpost.MayRead(ctx, tx, by, jobpost.ID(n))
	case "proposal":
		return proposal.MayRead(ctx, tx, by, proposal.ID(n))
	case "message":
		return message.MayRead(ctx, tx, by, message.ID(n))
	case "submission":
		err := contract.MayReadSubmission(ctx, tx, by, contract.SubmissionID(n))
		return err == nil, err
	case "evidence":
		return dispute.MayReadEvidence(ctx, tx, by, dispute.EvidenceID(n))
	case "letter":
		return support.MayReadLetter(ctx, tx, by, n)
	default:
		return false, nil
	}
}
