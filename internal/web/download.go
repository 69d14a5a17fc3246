package web

import (
	"mime"
	"net/http"

	"freehold/internal/attachment"
	"freehold/internal/file"
)

// download hands out a file to those who may read what it is attached to. It
// is always something to save, but for pictures, and can never run as a page.
func (s *Server) download(v *visit) error {
	n, err := id[file.ID](v, "id")
	if err != nil {
		return err
	}
	f, err := attachment.Find(v.ctx(), s.DB, v.by, n)
	if err != nil {
		return err
	}
	r, err := s.Files.Reader(v.ctx(), f.Key)
	if err != nil {
		return err
	}
	defer r.Close()                                               //nolint:errcheck // only read
	disposition, kind := "attachment", "application/octet-stream" // a script that somebody sends is no script of this site
	if f.InlineImage() {
		disposition, kind = "inline", f.Type
	}
	v.handOut(disposition, kind, f.Name)
	http.ServeContent(v.w, v.r, "", f.At, r)
	return nil
}

// handOut says that what follows is a file, which can never run as a page.
func (v *visit) handOut(disposition, kind, name string) {
	h := v.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": name}))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, no-cache") // whoever signs out leaves nothing behind for the next at the machine
}
