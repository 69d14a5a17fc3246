package message

import (
	"context"
	"errors"

	"freehold/internal/account"
	"freehold/internal/kit/db"
	"freehold/internal/proposal"
)

const conversationCols = `id, proposal, client, freelancer, last_at`

// parties are those a proposal is about, and whether it ever came before the client.
type parties struct {
	Client, Freelancer account.ID
	Submitted          bool
}

func partiesOf(ctx context.Context, tx *db.Tx, id proposal.ID) (parties, error) {
	p, err := db.One[parties](ctx, tx, `
		SELECT o.client, p.freelancer, p.submitted_at IS NOT NULL AS submitted
		FROM proposal.proposals p JOIN jobpost.posts o ON o.id = p.post WHERE p.id = $1`, id)
	if errors.Is(err, db.NoRow) {
		err = proposal.ErrNotFound
	}
	return p, err
}

// ensure returns the conversation about a proposal, which exists afterwards.
func ensure(ctx context.Context, tx *db.Tx, id proposal.ID, p parties) (ConversationID, error) {
	if err := db.Exec(ctx, tx, `
		INSERT INTO message.conversations (proposal, client, freelancer) VALUES ($1, $2, $3)
		ON CONFLICT DO NOTHING`, id, p.Client, p.Freelancer); err != nil {
		return 0, err
	}
	c, err := db.Value[ConversationID](ctx, tx, `SELECT id FROM message.conversations WHERE proposal = $1`, id)
	if err != nil {
		return 0, err
	}
	return c, db.Exec(ctx, tx, `
		INSERT INTO message.read_marks (conversation, person) VALUES ($1, $2), ($1, $3)
		ON CONFLICT DO NOTHING`, c, p.Client, p.Freelancer)
}

// find returns a conversation of by's. To anybody else it is ErrNotFound.
func find(ctx context.Context, tx *db.Tx, by account.Actor, id ConversationID) (Conversation, error) {
	return mine(ctx, tx, by, id, ``)
}

// lock is find, and keeps the conversation from changing until the transaction ends.
func lock(ctx context.Context, tx *db.Tx, by account.Actor, id ConversationID) (Conversation, error) {
	return mine(ctx, tx, by, id, ` FOR UPDATE`)
}

func mine(ctx context.Context, tx *db.Tx, by account.Actor, id ConversationID, locked string) (Conversation, error) {
	c, err := db.One[Conversation](ctx, tx, `
		SELECT `+conversationCols+` FROM message.conversations WHERE id = $1 AND (client = $2 OR freelancer = $2)`+locked, id, by.ID)
	if errors.Is(err, db.NoRow) {
		err = ErrNotFound
	}
	return c, err
}

func titleOf(ctx context.Context, tx *db.Tx, id proposal.ID) (string, error) {
	return db.Value[string](ctx, tx, `
		SELECT o.title FROM proposal.proposals p JOIN jobpost.posts o ON o.id = p.post WHERE p.id = $1`, id)
}

// insert writes a message, and moves its conversation to the top.
func insert(ctx context.Context, tx *db.Tx, c Conversation, author account.ID, text string) (ID, error) {
	id, err := db.Value[ID](ctx, tx, `
		INSERT INTO message.messages (conversation, author, text, at) VALUES ($1, $2, $3, $4) RETURNING id`,
		c.ID, author, text, tx.Now)
	if err != nil {
		return 0, err
	}
	if err := db.Exec1(ctx, tx, `UPDATE message.conversations SET last_at = $2 WHERE id = $1`, c.ID, tx.Now); err != nil {
		return 0, err
	}
	return id, db.Exec1(ctx, tx, `
		UPDATE message.read_marks SET unread = unread + 1 WHERE conversation = $1 AND person = $2`, c.ID, c.other(author))
}

// isTold reports whether a notice of the conversation waits in somebody's inbox.
func isTold(ctx context.Context, tx *db.Tx, reader account.ID, link string) (bool, error) {
	return db.Value[bool](ctx, tx, `
		SELECT EXISTS (SELECT FROM notify.notices WHERE reader = $1 AND link = $2 AND read_at IS NULL)`, reader, link)
}

