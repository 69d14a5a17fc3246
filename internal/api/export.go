package api

import (
	"context"
	"io"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"freehold/internal/export"
)

// export registers what hands out everything that is here of a person.
func (a area) export() {
	op := a.operation(private, "GET /me/export", "Everything that is here of me, as a ZIP file: pages, JSON, CSV, files and sealed contracts. I am told of it.", http.StatusOK)
	op.Responses = map[string]*huma.Response{"200": {Description: "The ZIP file. Its manifest.json names what is in it.", Content: map[string]*huma.MediaType{
		"application/zip": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
	}}}
	huma.Register(a.API, op, func(ctx context.Context, _ *struct{}) (*content, error) {
		r, err := export.Take(ctx, a.DB, caller(ctx))
		if err != nil {
			return nil, a.refusal(ctx, err)
		}
		packed, err := r.Pack(ctx, export.Market{DB: a.DB, Files: a.Files, Seal: a.Seal}, readerOf(caller(ctx)))
		if err != nil {
			return nil, a.refusal(ctx, err)
		}
		return &content{func(hc huma.Context) {
			defer packed.Close() //nolint:errcheck // thrown away
			hc.SetHeader("Content-Type", "application/zip")
			hc.SetHeader("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": r.Name()}))
			hc.SetHeader("Cache-Control", "no-store")
			_, _ = io.Copy(hc.BodyWriter(), packed) // whoever hung up does not want it
		}}, nil
	})
}
