CREATE SCHEMA api;

-- What was answered to a request that named itself, so that sending it again
-- does nothing again.
CREATE TABLE api.answers (
    who     text        NOT NULL,       -- 'person/7', or 'address/…' for those who have no token yet
    key     text        NOT NULL CHECK (char_length(key) BETWEEN 1 AND 200),
    request bytea       NOT NULL,       -- SHA-256 of method, path and body
    at      timestamptz NOT NULL,
    status  int,                        -- null: still being worked on
    type    text,
    body    bytea,
    PRIMARY KEY (who, key)
);
CREATE INDEX answers_at ON api.answers (at);
