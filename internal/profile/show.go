package profile

import (
	"context"
	"time"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/kit/db"
)

// View is everything the public page of a person shows.
type View struct {
	ID          account.ID
	Name        string
	Portrait    Portrait
	Country     *string
	TimeZone    string
	JoinedAt    time.Time
	Imported    bool        // their posts came from elsewhere; they have not joined yet
	Freelancer  *Freelancer // nil: they offer nothing
	Pieces      []Piece
	Employments []Employment
	Past        []Past
	Client      *Client // nil: they have no work to give
	Own         bool    // it is the page of the one who looks
}

// Past is work done here, as its contract tells.
type Past struct {
	Title   string // empty when the post was not public
	EndedAt time.Time
}

// Show returns a person's public page. Anybody may see it, signed in or not.
func Show(ctx context.Context, d *db.DB, by account.Actor, id account.ID) (v View, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		p, err := personByID(ctx, tx, id)
		if err != nil {
			return err
		}
		v = View{ID: id, Name: p.Name, Portrait: p.Portrait, Country: p.Country, TimeZone: p.TimeZone, JoinedAt: p.JoinedAt,
			Imported: p.Imported, Own: by.ID == id}
		if v.Freelancer, err = Find(ctx, tx, id); err != nil {
			return err
		}
		if v.Freelancer != nil {
			if err := v.addWork(ctx, tx); err != nil {
				return err
			}
		}
		if p.Client {
			v.Client, err = clientByID(ctx, tx, id)
		}
		return err
	})
	return v, err
}

func (v *View) addWork(ctx context.Context, tx *db.Tx) (err error) {
	if v.Pieces, err = piecesOf(ctx, tx, v.ID); err != nil {
		return err
	}
	if err := addFiles(ctx, tx, v.Pieces); err != nil {
		return err
	}
	if v.Employments, err = employmentsOf(ctx, tx, v.ID); err != nil {
		return err
	}
	v.Past, err = pastWork(ctx, tx, v.ID)
	return err
}

// PiecesByID returns the pieces with these ids and their files, removed ones
// too. Who may see them is for the caller to know.
func PiecesByID(ctx context.Context, tx *db.Tx, ids []PieceID) ([]Piece, error) {
	pieces, err := piecesByID(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	return pieces, addFiles(ctx, tx, pieces)
}

// MayPick reports whether all of ids are pieces that person shows.
func MayPick(ctx context.Context, tx *db.Tx, person account.ID, ids []PieceID) (bool, error) {
	return db.Value[bool](ctx, tx, `
		SELECT NOT EXISTS (
			SELECT FROM unnest($2::bigint[]) AS picked (id)
			WHERE NOT EXISTS (
				SELECT FROM profile.pieces p WHERE p.id = picked.id AND p.person = $1 AND p.removed_at IS NULL))`,
		person, ids)
}

func addFiles(ctx context.Context, tx *db.Tx, pieces []Piece) error {
	subjects := make([]string, len(pieces))
	for i, p := range pieces {
		subjects[i] = p.ID.Subject()
	}
	files, err := file.OfMany(ctx, tx, subjects)
	if err != nil {
		return err
	}
	for i, subject := range subjects {
		pieces[i].Files = files[subject]
	}
	return nil
}
