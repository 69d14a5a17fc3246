package demo

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/demo/face"
	"freehold/internal/jobpost"
	"freehold/internal/kit/geo"
	"freehold/internal/kit/money"
	"freehold/internal/profile"
	"freehold/internal/proposal"
	"freehold/internal/skill"
)

//go:embed market
var market embed.FS

// someone is a person of the demonstration market, as market/people has them.
type someone struct {
	Key     string // how the story calls them, and their address
	Name    string
	Intro   string // beside their log-in
	Lead    bool   // a visitor does well to begin with them
	As      account.Side
	In      string // country
	Zone    string
	Joined  int // days ago
	Face    face.Face
	Money   []sum // paid in when they join
	Staff   []account.Role
	Company string // as a client
	Says    string // likewise
	Offers  *offers
}

// home is where letters reach them: no street that there is.
func (p someone) home(number int) string {
	_, city, _ := strings.Cut(p.Zone, "/")
	country, _ := geo.Name(p.In)
	return fmt.Sprintf("%d Demonstration Street\n%s\n%s", number, strings.ReplaceAll(city, "_", " "), country)
}

// offers is what a freelancer says about themselves.
type offers struct {
	Headline string
	Level    string
	Asks     sum // for an hour
	Hours    int // a week
	Skills   []string
	Speaks   string // "pt, en fluent": their own language first
	About    string
	Work     []piece
	Before   []employment
	Follows  []follow
}

// follow is a search that somebody keeps.
type follow struct{ As, Pace, Words, Skill, Category string }

// piece is one of a portfolio, with the picture that is drawn for it.
type piece struct {
	Title, About string
	Drawn        string // its subject
	In           string // its palette
}

// employment is work elsewhere.
type employment struct {
	As, At   string
	From, To string // "2012-03"; no To: still there
	About    string
}

// post is one of market/posts, and what becomes of it.
type post struct {
	Client  string
	Title   string
	In      skill.Key // category
	Level   skill.Level
	Skills  []string
	Pays    string // "4800 EUR", "18 to 24 EUR an hour", "620 EUR a month"
	Hours   int
	Hire    int
	Answers int // in so many days
	Invited bool
	Says    string
	Asks    []string
	Letters map[string]letter // by the key of who writes it
	Story   []line
}

// letter is a proposal, and what was agreed if it came to that.
type letter struct {
	Asks    sum // its currency is the post's
	Hours   int
	Says    string
	Answers []string
	Plan    []planned
	Shows   []int   // of their portfolio, counted from 1
	Terms   *agreed // that the client offers
	Counter *agreed // that the freelancer answers with
}

type planned struct {
	What  string
	Price sum
	Hours int
	Days  int
}

// agreed are the terms of an offer, but for what goes without saying.
type agreed struct {
	Scope   string
	Funding contract.Funding
	Parts   []part

	By    contract.Span // week or month: work that is paid by the calendar
	Rate  sum           // of an hour, or of a month
	Hours int
	Count int
	Zone  string
}

// part is a milestone, due so many days after the offer.
type part struct {
	What  string
	Price sum
	Hours int
	Days  int
	When  []string // is it done: the acceptance criteria
}

// sum is an amount as people write it: "1300 EUR". Where the currency goes
// without saying, it is left out.
type sum struct{ digits, currency string }

// UnmarshalYAML reads "1300 EUR" or 1300.
func (s *sum) UnmarshalYAML(n *yaml.Node) error {
	s.digits, s.currency, _ = strings.Cut(n.Value, " ")
	return nil
}

// in is the amount, in a currency where s names none.
func (s sum) in(currency string) (money.Amount, error) {
	if s.currency != "" {
		currency = s.currency
	}
	return money.Parse(s.digits, currency)
}

