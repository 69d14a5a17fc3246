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
    posting      bigint   NOT NULL REFERENCES ledger.postings,
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
);      -- source and target are accounts of this currency: ledger.post finds them by it, and
        -- promise/books_balance.sql looks; foreign keys would cost as much as the posting itself
CREATE UNIQUE INDEX transfers_source ON ledger.transfers (source, source_version);
CREATE UNIQUE INDEX transfers_target ON ledger.transfers (target, target_version);

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.accounts
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.postings
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.transfers
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

-- The id of an account, opening it if it does not exist.
CREATE FUNCTION ledger.account_id(in_code text, in_currency text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE found_id bigint;
BEGIN
    SELECT id INTO found_id FROM ledger.accounts WHERE code = in_code AND currency = in_currency;
    IF found_id IS NOT NULL THEN
        RETURN found_id;
    END IF;
    INSERT INTO ledger.accounts (code, currency) VALUES (in_code, in_currency)
    ON CONFLICT (code, currency) DO NOTHING RETURNING id INTO found_id;
    IF found_id IS NULL THEN    -- somebody else opened it this very moment
        SELECT id INTO STRICT found_id FROM ledger.accounts WHERE code = in_code AND currency = in_currency;
    ELSE
        INSERT INTO ledger.balances (account, bounded) VALUES (found_id, in_code !~ '^(outside|losses)/');
    END IF;
    RETURN found_id;
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
    source   bigint[];      -- the accounts of each transfer
    target   bigint[];
    touched  bigint[];      -- each account once, in the order in which all postings lock
    minors   bigint[];      -- of the touched: balance and version before, then step by step
    versions bigint[];
    minor_before bigint; version_before bigint; delta bigint; times int; s int; t int;
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
        source[i] := CASE WHEN i > 1 AND p_from[i] = p_from[i - 1] THEN source[i - 1] ELSE ledger.account_id(p_from[i], p_currency) END;
        target[i] := CASE WHEN i > 1 AND p_to[i] = p_to[i - 1] THEN target[i - 1] ELSE ledger.account_id(p_to[i], p_currency) END;
    END LOOP;
    touched := ARRAY(SELECT DISTINCT a FROM unnest(source || target) AS a ORDER BY a);
    FOR k IN 1..cardinality(touched) LOOP
        delta := 0; times := 0;
        FOR i IN 1..n LOOP
            IF source[i] = touched[k] THEN delta := delta - p_minor[i]; times := times + 1; END IF;
            IF target[i] = touched[k] THEN delta := delta + p_minor[i]; times := times + 1; END IF;
        END LOOP;
        UPDATE ledger.balances SET minor = minor + delta, version = version + times
        WHERE account = touched[k] RETURNING minor - delta, version - times INTO STRICT minor_before, version_before;
        minors[k] := minor_before; versions[k] := version_before;
    END LOOP;
    FOR i IN 1..n LOOP
        s := array_position(touched, source[i]); t := array_position(touched, target[i]);
        minors[s] := minors[s] - p_minor[i]; versions[s] := versions[s] + 1;
        minors[t] := minors[t] + p_minor[i]; versions[t] := versions[t] + 1;
        INSERT INTO ledger.transfers VALUES (entry, i, source[i], target[i], p_currency, p_minor[i], versions[s], minors[s], versions[t], minors[t]);
    END LOOP;
    RETURN true;
END $$;
