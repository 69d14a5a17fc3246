-- Money for real: what a provider answers, where money goes out to, and the
-- provider's own book beside ours.

-- Accounts for money that nobody has claimed yet, for what providers charge, for
-- the guarantee fund, and for tax that was collected.
ALTER TABLE ledger.accounts DROP CONSTRAINT accounts_code_check;
ALTER TABLE ledger.accounts ADD CONSTRAINT accounts_code_check
    CHECK (code ~ '^(outside|wallet|escrow|fees|payout|dispute|tax|losses|costs|suspense|fund)/[a-z0-9/ -]+$');
CREATE OR REPLACE FUNCTION ledger.open_account(in_code text, in_currency text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE opened bigint;
BEGIN
    INSERT INTO ledger.accounts (code, currency) VALUES (in_code, in_currency)
    ON CONFLICT (code, currency) DO NOTHING RETURNING id INTO opened;
    IF opened IS NULL THEN    -- somebody else opened it this very moment
        SELECT id INTO STRICT opened FROM ledger.accounts WHERE code = in_code AND currency = in_currency;
    ELSE
        INSERT INTO ledger.balances (account, bounded) VALUES (opened, in_code !~ '^(outside|losses|costs)/');
    END IF;
    RETURN opened;
END $$;

-- A deposit that a provider knows of can wait for its payer.
ALTER TABLE banking.deposits ADD COLUMN waits boolean NOT NULL DEFAULT false;
ALTER TABLE banking.methods ADD COLUMN pulls boolean NOT NULL DEFAULT true; -- it can be charged without its owner

-- Where money goes out to. What the bank needs is sealed.
CREATE TABLE banking.payout_methods (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person      bigint      NOT NULL REFERENCES account.people,
    rail        text        NOT NULL,
    label       text        NOT NULL CHECK (label <> ''),           -- what may be shown: 'DE •••• 3000'
    holder      text        NOT NULL,                               -- whose account it is
    sealed      bytea       NOT NULL,
    added_at    timestamptz NOT NULL,
    usable_from timestamptz NOT NULL CHECK (usable_from >= added_at),
    removed_at  timestamptz
);
CREATE INDEX payout_methods_person ON banking.payout_methods (person, id DESC) WHERE removed_at IS NULL;

ALTER TABLE banking.payouts ADD COLUMN method bigint REFERENCES banking.payout_methods;
ALTER TABLE banking.payouts ADD COLUMN not_before timestamptz;
ALTER TABLE banking.payouts ADD COLUMN handed_at timestamptz;       -- to the provider: from then on it cannot be called back
UPDATE banking.payouts SET not_before = asked_at, handed_at = settled_at;
ALTER TABLE banking.payouts ALTER not_before SET NOT NULL;
ALTER TABLE banking.payouts DROP CONSTRAINT payouts_state_check;
ALTER TABLE banking.payouts ADD CONSTRAINT payouts_state_check CHECK (state IN ('on its way', 'sent', 'failed', 'called back'));
ALTER TABLE banking.payouts DROP CONSTRAINT payouts_check1;
ALTER TABLE banking.payouts ADD CONSTRAINT said_why CHECK ((state IN ('failed', 'called back')) = (failure IS NOT NULL));
ALTER TABLE banking.payouts ADD CONSTRAINT handed_before_sent CHECK (state <> 'sent' OR handed_at IS NOT NULL);
ALTER TABLE banking.payouts ADD CONSTRAINT called_back_in_time CHECK (state <> 'called back' OR handed_at IS NULL);

-- Money that goes out by itself.
CREATE TABLE banking.schedules (
    person   bigint      PRIMARY KEY REFERENCES account.people,
    method   bigint      REFERENCES banking.payout_methods,         -- NULL: the rail needs none
    rail     text        NOT NULL,
    every    text        NOT NULL CHECK (every IN ('week', 'month')),
    least    bigint      NOT NULL CHECK (least > 0),                -- in minor units of whatever currency
    next_at  timestamptz NOT NULL,
    set_at   timestamptz NOT NULL
);
CREATE INDEX schedules_due ON banking.schedules (next_at);

-- How far each provider's book was read, and when it last agreed with ours.
CREATE TABLE banking.rails (
    name       text        PRIMARY KEY,
    cursor     text        NOT NULL DEFAULT '',
    read_at    timestamptz,
    agreed_at  timestamptz,
    stopped_at timestamptz                                          -- no payout is handed over meanwhile
);
-- The provider's own book. Nothing in it is ever changed.
CREATE TABLE banking.lines (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rail     text        NOT NULL,
    ref      text        NOT NULL,                                  -- the provider's name for it
    kind     text        NOT NULL CHECK (kind IN ('deposit', 'payout', 'payout returned', 'fee', 'chargeback', 'chargeback won', 'other')),
    key      text        NOT NULL DEFAULT '',                       -- ours, where the provider knows it: 'deposit/7'
    minor    bigint      NOT NULL CHECK (minor <> 0),               -- above zero: it came in
    currency text        NOT NULL,
    text     text        NOT NULL DEFAULT '',                       -- without any account number
    at       timestamptz NOT NULL,
    seen_at  timestamptz NOT NULL,
    UNIQUE (rail, ref)
);
CREATE INDEX lines_key ON banking.lines (key) WHERE key <> '';
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON banking.lines
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
-- Under which posting of ours a line stands.
CREATE TABLE banking.bookings (
    line    bigint      PRIMARY KEY REFERENCES banking.lines,
    posting text        NOT NULL,
    by      bigint      REFERENCES account.people,                  -- NULL: by its key
    at      timestamptz NOT NULL
);
CREATE INDEX bookings_posting ON banking.bookings (posting);

-- Where a provider's book and ours differ.
CREATE TABLE banking.findings (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rail     text        NOT NULL,
    kind     text        NOT NULL CHECK (kind IN ('not ours', 'not theirs', 'another sum', 'changed', 'balance')),
    about    text        NOT NULL,                                  -- 'line 7', 'payout/9', 'EUR'
    minor    bigint      NOT NULL,
    currency text        NOT NULL,
    since    timestamptz NOT NULL,
    gone_at  timestamptz
);
CREATE UNIQUE INDEX findings_open ON banking.findings (rail, kind, about) WHERE gone_at IS NULL;

-- Deposits that were taken back.
CREATE TABLE banking.chargebacks (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    deposit   bigint      NOT NULL REFERENCES banking.deposits,
    person    bigint      NOT NULL REFERENCES account.people,
    line      bigint      NOT NULL UNIQUE REFERENCES banking.lines,
    minor     bigint      NOT NULL CHECK (minor > 0),
    currency  text        NOT NULL,
    from_fund bigint      NOT NULL CHECK (from_fund BETWEEN 0 AND minor),
    at        timestamptz NOT NULL,
    won_at    timestamptz
);
CREATE INDEX chargebacks_person ON banking.chargebacks (person);
CREATE INDEX chargebacks_deposit ON banking.chargebacks (deposit);

-- Statements of a bank, as they were read, and files of payments, as they were made.
CREATE TABLE banking.statements (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rail     text        NOT NULL,
    name     text        NOT NULL,                                  -- the bank's: it is read once
    currency text        NOT NULL,
    opening  bigint,                                                -- NULL: it does not say
    closing  bigint,
    lines    int         NOT NULL,
    until    timestamptz NOT NULL,
    by       bigint      NOT NULL REFERENCES account.people,
    at       timestamptz NOT NULL,
    UNIQUE (rail, name)
);
CREATE TABLE banking.payment_files (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rail     text        NOT NULL,
    payouts  int         NOT NULL CHECK (payouts > 0),
    minor    bigint      NOT NULL CHECK (minor > 0),
    currency text        NOT NULL,
    sealed   bytea       NOT NULL,
    by       bigint      NOT NULL REFERENCES account.people,
    at       timestamptz NOT NULL
);
ALTER TABLE banking.payouts ADD COLUMN file bigint REFERENCES banking.payment_files;
CREATE INDEX payouts_to_hand_over ON banking.payouts (rail, not_before) WHERE state = 'on its way' AND handed_at IS NULL;
CREATE INDEX payouts_settled ON banking.payouts (rail, settled_at);
CREATE INDEX deposits_settled ON banking.deposits (rail, settled_at);

-- The pretended bank of the sandbox keeps its own book, as a real one does.
CREATE SCHEMA sandbox;
CREATE TABLE sandbox.orders (
    key      text        PRIMARY KEY,                               -- 'deposit/7'
    minor    bigint      NOT NULL,                                  -- above zero: it came in
    currency text        NOT NULL,
    refused  boolean     NOT NULL,
    at       timestamptz NOT NULL
);
CREATE TABLE sandbox.lines (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key      text        NOT NULL,
    kind     text        NOT NULL,
    minor    bigint      NOT NULL,
    currency text        NOT NULL,
    at       timestamptz NOT NULL,
    UNIQUE (key, kind)
);
-- What it was asked before it had a book.
INSERT INTO sandbox.orders SELECT 'deposit/' || id, minor, currency, state = 'failed', settled_at FROM banking.deposits WHERE state <> 'pending' AND rail = 'sandbox';
INSERT INTO sandbox.orders SELECT 'payout/' || id, -minor, currency, state = 'failed', settled_at FROM banking.payouts WHERE settled_at IS NOT NULL AND rail = 'sandbox';
INSERT INTO sandbox.lines (key, kind, minor, currency, at)
    SELECT key, split_part(key, '/', 1), minor, currency, at FROM sandbox.orders WHERE NOT refused ORDER BY at, key;
