package contract

import (
	"context"
	"crypto/x509"
	"errors"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/paper"
)

// SealContract returns a contract as a sealed PDF, to one of the two whose it is.
// It is made when somebody first asks for it, and is the same file ever after.
func SealContract(ctx context.Context, d *db.DB, by account.Actor, id ID, seal paper.Sealer) (p Paper, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		if _, err := readContract(ctx, tx, by, id, ""); err != nil {
			return err
		}
		p, err = paperOf(ctx, tx, id)
		return err
	})
	if !errors.Is(err, db.NoRow) {
		return p, err
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		c, err := lockContract(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if p, err = paperOf(ctx, tx, id); !errors.Is(err, db.NoRow) {
			return err // somebody was quicker
		}
		if p, err = sealed(ctx, tx, c, seal); err != nil {
			return err
		}
		return insertPaper(ctx, tx, p)
	})
	return p, err
}

func sealed(ctx context.Context, tx *db.Tx, c *Contract, seal paper.Sealer) (Paper, error) {
	o, err := offerByID(ctx, tx, c.Offer)
	if err != nil {
		return Paper{}, err
	}
	r, err := revisionOf(ctx, tx, o)
	if err != nil {
		return Paper{}, err
	}
	if r.Data == "" {
		return Paper{}, ErrNoPaper
	}
	signatures, err := signaturesOf(ctx, tx, o.ID)
	if err != nil {
		return Paper{}, err
	}
	d, err := readDeed(r.Data)
	if err != nil {
		return Paper{}, err
	}
	doc, err := document(r, d, evidenceOf(seal.Certificate.Subject.CommonName, c, r, d, signatures), seal, tx.Now)
	if err != nil {
		return Paper{}, err
	}
	plain, err := doc.Render()
	if err != nil {
		return Paper{}, err
	}
	pdf, err := seal.Seal(plain, tx.Now, "Signed by both")
	return Paper{c.ID, pdf, tx.Now}, err
}

// KeepSeal keeps the certificate of a seal, so that what it sealed is known as
// ours when another has taken its place.
func KeepSeal(ctx context.Context, d *db.DB, certificate *x509.Certificate) error {
	return d.Update(ctx, func(tx *db.Tx) error { return insertSeal(ctx, tx, certificate) })
}
