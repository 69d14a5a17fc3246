// Package paint makes pictures of dots out of SVG.
package paint

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"strings"

	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"
)

// PNG paints an SVG so many dots wide and high. What it does not understand in
// it is an error: nothing of a drawing goes missing unseen.
func PNG(svg string, width, height int) ([]byte, error) {
	drawing, err := oksvg.ReadIconStream(strings.NewReader(svg), oksvg.StrictErrorMode)
	if err != nil {
		return nil, fmt.Errorf("the drawing cannot be read: %w", err)
	}
	drawing.SetTarget(0, 0, float64(width), float64(height))
	sheet := image.NewRGBA(image.Rect(0, 0, width, height))
	drawing.Draw(rasterx.NewDasher(width, height, newBrush(sheet)), 1)
	var out bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, sheet)
	return out.Bytes(), err
}
