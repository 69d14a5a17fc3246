package file

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/kit/fault"
)

// ID names a file.
type ID int64

// File is something a person uploaded.
type File struct {
	ID      ID
	Owner   account.ID
	Name    string // as the owner called it, fit to be shown and saved under
	Type    string // as its bytes show, never as the browser claimed
	Size    int64  // in bytes
	Key     string // in the blob store
	Subject string // what it is attached to, such as "message/12"; empty: nothing yet
	At      time.Time
}

const (
	// MaxSize is how large a file can be, in bytes.
	MaxSize = 20 << 20
	// MaxAttached is how many files can be attached to one thing.
	MaxAttached = 10
	// Looseness is how long a file waits to be attached before it is swept.
	Looseness = 24 * time.Hour

	maxName = 200 // characters
)

// Refusals of files.
var (
	ErrNotFound = fault.New(fault.NotFound, "file_not_found",
		"There is no such file, or it is not for you to see.")
	ErrTooLarge = fault.New(fault.Invalid, "file_too_large",
		"“%s” is larger than 20 MB, so nothing was kept of it. Make it smaller, or put it where it can be fetched and give the link.").At("files")
	ErrEmpty = fault.New(fault.Invalid, "file_empty",
		"“%s” is empty. Check that the right file was chosen and that it had finished saving, then upload it again.").At("files")
	ErrProgram = fault.New(fault.Invalid, "file_is_a_program",
		"“%s” is a program that a computer could start by mistake, so nothing was kept of it. Put it in a zip archive and upload that.").At("files")
	ErrTooMany = fault.New(fault.Invalid, "too_many_files",
		"At most %d files can go with this. Leave some out, or put them into one zip archive.").At("files")
	ErrNotLoose = fault.New(fault.Invalid, "file_not_attachable",
		"One of these files is no longer there to attach: it is attached already, or it waited for more than a day. Upload it again.").At("files")
)

// URL is where those who may see the file fetch it.
func (f File) URL() string { return fmt.Sprintf("/files/%d", f.ID) }

// InlineImage reports whether a browser can be trusted to show f in a page. It
// holds only for pictures made of dots: an SVG can carry a script.
func (f File) InlineImage() bool { return slices.Contains(pictures, f.Type) }

// cleanName makes of what a file was called a name without a path that no
// system reads as anything else. It keeps the ending, by which people and their
// computers go.
func cleanName(name string) string {
	name = strings.ToValidUTF8(name, "")
	name = path.Base(strings.Trim(strings.ReplaceAll(name, `\`, "/"), "/"))
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r): // among them those that turn the reading direction: "cod.exe" as "exe.doc"
			return -1
		case strings.ContainsRune(`/<>:"|?*`, r):
			return '-'
		default:
			return r
		}
	}, name)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	if name == "" {
		return "file"
	}
	return shorten(name)
}

func shorten(name string) string {
	n := utf8.RuneCountInString(name)
	if n <= maxName {
		return name
	}
	ending := path.Ext(name)
	keep := maxName - utf8.RuneCountInString(ending)
	if ending == name || keep < maxName/2 {
		ending, keep = "", maxName
	}
	return string([]rune(name)[:keep]) + ending
}
