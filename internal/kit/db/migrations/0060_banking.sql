CREATE SCHEMA banking;

-- How somebody has shown that they can pay.
CREATE TABLE banking.methods (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person      bigint      NOT NULL REFERENCES account.people,
    rail        text        NOT NULL,
    label       text        NOT NULL,
    verified_at timestamptz NOT NULL,
    UNIQUE (person, rail, label)
);
CREATE TABLE banking.deposits (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person     bigint      NOT NULL REFERENCES account.people,
    rail       text        NOT NULL,
    minor      bigint      NOT NULL CHECK (minor > 0),
    currency   text        NOT NULL,
    state      text        NOT NULL CHECK (state IN ('pending', 'confirmed', 'failed')),
    reference  text,                        -- the provider's name for it
    failure    text,
    asked_at   timestamptz NOT NULL,
    settled_at timestamptz,
    UNIQUE (rail, reference),
    CHECK ((state = 'pending') = (settled_at IS NULL)),
    CHECK ((state = 'failed') = (failure IS NOT NULL))
);
CREATE INDEX deposits_person ON banking.deposits (person, id DESC);
CREATE INDEX deposits_pending ON banking.deposits (asked_at) WHERE state = 'pending';
CREATE TABLE banking.payouts (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person     bigint      NOT NULL REFERENCES account.people,
    rail       text        NOT NULL,
    minor      bigint      NOT NULL CHECK (minor > 0),
    currency   text        NOT NULL,
    state      text        NOT NULL CHECK (state IN ('on its way', 'sent', 'failed')),
    reference  text,
    failure    text,
    asked_at   timestamptz NOT NULL,
    settled_at timestamptz,
    UNIQUE (rail, reference),
    CHECK ((state = 'on its way') = (settled_at IS NULL)),
    CHECK ((state = 'failed') = (failure IS NOT NULL))
);
CREATE INDEX payouts_person ON banking.payouts (person, id DESC);
CREATE INDEX payouts_on_their_way ON banking.payouts (asked_at) WHERE state = 'on its way';
