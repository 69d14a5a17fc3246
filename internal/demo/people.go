package demo

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/profile"
	"freehold/internal/web/view"
)

// password is everybody's, and printed at the start.
const password = "freehold demo"

// someone is a person of the demonstration market.
type someone struct {
	key     string // how the story calls them, and their address
	name    string
	about   string // beside their log-in
	kind    account.Side
	country string
	zone    string
	money   int64 // euros paid in at the start
	roles   []account.Role
	offer   *profile.Input       // what a freelancer says about themselves
	work    []profile.PieceInput // their portfolio
	company profile.ClientInput  // what a client says
}

func euros(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }

func rate(n int64) *money.Amount { return new(euros(n)) }

func speaks(first string, others ...string) []profile.Language {
	out := []profile.Language{{Code: first, Fluency: profile.Native}}
	for _, code := range others {
		out = append(out, profile.Language{Code: code, Fluency: profile.Fluent})
	}
	return out
}

// cast is everybody, in the order in which they join.
var cast = []someone{
	{key: "carl", name: "Carl Brandt", about: "Client. Runs a coffee roastery and needs a shop.", kind: account.AsClient,
		country: "DE", zone: "Europe/Berlin", money: 12_000,
		company: profile.ClientInput{Company: "Brandt Kaffee", About: "We roast eleven coffees in a courtyard in Hamburg, and sell them to people who ring the bell.\n\nUntil now that was enough."}},
	{key: "ada", name: "Ada Mensah", about: "Freelancer. Builds shops and the software behind them.", kind: account.AsFreelancer,
		country: "PT", zone: "Europe/Lisbon",
		offer: &profile.Input{Headline: "Shops that load fast and can be kept up by one person", Level: "expert", Rate: rate(55), HoursPerWeek: new(30),
			About:     "I have built online shops since 2012: first for a wine dealer, then for whoever asked. I write little code and delete what is not needed.\n\nYou get a plan before the first line, a demonstration every week, and a handbook at the end.",
			Skills:    []string{"Go", "PostgreSQL", "HTML", "CSS", "JavaScript", "Web Accessibility"},
			Languages: speaks("en", "pt", "de")},
		work: []profile.PieceInput{
			{Title: "A wine dealer’s shop", About: "Two thousand bottles, one person behind the counter. Orders come in as a printed slip, as they always did."},
			{Title: "Tickets for a small theatre", About: "Seats on a plan that can be used with a keyboard. Sold out twice without falling over."},
		}},
	{key: "lin", name: "Lin Wei", about: "Freelancer. Draws posters and picture books.", kind: account.AsFreelancer,
		country: "MY", zone: "Asia/Kuala_Lumpur",
		offer: &profile.Input{Headline: "Posters and picture books in two colours", Level: "intermediate", Rate: rate(32), HoursPerWeek: new(25),
			About:     "I draw by hand and print in two colours, because most things can be said in two.",
			Skills:    []string{"Illustration", "Poster Design", "Adobe Illustrator", "Typography"},
			Languages: speaks("zh", "ms", "en")},
		work: []profile.PieceInput{{Title: "A harbour festival", About: "Six posters that make one picture when they hang side by side."}}},
	{key: "mateo", name: "Mateo Ruiz", about: "Freelancer. Translates English and German into Spanish.", kind: account.AsFreelancer,
		country: "ES", zone: "Europe/Madrid",
		offer: &profile.Input{Headline: "Translator for nature and museums, into Spanish", Level: "expert", Rate: rate(38), HoursPerWeek: new(35),
			About:     "Field guides, exhibition texts, labels of two lines that have to fit. I read everything aloud before I send it.",
			Skills:    []string{"Spanish", "Literary translation", "Proofreading", "Subtitling"},
			Languages: speaks("es", "en", "de")}},
	{key: "noor", name: "Noor Haddad", about: "Client. Leads a small charity.", kind: account.AsClient,
		country: "GB", zone: "Europe/London", money: 9_000,
		company: profile.ClientInput{Company: "River Friends", About: "Two hundred volunteers count birds and fish along one river, and we write it down."}},
	{key: "priya", name: "Priya Nair", about: "Freelancer. Cleans data and explains it.", kind: account.AsFreelancer,
		country: "IN", zone: "Asia/Kolkata",
		offer: &profile.Input{Headline: "Messy spreadsheets in, answers out", Level: "intermediate", Rate: rate(28), HoursPerWeek: new(40),
			About:     "Most questions need no machine learning. They need the same name spelt the same way.",
			Skills:    []string{"Data Cleaning", "Python", "SQL", "Data Visualization", "Excel"},
			Languages: speaks("ml", "en", "hi")}},
	{key: "tom", name: "Tom Whitaker", about: "Freelancer. Writes so that people read on.", kind: account.AsFreelancer,
		country: "GB", zone: "Europe/London",
		offer: &profile.Input{Headline: "Copy for things that are made by hand", Level: "intermediate", Rate: rate(35), HoursPerWeek: new(20),
			About:     "I visit, I taste, I ask the person who made it, and then I write one page instead of three.",
			Skills:    []string{"Copywriting", "Product Descriptions", "Copy editing"},
			Languages: speaks("en")}},
	{key: "sofia", name: "Sofia Lindqvist", about: "Client. Plans exhibitions at a museum.", kind: account.AsClient,
		country: "SE", zone: "Europe/Stockholm", money: 15_000,
		company: profile.ClientInput{Company: "Museum of Tools", About: "Four floors of things with handles."}},
	{key: "jonas", name: "Jonas Weber", about: "Freelancer and client. Keeps books for small companies.", kind: account.AsBoth,
		country: "DE", zone: "Europe/Berlin", money: 500,
		offer: &profile.Input{Headline: "Bookkeeping without a shoe box", Level: "expert", Rate: rate(48), HoursPerWeek: new(15),
			About:     "Monthly books, yearly accounts, and a telephone that I pick up.",
			Skills:    []string{"Bookkeeping", "Accounting", "Excel"},
			Languages: speaks("de", "en")}},
	{key: "mara", name: "Mara Keller", about: "Staff. Administers this market.", kind: account.AsClient,
		country: "AT", zone: "Europe/Vienna", roles: []account.Role{account.Admin, account.Support}},
	{key: "mo", name: "Mo Adeyemi", about: "Staff. Arbiter.", kind: account.AsClient,
		country: "NG", zone: "Africa/Lagos", roles: []account.Role{account.Arbiter}},
}

