package view

import "fmt"

// counted writes how many there are of something: "1 day", "3 days".
func counted(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

// text is what is there, or nothing.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
