package web

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"freehold/internal/conduct"
	"freehold/internal/translog"
	"freehold/internal/web/view"
)

// showLog is the transparency log, for everybody.
func (s *Server) showLog(v *visit) error {
	before, err := v.before()
	if err != nil {
		return err
	}
	k, err := s.Keeper(v.ctx())
	if err != nil {
		return err
	}
	signed, err := k.Checkpoint(v.ctx(), s.DB)
	if err != nil {
		return err
	}
	all, err := translog.Latest(v.ctx(), s.DB, before, pageSize+1)
	if err != nil {
		return err
	}
	all, next := page(all, func(last translog.Shown) string { return fmt.Sprintf("/log?before=%d", last.N) })
	if len(all) > 0 && all[len(all)-1].N == 0 {
		next = ""
	}
	return v.show(func(f view.Frame) templ.Component {
		return view.LogPage(f, all, v.site(), string(signed), k.Key(), next)
	})
}

// plain answers with a text for programs.
func (v *visit) plain(data []byte) error {
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	v.w.Header().Set("Cache-Control", "no-store")
	_, err := v.w.Write(data)
	return err
}

// checkpoint is the signed root of the log (C2SP tlog-checkpoint).
func (s *Server) checkpoint(v *visit) error {
	k, err := s.Keeper(v.ctx())
	if err != nil {
		return err
	}
	signed, err := k.Checkpoint(v.ctx(), s.DB)
	if err != nil {
		return err
	}
	return v.plain(signed)
}

func (s *Server) logKey(v *visit) error {
	k, err := s.Keeper(v.ctx())
	if err != nil {
		return err
	}
	return v.plain([]byte(k.Key() + "\n"))
}

// logTile is a tile of the log, or of its entries (C2SP tlog-tiles). What a tile says
// never changes.
func (s *Server) logTile(v *visit) error {
	data, err := translog.Tile(v.ctx(), s.DB, v.r.PathValue("path"))
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/octet-stream")
	v.w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(v.w, v.r, "", v.s.DB.Now(), bytes.NewReader(data))
	return nil
}

// decisionProof hands out the proof that a decision is in the log.
func (s *Server) decisionProof(v *visit) error {
	n, err := id[conduct.ID](v, "id")
	if err != nil {
		return err
	}
	k, err := s.Keeper(v.ctx())
	if err != nil {
		return err
	}
	proof, err := conduct.Prove(v.ctx(), s.DB, k, v.by, n)
	if err != nil {
		return err
	}
	v.handOut("attachment", "text/plain; charset=utf-8", fmt.Sprintf("decision-%d.proof", n))
	_, err = strings.NewReader(string(proof)).WriteTo(v.w)
	return err
}
