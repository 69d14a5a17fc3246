package search

import (
	"errors"
	"slices"
	"time"
	"unicode/utf8"

	"freehold/internal/jobpost"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/geo"
	"freehold/internal/kit/money"
	"freehold/internal/kit/prose"
	"freehold/internal/skill"
)

// Query is what somebody looks for. The zero Query is every post, newest first.
type Query struct {
	Text          string    // words, "a phrase", -without
	Category      skill.Key // and what else is not empty
	Skill         string    // a name or an alias
	Kind          jobpost.Kind
	Level         skill.Level
	Min, Max      *money.Amount // what it pays; other currencies are compared by the reference rate
	Within        time.Duration // published no longer ago than this
	Country       string        // of the client, ISO 3166-1
	MinAnswerRate int           // of the client, in percent
	Sort          Sort          // empty: Fit when there are words, otherwise Newest
	Cursor        string        // Page.Next of the page before; empty: from the start
	N             int           // posts on a page, at most 100; 0: 20
}

// Same reports whether both look for the same, in whatever order.
func (q Query) Same(other Query) bool {
	least, most := sameAmount(q.Min, other.Min), sameAmount(q.Max, other.Max)
	q.Min, q.Max, q.Sort, q.Cursor, q.N = nil, nil, "", "", 0
	other.Min, other.Max, other.Sort, other.Cursor, other.N = nil, nil, "", "", 0
	return least && most && q == other
}

func sameAmount(a, b *money.Amount) bool { return a == b || a != nil && b != nil && *a == *b }

// Sort is an order of posts.
type Sort string

// The orders. All but Newest order the newest thousand that match.
const (
	Fit        Sort = "fit"         // how well the words match; without words, how many of one's own skills it asks for
	Newest     Sort = "newest"      // what was published last
	AnswerRate Sort = "answer rate" // whose client has answered most
	Price      Sort = "price"       // what pays most
)

// Sorts are all orders, as lists show them.
var Sorts = []Sort{Fit, Newest, AnswerRate, Price}

const (
	pageSize = 20
	maxPage  = 100
	maxText  = 200 // characters
)

// Refusals of queries.
var (
	ErrTextTooLong = fault.New(fault.Invalid, "search_too_long",
		"These are more words than a search can use. Keep the %d characters that matter most.").At("q")
	ErrUnknownKind = fault.New(fault.Invalid, "unknown_kind",
		"Please choose how a post pays: fixed, hourly or retainer.").At("kind")
	ErrUnknownSort = fault.New(fault.Invalid, "unknown_sort",
		"Posts can be sorted by fit, newest, answer rate or price. Please choose one of these.").At("sort")
	ErrUnknownCountry = fault.New(fault.Invalid, "unknown_country",
		"Please choose a country from the list.").At("country")
	ErrPriceRange = fault.New(fault.Invalid, "price_range",
		"Please give the lowest and the highest price in one currency, and the lower one first.").At("min")
	ErrRate = fault.New(fault.Invalid, "answer_rate_range",
		"An answer rate is a number from 0 to 100.").At("min_answer_rate")
)

// clean tidies q as it will be looked for, or says all that is wrong with it.
func (q *Query) clean() error {
	var badText, badSkill error
	q.Text, badText = prose.Line(q.Text)
	q.Skill, badSkill = prose.Line(q.Skill)
	if q.Sort == "" {
		q.Sort = Newest
		if q.Text != "" {
			q.Sort = Fit
		}
	}
	if q.N <= 0 {
		q.N = pageSize
	}
	q.N = min(q.N, maxPage)
	return errors.Join(at("q", badText), at("skill", badSkill), q.checkChoices(), q.checkNumbers())
}

// at points a refusal at a field.
func at(field string, err error) error {
	if refused, ok := fault.Of(err); ok {
		return refused.At(field)
	}
	return err
}

func (q Query) checkChoices() error {
	var errs []error
	if q.Kind != "" && !slices.Contains(jobpost.Kinds, q.Kind) {
		errs = append(errs, ErrUnknownKind)
	}
	if q.Level != "" && !slices.Contains(skill.Levels, q.Level) {
		errs = append(errs, skill.ErrUnknownLevel)
	}
	if !slices.Contains(Sorts, q.Sort) {
		errs = append(errs, ErrUnknownSort)
	}
	if _, ok := geo.Name(q.Country); q.Country != "" && !ok {
		errs = append(errs, ErrUnknownCountry)
	}
	return errors.Join(errs...)
}

func (q Query) checkNumbers() error {
	var errs []error
	if utf8.RuneCountInString(q.Text) > maxText {
		errs = append(errs, ErrTextTooLong.With(maxText))
	}
	if q.MinAnswerRate < 0 || q.MinAnswerRate > 100 {
		errs = append(errs, ErrRate)
	}
	for _, a := range []*money.Amount{q.Min, q.Max} {
		if a != nil && (a.Minor < 0 || a.Minor > money.Max || !money.Known(a.Currency)) {
			return errors.Join(append(errs, ErrPriceRange)...)
		}
	}
	if q.Min != nil && q.Max != nil && (q.Min.Currency != q.Max.Currency || q.Max.Less(*q.Min)) {
		errs = append(errs, ErrPriceRange)
	}
	return errors.Join(errs...)
}