// mark notes that somebody has seen a conversation up to a message, and returns
// how many of the other's messages are left unread.
func mark(ctx context.Context, tx *db.Tx, id ConversationID, person account.ID, upTo ID) (int, error) {
	return db.Value[int](ctx, tx, `
		UPDATE message.read_marks r SET up_to = seen.up_to, unread = (
			SELECT count(*) FROM message.messages m
			WHERE m.conversation = $1 AND m.author <> $2 AND m.id > seen.up_to)
		FROM (
			SELECT greatest(r.up_to, (SELECT max(id) FROM message.messages WHERE conversation = $1 AND id <= $3)) AS up_to
			FROM message.read_marks r WHERE r.conversation = $1 AND r.person = $2) AS seen
		WHERE r.conversation = $1 AND r.person = $2 RETURNING r.unread`, id, person, upTo)
}

func upTo(ctx context.Context, tx *db.Tx, id ConversationID, person account.ID) (ID, error) {
	return db.Value[ID](ctx, tx, `SELECT up_to FROM message.read_marks WHERE conversation = $1 AND person = $2`, id, person)
}

func messagesOf(ctx context.Context, tx *db.Tx, id ConversationID, before ID, n int) ([]Message, error) {
	return db.All[Message](ctx, tx, `
		SELECT id, author, text, at FROM message.messages
		WHERE conversation = $1 AND ($2::bigint = 0 OR id < $2) ORDER BY id DESC LIMIT $3`, id, before, n)
}

// conversationsOf returns up to n of somebody's conversations in which anything
// was written, the latest first. Each side has an index of its own to go down.
func conversationsOf(ctx context.Context, tx *db.Tx, person account.ID, from Place, n int) ([]Summary, error) {
	const after = ` last_at IS NOT NULL AND ($2::bigint = 0 OR (last_at, id) < ($3, $2)) ORDER BY last_at DESC, id DESC LIMIT $4)`
	return db.All[Summary](ctx, tx, `
		WITH both_sides AS (
			(SELECT id, proposal, freelancer AS other, last_at FROM message.conversations WHERE client = $1 AND`+after+`
			UNION ALL
			(SELECT id, proposal, client, last_at FROM message.conversations WHERE freelancer = $1 AND`+after+`)
		SELECT c.id, c.proposal, o.title, c.other, a.name, coalesce(face.hash, '') AS portrait, left(m.text, 140) AS snippet, m.author = $1 AS own, c.last_at, r.unread
		FROM both_sides c
		JOIN proposal.proposals p ON p.id = c.proposal
		JOIN jobpost.posts o ON o.id = p.post
		JOIN account.people a ON a.id = c.other
		LEFT JOIN profile.portraits face ON face.person = c.other
		JOIN message.read_marks r ON r.conversation = c.id AND r.person = $1
		CROSS JOIN LATERAL (SELECT text, author FROM message.messages WHERE conversation = c.id ORDER BY id DESC LIMIT 1) AS m
		ORDER BY c.last_at DESC, c.id DESC LIMIT $4`, person, from.ID, from.At, n)
}

// AskUnread counts the messages to somebody that they have not seen.
func AskUnread(a *db.Ask, answer *int, person account.ID) {
	db.AskValue(a, answer, `
		SELECT coalesce(sum(unread), 0)::int FROM message.read_marks WHERE person = $1 AND unread > 0`, person)
}

// MayRead reports whether by may see a message and its files.
func MayRead(ctx context.Context, tx *db.Tx, by account.Actor, id ID) (bool, error) {
	return db.Value[bool](ctx, tx, `
		SELECT EXISTS (
			SELECT FROM message.messages m JOIN message.conversations c ON c.id = m.conversation
			WHERE m.id = $1 AND (c.client = $2 OR c.freelancer = $2))`, id, by.ID)
}
