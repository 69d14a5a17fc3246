package api

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"freehold/internal/account"
	"freehold/internal/attachment"
	"freehold/internal/file"
)

func files(a area) {
	add(a, private, "POST /files", "Upload a file; the body is its bytes. Attach it within a day.", http.StatusCreated, a.upload)
	a.OpenAPI().Paths["/api/v1/files"].Post.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
	}}
	a.download()
}

// uploading is a file on its way in. Its bytes are read as they come, not kept
// in memory.
type uploading struct {
	Name  string `query:"name" doc:"What the file is called."`
	bytes io.Reader
}

// Resolve keeps hold of the body.
func (u *uploading) Resolve(ctx huma.Context) []error {
	u.bytes = ctx.BodyReader()
	return nil
}

func (s *server) upload(ctx context.Context, by account.Actor, in *uploading) (upload, error) {
	f, err := file.Save(ctx, s.DB, s.Files, by, in.Name, in.bytes)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errCut
	}
	return uploadOf(f), err
}

// content is an answer that is not JSON.
type content struct{ Body func(huma.Context) }

// download registers what hands out a file: as something to save, never as a page.
func (a area) download() {
	op := a.operation(public, "GET /files/{id}", "The bytes of a file, for those who may see what it is attached to.", http.StatusOK)
	op.Responses = map[string]*huma.Response{"200": {Description: "The file.", Content: map[string]*huma.MediaType{
		"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
	}}}
	huma.Register(a.API, op, func(ctx context.Context, in *of) (*content, error) {
		f, r, err := a.open(ctx, file.ID(in.ID))
		if err != nil {
			return nil, a.refusal(ctx, err)
		}
		return &content{func(hc huma.Context) {
			defer r.Close() //nolint:errcheck // only read
			req, w := humago.Unwrap(hc)
			w.Header().Set("Content-Type", f.Type)
			w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
			w.Header().Set("Content-Security-Policy", "default-src 'none'; sandbox")
			http.ServeContent(w, req, "", f.At, r)
		}}, nil
	})
}

func (s *server) open(ctx context.Context, id file.ID) (f file.File, r io.ReadSeekCloser, err error) {
	if f, err = attachment.Find(ctx, s.DB, caller(ctx), id); err != nil {
		return f, nil, err
	}
	r, err = s.Files.Reader(ctx, f.Key)
	return f, r, err
}
