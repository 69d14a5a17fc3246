package picture_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"

	"freehold/internal/kit/picture"
)

var (
	red   = color.NRGBA{200, 0, 0, 255}
	green = color.NRGBA{0, 160, 0, 255}
	blue  = color.NRGBA{0, 0, 200, 255}
	clear = color.NRGBA{}
	white = color.NRGBA{255, 255, 255, 255}
)

// quarters is a picture of four colours: upper left, upper right, lower left, lower right.
func quarters(w, h int, four ...color.Color) *image.NRGBA {
	p := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i, c := range four {
		at := image.Rect(0, 0, w/2, h/2).Add(image.Pt(i%2*w/2, i/2*h/2))
		draw.Draw(p, at, image.NewUniform(c), image.Point{}, draw.Src)
	}
	return p
}

func asPNG(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// said puts a segment in front of all that a JPEG says about itself.
func said(sent []byte, kind byte, text []byte) []byte {
	segment := append([]byte{0xFF, kind, byte((len(text) + 2) >> 8), byte(len(text) + 2)}, text...)
	return slices.Concat(sent[:2], segment, sent[2:])
}

// turned is a JPEG that says it was taken with the camera on its side.
func turned(sent []byte) []byte {
	return said(sent, 0xE1, []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"))
}

func square(t testing.TB, sent []byte, side int) image.Image {
	t.Helper()
	made, err := picture.Squares(t.Context(), bytes.NewReader(sent), side)
	if err != nil {
		t.Fatal(err)
	}
	p, kind, err := image.Decode(bytes.NewReader(made[0]))
	if err != nil || kind != "jpeg" || p.Bounds() != image.Rect(0, 0, side, side) {
		t.Fatalf("made a %s of %v (%v)", kind, p.Bounds(), err)
	}
	return p
}

func near(a, b color.Color) bool {
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	off := func(x, y uint32) uint32 { return max(x, y) - min(x, y) }
	return off(ar, br) < 0x1800 && off(ag, bg) < 0x1800 && off(ab, bb) < 0x1800
}

// shows looks at the middle of each quarter.
func shows(t testing.TB, what string, p image.Image, four ...color.Color) {
	t.Helper()
	side := p.Bounds().Dx()
	for i, want := range four {
		if got := p.At(side/4+i%2*side/2, side/4+i/2*side/2); !near(got, want) {
			t.Errorf("%s: quarter %d is %v, want %v", what, i, got, want)
		}
	}
}

func TestAPictureBecomesASquareOfItsMiddle(t *testing.T) {
	t.Parallel()
	wide := quarters(400, 100, red, green, blue, white)
	shows(t, "PNG", square(t, asPNG(t, wide), 96), red, green, blue, white)
	shows(t, "JPEG", square(t, asJPEG(t, wide), 64), red, green, blue, white)
	shows(t, "WebP", square(t, webp, 64), red, red, blue, blue)
	shows(t, "see-through", square(t, asPNG(t, quarters(80, 80, red, clear, clear, blue)), 96), red, white, white, blue)
}

func TestAPictureTakenWithTheCameraOnItsSideStandsUpright(t *testing.T) {
	t.Parallel()
	shows(t, "turned", square(t, turned(asJPEG(t, quarters(200, 200, red, green, blue, white))), 96), blue, red, white, green)
}

func TestNothingThatCameInGoesOut(t *testing.T) {
	t.Parallel()
	secret := []byte("52.5200 N, 13.4050 E <script>alert(1)</script>")
	sent := append(said(asJPEG(t, quarters(100, 100, red, red, red, red)), 0xFE, secret), secret...)
	made, err := picture.Squares(t.Context(), bytes.NewReader(sent), 256, 96)
	if err != nil || len(made) != 2 {
		t.Fatalf("%d made: %v", len(made), err)
	}
	for _, m := range made {
		if bytes.Contains(m, []byte("script")) || bytes.Contains(m, []byte("52.5200")) {
			t.Error("it still says what it said")
		}
	}
}

// bomb is a PNG that says it is huge, and is not.
func bomb(w, h uint32) []byte {
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), w), h)
	header = append(header, 8, 6, 0, 0, 0)
	b := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), header...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(header))
}

// repainted is a JPEG that paints itself over n times.
func repainted(sent []byte, n int) []byte {
	at := bytes.Index(sent, []byte{0xFF, 0xDA})
	return slices.Concat(sent[:at], bytes.Repeat(sent[at:len(sent)-2], n), sent[len(sent)-2:])
}

func TestWhatIsNoPictureIsRefusedBeforeItIsUnfolded(t *testing.T) {
	t.Parallel()
	sound := asPNG(t, quarters(100, 100, red, green, blue, white))
	var moving bytes.Buffer
	if err := gif.Encode(&moving, quarters(100, 100, red, green, blue, white), nil); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		sent []byte
		want error
	}{
		"nothing":          {nil, picture.ErrUnreadable},
		"a text":           {[]byte("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), picture.ErrUnreadable},
		"a GIF":            {moving.Bytes(), picture.ErrUnreadable},
		"half a picture":   {sound[:len(sound)/2], picture.ErrUnreadable},
		"a bomb":           {bomb(60_000, 60_000), picture.ErrTooManyDots},
		"a long bomb":      {bomb(1<<31-1, 1), picture.ErrTooManyDots},
		"painted over":     {repainted(asJPEG(t, quarters(100, 100, red, red, red, red)), 200), picture.ErrUnreadable},
		"a speck":          {asPNG(t, quarters(20, 20, red, red, red, red)), picture.ErrTooSmall},
		"a line":           {asPNG(t, quarters(2000, 3, red, red, red, red)), picture.ErrTooSmall},
		"too many of them": {append(sound, make([]byte, picture.MaxSize)...), picture.ErrTooLarge},
	} {
		if _, err := picture.Squares(t.Context(), bytes.NewReader(c.sent), 96); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func FuzzAnythingMaySayItIsAPicture(f *testing.F) {
	sound := quarters(64, 64, red, green, blue, white)
	for _, seed := range [][]byte{asPNG(f, sound), asJPEG(f, sound), turned(asJPEG(f, sound)), webp, bomb(64, 64)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, sent []byte) {
		if len(sent) > 1<<16 {
			t.Skip("larger ones only take longer")
		}
		made, err := picture.Squares(t.Context(), bytes.NewReader(sent), 64)
		if err == nil && len(made[0]) == 0 {
			t.Error("made nothing")
		}
	})
}

// webp is red above and blue below, 64 by 64.
var webp, _ = base64.StdEncoding.DecodeString(
	"UklGRmoAAABXRUJQVlA4IF4AAACwBACdASpAAEAAPtFmqk+oJaOiKhZoAQAaCWMAz5KS/iqAISuBc4+9v1GsNWIAAP7uCmfXboUvl//yz8iWz9YzhXHkztEn73y//LPyJbPyU9y+SIjqKaRDFXQf5lAA")