func (p someone) email() string { return p.key + "@demo.test" }

// People are the log-ins that a visitor may use.
func People() []view.DemoPerson {
	people := make([]view.DemoPerson, len(cast))
	for i, p := range cast {
		people[i] = view.DemoPerson{Name: p.name, Email: p.email(), Password: password, About: p.about}
	}
	return people
}

// join has somebody sign up, sign in and say who they are.
func (m *market) join(ctx context.Context, p someone) error {
	from := account.Visitor{Address: "127.0.0.1", Agent: "the demonstration"}
	_, err := account.SignUp(ctx, m.db, account.SignUpInput{Name: p.name, Email: p.email(), Password: password, Kind: p.kind,
		Country: p.country, TimeZone: p.zone, From: from, Demo: true})
	if err != nil {
		return err
	}
	secret, err := account.SignIn(ctx, m.db, p.email(), password, from, account.Browser)
	if err != nil {
		return err
	}
	by, err := account.Authenticate(ctx, m.db, secret, from)
	if err != nil {
		return err
	}
	m.people[p.key] = by
	for _, role := range p.roles {
		if err := account.Grant(ctx, m.db, account.System, by.ID, role); err != nil {
			return err
		}
	}
	if p.company.Company != "" {
		if err := profile.SaveClient(ctx, m.db, by, p.company); err != nil {
			return err
		}
	}
	if p.money > 0 {
		if err := m.addMoney(ctx, p.key, euros(p.money)); err != nil {
			return err
		}
	}
	return m.present(ctx, by, p)
}

// present fills in a freelancer's profile.
func (m *market) present(ctx context.Context, by account.Actor, p someone) error {
	if p.offer == nil {
		return nil
	}
	if err := profile.Save(ctx, m.db, by, *p.offer); err != nil {
		return err
	}
	for _, piece := range p.work {
		if _, err := profile.AddPiece(ctx, m.db, by, piece); err != nil {
			return err
		}
	}
	return nil
}

// isFilled reports whether the demonstration's people are here already.
func isFilled(ctx context.Context, d *db.DB) (filled bool, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		filled, err = db.Value[bool](ctx, tx, `SELECT EXISTS (SELECT FROM account.people WHERE lower(email) = $1)`, cast[len(cast)-1].email())
		return err
	})
	return filled, err
}
