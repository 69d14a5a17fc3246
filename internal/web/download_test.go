package web_test

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/file"
	"freehold/internal/jobpost"
	"freehold/internal/message"
	"freehold/internal/profile"
	"freehold/internal/proposal"
	"freehold/internal/web/webtest"
)

// upload puts a file of somebody's where nothing holds it yet.
func (m market) upload(by account.Actor, name string, content []byte) file.ID {
	m.Helper()
	f, err := file.Save(m.Context(), m.DB, m.Server.Files, by, name, bytes.NewReader(content))
	m.OK(err)
	return f.ID
}

func TestAFileIsReadByThoseItIsForAndNobodyElse(t *testing.T) {
	t.Parallel()
	m := busy(t)
	eve := m.Person("Eve", nothing)
	browsers := map[string]*webtest.Browser{
		"Carl": m.As(m.carl), "Ada": m.As(m.ada), "Grace": m.As(m.grace), "Eve": m.As(eve), "a stranger": m.Stranger(),
	}
	for what, test := range map[string]struct {
		file    file.ID
		readers []string
	}{
		"what is attached to nothing": {m.upload(m.ada, "x.txt", []byte("mine")), []string{"Ada"}},
		"a draft's":                   {m.onDraft(jobpost.Input{Title: "A draft with a file"}), []string{"Carl"}},
		"an open post's":              {m.onPost(jobpost.Public), []string{"Carl", "Ada", "Grace", "Eve", "a stranger"}},
		"a post for those invited":    {m.onPost(jobpost.Invited), []string{"Carl", "Grace"}},
		"a proposal's":                {m.onProposal(), []string{"Carl", "Ada"}},
		"a message's":                 {m.onMessage(), []string{"Carl", "Ada"}},
		"a submission's":              {m.onSubmission(), []string{"Carl", "Ada"}},
		"a portfolio's":               {m.onPiece(), []string{"Carl", "Ada", "Grace", "Eve", "a stranger"}},
	} {
		for who, b := range browsers {
			want := http.StatusNotFound
			if slices.Contains(test.readers, who) {
				want = http.StatusOK
			}
			if p := b.Get(fmt.Sprintf("/files/%d", test.file)); p.Status != want {
				t.Errorf("%s: %s gets %d, want %d", what, who, p.Status, want)
			}
		}
	}
}

func (m market) onDraft(in jobpost.Input) file.ID {
	m.Helper()
	f := m.upload(m.carl, "draft.txt", []byte("draft"))
	in.Files = []file.ID{f}
	_, err := jobpost.SaveDraft(m.Context(), m.DB, m.carl, 0, in)
	m.OK(err)
	return f
}

func (m market) onPost(v jobpost.Visibility) file.ID {
	m.Helper()
	f := m.upload(m.carl, "post.txt", []byte("post"))
	draft, err := jobpost.SaveDraft(m.Context(), m.DB, m.carl, 0, jobpost.Input{
		Title: "Flyers for whom it is " + string(v), Description: "Flyers, folded, " + string(v), Category: "design", Level: "intermediate",
		BudgetMin: 400_00, Hours: 10, AnswerDays: 14, Visibility: v, Files: []file.ID{f},
	})
	m.OK(err)
	_, err = jobpost.Publish(m.Context(), m.DB, m.carl, draft.ID)
	m.OK(err)
	m.OK(jobpost.Invite(m.Context(), m.DB, m.carl, draft.ID, m.grace.ID, "Would you?"))
	return f
}

func (m market) onProposal() file.ID {
	m.Helper()
	f := m.upload(m.ada, "proposal.txt", []byte("proposal"))
	post := m.publishes("A menu for a market stall")
	_, err := proposal.Propose(m.Context(), m.DB, m.ada, post, proposal.Input{
		Letter: "What hungry people read gladly.", Price: euros(500), Hours: 10, Answers: []string{"Now."}, Files: []file.ID{f}})
	m.OK(err)
	return f
}

func (m market) onMessage() file.ID {
	m.Helper()
	f := m.upload(m.ada, "message.txt", []byte("message"))
	_, err := message.Send(m.Context(), m.DB, m.ada, 1, message.Input{Files: []file.ID{f}})
	m.OK(err)
	return f
}

func (m market) onSubmission() file.ID {
	m.Helper()
	f := m.upload(m.ada, "submission.txt", []byte("submission"))
	m.OK(contract.AskChanges(m.Context(), m.DB, m.carl, 1, []int{0}, "There are only two."))
	_, err := contract.SubmitMilestone(m.Context(), m.DB, m.ada, 1, contract.Work{Note: "Three.", Met: []bool{true}, Files: []file.ID{f}})
	m.OK(err)
	return f
}

func (m market) onPiece() file.ID {
	m.Helper()
	f := m.upload(m.ada, "piece.txt", []byte("piece"))
	_, err := profile.AddPiece(m.Context(), m.DB, m.ada, profile.PieceInput{Title: "A pear", Files: []file.ID{f}})
	m.OK(err)
	return f
}

