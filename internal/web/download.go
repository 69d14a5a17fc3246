package web

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"freehold/internal/contract"
	"freehold/internal/file"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/message"
	"freehold/internal/proposal"
)

// download hands out a file to those who may read what it is attached to. It
// is always something to save, but for pictures, and can never run as a page.
func (s *Server) download(v *visit) error {
	n, err := id[file.ID](v, "id")
	if err != nil {
		return err
	}
	var f file.File
	err = s.DB.View(v.ctx(), func(tx *db.Tx) error {
		if f, err = file.Find(v.ctx(), tx, n); err != nil {
			return err
		}
		return mayRead(v, tx, f)
	})
	if err != nil {
		return err
	}
	r, err := s.Files.Reader(v.ctx(), f.Key)
	if err != nil {
		return err
	}
	defer r.Close() //nolint:errcheck // only read
	disposition := "attachment"
	if f.InlineImage() {
		disposition = "inline"
	}
	h := v.w.Header()
	h.Set("Content-Type", f.Type)
	h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": f.Name}))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, no-cache") // whoever signs out leaves nothing behind for the next at the machine
	http.ServeContent(v.w, v.r, "", f.At, r)
	return nil
}

// mayRead asks the package of the thing that a file is attached to. A file that
// is attached to nothing yet is its owner's alone.
func mayRead(v *visit, tx *db.Tx, f file.File) error {
	if f.Subject == "" {
		if f.Owner == v.by.ID {
			return nil
		}
		return errMissing
	}
	noun, number, _ := strings.Cut(f.Subject, "/")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return err
	}
	ctx := v.ctx()
	may := false
	switch noun {
	case "piece":
		may = true // portfolios are public
	case "post":
		may, err = jobpost.MayRead(ctx, tx, v.by, jobpost.ID(n))
	case "proposal":
		may, err = proposal.MayRead(ctx, tx, v.by, proposal.ID(n))
	case "message":
		may, err = message.MayRead(ctx, tx, v.by, message.ID(n))
	case "submission":
		err = contract.MayReadSubmission(ctx, tx, v.by, contract.SubmissionID(n))
		may = err == nil
	}
	if err == nil && !may {
		err = errMissing
	}
	return err
}
