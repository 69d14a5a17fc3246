package profile

import (
	"errors"
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/kit/fault"
)

// PieceID names a portfolio piece.
type PieceID int64

// Piece is something a freelancer made and likes to show.
type Piece struct {
	ID        PieceID
	Person    account.ID
	Title     string
	About     string // Markdown
	URL       string // where it can be seen; may be empty
	At        time.Time
	RemovedAt *time.Time
	Files     []file.File
}

const (
	maxPieces = 50
	maxTitle  = 120  // characters
	maxStory  = 5000 // characters
)

// Refusals of portfolio pieces.
var (
	ErrPieceNotFound = fault.New(fault.NotFound, "piece_not_found",
		"There is no such portfolio piece, or it is not yours.")
	ErrTooManyPieces = fault.New(fault.Conflict, "too_many_pieces",
		"A portfolio has room for %d pieces. Remove one that no longer shows what you can do, then add this one.")
	ErrNotAPicture = fault.New(fault.Invalid, "not_a_picture",
		"“%s” is no picture that can be shown here. Use PNG, JPEG, WebP or GIF, or add it as a file instead.").At("pictures")
)

// PieceInput is a portfolio piece as its owner fills it in.
type PieceInput struct {
	Title, About, URL string
	Pictures          []file.ID // to add: shown in the page
	Files             []file.ID // to add: offered for download
	Drop              []file.ID // to take off, when editing
}

func (in *PieceInput) clean() error {
	return errors.Join(
		filled("title", &in.Title, maxTitle),
		text("about", &in.About, maxStory),
		address("url", &in.URL))
}

// Pictures are those files of p that the page shows.
func (p Piece) Pictures() []file.File { return sift(p.Files, true) }

// Downloads are those files of p that the page offers.
func (p Piece) Downloads() []file.File { return sift(p.Files, false) }

func sift(files []file.File, pictures bool) (kept []file.File) {
	for _, f := range files {
		if f.InlineImage() == pictures {
			kept = append(kept, f)
		}
	}
	return kept
}

// Subject is what a piece's files are attached to.
func (id PieceID) Subject() string { return fmt.Sprintf("piece/%d", id) }
