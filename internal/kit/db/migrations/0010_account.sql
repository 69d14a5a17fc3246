CREATE SCHEMA account;

CREATE TABLE account.people (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name          text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    email         text        CHECK (char_length(email) <= 254),
    password_hash text,                       -- argon2id; null: nobody can sign in with a password
    confirmed_at  timestamptz,                -- when the address was shown to be theirs
    client        boolean     NOT NULL,
    freelancer    boolean     NOT NULL,
    country       text        CHECK (country ~ '^[A-Z]{2}$'),
    time_zone     text        NOT NULL DEFAULT 'UTC',
    language      text        NOT NULL DEFAULT 'en',
    source        text        UNIQUE,         -- where an imported person came from; null: they joined
    joined_at     timestamptz NOT NULL,
    CONSTRAINT joined_or_imported CHECK (source IS NOT NULL OR (email IS NOT NULL AND password_hash IS NOT NULL))
);
CREATE UNIQUE INDEX people_email ON account.people (lower(email));

-- What members of staff may do, each time it was given and taken away. Nobody is
-- staff by any other fact.
CREATE TABLE account.grants (
    id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person bigint      NOT NULL REFERENCES account.people,
    role   text        NOT NULL CHECK (role IN ('admin', 'support', 'reviewer', 'arbiter', 'finance')),
    held   boolean     NOT NULL,              -- from now on
    by     bigint      REFERENCES account.people,  -- null: the operator, at the machine itself
    at     timestamptz NOT NULL
);
CREATE INDEX grants_person ON account.grants (person, role, id DESC);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON account.grants
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE VIEW account.staff AS                  -- who may do what now
    SELECT person, role, at AS since
    FROM (SELECT DISTINCT ON (person, role) person, role, held, at
          FROM account.grants ORDER BY person, role, id DESC) latest
    WHERE held;

-- A signed-in browser, or a program with a token. The secret itself is never stored.
CREATE TABLE account.sessions (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person       bigint      NOT NULL REFERENCES account.people,
    kind         text        NOT NULL CHECK (kind IN ('browser', 'program')),
    secret_hash  bytea       NOT NULL UNIQUE,  -- SHA-256
    opened_at    timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    ended_at     timestamptz,
    address      text        NOT NULL,
    agent        text        NOT NULL
);
CREATE INDEX sessions_person ON account.sessions (person, id DESC) WHERE ended_at IS NULL;

-- Links we mailed: whoever follows one has shown that they read that mailbox.
CREATE TABLE account.links (
    secret_hash bytea       PRIMARY KEY,
    person      bigint      NOT NULL REFERENCES account.people,
    purpose     text        NOT NULL CHECK (purpose IN ('confirm', 'reset', 'claim')),
    email       text        NOT NULL,
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz
);
CREATE INDEX links_person ON account.links (person);
CREATE INDEX links_expired ON account.links (expires_at);
