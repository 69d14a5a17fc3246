CREATE SCHEMA api;

-- What was answered to a request that named itself, so that sending it again
-- does nothing again. A request can hold a password; so without the key, which
-- the caller made up and which is not stored, nothing here can be guessed.
CREATE TABLE api.answers (
    key     bytea       PRIMARY KEY,    -- SHA-256 of who sent it and the key they made up
    request bytea       NOT NULL,       -- HMAC-SHA-256 of method, path and body under that key
    at      timestamptz NOT NULL,
    status  int,                        -- null: still being worked on
    type    text,
    body    bytea
);
CREATE INDEX answers_at ON api.answers (at);
