package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"freehold/internal/account"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/profile"
	"freehold/internal/skill"
	"freehold/internal/standing"
)

func profiles(a area) {
	add(a, public, "GET /people/{id}", "A person's public page, with how they stand.", http.StatusOK, a.showPerson)
	add(a, private, "PUT /me/profile", "Write my whole profile as a freelancer.", http.StatusOK, a.saveProfile)
	add(a, private, "PUT /me/client-profile", "Write who I am as a client.", http.StatusOK, a.saveClientProfile)
	add(a, private, "PUT /me/portrait", "Show a picture of me; the body is its bytes: PNG, JPEG or WebP.", http.StatusOK, a.setPortrait)
	a.takesBytes("/me/portrait", http.MethodPut)
	act(a, private, "DELETE /me/portrait", "Show no picture of me any more.", a.removePortrait)
	add(a, private, "POST /me/pieces", "Add a piece to my portfolio.", http.StatusCreated, a.addPiece)
	act(a, private, "PUT /me/pieces/{id}", "Change a piece of my portfolio.", a.editPiece)
	act(a, private, "DELETE /me/pieces/{id}", "Take a piece out of my portfolio.", a.removePiece)
	add(a, private, "POST /me/employments", "Add work elsewhere to my history.", http.StatusCreated, a.addEmployment)
	act(a, private, "DELETE /me/employments/{id}", "Take work elsewhere out of my history.", a.removeEmployment)
}

// person is somebody's public page. For its owner it says how complete it is.
type person struct {
	ID         account.ID  `json:"id"`
	Name       string      `json:"name"`
	Portrait   string      `json:"portrait,omitempty" doc:"Where the picture of them is fetched, 256 dots square; with /small after it, 112."`
	Country    *string     `json:"country"`
	TimeZone   string      `json:"time_zone"`
	JoinedAt   time.Time   `json:"joined_at"`
	Imported   bool        `json:"imported" doc:"Their posts came from elsewhere; they have not joined yet."`
	Freelancer *freelancer `json:"freelancer" doc:"null: they offer nothing"`
	Client     *client     `json:"client" doc:"null: they have no work to give"`
	Percent    *int        `json:"percent,omitempty" doc:"How complete my profile is."`
	Steps      []step      `json:"steps,omitempty"`
}

type freelancer struct {
	Headline      string        `json:"headline"`
	About         string        `json:"about" doc:"Markdown"`
	Skills        []string      `json:"skills"`
	Level         *skill.Level  `json:"level"`
	Rate          *money.Amount `json:"rate" doc:"for one hour"`
	Languages     []language    `json:"languages"`
	HoursPerWeek  *int          `json:"hours_per_week"`
	AvailableFrom *string       `json:"available_from"`
	Pieces        []piece       `json:"pieces"`
	Employments   []employment  `json:"employments"`
	Past          []past        `json:"past" doc:"Work done here, as its contracts tell."`

	Standing freelancerStanding `json:"standing"`
}

type client struct {
	Company         string         `json:"company"`
	About           string         `json:"about" doc:"Markdown"`
	Website         string         `json:"website"`
	PaymentVerified bool           `json:"payment_verified"`
	Standing        clientStanding `json:"standing"`
}

// percent is null where there is nothing yet to take a share of.
func percent(n int, ok bool) *int {
	if !ok {
		return nil
	}
	return &n
}

// hours are rounded to a tenth.
func hours(d *time.Duration) *float64 {
	if d == nil {
		return nil
	}
	h := d.Round(6 * time.Minute).Hours()
	return &h
}

type piece struct {
	ID       profile.PieceID `json:"id"`
	Title    string          `json:"title"`
	About    string          `json:"about" doc:"Markdown"`
	URL      string          `json:"url"`
	Pictures []upload        `json:"pictures"`
	Files    []upload        `json:"files"`
}

func pieceOf(p profile.Piece) piece {
	return piece{p.ID, p.Title, p.About, p.URL, each(p.Pictures(), uploadOf), each(p.Downloads(), uploadOf)}
}

type employment struct {
	ID      profile.EmploymentID `json:"id"`
	Title   string               `json:"title"`
	Company string               `json:"company"`
	About   string               `json:"about"`
	From    string               `json:"from" doc:"the first day of its month"`
	To      *string              `json:"to" doc:"null: still there"`
}

