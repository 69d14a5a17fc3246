package profile

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"freehold/internal/account"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/geo"
	"freehold/internal/kit/money"
	"freehold/internal/kit/prose"
	"freehold/internal/kit/say"
	"freehold/internal/skill"
)

// Freelancer is what a person offers.
type Freelancer struct {
	Person        account.ID
	Headline      string
	About         string // Markdown
	Level         *skill.Level
	Rate          *money.Amount // for one hour
	Skills        []skill.Skill // the foremost first
	Languages     []Language
	HoursPerWeek  *int
	AvailableFrom *time.Time // a day, UTC
	UpdatedAt     time.Time
}

// Language is one that a person works in, and how well.
type Language struct {
	Code    string // ISO 639-1
	Fluency Fluency
}

// Name returns the language's English name.
func (l Language) Name() string {
	known, ok := geo.LanguageOf(l.Code)
	if !ok {
		return l.Code
	}
	return known.Name
}

// Fluency is how well somebody knows a language.
type Fluency string

// The fluencies.
const (
	Basic          Fluency = "basic"
	Conversational Fluency = "conversational"
	Fluent         Fluency = "fluent"
	Native         Fluency = "native"
)

// Fluencies are all of them, least first.
var Fluencies = say.Words(Basic, Conversational, Fluent, Native)

const (
	maxHeadline  = 120   // characters
	maxAbout     = 10000 // characters
	maxSkills    = 15
	maxLanguages = 10
	maxURL       = 490                      // characters; https:// may come before it
	maxWeek      = 80                       // hours
	maxAhead     = 2 * 366 * 24 * time.Hour // how far away somebody's first day may be
)

// Refusals of profiles. ErrTooLong and ErrMissing are said at many a field.
var (
	ErrNotFound = fault.New(fault.NotFound, "person_not_found",
		"There is nobody here by that number.")
	ErrTooLong = fault.New(fault.Invalid, "too_long",
		"This can be at most %d characters long, and has %d. Please shorten it.")
	ErrMissing = fault.New(fault.Invalid, "missing",
		"Please fill this in.")
	ErrTooManySkills = fault.New(fault.Invalid, "too_many_skills",
		"Name at most %d skills: those you most want to be hired for.").At("skills")
	ErrUnknownLanguage = fault.New(fault.Invalid, "unknown_language",
		"We don't know the language “%s”. Please choose from the list.").At("languages")
	ErrUnknownFluency = fault.New(fault.Invalid, "unknown_fluency",
		"Say how well you know each language: basic, conversational, fluent or native.").At("languages")
	ErrTooManyLanguages = fault.New(fault.Invalid, "too_many_languages",
		"Name at most %d languages: those you can work in.").At("languages")
	ErrBadRate = fault.New(fault.Invalid, "rate_out_of_range",
		"Please give what you ask for one hour: more than nothing, and in a currency from the list.").At("rate")
	ErrBadHours = fault.New(fault.Invalid, "hours_out_of_range",
		"Please say how many hours a week you have, from 0 to %d.").At("hours_per_week")
	ErrBadDay = fault.New(fault.Invalid, "available_from_out_of_range",
		"Please give a day within the next two years, or none if you are available now.").At("available_from")
	ErrBadURL = fault.New(fault.Invalid, "not_an_address",
		"This is not the address of a page. It should begin with https:// and have no spaces in it.")
)

// Input is a whole profile as its owner fills it in. What is left empty is
// empty afterwards, but for the place.
type Input struct {
	Headline      string
	About         string
	Skills        []string // names or aliases
	Level         string
	Rate          *money.Amount // for one hour
	Country       string        // ISO 3166-1; empty keeps the one there is
	TimeZone      string        // IANA; likewise
	Languages     []Language
	HoursPerWeek  *int
	AvailableFrom *time.Time
}

