package account

import (
	"context"
	"errors"
	"time"

	"freehold/internal/kit/db"
)

const (
	personCols  = `id, name, email, client, freelancer, country, time_zone, language, source, joined_at, confirmed_at`
	sessionCols = `id, kind, opened_at, last_seen_at, expires_at, address, agent`

	// actorCols goes with people p; address and agent are the request's own.
	actorCols = `p.id, p.name, coalesce(p.email, '') AS email, p.client, p.freelancer,
		p.confirmed_at IS NOT NULL AS confirmed,
		ARRAY(SELECT role FROM account.staff WHERE person = p.id ORDER BY role) AS roles,
		p.time_zone, p.language, '' AS address, '' AS agent`
)

// restricted is whether a decision keeps person p from something at an instant.
func restricted(now string) string {
	return `EXISTS (SELECT FROM conduct.effects e WHERE e.person = p.id AND e.measure <> 'warning' AND e.starts_at <= ` + now + ` AND ` + now + ` < e.until) AS restricted`
}

// insertPerson draws an id and adds the person, unless the address is known.
func insertPerson(ctx context.Context, tx *db.Tx, in SignUpInput, hashed string) (id ID, isNew bool, err error) {
	id, err = db.Value[ID](ctx, tx, `SELECT nextval(pg_get_serial_sequence('account.people', 'id'))`)
	if err != nil {
		return 0, false, err
	}
	tag, err := tx.Exec(ctx, `
		INSERT INTO account.people (id, name, email, password_hash, client, freelancer, country, time_zone, language, joined_at)
		OVERRIDING SYSTEM VALUE
		VALUES ($1, $2, $3, $4, $5, $6, nullif($7, ''), $8, $9, $10)
		ON CONFLICT (lower(email)) DO NOTHING`,
		id, in.Name, in.Email, hashed, in.Kind.client(), in.Kind.freelancer(), in.Country, in.TimeZone, in.Language, tx.Now)
	return id, tag.RowsAffected() == 1, err
}

func upsertImported(ctx context.Context, tx *db.Tx, source, name, country string) (ID, error) {
	return db.Value[ID](ctx, tx, `
		INSERT INTO account.people (name, client, freelancer, country, source, joined_at)
		VALUES ($1, true, false, nullif($2, ''), $3, $4)
		ON CONFLICT (source) DO UPDATE SET source = excluded.source
		RETURNING id`, name, country, source, tx.Now)
}

func person(ctx context.Context, tx *db.Tx, where string, arg any) (Person, error) {
	p, err := db.One[Person](ctx, tx, `SELECT `+personCols+` FROM account.people WHERE `+where, arg)
	if errors.Is(err, db.NoRow) {
		err = ErrNotFound
	}
	return p, err
}

func namesOf(ctx context.Context, tx *db.Tx, ids []ID) (map[ID]string, error) {
	type named struct {
		ID   ID
		Name string
	}
	rows, err := db.All[named](ctx, tx, `SELECT id, name FROM account.people WHERE id = ANY($1)`, ids)
	names := make(map[ID]string, len(rows))
	for _, r := range rows {
		names[r.ID] = r.Name
	}
	return names, err
}

func addressTaken(ctx context.Context, tx *db.Tx, address string) (bool, error) {
	return db.Value[bool](ctx, tx, `SELECT EXISTS (SELECT FROM account.people WHERE lower(email) = $1)`, folded(address))
}

func saveConfirmed(ctx context.Context, tx *db.Tx, id ID, address string) error {
	_, err := db.Value[ID](ctx, tx, `
		UPDATE account.people SET confirmed_at = coalesce(confirmed_at, $3)
		WHERE id = $1 AND email = $2 RETURNING id`, id, address, tx.Now)
	return err
}

func saveSettings(ctx context.Context, tx *db.Tx, id ID, in SettingsInput) error {
	return db.Exec1(ctx, tx, `
		UPDATE account.people SET name = $2, country = nullif($3, ''), time_zone = $4, language = $5, client = $6, freelancer = $7
		WHERE id = $1`, id, in.Name, in.Country, in.TimeZone, in.Language, in.Client, in.Freelancer)
}

func saveLanguage(ctx context.Context, tx *db.Tx, id ID, language string) error {
	return db.Exec1(ctx, tx, `UPDATE account.people SET language = $2 WHERE id = $1`, id, language)
}

