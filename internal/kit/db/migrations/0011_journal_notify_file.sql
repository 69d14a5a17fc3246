CREATE SCHEMA journal;
CREATE TABLE journal.entries (
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject text        NOT NULL,                       -- 'contract/7'
    actor   bigint      REFERENCES account.people,      -- null: the market itself, by a rule
    act     jsonb       NOT NULL,                       -- a say.Sentence
    reason  text        NOT NULL CHECK (reason <> ''),  -- the person's words, or the rule's name
    at      timestamptz NOT NULL
);
CREATE INDEX entries_subject ON journal.entries (subject, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal.entries
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE SCHEMA notify;
CREATE TABLE notify.notices (
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reader  bigint      NOT NULL REFERENCES account.people,
    kind    text        NOT NULL,           -- stable, so that a person can mute its mail
    text    jsonb       NOT NULL,           -- a say.Sentence
    link    text        NOT NULL,           -- a path on this site
    whose   text        NOT NULL CHECK (whose IN ('', 'yours', 'theirs')),  -- turn it is now; '': nobody's
    until   timestamptz,                    -- when that turn ends
    at      timestamptz NOT NULL,
    read_at timestamptz,
    mailed  boolean     NOT NULL DEFAULT false, -- its mail is written, or was not wanted
    mute_hash bytea     UNIQUE              -- SHA-256 of the secret by which whoever has that mail stops more of its kind
);
CREATE INDEX notices_reader ON notify.notices (reader, id DESC);
CREATE INDEX notices_unread ON notify.notices (reader) WHERE read_at IS NULL;
CREATE TABLE notify.muted (                 -- kinds of notice that a person does not want by mail
    person bigint NOT NULL REFERENCES account.people,
    kind   text   NOT NULL,
    PRIMARY KEY (person, kind)
);

-- What people uploaded. The bytes are in the blob store, and no two rows share them.
CREATE SCHEMA file;
CREATE TABLE file.files (
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner   bigint      NOT NULL REFERENCES account.people,
    name    text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    type    text        NOT NULL,           -- as sniffed, never as claimed
    size    bigint      NOT NULL CHECK (size > 0),
    key     text        NOT NULL UNIQUE,    -- in the blob store
    subject text,                           -- what it is attached to: 'message/12'; null: nothing yet
    at      timestamptz NOT NULL
);
CREATE INDEX files_subject ON file.files (subject) WHERE subject IS NOT NULL;
CREATE INDEX files_loose ON file.files (at) WHERE subject IS NULL;
