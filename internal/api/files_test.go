package api_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"net/url"
	"strings"
	"testing"

	"freehold/internal/file"
)

// png is the smallest picture there is.
const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89" +
	"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"

// photo is one that shows somebody: a grey square, 64 by 64.
var photo = func() string {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 64, 64)), nil); err != nil {
		panic(err)
	}
	return b.String()
}()

func (p program) upload(name, content string) answer {
	p.Helper()
	return p.raw("POST", "/files?name="+url.QueryEscape(name), strings.NewReader(content), map[string]string{"Content-Type": "application/octet-stream"})
}

func TestAFileIsFetchedByThoseWhoMaySeeWhatItIsAttachedTo(t *testing.T) {
	t.Parallel()
	s := open(t)
	people := busy(s)
	carl, ada, eve := people[0], people[2], people[4]
	const text = "Not for everybody."
	fetch := func(p program, id int64) answer { return p.get(fmt.Sprintf("/files/%d", id)) }

	loose := ada.upload("notes.txt", text).must(201).says("size", len(text)).number("id")
	fetch(ada, loose).must(200)
	fetch(carl, loose).refused(404, "file_not_found")
	fetch(s.stranger(), loose).refused(404, "file_not_found")
	eve.post("/job-posts", object{"files": []int64{loose}}).refused(422, "file_not_attachable")

	ada.post("/conversations/1/messages", object{"files": []int64{loose}}).must(201)
	got := fetch(carl, loose).must(200)
	if string(got.raw) != text || got.header.Get("Content-Disposition") != `attachment; filename=notes.txt` ||
		!strings.HasPrefix(got.header.Get("Content-Type"), "text/plain") || got.header.Get("X-Content-Type-Options") != "nosniff" ||
		!strings.Contains(got.header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("got %q with %v", got.raw, got.header)
	}
	fetch(eve, loose).refused(404, "file_not_found")

	submitted := ada.upload("work.zip", "PK\x03\x04 and so on").must(201).number("id")
	ada.post("/milestones/1/submissions", object{"criteria": []bool{true}, "files": []int64{submitted}}).must(201)
	fetch(carl, submitted).must(200)
	fetch(eve, submitted).refused(404, "file_not_found")

	drafted := carl.upload("brief.txt", text).must(201).number("id")
	carl.patch("/job-posts/4", object{"files": []int64{drafted}}).must(200)
	fetch(eve, drafted).refused(404, "file_not_found")
	carl.post("/job-posts/4/publish", nil).must(200)
	fetch(s.stranger(), drafted).must(200)

	proposed := eve.upload("idea.txt", text).must(201).number("id")
	eve.post("/job-posts/4/proposals", object{
		"letter": "I have an idea that nobody else has had.", "price": eur(900_00), "hours": 10, "files": []int64{proposed},
	}).must(201)
	fetch(carl, proposed).must(200)
	fetch(ada, proposed).refused(404, "file_not_found")
}

func TestAFileIsWhatItsBytesSay(t *testing.T) {
	t.Parallel()
	ada := open(t).person("Ada", "freelancer")
	page := ada.upload("picture.png", "<!doctype html><script>alert(1)</script>").must(201)
	if strings.HasPrefix(page.text("type"), "image/") {
		t.Errorf("a page passes for a picture: %s", page.raw)
	}
	ada.upload("a.exe", "MZ\x90\x00"+strings.Repeat("\x00", 100)).refused(422, "file_is_a_program")
	ada.upload("empty", "").refused(422, "file_empty")
	ada.upload("../../etc/passwd", "x").must(201).says("name", "passwd")
	ada.raw("POST", "/files?name=%ff", strings.NewReader("x"), nil).refused(400, "request_not_text")
	ada.raw("POST", "/files?name=large", io.LimitReader(endless{}, file.MaxSize+1), nil).refused(422, "file_too_large")
}

// endless has no last byte.
type endless struct{}

// Read fills b with letters.
func (endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'a'
	}
	return len(b), nil
}