func savePlace(ctx context.Context, tx *db.Tx, id ID, p Place, as Side) error {
	return db.Exec1(ctx, tx, `
		UPDATE account.people SET country = coalesce(nullif($2, ''), country), time_zone = coalesce(nullif($3, ''), time_zone),
			client = client OR $4, freelancer = freelancer OR $5
		WHERE id = $1`, id, p.Country, p.TimeZone, as.client(), as.freelancer())
}

// credentials are by what a person proves who they are. An empty hash is
// matched by no password.
type credentials struct {
	ID   ID
	Hash string
}

const credentialCols = `id, coalesce(password_hash, '') AS hash` //nolint:gosec // columns

// credentialsOf returns the credentials that belong to an address; those of an
// unknown one are empty.
func credentialsOf(ctx context.Context, tx *db.Tx, address string) (credentials, error) {
	c, err := db.One[credentials](ctx, tx, `SELECT `+credentialCols+` FROM account.people WHERE lower(email) = $1`, folded(address))
	if errors.Is(err, db.NoRow) {
		err = nil
	}
	return c, err
}

func credentialsByID(ctx context.Context, tx *db.Tx, id ID) (credentials, error) {
	return credentialsWhere(ctx, tx, `id = $1`, id)
}

// lockCredentials keeps a person's password, sessions and roles from being
// changed by anybody else until the transaction ends. It does not stand in the
// way of rows that merely refer to the person.
func lockCredentials(ctx context.Context, tx *db.Tx, id ID) (credentials, error) {
	return credentialsWhere(ctx, tx, `id = $1 FOR NO KEY UPDATE`, id)
}

func credentialsWhere(ctx context.Context, tx *db.Tx, where string, id ID) (credentials, error) {
	c, err := db.One[credentials](ctx, tx, `SELECT `+credentialCols+` FROM account.people WHERE `+where, id)
	if errors.Is(err, db.NoRow) {
		err = ErrNotFound
	}
	return c, err
}

func savePassword(ctx context.Context, tx *db.Tx, id ID, hashed string) error {
	return db.Exec1(ctx, tx, `UPDATE account.people SET password_hash = $2 WHERE id = $1`, id, hashed)
}

// saveReset saves a new password for whoever followed l, who has thereby shown
// the address to be theirs, and spends all such links.
func saveReset(ctx context.Context, tx *db.Tx, l link, hashed string) error {
	err := db.Exec1(ctx, tx, `
		UPDATE account.people SET password_hash = $2, email = coalesce(email, $3), confirmed_at = coalesce(confirmed_at, $4)
		WHERE id = $1`, l.Person, hashed, l.Email, tx.Now)
	if db.Violates(err, "people_email") {
		return ErrAddressTaken
	}
	if err != nil {
		return err
	}
	return db.Exec(ctx, tx, `
		UPDATE account.links SET used_at = $2
		WHERE person = $1 AND purpose <> 'confirm' AND used_at IS NULL`, l.Person, tx.Now)
}

func insertSession(ctx context.Context, tx *db.Tx, person ID, secretHash []byte, from Visitor, kind SessionKind) error {
	return db.Exec1(ctx, tx, `
		INSERT INTO account.sessions (person, kind, secret_hash, opened_at, last_seen_at, expires_at, address, agent)
		VALUES ($1, $2, $3, $4, $4, $5, $6, $7)`,
		person, kind, secretHash, tx.Now, tx.Now.Add(sessionLife), from.Address, from.Agent)
}

// holder is who holds a session's secret.
type holder struct {
	Actor
	Overdue bool // it is to be noted that they are here
}

func askHolder(a *db.Ask, answer *holder, secretHash []byte) {
	db.AskOne(a, answer, `
		SELECT s.id AS session, s.last_seen_at <= $3 AS overdue, `+actorCols+`, `+restricted("$2")+`
		FROM account.sessions s JOIN account.people p ON p.id = s.person
		WHERE s.secret_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2`, secretHash, a.Now, a.Now.Add(-touchEvery))
}

// touchSession notes that somebody is here. A session that has ended meanwhile
// stays ended.
func touchSession(ctx context.Context, tx *db.Tx, id SessionID, from Visitor) error {
	return db.Exec(ctx, tx, `
		UPDATE account.sessions SET last_seen_at = $2, expires_at = $3, address = $4, agent = $5
		WHERE id = $1 AND ended_at IS NULL`, id, tx.Now, tx.Now.Add(sessionLife), from.Address, from.Agent)
}

