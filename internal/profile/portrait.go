package profile

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"

	"freehold/internal/kit/fault"
)

// Portrait names the picture that somebody shows of themselves, by what it
// looks like: another picture has another name, so whoever has fetched one may
// keep it for ever. The empty Portrait is none.
type Portrait string

// How wide and high portraits are, in dots: for a page of one's own, and for
// lists, where twenty of them come at once.
const (
	LargePortrait = 256
	SmallPortrait = 112
)

// ErrNoPortrait is for an address that shows nobody, or nobody any more.
var ErrNoPortrait = fault.New(fault.NotFound, "portrait_not_found",
	"There is no such portrait, or not any more.")

// URL is where anybody fetches a portrait; empty when there is none.
func (p Portrait) URL() string {
	if p == "" {
		return ""
	}
	return "/portraits/" + string(p)
}

// SmallURL is URL for one that is shown small.
func (p Portrait) SmallURL() string {
	if p == "" {
		return ""
	}
	return p.URL() + "/small"
}

// names are what portraits are called. Nothing else is asked for.
var names = regexp.MustCompile(`^[0-9a-f]{32}$`)

func nameOf(picture []byte) Portrait {
	sum := sha256.Sum256(picture)
	return Portrait(hex.EncodeToString(sum[:16]))
}
