-- What people ask the staff, and who answers.
CREATE SCHEMA support;

CREATE TABLE support.cases (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    asker       bigint      REFERENCES account.people,        -- null: somebody without an account
    name        text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    email       text        NOT NULL,                         -- where the answer goes
    language    text        NOT NULL,
    secret_hash bytea       UNIQUE,                           -- SHA-256 of what opens it without an account
    kind        text        NOT NULL CHECK (kind IN ('money', 'contract', 'account', 'rules', 'other')),
    about       text        CHECK (about ~ '^(contract|post|offer|dispute|decision)/[1-9][0-9]*$'),
    title       text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 150),
    owner       bigint      NOT NULL REFERENCES account.people,
    state       text        NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
    first_hours int         NOT NULL CHECK (first_hours > 0), -- the clocks, as they were when it was opened
    next_hours  int         NOT NULL CHECK (next_hours > 0),
    close_days  int         NOT NULL CHECK (close_days > 0),
    opened_at   timestamptz NOT NULL,
    due         timestamptz,                                  -- when the owner has to have answered
    answered_at timestamptz,                                  -- for the first time
    closes_at   timestamptz,                                  -- by itself
    closed_at   timestamptz,
    closed_by   text        CHECK (closed_by IN ('asker', 'time')),
    helped      text        CHECK (helped IN ('yes', 'partly', 'no')),
    CHECK ((state = 'open') = (due IS NOT NULL)),
    CHECK ((state = 'answered') = (closes_at IS NOT NULL)),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CONSTRAINT closed_by_the_asker_or_by_time CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
    CONSTRAINT nobody_answers_themselves CHECK (owner <> asker),
    CONSTRAINT opened_by_an_account_or_a_secret CHECK ((asker IS NULL) = (secret_hash IS NOT NULL))
);
CREATE INDEX cases_asker ON support.cases (asker, id DESC);
CREATE INDEX cases_owner ON support.cases (owner, due) WHERE state = 'open';
CREATE INDEX cases_due ON support.cases (due) WHERE state = 'open';
CREATE INDEX cases_closing ON support.cases (closes_at) WHERE state = 'answered';
CREATE INDEX cases_opened ON support.cases (opened_at);

CREATE TABLE support.letters (
    id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "case" bigint      NOT NULL REFERENCES support.cases,
    kind   text        NOT NULL CHECK (kind IN ('question', 'answer', 'note')),
    author bigint      REFERENCES account.people,             -- null: the asker, who has no account
    words  text        NOT NULL CHECK (char_length(words) BETWEEN 1 AND 10000),
    rules  text[]      NOT NULL DEFAULT '{}',                 -- quoted beside it, by name
    bands  bigint[]    NOT NULL DEFAULT '{}',                 -- of an answer: by which copies of it are found
    print  bigint[]    NOT NULL DEFAULT '{}',
    at     timestamptz NOT NULL,
    CONSTRAINT answers_have_an_author CHECK (kind = 'question' OR author IS NOT NULL)
);
CREATE INDEX letters_case ON support.letters ("case", id);
CREATE INDEX letters_bands ON support.letters USING gin (bands) WHERE kind = 'answer';
CREATE INDEX letters_answers ON support.letters (at) WHERE kind = 'answer';

CREATE TABLE support.owners (                                 -- whose a case was, and why it became so
    "case" bigint      NOT NULL REFERENCES support.cases,
    person bigint      NOT NULL REFERENCES account.people,
    why    text        NOT NULL CHECK (why IN ('chosen', 'taken', 'overdue')),
    at     timestamptz NOT NULL
);
CREATE INDEX owners_case ON support.owners ("case", at);
CREATE INDEX owners_overdue ON support.owners (at) WHERE why = 'overdue';

CREATE TABLE support.refusals (                               -- answers that were copies, counted in public
    "case" bigint      NOT NULL REFERENCES support.cases,
    person bigint      NOT NULL REFERENCES account.people,
    alike  real        NOT NULL,
    at     timestamptz NOT NULL
);
CREATE INDEX refusals_at ON support.refusals (at);

CREATE TABLE support.looks (                                  -- who of the staff has it open
    "case" bigint      NOT NULL REFERENCES support.cases,
    person bigint      NOT NULL REFERENCES account.people,
    at     timestamptz NOT NULL,
    PRIMARY KEY ("case", person)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON support.letters FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON support.owners FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON support.refusals FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

-- How alike two prints are: what they share among what either has.
CREATE FUNCTION support.jaccard(a bigint[], b bigint[]) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN cardinality(a) = 0 OR cardinality(b) = 0 THEN 0 ELSE
        (SELECT count(*) FROM unnest(a) AS x (n) WHERE n = ANY (b))::float8
        / (cardinality(a) + cardinality(b) - (SELECT count(*) FROM unnest(a) AS x (n) WHERE n = ANY (b))) END
$$;
