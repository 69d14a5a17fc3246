package prose

import "regexp"

// Unfilled returns the first gap in a text that somebody left to be filled, as
// templates leave them: “[NAME]”, “{{date}}”, “<reason>”, “____”. It is "" where
// there is none.
func Unfilled(text string) string { return unfilled.FindString(text) }

var unfilled = regexp.MustCompile(`\{\{?[\w .-]{1,40}\}?\}` +
	`|\[(?:[A-Z][A-Z _]{1,40}|(?i:name|first name|last name|customer[^\]\n]{0,30}|client name|date|reason|amount|order number|insert[^\]\n]{0,40}|your name)|\.\.\.|…)\]` +
	`|<(?:[A-Z_ ]{2,40}|name|customer|date|reason|amount)>|_{3,}|\bX{3,}\b|%[A-Z_]{3,}%`)
