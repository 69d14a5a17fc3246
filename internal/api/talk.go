package api

import (
	"context"
	"net/http"
	"time"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/message"
	"freehold/internal/notify"
	"freehold/internal/proposal"
)

func talk(a area) {
	add(a, private, "GET /conversations", "My conversations, the one with the newest message first.", http.StatusOK, a.conversations)
	add(a, private, "POST /conversations", "The conversation about a proposal; begins it if need be.", http.StatusCreated, a.openConversation)
	add(a, private, "GET /conversations/{id}/messages", "What was written, newest first.", http.StatusOK, a.messages)
	add(a, private, "POST /conversations/{id}/messages", "Write.", http.StatusCreated, a.send)
	act(a, private, "POST /conversations/{id}/read", "Say up to which message I have read.", a.readConversation)
	add(a, private, "GET /notices", "My inbox, newest first.", http.StatusOK, a.notices)
	act(a, private, "POST /notices/{id}/read", "Mark one notice as read.", a.readNotice)
	act(a, private, "POST /notices/read", "Mark all notices as read.", a.readNotices)
	add(a, private, "GET /me/muted", "The kinds of notice about which I get no mail.", http.StatusOK, a.muted)
	act(a, private, "PUT /me/muted", "Say about which kinds of notice I want no mail.", a.mute)
}

type conversation struct {
	ID       message.ConversationID `json:"id"`
	Proposal proposal.ID            `json:"proposal"`
	Title    string                 `json:"title" doc:"of the job post"`
	With     someone                `json:"with"`
	Snippet  string                 `json:"snippet" doc:"How the newest message begins; empty: it is files only."`
	Own      bool                   `json:"own" doc:"I wrote it."`
	LastAt   time.Time              `json:"last_at"`
	Unread   int                    `json:"unread"`
}

func (s *server) conversations(ctx context.Context, by account.Actor, in *part) (list[conversation], error) {
	start, err := message.ParsePlace(in.Cursor)
	if err != nil {
		return list[conversation]{}, errCursor
	}
	mine, err := message.Mine(ctx, s.DB, by, start, in.Limit+1)
	return parted(*in, mine, func(c message.Summary) conversation {
		return conversation{c.ID, c.Proposal, c.Title, someone{c.Other, c.Name, c.Portrait.URL()}, c.Snippet, c.Own, c.LastAt, c.Unread}
	}, func(c message.Summary) string { return c.Place().String() }), err
}

type about struct {
	Proposal proposal.ID `json:"proposal"`
}

func (s *server) openConversation(ctx context.Context, by account.Actor, in *body[about]) (created, error) {
	id, err := message.Open(ctx, s.DB, by, in.Body.Proposal)
	return created{int64(id)}, err
}

type written struct {
	ID     message.ID `json:"id"`
	Author account.ID `json:"author"`
	Text   string     `json:"text"`
	Files  []upload   `json:"files"`
	At     time.Time  `json:"at"`
}

func (s *server) messages(ctx context.Context, by account.Actor, in *struct {
	ID     int64  `path:"id" minimum:"1"`
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"100"`
}) (list[written], error) {
	p := part{in.Cursor, in.Limit}
	start, err := before[message.ID](p)
	if err != nil {
		return list[written]{}, err
	}
	page, err := message.Show(ctx, s.DB, by, message.ConversationID(in.ID), start, p.Limit+1)
	return parted(p, page.Messages, func(m message.Message) written {
		return written{m.ID, m.Author, m.Text, each(m.Files, uploadOf), m.At}
	}, func(m message.Message) string { return number(m.ID) }), err
}

type writing struct {
	Text  string  `json:"text"`
	Files []int64 `json:"files" doc:"Uploads."`
}

func (s *server) send(ctx context.Context, by account.Actor, in *to[writing]) (created, error) {
	id, err := message.Send(ctx, s.DB, by, message.ConversationID(in.ID), message.Input{Text: in.Body.Text, Files: fileIDs(in.Body.Files)})
	return created{int64(id)}, err
}

type upTo struct {
	UpTo message.ID `json:"up_to" doc:"The newest message that I have seen."`
}

func (s *server) readConversation(ctx context.Context, by account.Actor, in *to[upTo]) error {
	return message.Read(ctx, s.DB, by, message.ConversationID(in.ID), in.Body.UpTo)
}

type notice struct {
	ID     notify.ID  `json:"id"`
	Kind   string     `json:"kind"`
	Text   string     `json:"text"`
	Link   string     `json:"link" doc:"a page of this site"`
	At     time.Time  `json:"at"`
	ReadAt *time.Time `json:"read_at"`
}

func (s *server) notices(ctx context.Context, by account.Actor, in *part) (list[notice], error) {
	start, err := before[notify.ID](*in)
	if err != nil {
		return list[notice]{}, err
	}
	inbox, err := notify.List(ctx, s.DB, by, start, in.Limit+1)
	r := readerOf(by)
	return parted(*in, inbox, func(n notify.Notice) notice {
		return notice{n.ID, n.Kind, n.Text.For(r), n.Link, n.At, n.ReadAt}
	}, func(n notify.Notice) string { return number(n.ID) }), err
}

func (s *server) readNotice(ctx context.Context, by account.Actor, in *of) error {
	_, err := notify.MarkRead(ctx, s.DB, by, notify.ID(in.ID))
	return err
}

func (s *server) readNotices(ctx context.Context, by account.Actor, _ *nothing) error {
	return notify.MarkAllRead(ctx, s.DB, by)
}

func (s *server) muted(ctx context.Context, by account.Actor, _ *nothing) (out list[string], err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		kinds, err := notify.Muted(ctx, tx, by.ID)
		out = whole(kinds, same)
		return err
	})
	return out, err
}

type kinds struct {
	Kinds []string `json:"kinds"`
}

func (s *server) mute(ctx context.Context, by account.Actor, in *body[kinds]) error {
	return notify.MuteOnly(ctx, s.DB, by, in.Body.Kinds)
}
