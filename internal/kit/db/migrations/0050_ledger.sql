CREATE SCHEMA ledger;

-- Static facts about an account.
CREATE TABLE ledger.accounts (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code     text   NOT NULL CHECK (code ~ '^(outside|wallet|escrow|fees|payout|dispute|tax|losses)/[a-z0-9/ -]+$'),
    currency text   NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    UNIQUE (code, currency)
);
-- The only rows of money that change: narrow, one index, room on the page, so
-- that updates stay in place.
CREATE TABLE ledger.balances (
    account bigint  PRIMARY KEY REFERENCES ledger.accounts,
    minor   bigint  NOT NULL DEFAULT 0,
    version bigint  NOT NULL DEFAULT 0,        -- how many transfers touched it: a sequence without gaps
    bounded boolean NOT NULL,                  -- false only for the world outside and our own losses
    CONSTRAINT never_below_zero CHECK (NOT bounded OR minor >= 0)
) WITH (fillfactor = 25, autovacuum_vacuum_scale_factor = 0.02);

-- One event. Its name is the fact ("release/milestone/42"): doing it twice is doing it once.
CREATE TABLE ledger.postings (
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name    text        NOT NULL UNIQUE,
    kind    text        NOT NULL,               -- what the people are told it was
    subject text        NOT NULL,               -- 'contract/7': where they can read about it
    memo    text        NOT NULL,               -- the title of that
    at      timestamptz NOT NULL
);
-- One amount from one account to another: balanced by construction. The
-- versions and balances are those of each account right after it.
CREATE TABLE ledger.transfers (
    posting      bigint   NOT NULL,
    n            smallint NOT NULL,
    source       bigint   NOT NULL,
    target       bigint   NOT NULL,
    currency     text     NOT NULL,
    minor        bigint   NOT NULL CHECK (minor > 0),
    source_version bigint NOT NULL,
    source_balance bigint NOT NULL,
    target_version bigint NOT NULL,
    target_balance bigint NOT NULL,
    PRIMARY KEY (posting, n),
    CHECK (source <> target)
);      -- its posting exists, and source and target are accounts of this currency, because
        -- ledger.post alone writes here; promise/books_balance.sql looks. Foreign keys
        -- would cost as much as the posting itself.
CREATE UNIQUE INDEX transfers_source ON ledger.transfers (source, source_version);
CREATE UNIQUE INDEX transfers_target ON ledger.transfers (target, target_version);

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.accounts
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.postings
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.transfers
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

-- Opens an account, unless somebody just has, and returns its id.
CREATE FUNCTION ledger.open_account(in_code text, in_currency text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE opened bigint;
BEGIN
    INSERT INTO ledger.accounts (code, currency) VALUES (in_code, in_currency)
    ON CONFLICT (code, currency) DO NOTHING RETURNING id INTO opened;
    IF opened IS NULL THEN    -- somebody else opened it this very moment
        SELECT id INTO STRICT opened FROM ledger.accounts WHERE code = in_code AND currency = in_currency;
    ELSE
        INSERT INTO ledger.balances (account, bounded) VALUES (opened, in_code !~ '^(outside|losses)/');
    END IF;
    RETURN opened;
END $$;

-- Books one posting with all its transfers in one round trip; returns false,
-- and changes nothing, when this very posting was booked before. Each account is
-- updated once, in the order of ids, so that two postings never wait for each
-- other in a ring.
CREATE FUNCTION ledger.post(p_name text, p_kind text, p_subject text, p_memo text, p_at timestamptz,
                            p_currency text, p_from text[], p_to text[], p_minor bigint[]) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    entry    bigint;
    n        int := cardinality(p_minor);
    account  bigint;
    accounts bigint[];      -- of each transfer: where it comes from, then where it goes
    touched  bigint := 0;   -- the account that is updated now: the lowest, then the next, as every posting does
    delta    bigint;        -- what it gets in all
    times    int;           -- how often
    rest     bigint; version_now bigint;
    rests    bigint[];      -- of each transfer, both sides: balance and version right after it
    versions bigint[];
BEGIN
    INSERT INTO ledger.postings (name, kind, subject, memo, at) VALUES (p_name, p_kind, p_subject, p_memo, p_at)
    ON CONFLICT (name) DO NOTHING RETURNING id INTO entry;
    IF entry IS NULL THEN
        IF (SELECT (array_agg(s.code ORDER BY t.n), array_agg(d.code ORDER BY t.n), array_agg(t.minor ORDER BY t.n), min(t.currency))
            FROM ledger.postings p JOIN ledger.transfers t ON t.posting = p.id
            JOIN ledger.accounts s ON s.id = t.source JOIN ledger.accounts d ON d.id = t.target
            WHERE p.name = p_name) IS DISTINCT FROM (p_from, p_to, p_minor, p_currency) THEN
            RAISE EXCEPTION 'posting % was booked before with other transfers', p_name USING ERRCODE = 'LE001';
        END IF;
        RETURN false;
    END IF;
    FOR i IN 1..n LOOP
        IF i > 1 AND p_from[i] = p_from[i - 1] THEN
            accounts[2 * i - 1] := accounts[2 * i - 3];
        ELSE
            SELECT id INTO account FROM ledger.accounts WHERE code = p_from[i] AND currency = p_currency;
            accounts[2 * i - 1] := coalesce(account, ledger.open_account(p_from[i], p_currency));
        END IF;
        SELECT id INTO account FROM ledger.accounts WHERE code = p_to[i] AND currency = p_currency;
        accounts[2 * i] := coalesce(account, ledger.open_account(p_to[i], p_currency));
    END LOOP;
    LOOP
        account := NULL;
        FOR i IN 1..2 * n LOOP
            IF accounts[i] > touched AND (account IS NULL OR accounts[i] < account) THEN account := accounts[i]; END IF;
        END LOOP;
        EXIT WHEN account IS NULL;
        touched := account; delta := 0; times := 0;
        FOR i IN 1..2 * n LOOP
            IF accounts[i] = touched THEN
                delta := delta + CASE WHEN i % 2 = 1 THEN -p_minor[(i + 1) / 2] ELSE p_minor[i / 2] END;
                times := times + 1;
            END IF;
        END LOOP;
        UPDATE ledger.balances SET minor = minor + delta, version = version + times
        WHERE balances.account = touched RETURNING minor - delta, version - times INTO STRICT rest, version_now;
        FOR i IN 1..2 * n LOOP
            IF accounts[i] = touched THEN
                rest := rest + CASE WHEN i % 2 = 1 THEN -p_minor[(i + 1) / 2] ELSE p_minor[i / 2] END;
                version_now := version_now + 1;
                rests[i] := rest; versions[i] := version_now;
            END IF;
        END LOOP;
    END LOOP;
    FOR i IN 1..n LOOP
        INSERT INTO ledger.transfers VALUES (entry, i, accounts[2 * i - 1], accounts[2 * i], p_currency, p_minor[i],
            versions[2 * i - 1], rests[2 * i - 1], versions[2 * i], rests[2 * i]);
    END LOOP;
    RETURN true;
END $$;
