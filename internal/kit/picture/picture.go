// Package picture makes, of a picture that somebody sent, small square ones of
// our own.
//
// What goes out was painted here, dot by dot: nothing of the file that came in
// is left, neither what it says about where it was taken nor what it hides from
// those who look. What is too large to unfold is refused before it is unfolded,
// and one is unfolded at a time.
package picture

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // reads PNG
	"io"
	"slices"

	"github.com/disintegration/imaging"
	"github.com/gabriel-vasile/mimetype"
	_ "golang.org/x/image/webp" // reads WebP

	"freehold/internal/kit/fault"
)

const (
	// MaxSize is how large a file can be, in bytes.
	MaxSize = 20 << 20
	// Type is of what is made here.
	Type = "image/jpeg"

	maxDots  = 25_000_000 // what a good telephone takes; unfolded, some hundred megabytes
	maxScans = 100        // how often a JPEG may paint itself over; those from a camera do so ten times
	minSide  = 64
	quality  = 88
)

// types are the pictures we read. What else somebody may have taught the
// standard library is not for strangers to try.
var types = []string{"image/png", "image/jpeg", "image/webp"}

// Refusals of pictures.
var (
	ErrUnreadable = fault.New(fault.Invalid, "picture_unreadable",
		"This is no picture that we can read. Choose one that was saved as PNG, JPEG or WebP.")
	ErrTooLarge = fault.New(fault.Invalid, "picture_file_too_large",
		"This file is larger than 20 MB. A picture of 1,000 by 1,000 dots is more than enough: save it smaller, then send it again.")
	ErrTooManyDots = fault.New(fault.Invalid, "picture_too_large",
		"This picture has %d by %d dots, more than we unfold. One of 1,000 by 1,000 is more than enough: save it smaller, then send it again.")
	ErrTooSmall = fault.New(fault.Invalid, "picture_too_small",
		"This picture has only %d by %d dots, and nobody would recognise you. Choose one of at least 64 by 64.")
)

// desk is where one picture is unfolded at a time: a flood of them queues up
// and takes time, and not all of our memory.
var desk = make(chan struct{}, 1)

// Squares returns what r shows as JPEG, upright, cut to a square around its
// middle, once for each of sides.
func Squares(ctx context.Context, r io.Reader, sides ...int) ([][]byte, error) {
	sent, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, err
	}
	if err := check(sent); err != nil {
		return nil, err
	}
	select {
	case desk <- struct{}{}:
		defer func() { <-desk }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	whole, err := imaging.Decode(bytes.NewReader(sent), imaging.AutoOrientation(true))
	if err != nil {
		return nil, ErrUnreadable
	}
	made := make([][]byte, len(sides))
	for i, side := range sides {
		if made[i], err = square(whole, side); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// check looks at what a file says about itself, before anybody believes it.
func check(sent []byte) error {
	if len(sent) > MaxSize {
		return ErrTooLarge
	}
	if !slices.ContainsFunc(types, mimetype.Detect(sent).Is) {
		return ErrUnreadable
	}
	says, _, err := image.DecodeConfig(bytes.NewReader(sent))
	switch w, h := says.Width, says.Height; {
	case err != nil || w <= 0 || h <= 0 || scans(sent) > maxScans:
		return ErrUnreadable
	case w > maxDots/h:
		return ErrTooManyDots.With(w, h)
	case min(w, h) < minSide:
		return ErrTooSmall.With(w, h)
	}
	return nil
}

// scans counts how often a JPEG paints over the whole of itself: a small file
// that does so a million times would keep us busy for hours. Other pictures do
// it once.
func scans(sent []byte) (n int) {
	const begin, scan, end = 0xD8, 0xDA, 0xD9
	if !bytes.HasPrefix(sent, []byte{0xFF, begin}) {
		return 1
	}
	for at := 2; at+4 <= len(sent); {
		switch kind := sent[at+1]; {
		case sent[at] != 0xFF || kind == 0xFF || kind == 0 || kind >= 0xD0 && kind <= 0xD7: // painting
			at++
			continue
		case kind == end:
			return n
		case kind == scan:
			n++
		}
		at += 2 + int(sent[at+2])<<8 + int(sent[at+3]) // what a segment says is skipped
	}
	return n
}

// square paints on white, which is what a picture that lets its ground shine
// through was most likely seen on.
func square(whole image.Image, side int) ([]byte, error) {
	cut := imaging.Fill(whole, side, side, imaging.Center, imaging.Lanczos)
	ground := imaging.New(side, side, color.White)
	var out bytes.Buffer
	err := jpeg.Encode(&out, imaging.Overlay(ground, cut, image.Point{}, 1), &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}
