-- Addresses at which the asker of a case can write on by mail. Each mail of ours has
-- its own; whoever knows one may write, and read nothing.
CREATE TABLE support.boxes (
    hash   bytea       PRIMARY KEY,
    "case" bigint      NOT NULL REFERENCES support.cases,
    at     timestamptz NOT NULL
);

-- What came in: a mail server that hands a mail over twice is heard once.
CREATE TABLE support.mails (
    "case" bigint      NOT NULL REFERENCES support.cases,
    hash   bytea       NOT NULL,
    at     timestamptz NOT NULL,
    PRIMARY KEY ("case", hash)
);
