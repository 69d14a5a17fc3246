CREATE SCHEMA ledger;

-- Static facts about an account: never updated, so that foreign keys never
-- touch the row that payments lock.
CREATE TABLE ledger.accounts (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code     text   NOT NULL CHECK (code ~ '^(outside|wallet|escrow|fees|payout|dispute|tax|losses)/[a-z0-9/ -]+$'),
    currency text   NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    UNIQUE (code, currency),
    UNIQUE (id, currency)
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
    CHECK (source <> target),
    FOREIGN KEY (source, currency) REFERENCES ledger.accounts (id, currency),
    FOREIGN KEY (target, currency) REFERENCES ledger.accounts (id, currency)
);
CREATE UNIQUE INDEX transfers_source ON ledger.transfers (source, source_version);
CREATE UNIQUE INDEX transfers_target ON ledger.transfers (target, target_version);

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.accounts
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.postings
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.transfers
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

-- The ids of accounts by code, opening those that do not exist.
CREATE FUNCTION ledger.open_accounts(codes text[], in_currency text) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE ids bigint[];
BEGIN
    SELECT array_agg(a.id ORDER BY c.n) INTO ids
    FROM unnest(codes) WITH ORDINALITY AS c (code, n)
    LEFT JOIN ledger.accounts a ON a.code = c.code AND a.currency = in_currency;
    IF array_position(ids, NULL) IS NULL THEN
        RETURN ids;
    END IF;
    WITH opened AS (
        INSERT INTO ledger.accounts (code, currency)
        SELECT DISTINCT c, in_currency FROM unnest(codes) AS c ORDER BY c
        ON CONFLICT (code, currency) DO NOTHING
        RETURNING id, code)
    INSERT INTO ledger.balances (account, bounded)
    SELECT id, code !~ '^(outside|losses)/' FROM opened;
    SELECT array_agg(a.id ORDER BY c.n) INTO ids
    FROM unnest(codes) WITH ORDINALITY AS c (code, n)
    JOIN ledger.accounts a ON a.code = c.code AND a.currency = in_currency;
    RETURN ids;
END $$;

-- Books one posting with all its transfers in one round trip; returns false,
-- and changes nothing, when this very posting was booked before. Balances are
-- locked in one order, so that two postings never wait for each other in a ring.
CREATE FUNCTION ledger.post(p_name text, p_kind text, p_subject text, p_memo text, p_at timestamptz,
                            p_currency text, p_from text[], p_to text[], p_minor bigint[]) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    entry bigint;
    ids   bigint[];
    n     int := cardinality(p_minor);
    sv bigint; sb bigint; tv bigint; tb bigint;
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
    ids := ledger.open_accounts(p_from || p_to, p_currency);
    PERFORM FROM ledger.balances WHERE account = ANY (ids) ORDER BY account FOR NO KEY UPDATE;
    FOR i IN 1..n LOOP
        UPDATE ledger.balances SET minor = minor - p_minor[i], version = version + 1
        WHERE account = ids[i] RETURNING version, minor INTO sv, sb;
        UPDATE ledger.balances SET minor = minor + p_minor[i], version = version + 1
        WHERE account = ids[n + i] RETURNING version, minor INTO tv, tb;
        INSERT INTO ledger.transfers VALUES (entry, i, ids[i], ids[n + i], p_currency, p_minor[i], sv, sb, tv, tb);
    END LOOP;
    RETURN true;
END $$;
