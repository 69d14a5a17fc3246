package view

import "time"

// T writes a text in the reader's language; see say.Reader.T.
func (f Frame) T(format string, args ...any) string { return f.Reader.T(format, args...) }

// N writes a text whose words go by n; see say.Reader.N.
func (f Frame) N(n int, one, other string, args ...any) string {
	return f.Reader.N(n, one, other, args...)
}

// Word translates a word that comes from data, such as a state.
func (f Frame) Word(word string) string { return f.Reader.Word(word) }

// T writes a text in the language of whoever fills the form in.
func (f Form) T(format string, args ...any) string { return f.Reader.T(format, args...) }

// FromNow says how far t is from now, in the words people use.
func (f Frame) FromNow(t time.Time) string {
	d := t.Sub(f.Now)
	switch ahead := d.Abs(); {
	case ahead < time.Minute:
		return f.T("just now")
	case d < 0:
		return f.ago(ahead)
	default:
		return f.ahead(ahead)
	}
}

func (f Frame) ago(d time.Duration) string {
	switch {
	case d < 2*time.Hour:
		return f.N(int(d/time.Minute), "%d minute ago", "%d minutes ago")
	case d < 48*time.Hour:
		return f.N(int(d/time.Hour), "%d hour ago", "%d hours ago")
	case d < 60*day:
		return f.N(int(d/day), "%d day ago", "%d days ago")
	default:
		return f.N(int(d/(30*day)), "%d month ago", "%d months ago")
	}
}

func (f Frame) ahead(d time.Duration) string {
	switch {
	case d < 2*time.Hour:
		return f.N(int(d/time.Minute), "in %d minute", "in %d minutes")
	case d < 48*time.Hour:
		return f.N(int(d/time.Hour), "in %d hour", "in %d hours")
	case d < 60*day:
		return f.N(int(d/day), "in %d day", "in %d days")
	default:
		return f.N(int(d/(30*day)), "in %d month", "in %d months")
	}
}

// length says how long something took.
func (f Frame) length(d time.Duration) string {
	switch {
	case d < time.Minute:
		return f.T("less than a minute")
	case d < 2*time.Hour:
		return f.N(int(d/time.Minute), "%d minute", "%d minutes")
	case d < 4*day:
		return f.N(int(d/time.Hour), "%d hour", "%d hours")
	default:
		return f.N(int(d/day), "%d day", "%d days")
	}
}

const day = 24 * time.Hour

// text is what is there, or nothing.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
