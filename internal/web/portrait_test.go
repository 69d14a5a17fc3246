package web_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"freehold/internal/web/webtest"
)

// photo is a picture of so many dots.
func photo(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var shown = regexp.MustCompile(`<img class="portrait[^>]*src="([^"]+)"`)

func TestAPortraitIsSentSeenByAllAndTakenAway(t *testing.T) {
	t.Parallel()
	m := busy(t)
	b, stranger := m.As(m.ada), m.Stranger()
	page := "/people/" + num(m.ada.ID)

	if p := stranger.Get(page); !strings.Contains(p.Body, `aria-hidden="true">A</span>`) {
		t.Errorf("no initial stands for Ada: %s", p)
	}
	if p := b.Upload("/my/portrait", nil, "portrait", map[string][]byte{"me.png": photo(t, 120, 90)}); !p.Says("This is how others see you now.") {
		t.Fatal(p)
	}
	address := shown.FindStringSubmatch(stranger.Get(page).Body)
	if address == nil {
		t.Fatal("her page shows no portrait")
	}
	large := stranger.Get(address[1])
	if large.Status != http.StatusOK || large.Header.Get("Content-Type") != "image/jpeg" ||
		large.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" || large.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%s: %d with %v", address[1], large.Status, large.Header)
	}
	client := m.As(m.carl)
	for _, path := range []string{"/posts/1/proposals", "/proposals/1", "/conversations", "/conversations/1", "/my/contracts", "/contracts/1", "/offers/1"} {
		if small := shown.FindStringSubmatch(client.Get(path).Body); small == nil || small[1] != address[1]+"/small" {
			t.Errorf("%s shows %v", path, small)
		}
	}
	if small := stranger.Get(address[1] + "/small"); small.Status != http.StatusOK || len(small.Body) >= len(large.Body) {
		t.Errorf("the small one: %d, %d bytes, and the large one %d", small.Status, len(small.Body), len(large.Body))
	}

	if p := b.Post("/my/portrait/remove", nil); !p.Says("Your portrait is gone.") {
		t.Error(p)
	}
	if p := stranger.Get(page); shown.MatchString(p.Body) {
		t.Errorf("her page still shows it: %s", p)
	}
	if p := stranger.Get(address[1]); p.Status != http.StatusNotFound {
		t.Errorf("it is still there: %d", p.Status)
	}
}

func TestTheClientOfAPostIsSeenOnIt(t *testing.T) {
	t.Parallel()
	m := busy(t)
	m.As(m.carl).Upload("/my/portrait", nil, "portrait", map[string][]byte{"me.png": photo(t, 120, 90)})
	for _, path := range []string{"/posts", "/posts/2", "/people/" + num(m.carl.ID)} {
		if p := m.Stranger().Get(path); !shown.MatchString(p.Body) {
			t.Errorf("%s: %s", path, p)
		}
	}
}

func TestWhatIsNoPortraitIsSaidBesideTheField(t *testing.T) {
	t.Parallel()
	s := webtest.New(t)
	b := s.As(s.Person("Ada", nothing))
	for what, files := range map[string]map[string][]byte{
		"Choose a picture first.":              nil,
		"This is no picture that we can read.": {"me.png": []byte("<svg onload='alert(1)'/>")},
		"This picture has only 1 by 1 dots":    {"me.png": photo(t, 1, 1)},
	} {
		if p := b.Upload("/my/portrait", nil, "portrait", files); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Fault("portrait"), what) {
			t.Errorf("%q: %s", p.Fault("portrait"), p)
		}
	}
	p := b.Do(b.Request(http.MethodPost, "/my/portrait", "multipart/form-data; boundary=x", strings.NewReader("--x\r\nnothing")))
	if p.Status != http.StatusUnprocessableEntity || !p.Says("We could not read what you sent") {
		t.Error(p)
	}
}
