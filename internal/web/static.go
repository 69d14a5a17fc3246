package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed static
var files embed.FS

// assets are the addresses of our own files by name. The address holds the
// content's hash, so a browser may keep the file for ever.
var assets, contents = hashed()

func hashed() (map[string]string, map[string][]byte) {
	addresses, bytes := map[string]string{}, map[string][]byte{}
	err := fs.WalkDir(files, "static", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := files.ReadFile(p)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(b)
		name := strings.TrimPrefix(p, "static/")
		ext := path.Ext(name)
		address := "/static/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
		addresses[name], bytes[address] = address, b
		return nil
	})
	if err != nil {
		panic(err)
	}
	return addresses, bytes
}

// asset is the address of one of our own files.
func asset(name string) string { return assets[name] }

func static() http.Handler {
	types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, ok := contents[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", types[path.Ext(r.URL.Path)])
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		w.Write(b) //nolint:errcheck // the visitor may leave
	})
}