// clean tidies in as it is to be stored, or says all that is wrong with it, save
// what only the database knows.
func (in *Input) clean() error {
	return errors.Join(
		line("headline", &in.Headline, maxHeadline),
		text("about", &in.About, maxAbout),
		in.checkSkills(),
		in.checkPlace(),
		in.checkLanguages(),
		in.checkRate(),
		in.checkTime())
}

func (in Input) checkSkills() error {
	var errs []error
	if in.Level != "" {
		_, err := skill.ParseLevel(in.Level)
		errs = append(errs, err)
	}
	if len(in.Skills) > maxSkills {
		errs = append(errs, ErrTooManySkills.With(maxSkills))
	}
	return errors.Join(errs...)
}

func (in Input) checkPlace() error {
	var errs []error
	if _, ok := geo.Name(in.Country); in.Country != "" && !ok {
		errs = append(errs, account.ErrCountry)
	}
	if _, ok := geo.Zone(in.TimeZone); in.TimeZone != "" && !ok {
		errs = append(errs, account.ErrTimeZone)
	}
	return errors.Join(errs...)
}

func (in Input) checkLanguages() error {
	if len(in.Languages) > maxLanguages {
		return ErrTooManyLanguages.With(maxLanguages)
	}
	for _, l := range in.Languages {
		if _, ok := geo.LanguageOf(l.Code); !ok {
			return ErrUnknownLanguage.With(strings.ToValidUTF8(l.Code, "?"))
		}
		if !slices.Contains(Fluencies, l.Fluency) {
			return ErrUnknownFluency
		}
	}
	return nil
}

func (in Input) checkRate() error {
	if in.Rate == nil {
		return nil
	}
	if !money.Known(in.Rate.Currency) || in.Rate.Minor <= 0 || in.Rate.Minor > money.Max {
		return ErrBadRate
	}
	return nil
}

func (in Input) checkTime() error {
	if h := in.HoursPerWeek; h != nil && (*h < 0 || *h > maxWeek) {
		return ErrBadHours.With(maxWeek)
	}
	return nil
}

// plan refuses a first day that is too far away to plan with. One that has
// passed is forgotten: they are available now.
func (in *Input) plan(now time.Time) error {
	switch day := in.AvailableFrom; {
	case day == nil:
		return nil
	case day.After(now.Add(maxAhead)):
		return ErrBadDay
	case day.Before(now):
		in.AvailableFrom = nil
	}
	return nil
}

// line tidies a text of one line in place, and holds it to a length in characters.
func line(field string, s *string, limit int) (err error) {
	*s, err = prose.Line(*s)
	return atMost(field, *s, limit, err)
}

// text is line for a text of many lines.
func text(field string, s *string, limit int) (err error) {
	*s, err = prose.Clean(*s)
	return atMost(field, *s, limit, err)
}

func atMost(field, s string, limit int, err error) error {
	if broken, ok := fault.Of(err); ok {
		return broken.At(field)
	}
	if n := utf8.RuneCountInString(s); n > limit {
		return ErrTooLong.With(limit, n).At(field)
	}
	return err
}

// filled is line for a text that has to be there.
func filled(field string, s *string, limit int) error {
	if err := line(field, s, limit); err != nil || *s != "" {
		return err
	}
	return ErrMissing.At(field)
}

// address tidies the address of a page in place; an empty one stays empty. Only the web
// is let in: a javascript: address would run when somebody clicks it.
func address(field string, s *string) error {
	if err := line(field, s, maxURL); err != nil || *s == "" {
		return err
	}
	if !strings.Contains(*s, "://") {
		*s = "https://" + *s
	}
	u, err := url.Parse(*s)
	if err != nil || !slices.Contains([]string{"http", "https"}, u.Scheme) || !strings.Contains(u.Hostname(), ".") ||
		u.User != nil || strings.Contains(*s, " ") {
		return ErrBadURL.At(field)
	}
	return nil
}

// URL is the public page of a person.
func URL(of account.ID) string { return fmt.Sprintf("/people/%d", of) }