func employmentOf(e profile.Employment) employment {
	return employment{e.ID, e.Title, e.Company, e.About, e.From.Format(time.DateOnly), dayText(e.To)}
}

// dayText writes a calendar day.
func dayText(t *time.Time) *string {
	if t == nil {
		return nil
	}
	text := t.Format(time.DateOnly)
	return &text
}

type past struct {
	Title   string    `json:"title" doc:"empty when the post was not public"`
	EndedAt time.Time `json:"ended_at"`
}

// step is one thing that makes a profile complete.
type step struct {
	Name   string `json:"name"`
	Why    string `json:"why"`
	Points int    `json:"points"`
	Done   bool   `json:"done"`
}

func (s *server) showPerson(ctx context.Context, by account.Actor, in *of) (person, error) {
	v, err := profile.Show(ctx, s.DB, by, account.ID(in.ID))
	if err != nil {
		return person{}, err
	}
	p := personOf(v, readerOf(by))
	facts, err := s.facts(ctx, v.ID)
	stands := standing.Of(facts)
	if p.Client != nil {
		p.Client.Standing = clientStandingOf(stands.Client)
	}
	if p.Freelancer != nil {
		p.Freelancer.Standing = freelancerStandingOf(stands.Freelancer)
	}
	return p, err
}

func personOf(v profile.View, r say.Reader) person {
	p := person{
		ID: v.ID, Name: v.Name, Portrait: v.Portrait.URL(), Country: v.Country, TimeZone: v.TimeZone, JoinedAt: v.JoinedAt, Imported: v.Imported,
	}
	if v.Freelancer != nil {
		p.Freelancer = freelancerOf(v)
	}
	if c := v.Client; c != nil {
		p.Client = &client{Company: c.Company, About: c.About, Website: c.Website, PaymentVerified: c.PaymentVerified}
	}
	if v.Own {
		p.Percent = percent(v.Percent(), true)
		p.Steps = each(v.Steps(), func(s profile.Step) step { return step{s.Name.For(r), s.Why.For(r), s.Points, s.Done} })
	}
	return p
}

func freelancerOf(v profile.View) *freelancer {
	f := v.Freelancer
	return &freelancer{
		Headline: f.Headline, About: f.About, Skills: each(f.Skills, nameOf), Level: f.Level, Rate: f.Rate,
		Languages:    each(f.Languages, func(l profile.Language) language { return language(l) }),
		HoursPerWeek: f.HoursPerWeek, AvailableFrom: dayText(f.AvailableFrom),
		Pieces: each(v.Pieces, pieceOf), Employments: each(v.Employments, employmentOf),
		Past: each(v.Past, func(p profile.Past) past { return past(p) }),
	}
}

func nameOf(s skill.Skill) string { return s.Name }

// language is one that a person works in: {"code": "ms", "fluency": "native"}, or
// only its code.
type language struct {
	Code    string          `json:"code" doc:"ISO 639-1"`
	Fluency profile.Fluency `json:"fluency" doc:"basic, conversational, fluent or native"`
}

// UnmarshalJSON reads a bare code as a language that they are fluent in: people
// name those they can work in.
func (l *language) UnmarshalJSON(b []byte) error {
	l.Fluency = profile.Fluent
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &l.Code)
	}
	type plain language
	return json.Unmarshal(b, (*plain)(l))
}

// TransformSchema says that a bare code will do.
func (*language) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	return &huma.Schema{OneOf: []*huma.Schema{{Type: huma.TypeString, Description: "ISO 639-1"}, s}}
}

type profileInput struct {
	Headline      string     `json:"headline"`
	About         string     `json:"about" doc:"Markdown"`
	Skills        []string   `json:"skills" doc:"Names or aliases; GET /skills knows them."`
	Level         string     `json:"level" doc:"entry, intermediate or expert"`
	Rate          *sum       `json:"rate" doc:"for one hour"`
	Country       string     `json:"country" doc:"ISO 3166-1; left out: as it was"`
	Languages     []language `json:"languages"`
	TimeZone      string     `json:"time_zone" doc:"IANA; left out: as it was"`
	HoursPerWeek  *int       `json:"hours_per_week"`
	AvailableFrom string     `json:"available_from" doc:"a day"`
}

