package mail

import (
	"slices"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Impatient is a sender that waits no longer than a test does.
func Impatient(s Sender) Sender {
	hurried := *s.(*SMTP)
	hurried.options = append(slices.Clone(hurried.options), gomail.WithTimeout(200*time.Millisecond))
	return &hurried
}
