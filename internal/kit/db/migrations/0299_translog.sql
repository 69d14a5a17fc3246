-- What binds the operator: an append-only log whose root is signed, so that nothing
-- in it can be changed, left out or put in later without everybody seeing it
-- (RFC 6962; C2SP tlog-tiles).
CREATE SCHEMA translog;

CREATE TABLE translog.entries (
    n       bigint      PRIMARY KEY CHECK (n >= 0),   -- its place, from 0, without gaps
    kind    text        NOT NULL,
    subject text        NOT NULL,                     -- "decision/12"
    leaf    bytea       NOT NULL CHECK (octet_length(leaf) BETWEEN 2 AND 65535),
    at      timestamptz NOT NULL
);
CREATE INDEX entries_subject ON translog.entries (subject, n);

CREATE TABLE translog.hashes (                        -- of the tree, in the order in which they are made
    n    bigint PRIMARY KEY CHECK (n >= 0),
    hash bytea  NOT NULL CHECK (octet_length(hash) = 32)
);

-- What is hashed with what is private. Without its salt an entry still verifies, and
-- tells nobody anything: so what has to be forgotten is.
CREATE TABLE translog.salts (
    n    bigint PRIMARY KEY REFERENCES translog.entries,
    salt bytea  NOT NULL CHECK (octet_length(salt) = 32)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON translog.entries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON translog.hashes FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