func (s *server) saveProfile(ctx context.Context, by account.Actor, in *body[profileInput]) (person, error) {
	b := in.Body
	rate, err := b.Rate.at("rate")
	if err != nil {
		return person{}, err
	}
	available, err := day(b.AvailableFrom, "available_from")
	if err != nil {
		return person{}, err
	}
	as := profile.Input{
		Headline: b.Headline, About: b.About, Skills: b.Skills, Level: b.Level, Country: b.Country, TimeZone: b.TimeZone,
		Languages:    each(b.Languages, func(l language) profile.Language { return profile.Language(l) }),
		HoursPerWeek: b.HoursPerWeek, AvailableFrom: available,
	}
	if b.Rate != nil {
		as.Rate = &rate
	}
	if err := profile.Save(ctx, s.DB, by, as); err != nil {
		return person{}, err
	}
	return s.showPerson(ctx, by, &of{int64(by.ID)})
}

type clientInput struct {
	Company string `json:"company"`
	About   string `json:"about" doc:"Markdown"`
	Website string `json:"website"`
}

func (s *server) saveClientProfile(ctx context.Context, by account.Actor, in *body[clientInput]) (person, error) {
	if err := profile.SaveClient(ctx, s.DB, by, profile.ClientInput(in.Body)); err != nil {
		return person{}, err
	}
	return s.showPerson(ctx, by, &of{int64(by.ID)})
}

type portrait struct {
	Portrait string `json:"portrait" doc:"Where the picture is fetched, 256 dots square; with /small after it, 112."`
}

func (s *server) setPortrait(ctx context.Context, by account.Actor, in *bytesSent) (portrait, error) {
	p, err := profile.SetPortrait(ctx, s.DB, by, in.bytes)
	return portrait{p.URL()}, in.whole(err)
}

func (s *server) removePortrait(ctx context.Context, by account.Actor, _ *nothing) error {
	return profile.RemovePortrait(ctx, s.DB, by)
}

type pieceInput struct {
	Title    string  `json:"title"`
	About    string  `json:"about" doc:"Markdown"`
	URL      string  `json:"url"`
	Pictures []int64 `json:"pictures" doc:"Uploads to add and show."`
	Files    []int64 `json:"files" doc:"Uploads to add."`
	Drop     []int64 `json:"drop_files" doc:"Uploads to take off."`
}

func (p pieceInput) input() profile.PieceInput {
	return profile.PieceInput{
		Title: p.Title, About: p.About, URL: p.URL,
		Pictures: fileIDs(p.Pictures), Files: fileIDs(p.Files), Drop: fileIDs(p.Drop),
	}
}

func (s *server) addPiece(ctx context.Context, by account.Actor, in *body[pieceInput]) (created, error) {
	id, err := profile.AddPiece(ctx, s.DB, by, in.Body.input())
	return created{int64(id)}, err
}

func (s *server) editPiece(ctx context.Context, by account.Actor, in *to[pieceInput]) error {
	return profile.EditPiece(ctx, s.DB, by, profile.PieceID(in.ID), in.Body.input())
}

func (s *server) removePiece(ctx context.Context, by account.Actor, in *of) error {
	return profile.RemovePiece(ctx, s.DB, by, profile.PieceID(in.ID))
}

type employmentInput struct {
	Title   string `json:"title"`
	Company string `json:"company"`
	About   string `json:"about"`
	From    string `json:"from" doc:"a day; only its month matters"`
	To      string `json:"to" doc:"likewise; left out: still there"`
}

func (s *server) addEmployment(ctx context.Context, by account.Actor, in *body[employmentInput]) (created, error) {
	began, err := day(in.Body.From, "from")
	if err != nil {
		return created{}, err
	}
	ended, err := day(in.Body.To, "to")
	if err != nil {
		return created{}, err
	}
	id, err := profile.AddEmployment(ctx, s.DB, by, profile.EmploymentInput{
		Title: in.Body.Title, Company: in.Body.Company, About: in.Body.About, From: orZero(began), To: ended,
	})
	return created{int64(id)}, err
}

func (s *server) removeEmployment(ctx context.Context, by account.Actor, in *of) error {
	return profile.RemoveEmployment(ctx, s.DB, by, profile.EmploymentID(in.ID))
}