func TestAFileThatLiesAboutItsTypeIsNothingButSomethingToSave(t *testing.T) {
	t.Parallel()
	m := busy(t)
	ada, carl := m.As(m.ada), m.As(m.carl)
	page := []byte("<!DOCTYPE html><html><script>alert(document.cookie)</script></html>")
	for name, test := range map[string]struct {
		content []byte
		inline  bool
	}{
		"photo.jpg":            {page, false},
		"page.html":            {page, false},
		"drawing.svg":          {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), false},
		"drawing.png":          {[]byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), false},
		"library.js":           {[]byte("#!/usr/bin/env node\nalert(1)"), false},
		"style.css":            {[]byte("body { display: none }"), false},
		"paper.pdf":            {[]byte("%PDF-1.7\n1 0 obj << /S /JavaScript >>"), false},
		"picture.png":          {picture(t), true},
		"picture.html":         {picture(t), true},
		"picture and page.png": {append(picture(t), page...), true},
	} {
		sent := ada.Upload("/conversations/1", url.Values{"text": {"Look."}}, "files", map[string][]byte{name: test.content})
		p := carl.Get(newestFile(sent))
		disposition, as, err := mime.ParseMediaType(p.Header.Get("Content-Disposition"))
		if err != nil || as["filename"] != name || p.Body != string(test.content) {
			t.Errorf("%s is saved as %q: %v", name, as["filename"], err)
		}
		if (disposition == "inline") != test.inline || p.Header.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.Contains(p.Header.Get("Content-Security-Policy"), "sandbox") || strings.Contains(p.Header.Get("Cache-Control"), "public") {
			t.Errorf("%s is handed out with %v", name, p.Header)
		}
		if kind := p.Header.Get("Content-Type"); kind != "image/png" && kind != "application/octet-stream" {
			t.Errorf("%s is taken for %s", name, kind)
		}
	}
}

var fileLink = regexp.MustCompile(`/files/\d+`)

// newestFile is where the file is that was sent last, of those on a page.
func newestFile(p webtest.Page) (path string) {
	for _, found := range fileLink.FindAllString(p.Body, -1) {
		if len(found) > len(path) || len(found) == len(path) && found > path {
			path = found
		}
	}
	return path
}

func TestAFileNobodyShouldSendIsRefusedInWords(t *testing.T) {
	t.Parallel()
	m := busy(t)
	b := m.As(m.ada)
	dozen := map[string][]byte{}
	for i := range 12 {
		dozen[fmt.Sprintf("%d.txt", i)] = []byte("one of a dozen")
	}
	for words, files := range map[string]map[string][]byte{
		"is a program":         {"holiday.png": append([]byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00\xb8\x00\x00\x00"), make([]byte, 200)...)},
		"program that a":       {"holiday.png.exe": []byte("who knows")},
		"is larger than 20 MB": {"film.mp4": make([]byte, 25<<20)},
		"is empty":             {"empty.png": {}},
		"At most 10 files":     dozen,
	} {
		p := b.Upload("/conversations/1", url.Values{"text": {"Look."}}, "files", files)
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Fault("files"), words) {
			t.Errorf("%s: beside the files: %q: %.500s", words, p.Fault("files"), p)
		}
	}
}

// A file's name is written by whoever sends it, and goes into pages and into the
// head of an answer.
func TestAFilesNameIsOnlyAName(t *testing.T) {
	t.Parallel()
	m := busy(t)
	b := m.As(m.ada)
	for sent, want := range map[string]string{
		`filename="../../etc/passwd"`:                      "passwd",
		`filename="..\\..\\windows\\win.ini"`:              "win.ini",
		`filename="a\"; filename=\"b.html"`:                `a-; filename=-b.html`,
		`filename*=UTF-8''%FF%00.txt`:                      "txt",
		`filename*=UTF-8''%E2%80%AEtxt.gpj`:                "txt.gpj",
		`filename="<img src=x onerror=alert(1)>.txt"`:      "-img src=x onerror=alert(1)-.txt",
		`filename="` + strings.Repeat("é", 5000) + `.txt"`: strings.Repeat("é", 196) + ".txt",
		`filename="CON:"`:                                  "CON-",
	} {
		body := "--x\r\nContent-Disposition: form-data; name=\"files\"; " + sent + "\r\nContent-Type: text/html\r\n\r\nhello\r\n--x--\r\n"
		p := b.Do(b.Request(http.MethodPost, "/conversations/1", "multipart/form-data; boundary=x", strings.NewReader(body)))
		got := b.Get(newestFile(p))
		_, as, err := mime.ParseMediaType(got.Header.Get("Content-Disposition"))
		if err != nil || as["filename"] != want || got.Header.Get("Set-Cookie") != "" {
			t.Errorf("%.60s: handed out as %.80q, want %.80q (%v)", sent, as["filename"], want, got.Header)
		}
	}
}
