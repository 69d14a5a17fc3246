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
	a.takesBytes("/files", http.MethodPost)
	a.download()
}

// takesBytes says that the body of a path is not JSON, but a file's own bytes.
func (a area) takesBytes(path, method string) {
	takes := a.OpenAPI().Paths["/api/v1"+path]
	op := map[string]*huma.Operation{http.MethodPost: takes.Post, http.MethodPut: takes.Put}[method]
	op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
	}}
}

// bytesSent is a file on its way in. Its bytes are read as they come, not kept in
// memory.
type bytesSent struct{ bytes io.Reader }

// Resolve keeps hold of the body.
func (s *bytesSent) Resolve(ctx huma.Context) []error {
	s.bytes = ctx.BodyReader()
	return nil
}

// whole is err, in words of ours if it is that not all of the file has come.
func (s *bytesSent) whole(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return errCut
	}
	return err
}

type uploading struct {
	bytesSent

	Name string `query:"name" doc:"What the file is called."`
}

func (s *server) upload(ctx context.Context, by account.Actor, in *uploading) (upload, error) {
	f, err := file.Save(ctx, s.DB, s.Files, by, in.Name, in.bytes)
	return uploadOf(f), in.whole(err)
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
