package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"freehold/internal/account"
	"freehold/internal/agenda"
	"freehold/internal/kit/db"
	"freehold/internal/message"
	"freehold/internal/notify"
	"freehold/internal/restriction"
)

func people(a area) {
	add(a, public, "POST /people", "Join. The address is confirmed by mail.", http.StatusCreated, a.join)
	act(a, public, "POST /people/confirm", "Confirm an address with the secret that was mailed to it.", a.confirm)
	add(a, public, "POST /tokens", "Sign in: get a token.", http.StatusCreated, a.signIn)
	act(a, private, "DELETE /tokens/current", "Sign out: end this token.", a.signOut)
	act(a, public, "POST /password-resets", "Have a link for a new password mailed.", a.askReset)
	act(a, public, "POST /password-resets/complete", "Set a new password with the secret that was mailed.", a.reset)
	add(a, private, "GET /me", "Who I am, what I may do, what waits for me.", http.StatusOK, a.me)
	add(a, private, "PATCH /me", "Change my settings.", http.StatusOK, a.changeSettings)
	act(a, private, "PUT /me/password", "Change my password; ends all other sessions.", a.changePassword)
	act(a, private, "POST /me/confirmation", "Have the mail that confirms my address sent again.", a.sendConfirmation)
	add(a, private, "GET /me/sessions", "Where I am signed in.", http.StatusOK, a.sessions)
	act(a, private, "DELETE /me/sessions/{id}", "Sign out somewhere.", a.endSession)
	a.export()
}

type joining struct {
	Name     string       `json:"name"`
	Email    string       `json:"email"`
	Password string       `json:"password"`
	Kind     account.Side `json:"kind" doc:"client, freelancer or both; a person can become the other later."`
	Country  string       `json:"country" doc:"ISO 3166-1; may be left out."`
	TimeZone string       `json:"time_zone" doc:"IANA; may be left out."`
}

func (s *server) join(ctx context.Context, _ account.Actor, in *body[joining]) (created, error) {
	id, err := account.SignUp(ctx, s.DB, account.SignUpInput{
		Name: in.Body.Name, Email: in.Body.Email, Password: in.Body.Password, Kind: in.Body.Kind,
		Country: in.Body.Country, TimeZone: in.Body.TimeZone, From: from(ctx), Demo: s.Demo,
	})
	return created{int64(id)}, err
}

type secret struct {
	Secret string `json:"secret"`
}

func (s *server) confirm(ctx context.Context, _ account.Actor, in *body[secret]) error {
	_, err := account.Confirm(ctx, s.DB, in.Body.Secret)
	return err
}

type credentials struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

type token struct {
	Token string `json:"token" doc:"Send it as Authorization: Bearer. It is shown once, and ends after 30 days without use."`
}

func (s *server) signIn(ctx context.Context, _ account.Actor, in *body[credentials]) (token, error) {
	secret, err := account.SignIn(ctx, s.DB, in.Body.Email, in.Body.Password, from(ctx), account.Program)
	return token{secret}, err
}

func (s *server) signOut(ctx context.Context, by account.Actor, _ *nothing) error {
	return account.SignOut(ctx, s.DB, by)
}

type address struct {
	Email string `json:"email"`
}

func (s *server) askReset(ctx context.Context, _ account.Actor, in *body[address]) error {
	return account.AskReset(ctx, s.DB, in.Body.Email, from(ctx))
}

type newPassword struct {
	Secret   string `json:"secret"`
	Password string `json:"password"`
}

func (s *server) reset(ctx context.Context, _ account.Actor, in *body[newPassword]) error {
	return account.ResetPassword(ctx, s.DB, in.Body.Secret, in.Body.Password)
}

// self is who a person is to themselves.
type self struct {
	ID         account.ID     `json:"id"`
	Name       string         `json:"name"`
	Email      string         `json:"email"`
	Confirmed  bool           `json:"confirmed"`
	Client     bool           `json:"client"`
	Freelancer bool           `json:"freelancer"`
	Roles      []account.Role `json:"roles" doc:"As a member of staff."`
	Country    *string        `json:"country"`
	TimeZone   string         `json:"time_zone"`
	Language   string         `json:"language"`
	JoinedAt   time.Time      `json:"joined_at"`
	Restricted bool           `json:"restricted" doc:"A decision keeps me from something; GET /me/decisions says which, why, and how to appeal."`
	May        may            `json:"may"`
	Waiting    waiting        `json:"waiting"`
}

// may is what somebody can do as they are; each act has conditions of its own.
type may struct {
	Publish  bool `json:"publish" doc:"job posts"`
	Propose  bool `json:"propose"`
	Withdraw bool `json:"withdraw" doc:"money"`
}

type waiting struct {
	Notices  int          `json:"notices" doc:"that are unread"`
	Messages int          `json:"messages" doc:"that are unread"`
	Items    []agendaItem `json:"items" doc:"Whose turn it is, the nearest date first."`
}

