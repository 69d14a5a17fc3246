CREATE SCHEMA promise;

-- When each promise was last looked at, and how many rows broke it.
CREATE TABLE promise.checks (
    name   text        NOT NULL,
    at     timestamptz NOT NULL,
    broken int         NOT NULL,
    PRIMARY KEY (name, at)
);
