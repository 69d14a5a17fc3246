-- Each PostgreSQL schema belongs to the Go package of the same name, and only
-- that package writes to it; internal/arch_test.go holds us to this.

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

-- Search ignores accents and folds English word forms.
CREATE TEXT SEARCH CONFIGURATION public.freehold (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION public.freehold
    ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, english_stem;

-- Rows that are history: written once.
CREATE FUNCTION public.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '%.% is append-only', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = '42501'; END $$;

-- How often something was tried, in windows of time; see kit/limits.
CREATE SCHEMA limits;
CREATE TABLE limits.counters (
    name  text        NOT NULL,
    since timestamptz NOT NULL,
    tries int         NOT NULL,
    PRIMARY KEY (name, since)
);
CREATE INDEX counters_since ON limits.counters (since);

-- Mail that waits to be sent, and what became of it; see kit/mail.
CREATE SCHEMA mail;
CREATE TABLE mail.outbox (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    to_address  text        NOT NULL,
    to_name     text        NOT NULL,
    language    text        NOT NULL,
    time_zone   text        NOT NULL,
    subject     text        NOT NULL,       -- as its reader reads it
    body        jsonb       NOT NULL,       -- a mail.Body; nothing of it is kept once sent
    queued_at   timestamptz NOT NULL,
    sent_at     timestamptz,
    failure     text,                       -- what the last try said; cleared when sent
    given_up_at timestamptz,                -- when we stopped trying
    CONSTRAINT sent_without_failure CHECK (sent_at IS NULL OR (failure IS NULL AND given_up_at IS NULL AND body = '{}')),
    CONSTRAINT given_up_with_reason CHECK (given_up_at IS NULL OR failure IS NOT NULL)
);
CREATE INDEX outbox_queued ON mail.outbox (queued_at);
CREATE INDEX outbox_address ON mail.outbox (lower(to_address), id DESC);