func actorByID(ctx context.Context, tx *db.Tx, id ID) (Actor, error) {
	a, err := db.One[Actor](ctx, tx, `SELECT 0 AS session, `+actorCols+`, `+restricted("$2")+` FROM account.people p WHERE p.id = $1`, id, tx.Now)
	if errors.Is(err, db.NoRow) {
		err = ErrNotFound
	}
	return a, err
}

func openSessions(ctx context.Context, tx *db.Tx, person ID) ([]Session, error) {
	return db.All[Session](ctx, tx, `
		SELECT `+sessionCols+` FROM account.sessions
		WHERE person = $1 AND ended_at IS NULL AND expires_at > $2
		ORDER BY last_seen_at DESC, id DESC`, person, tx.Now)
}

func endSession(ctx context.Context, tx *db.Tx, person ID, id SessionID) (ended bool, err error) {
	tag, err := tx.Exec(ctx, `
		UPDATE account.sessions SET ended_at = $3
		WHERE id = $1 AND person = $2 AND ended_at IS NULL AND expires_at > $3`, id, person, tx.Now)
	return tag.RowsAffected() == 1, err
}

// endSessions ends all sessions of a person but one.
func endSessions(ctx context.Context, tx *db.Tx, person ID, but SessionID) error {
	return db.Exec(ctx, tx, `
		UPDATE account.sessions SET ended_at = $3 WHERE person = $1 AND id <> $2 AND ended_at IS NULL`, person, but, tx.Now)
}

func forgetTraces(ctx context.Context, tx *db.Tx, before time.Time) error {
	return db.Exec(ctx, tx, `
		UPDATE account.sessions SET address = '', agent = ''
		WHERE least(ended_at, expires_at) < $1 AND (address <> '' OR agent <> '')`, before)
}

func insertLink(ctx context.Context, tx *db.Tx, secretHash []byte, person ID, why purpose, email string) error {
	return db.Exec1(ctx, tx, `
		INSERT INTO account.links (secret_hash, person, purpose, email, expires_at)
		VALUES ($1, $2, $3, $4, $5)`, secretHash, person, why, email, tx.Now.Add(why.life()))
}

func linkBySecret(ctx context.Context, tx *db.Tx, secret string) (link, error) {
	l, err := db.One[link](ctx, tx, `
		SELECT person, purpose, email, expires_at, used_at FROM account.links WHERE secret_hash = $1`, digest(secret))
	if errors.Is(err, db.NoRow) {
		err = ErrLink
	}
	return l, err
}

func markLinkUsed(ctx context.Context, tx *db.Tx, secret string) error {
	return db.Exec1(ctx, tx, `UPDATE account.links SET used_at = coalesce(used_at, $2) WHERE secret_hash = $1`, digest(secret), tx.Now)
}

func deleteLinks(ctx context.Context, tx *db.Tx, expiredBefore time.Time) error {
	return db.Exec(ctx, tx, `DELETE FROM account.links WHERE expires_at < $1`, expiredBefore)
}

func rolesOf(ctx context.Context, tx *db.Tx, person ID) ([]Role, error) {
	return db.Values[Role](ctx, tx, `SELECT role FROM account.staff WHERE person = $1`, person)
}

func insertGrant(ctx context.Context, tx *db.Tx, by Actor, person ID, role Role, held bool) error {
	return db.Exec1(ctx, tx, `
		INSERT INTO account.grants (person, role, held, by, at)
		VALUES ($1, $2, $3, nullif($4::bigint, 0), $5)`, person, role, held, by.ID, tx.Now)
}

func anybodyBesides(ctx context.Context, tx *db.Tx, by Actor) (bool, error) {
	return db.Value[bool](ctx, tx, `
		SELECT EXISTS (
			SELECT FROM account.people p
			WHERE email IS NOT NULL AND id <> $1 AND NOT EXISTS (SELECT FROM account.staff WHERE person = p.id))`, by.ID)
}

func after(ctx context.Context, tx *db.Tx, id ID, n int) ([]ID, error) {
	return db.Values[ID](ctx, tx, `SELECT id FROM account.people WHERE email IS NOT NULL AND id > $1 ORDER BY id LIMIT $2`, id, n)
}
