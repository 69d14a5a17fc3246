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

-- Books the transfers of a posting, whatever their number and direction. All
-- balances are locked in the order of ids first, so that two postings never
-- wait for each other in a ring; then each is updated once.
CREATE FUNCTION ledger.book(entry bigint, p_currency text, p_from text[], p_to text[], p_minor bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    sources bigint[];
    targets bigint[];
BEGIN
    PERFORM ledger.open_account(c.code, p_currency)
    FROM (SELECT unnest(p_from || p_to) AS code EXCEPT SELECT code FROM ledger.accounts WHERE currency = p_currency AND code = ANY (p_from || p_to)) c;
    SELECT array_agg(s.id ORDER BY l.n), array_agg(t.id ORDER BY l.n) INTO sources, targets
    FROM unnest(p_from, p_to) WITH ORDINALITY AS l (source, target, n)
    JOIN ledger.accounts s ON s.code = l.source AND s.currency = p_currency
    JOIN ledger.accounts t ON t.code = l.target AND t.currency = p_currency;
    PERFORM FROM ledger.balances WHERE account = ANY (sources || targets) ORDER BY account FOR NO KEY UPDATE;
    WITH sides AS (
        SELECT l.n, side.is_target, side.account, side.delta
        FROM unnest(sources, targets, p_minor) WITH ORDINALITY AS l (source, target, minor, n),
             LATERAL (VALUES (false, l.source, -l.minor), (true, l.target, l.minor)) AS side (is_target, account, delta)),
    running AS (
        SELECT n, is_target, account, sum(delta) OVER so_far AS moved, count(*) OVER so_far AS times
        FROM sides WINDOW so_far AS (PARTITION BY account ORDER BY n, is_target)),
    total AS (SELECT account, sum(delta) AS moved, count(*) AS times FROM sides GROUP BY account),
    before AS (
        UPDATE ledger.balances b SET minor = b.minor + total.moved, version = b.version + total.times
        FROM total WHERE b.account = total.account
        RETURNING b.account, b.minor - total.moved AS minor, b.version - total.times AS version)
    INSERT INTO ledger.transfers
    SELECT entry, s.n, s.account, t.account, p_currency, p_minor[s.n],
           sb.version + s.times, sb.minor + s.moved, tb.version + t.times, tb.minor + t.moved
    FROM running s JOIN before sb ON sb.account = s.account
    JOIN running t ON t.n = s.n AND t.is_target JOIN before tb ON tb.account = t.account
    WHERE NOT s.is_target;
END $$;

-- Books one posting with all its transfers in one round trip; returns false,
-- and changes nothing, when this very posting was booked before.
--
-- Nearly every event moves money out of one account into one or two others. That
-- is written out here: PL/pgSQL prepares what it runs anew in each transaction,
-- so that four statements take two thirds of the time of nine.
CREATE FUNCTION ledger.post(p_name text, p_kind text, p_subject text, p_memo text, p_at timestamptz,
                            p_currency text, p_from text[], p_to text[], p_minor bigint[]) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    entry  bigint;
    a      bigint;    -- out of this account
    b      bigint;    -- go m into this one
    c      bigint;    -- and m2, if there is a second transfer, into that one
    m      bigint;
    m2     bigint;
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
    IF cardinality(p_minor) > 2 OR p_from[1] <> p_from[2] OR p_to[1] = p_to[2] THEN
        PERFORM ledger.book(entry, p_currency, p_from, p_to, p_minor);
        RETURN true;
    END IF;
    SELECT coalesce((SELECT id FROM ledger.accounts WHERE code = p_from[1] AND currency = p_currency), ledger.open_account(p_from[1], p_currency)),
           coalesce((SELECT id FROM ledger.accounts WHERE code = p_to[1] AND currency = p_currency), ledger.open_account(p_to[1], p_currency)),
           CASE WHEN p_to[2] IS NOT NULL THEN
               coalesce((SELECT id FROM ledger.accounts WHERE code = p_to[2] AND currency = p_currency), ledger.open_account(p_to[2], p_currency)) END,
           p_minor[1], coalesce(p_minor[2], 0)
    INTO a, b, c, m, m2;
    PERFORM FROM ledger.balances WHERE account IN (a, b, c) ORDER BY account FOR NO KEY UPDATE;    -- as in ledger.book
    WITH moved AS (
        UPDATE ledger.balances SET
            minor = minor + CASE account WHEN a THEN -m - m2 WHEN b THEN m ELSE m2 END,
            version = version + CASE WHEN account = a AND c IS NOT NULL THEN 2 ELSE 1 END
        WHERE account IN (a, b, c) RETURNING account, minor, version)
    INSERT INTO ledger.transfers
    SELECT entry, 1, a, b, p_currency, m, s.version - CASE WHEN c IS NULL THEN 0 ELSE 1 END, s.minor + m2, t.version, t.minor
    FROM moved s, moved t WHERE s.account = a AND t.account = b
    UNION ALL
    SELECT entry, 2, a, c, p_currency, m2, s.version, s.minor, t.version, t.minor
    FROM moved s, moved t WHERE s.account = a AND t.account = c;
    RETURN true;
END $$;
