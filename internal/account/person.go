package account

import (
	"errors"
	"slices"
	"time"
	"unicode/utf8"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/geo"
	"freehold/internal/kit/prose"
)

// Person is somebody who has joined, or was imported from elsewhere.
type Person struct {
	ID          ID
	Name        string
	Email       *string // nil: imported, and not here yet
	Client      bool
	Freelancer  bool
	Country     *string // ISO 3166-1
	TimeZone    string  // IANA
	Language    string  // ISO 639-1
	Source      *string // where they were imported from
	JoinedAt    time.Time
	ConfirmedAt *time.Time // when their address was shown to be theirs
}

// Side is what a person does on the market. One person may do both.
type Side string

// The sides of the market.
const (
	AsClient     Side = "client"
	AsFreelancer Side = "freelancer"
	AsBoth       Side = "both"
)

func (s Side) client() bool     { return s == AsClient || s == AsBoth }
func (s Side) freelancer() bool { return s == AsFreelancer || s == AsBoth }

// Place is where a person is.
type Place struct {
	Country  string // ISO 3166-1
	TimeZone string // IANA
}

const maxName = 100

// Refusals about who somebody says they are.
var (
	ErrNotFound = fault.New(fault.NotFound, "person_not_found", "There is no such person.")
	ErrName     = fault.New(fault.Invalid, "name_missing_or_long",
		"Give the name by which others should know you, in at most %d characters.").With(maxName).At("name")
	ErrSide = fault.New(fault.Invalid, "kind_unknown",
		"Choose whether you are here as a client, as a freelancer, or as both. You can change it later.").At("kind")
	ErrCountry  = fault.New(fault.Invalid, "country_unknown", "We do not know that country. Choose one from the list.").At("country")
	ErrTimeZone = fault.New(fault.Invalid, "time_zone_unknown",
		"We do not know that time zone. Choose one from the list, such as Europe/Berlin.").At("time_zone")
	ErrLanguage    = fault.New(fault.Invalid, "language_unknown", "We do not know that language. Choose one from the list.").At("language")
	ErrUnconfirmed = fault.New(fault.Forbidden, "address_not_confirmed",
		"First we want to be sure that we can reach you. Follow the link in the mail we sent you, then try again; your settings can send it anew.")
)

func cleanName(typed string) (string, error) {
	name, err := prose.Line(typed)
	if err != nil {
		return "", prose.ErrNotText.At("name")
	}
	if n := utf8.RuneCountInString(name); n < 1 || n > maxName {
		return "", ErrName
	}
	return name, nil
}

func checkSide(s Side) error {
	if !slices.Contains([]Side{AsClient, AsFreelancer, AsBoth}, s) {
		return ErrSide
	}
	return nil
}

// check refuses places that do not exist. What is left out is not wrong.
func (p Place) check() error {
	var errs []error
	if _, ok := geo.Name(p.Country); !ok && p.Country != "" {
		errs = append(errs, ErrCountry)
	}
	if _, ok := geo.Zone(p.TimeZone); !ok && p.TimeZone != "" {
		errs = append(errs, ErrTimeZone)
	}
	return errors.Join(errs...)
}

// checkLanguage refuses a language that we do not know.
func checkLanguage(code string) error {
	if _, ok := geo.LanguageOf(code); !ok {
		return ErrLanguage
	}
	return nil
}
