package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
)

//go:embed static
var files embed.FS

// kept is one of our own files, compressed ahead where that is worth it.
type kept struct {
	plain, gzip, brotli []byte
}

// assets are the addresses of our own files by name. The address holds the
// content's hash, so a browser may keep the file for ever.
var assets, contents = hashed()

func hashed() (addresses map[string]string, contents map[string]kept) {
	addresses, contents = map[string]string{}, map[string]kept{}
	for _, name := range names() {
		b, err := files.ReadFile("static/" + name)
		if err != nil {
			panic(err)
		}
		if path.Ext(name) == ".css" {
			b = addressed(b, addresses)
		}
		sum := sha256.Sum256(b)
		ext := path.Ext(name)
		address := "/static/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
		addresses[name], contents[address] = address, compressed(b, ext)
	}
	return addresses, contents
}

// names are our own files, those that stylesheets speak of before stylesheets.
func names() (all []string) {
	err := fs.WalkDir(files, "static", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, strings.TrimPrefix(p, "static/"))
		}
		return err
	})
	if err != nil {
		panic(err)
	}
	slices.SortStableFunc(all, func(a, b string) int { return last(a) - last(b) })
	return all
}

func last(name string) int {
	if path.Ext(name) == ".css" {
		return 1
	}
	return 0
}

var spoken = regexp.MustCompile(`\{([a-z0-9/.-]+)\}`)

// addressed puts the addresses of other files into a stylesheet, in which they
// stand by name: url("{fonts/inter.woff2}").
func addressed(css []byte, addresses map[string]string) []byte {
	return spoken.ReplaceAllFunc(css, func(m []byte) []byte { return []byte(addresses[string(m[1:len(m)-1])]) })
}

func compressed(b []byte, ext string) kept {
	k := kept{plain: b}
	if ext == ".woff2" { // is compressed already
		return k
	}
	k.gzip = squeeze(b, func(w io.Writer) io.WriteCloser { g, _ := gzip.NewWriterLevel(w, gzip.BestCompression); return g })
	k.brotli = squeeze(b, func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, brotli.BestCompression) })
	return k
}

func squeeze(b []byte, with func(io.Writer) io.WriteCloser) []byte {
	var out bytes.Buffer
	w := with(&out)
	if _, err := w.Write(b); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// asset is the address of one of our own files.
func asset(name string) string { return assets[name] }

// forEver is how long a browser may keep what has its content's hash for an address.
const forEver = "public, max-age=31536000, immutable"

var types = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8",
}

func static() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		k, ok := contents[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", types[path.Ext(r.URL.Path)])
		h.Set("Cache-Control", forEver)
		h.Set("Vary", "Accept-Encoding")
		b := k.plain
		switch accepted := r.Header.Get("Accept-Encoding"); {
		case k.brotli != nil && strings.Contains(accepted, "br"):
			h.Set("Content-Encoding", "br")
			b = k.brotli
		case k.gzip != nil && strings.Contains(accepted, "gzip"):
			h.Set("Content-Encoding", "gzip")
			b = k.gzip
		}
		w.Write(b) //nolint:errcheck // the visitor may leave
	})
}
