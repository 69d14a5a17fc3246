package importer

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"freehold/internal/jobpost"
	"freehold/internal/kit/geo"
	"freehold/internal/kit/money"
	"freehold/internal/kit/prose"
)

// row is a line of a file. What a source does not say is null, or not there.
type row struct {
	ID          string      `json:"id"`
	Platform    string      `json:"platform"`
	Title       string      `json:"title"`
	Description string      `json:"description"`
	Category    string      `json:"category"`
	Subcategory string      `json:"subcategory"`
	Skills      []string    `json:"skills"`
	Tags        string      `json:"tags_text"` // skills with nothing but spaces between
	Type        string      `json:"type"`
	Currency    string      `json:"currency"`
	BudgetMin   json.Number `json:"budget_min"`
	BudgetMax   json.Number `json:"budget_max"`
	Level       string      `json:"experience_level"`
	Duration    string      `json:"duration"`
	Workload    string      `json:"workload"`
	Country     string      `json:"client_country"` // its English name
	Posted      string      `json:"posted"`
}

// Why a line is no post, as whoever imports it reads it.
const (
	tooLong    = "the line is longer than a megabyte"
	notText    = "the line is not UTF-8 text"
	notObject  = "the line is not a JSON object"
	noID       = "the row has no id, or one longer than 100 characters"
	noCurrency = "the row has a budget and no currency"
)

var errTooLong = errors.New(tooLong)

const (
	maxID     = 100  // characters, of an id or the name of a platform
	maxNote   = 200  // characters
	maxTags   = 1000 // characters
	maxSkills = 50
	maxSkill  = 80 // characters
)

// offer is a post to import, and what its source says of skills in one string.
type offer struct {
	jobpost.ImportRow
	tags string
}

// parse reads a line. It fails with the reason why it is no post; what the rules
// of a post say against it is for jobpost to find.
func parse(line []byte) (o offer, err error) {
	if !utf8.Valid(line) { // encoding/json would put replacement characters there
		return o, errors.New(notText)
	}
	var r row
	if err := json.Unmarshal(line, &r); err != nil {
		if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != "" {
			return o, fmt.Errorf("the field %s cannot be a %s", wrong.Field, wrong.Value)
		}
		return o, errors.New(notObject)
	}
	return r.offer()
}

func (r row) offer() (o offer, err error) {
	id, errID := prose.Line(r.ID)
	platform, errPlatform := prose.Line(r.Platform)
	if platform == "" {
		platform = "elsewhere"
	}
	if errID != nil || errPlatform != nil || id == "" || max(utf8.RuneCountInString(id), utf8.RuneCountInString(platform)) > maxID {
		return o, errors.New(noID)
	}
	o.tags = prose.Snippet(r.Tags, maxTags)
	o.ImportRow = jobpost.ImportRow{
		Source:      platform + " " + id,
		Note:        r.note(),
		Client:      jobpost.ImportClient{Source: platform + " client of " + id, Name: "A client on " + platform, Country: countryOf(r.Country)},
		Title:       r.Title,
		Description: r.Description,
		Skills:      r.skills(),
		Level:       r.Level,
		Kind:        jobpost.Kind(r.Type),
		Currency:    r.Currency,
	}
	for _, name := range []string{r.Subcategory, r.Category} {
		if name != "" {
			o.Categories = append(o.Categories, name)
		}
	}
	if o.Kind == jobpost.Hourly {
		o.Hours = weekHours(r.Workload)
	}
	if o.BudgetMin, err = minor(r.BudgetMin, r.Currency); err == nil {
		o.BudgetMax, err = minor(r.BudgetMax, r.Currency)
	}
	return o, err
}

// skills are the first of the skills that are named, short enough to be counted.
func (r row) skills() []string {
	var names []string
	for _, name := range r.Skills[:min(len(r.Skills), maxSkills)] {
		if name = prose.Snippet(name, maxSkill); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// note keeps what a source says and we have no place for.
func (r row) note() string {
	var parts []string
	for _, p := range []struct{ what, said string }{{"posted", r.Posted}, {"duration", r.Duration}, {"workload", r.Workload}} {
		if p.said != "" {
			parts = append(parts, p.what+" "+p.said)
		}
	}
	return prose.Snippet(strings.Join(parts, ", "), maxNote)
}

// minor reads a budget as minor units of a currency. Zero, with which sources
// fill the gap, is no budget; what is finer than the currency is cut off.
func minor(n json.Number, currency string) (int64, error) {
	whole, fraction, _ := strings.Cut(n.String(), ".")
	if strings.Trim(whole+fraction, "0") == "" {
		return 0, nil
	}
	if currency == "" {
		return 0, errors.New(noCurrency)
	}
	if d := money.Decimals(currency); d > 0 {
		whole += "." + (fraction + "000")[:d]
	}
	a, err := money.Parse(whole, currency)
	if refused, ok := errors.AsType[*money.Refusal](err); ok {
		return 0, fmt.Errorf("the budget %.30s %.10s is none: %s", n, currency, refused.Sentence)
	}
	return a.Minor, err
}

var perWeek = regexp.MustCompile(`(\d{1,2})\+? hrs/week`)

// weekHours reads an estimate such as "Less than 10 hrs/week"; 0 when it is none.
func weekHours(workload string) int {
	m := perWeek.FindStringSubmatch(workload)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1]) // two digits
	return n
}

// countryOf returns the code of a country by its English name, or by its code;
// empty when there is none.
func countryOf(name string) string {
	return codes()[strings.ToLower(strings.TrimSpace(name))]
}

// codes are the countries by what sources call them.
var codes = sync.OnceValue(func() map[string]string {
	by := map[string]string{
		"czech republic": "CZ", "great britain": "GB", "iran, islamic republic of": "IR", "korea, republic of": "KR",
		"macedonia": "MK", "moldova, republic of": "MD", "russian federation": "RU", "taiwan, province of china": "TW",
		"tanzania, united republic of": "TZ", "turkey": "TR", "united states of america": "US", "viet nam": "VN",
	}
	for _, c := range geo.Countries() {
		by[strings.ToLower(c.Name)], by[strings.ToLower(c.Code)] = c.Code, c.Code
	}
	return by
})
