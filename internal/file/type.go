package file

import (
	"path"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// pictures are the types that browsers show and that can hold no script.
var pictures = []string{"image/png", "image/jpeg", "image/webp", "image/gif"}

// programs are the types that a computer runs as they are. Source code is text
// to it, and much of what freelancers deliver.
var programs = []string{
	"application/vnd.microsoft.portable-executable", // Windows
	"application/x-elf",                             // Linux
	"application/x-mach-binary",                     // macOS
	"application/x-ms-installer",
	"application/x-ms-shortcut",
	"application/java-archive",
	"application/vnd.android.package-archive",
}

// starters are the endings by which a computer runs a file, whatever is in it.
var starters = []string{
	".app", ".apk", ".appx", ".bat", ".chm", ".cmd", ".com", ".command", ".cpl", ".dll", ".exe", ".gadget", ".hta",
	".ins", ".iso", ".jar", ".jse", ".lnk", ".msc", ".msi", ".msix", ".msp", ".pif", ".pkg", ".ps1", ".reg", ".scr",
	".sct", ".url", ".vb", ".vbe", ".vbs", ".vhd", ".wsc", ".wsf", ".wsh", ".xll",
}

// sniffed is how many bytes of a file show what it is.
const sniffed = 4096

// isProgram reports whether a computer might start a file of this name that
// begins with head.
func isProgram(name string, head []byte) bool {
	if slices.Contains(starters, strings.ToLower(path.Ext(name))) {
		return true
	}
	for kind := mimetype.Detect(head); kind != nil; kind = kind.Parent() {
		if slices.ContainsFunc(programs, kind.Is) {
			return true
		}
	}
	return false
}