// agendaItem is one thing that waits for me, or that I wait for.
type agendaItem struct {
	Words string     `json:"words"`
	Link  string     `json:"link" doc:"the page where to do it"`
	Due   *time.Time `json:"due" doc:"null: nothing happens by itself"`
	Mine  bool       `json:"mine" doc:"It waits for me."`
}

// restrict takes off what a decision keeps by from.
func (me *self) restrict(ctx context.Context, tx *db.Tx, by account.Actor) error {
	kept, err := restriction.Kept(ctx, tx, by)
	me.Restricted = by.Restricted
	me.May.Publish = me.May.Publish && !slices.Contains(kept, restriction.Publish)
	me.May.Propose = me.May.Propose && !slices.Contains(kept, restriction.Propose)
	return err
}

func (s *server) me(ctx context.Context, by account.Actor, _ *nothing) (me self, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		p, err := account.PersonByID(ctx, tx, by.ID)
		if err != nil {
			return err
		}
		me = selfOf(p)
		if err := me.restrict(ctx, tx, by); err != nil {
			return err
		}
		me.Roles = each(by.Roles, same)
		return tx.Ask(ctx, func(a *db.Ask) {
			notify.AskUnread(a, &me.Waiting.Notices, by.ID)
			message.AskUnread(a, &me.Waiting.Messages, by.ID)
		})
	})
	if err != nil {
		return me, err
	}
	items, err := agenda.Of(ctx, s.DB, by)
	r := readerOf(by)
	me.Waiting.Items = each(items, func(i agenda.Item) agendaItem { return agendaItem{i.Words.For(r), i.Link, i.Due, i.Mine} })
	return me, err
}

func selfOf(p account.Person) self {
	confirmed := p.ConfirmedAt != nil
	return self{
		ID: p.ID, Name: p.Name, Email: orZero(p.Email), Confirmed: confirmed, Client: p.Client, Freelancer: p.Freelancer,
		Country: p.Country, TimeZone: p.TimeZone, Language: p.Language, JoinedAt: p.JoinedAt,
		May: may{Publish: p.Client && confirmed, Propose: p.Freelancer && confirmed, Withdraw: confirmed},
	}
}

// settings are what a person can change about themselves; what is left out stays.
type settings struct {
	Name       *string `json:"name"`
	Country    *string `json:"country"`
	TimeZone   *string `json:"time_zone"`
	Language   *string `json:"language" doc:"ISO 639-1"`
	Client     *bool   `json:"client"`
	Freelancer *bool   `json:"freelancer"`
}

func (s *server) changeSettings(ctx context.Context, by account.Actor, in *body[settings]) (self, error) {
	var p account.Person
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) { p, err = account.PersonByID(ctx, tx, by.ID); return err })
	if err != nil {
		return self{}, err
	}
	is := account.SettingsInput{
		Name: p.Name, Country: orZero(p.Country), TimeZone: p.TimeZone, Language: p.Language, Client: p.Client, Freelancer: p.Freelancer,
	}
	set(&is.Name, in.Body.Name)
	set(&is.Country, in.Body.Country)
	set(&is.TimeZone, in.Body.TimeZone)
	set(&is.Language, in.Body.Language)
	set(&is.Client, in.Body.Client)
	set(&is.Freelancer, in.Body.Freelancer)
	if err := account.ChangeSettings(ctx, s.DB, by, is); err != nil {
		return self{}, err
	}
	return s.me(ctx, by, nil)
}

type passwords struct {
	Password    string `json:"password"`
	NewPassword string `json:"new_password"`
}

func (s *server) changePassword(ctx context.Context, by account.Actor, in *body[passwords]) error {
	return account.ChangePassword(ctx, s.DB, by, in.Body.Password, in.Body.NewPassword)
}

func (s *server) sendConfirmation(ctx context.Context, by account.Actor, _ *nothing) error {
	return account.SendConfirmation(ctx, s.DB, by)
}

type session struct {
	ID         account.SessionID   `json:"id"`
	Kind       account.SessionKind `json:"kind" doc:"browser or program"`
	Current    bool                `json:"current"`
	OpenedAt   time.Time           `json:"opened_at"`
	LastSeenAt time.Time           `json:"last_seen_at"`
	ExpiresAt  time.Time           `json:"expires_at"`
	Address    string              `json:"address"`
	Agent      string              `json:"agent"`
}

func (s *server) sessions(ctx context.Context, by account.Actor, _ *nothing) (list[session], error) {
	open, err := account.Sessions(ctx, s.DB, by)
	return whole(open, func(o account.Session) session {
		return session{o.ID, o.Kind, o.ID == by.Session, o.OpenedAt, o.LastSeenAt, o.ExpiresAt, o.Address, o.Agent}
	}), err
}

func (s *server) endSession(ctx context.Context, by account.Actor, in *of) error {
	return account.EndSession(ctx, s.DB, by, account.SessionID(in.ID))
}
