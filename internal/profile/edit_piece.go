package profile

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/kit/db"
)

// AddPiece puts a piece at the end of the portfolio of by.
func AddPiece(ctx context.Context, d *db.DB, by account.Actor, in PieceInput) (id PieceID, err error) {
	if err := in.clean(); err != nil {
		return 0, err
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		if err := lockFreelancer(ctx, tx, by.ID); err != nil { // two at once count the pieces one after the other
			return err
		}
		switch n, err := countPieces(ctx, tx, by.ID); {
		case err != nil:
			return err
		case n >= maxPieces:
			return ErrTooManyPieces.With(maxPieces)
		}
		if id, err = insertPiece(ctx, tx, by.ID, in); err != nil {
			return err
		}
		return attach(ctx, tx, by, id, in)
	})
	return id, err
}

// EditPiece changes what a piece says, and adds and takes off files.
func EditPiece(ctx context.Context, d *db.DB, by account.Actor, id PieceID, in PieceInput) error {
	if err := in.clean(); err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		if err := lockPiece(ctx, tx, by.ID, id); err != nil {
			return err
		}
		if err := updatePiece(ctx, tx, id, in); err != nil {
			return err
		}
		if err := file.Detach(ctx, tx, by, id.Subject(), in.Drop); err != nil {
			return err
		}
		return attach(ctx, tx, by, id, in)
	})
}

// RemovePiece takes a piece out of the portfolio. Proposals that were sent with
// it keep it.
func RemovePiece(ctx context.Context, d *db.DB, by account.Actor, id PieceID) error {
	return d.Update(ctx, func(tx *db.Tx) error {
		if err := lockPiece(ctx, tx, by.ID, id); err != nil {
			return err
		}
		return hidePiece(ctx, tx, id)
	})
}

func attach(ctx context.Context, tx *db.Tx, by account.Actor, id PieceID, in PieceInput) error {
	for _, picture := range in.Pictures {
		f, err := file.Find(ctx, tx, picture)
		if err != nil {
			return err
		}
		if f.Owner == by.ID && !f.InlineImage() {
			return ErrNotAPicture.With(f.Name)
		}
	}
	if err := file.Attach(ctx, tx, by, id.Subject(), in.Pictures); err != nil {
		return err
	}
	return file.Attach(ctx, tx, by, id.Subject(), in.Files)
}
