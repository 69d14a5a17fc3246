package web

import (
	"net/http"

	"freehold/internal/export"
	"freehold/internal/web/view"
)

func (s *Server) exportForm(v *visit) error {
	return v.show(view.ExportPage)
}

func (s *Server) takeEverything(v *visit) error {
	r, err := export.Take(v.ctx(), s.DB, v.by)
	if err != nil {
		return err
	}
	packed, err := r.Pack(v.ctx(), export.Market{DB: s.DB, Files: s.Files, Seal: s.Seal}, v.reader)
	if err != nil {
		return err
	}
	defer packed.Close() //nolint:errcheck // thrown away
	v.handOut("attachment", "application/zip", r.Name())
	v.w.Header().Set("Cache-Control", "no-store")
	http.ServeContent(v.w, v.r, "", r.At, packed)
	return nil
}