// people reads everybody, in the order in which they stand in the list of log-ins.
func people() (all []someone, err error) {
	for _, name := range []string{"clients", "freelancers", "staff"} {
		var some []someone
		if err := read("market/people/"+name+".yaml", &some); err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// posts reads every post there is.
func posts() (all []post, err error) {
	names, err := fs.Glob(market, "market/posts/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		var some []post
		if err := read(name, &some); err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

func read(name string, into any) error {
	text, err := market.ReadFile(name)
	if err != nil {
		return err
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

var fluencies = map[string]profile.Fluency{
	"": profile.Native, "fluent": profile.Fluent, "some": profile.Conversational, "little": profile.Basic,
}

func (o offers) input(country, zone string) (in profile.Input, err error) {
	in = profile.Input{Headline: o.Headline, About: o.About, Skills: o.Skills, Level: o.Level, Country: country, TimeZone: zone, HoursPerWeek: &o.Hours}
	rate, err := o.Asks.in("EUR")
	if err != nil {
		return in, err
	}
	in.Rate = &rate
	for spoken := range strings.SplitSeq(o.Speaks, ", ") {
		code, how, _ := strings.Cut(spoken, " ")
		fluency, ok := fluencies[how]
		if !ok {
			return in, fmt.Errorf("nobody speaks a language %q", how)
		}
		in.Languages = append(in.Languages, profile.Language{Code: code, Fluency: fluency})
	}
	return in, nil
}

func (e employment) input() (in profile.EmploymentInput, err error) {
	in = profile.EmploymentInput{Title: e.As, Company: e.At, About: e.About}
	if in.From, err = time.Parse("2006-01", e.From); err != nil || e.To == "" {
		return in, err
	}
	to, err := time.Parse("2006-01", e.To)
	in.To = &to
	return in, err
}

var pay = regexp.MustCompile(`^([0-9.]+)(?: to ([0-9.]+))? ([A-Z]{3})(?: an? (hour|month))?$`)

var kinds = map[string]jobpost.Kind{"": jobpost.Fixed, "hour": jobpost.Hourly, "month": jobpost.Retainer}

func (p post) input() (in jobpost.Input, err error) {
	in = jobpost.Input{
		Title: p.Title, Description: p.Says, Category: p.In, Skills: p.Skills, Level: p.Level,
		Hours: p.Hours, Questions: p.Asks, Hire: p.Hire, AnswerDays: p.Answers, Visibility: jobpost.Public,
	}
	if p.Invited {
		in.Visibility = jobpost.Invited
	}
	if p.Pays == "" { // a draft may not know yet
		return in, nil
	}
	said := pay.FindStringSubmatch(p.Pays)
	if said == nil {
		return in, fmt.Errorf("%q is no pay", p.Pays)
	}
	in.Currency, in.Kind = said[3], kinds[said[4]]
	least, err := sum{digits: said[1]}.in(in.Currency)
	if err != nil {
		return in, err
	}
	in.BudgetMin = least.Minor
	if said[2] != "" {
		most, err := sum{digits: said[2]}.in(in.Currency)
		if err != nil {
			return in, err
		}
		in.BudgetMax = most.Minor
	}
	return in, nil
}

func (l letter) input(currency string, pieces []profile.PieceID) (in proposal.Input, err error) {
	in = proposal.Input{Letter: l.Says, Hours: l.Hours, Answers: l.Answers}
	if in.Price, err = l.Asks.in(currency); err != nil {
		return in, err
	}
	for _, n := range l.Shows {
		in.Pieces = append(in.Pieces, pieces[n-1])
	}
	for _, p := range l.Plan {
		price, err := p.Price.in(currency)
		if err != nil {
			return in, err
		}
		in.Plan = append(in.Plan, proposal.Milestone{Title: p.What, Minor: price.Minor, Hours: p.Hours, Days: p.Days})
	}
	return in, nil
}

func (t agreed) input(currency string, now time.Time) (in contract.Terms, err error) {
	in = contract.Terms{Scope: t.Scope, Funding: t.Funding}
	if t.By != "" {
		in.Calendar, err = t.calendar(currency, now)
		return in, err
	}
	for _, p := range t.Parts {
		price, err := p.Price.in(currency)
		if err != nil {
			return in, err
		}
		in.Milestones = append(in.Milestones, contract.MilestoneTerms{
			Title: p.What, Price: price, Hours: p.Hours, Criteria: p.When, Due: now.AddDate(0, 0, p.Days).Format(time.DateOnly),
		})
	}
	return in, nil
}

// calendar begins with the week in which it is offered, or with that day.
func (t agreed) calendar(currency string, now time.Time) (*contract.Calendar, error) {
	zone, err := time.LoadLocation(t.Zone)
	if err != nil {
		return nil, err
	}
	first := now.In(zone)
	if t.By == contract.Weekly {
		first = first.AddDate(0, 0, -(int(first.Weekday())+6)%7)
	} else if first.Day() > 28 {
		first = first.AddDate(0, 0, 28-first.Day())
	}
	rate, err := t.Rate.in(currency)
	return &contract.Calendar{Every: t.By, Rate: rate, Hours: t.Hours, Count: t.Count, Starts: first.Format(time.DateOnly), Zone: t.Zone}, err
}
