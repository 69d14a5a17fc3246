CREATE SCHEMA contract;

CREATE TABLE contract.offers (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    proposal   bigint      NOT NULL REFERENCES proposal.proposals,
    client     bigint      NOT NULL REFERENCES account.people,
    freelancer bigint      NOT NULL REFERENCES account.people,
    state      text        NOT NULL CHECK (state IN ('open', 'countered', 'signed by one', 'signed by both', 'declined', 'withdrawn', 'expired')),
    revision   int         NOT NULL CHECK (revision > 0),   -- the one on the table
    expires_at timestamptz NOT NULL,
    made_at    timestamptz NOT NULL,
    ended_at   timestamptz,
    reason     text        NOT NULL DEFAULT '' CHECK (char_length(reason) <= 2000),  -- of a decline or withdrawal
    CHECK (client <> freelancer),
    CHECK ((state IN ('signed by both', 'declined', 'withdrawn', 'expired')) = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX offers_live ON contract.offers (proposal) WHERE ended_at IS NULL;
CREATE INDEX offers_proposal ON contract.offers (proposal, id);
CREATE INDEX offers_client ON contract.offers (client, id DESC);
CREATE INDEX offers_freelancer ON contract.offers (freelancer, id DESC);
CREATE INDEX offers_due ON contract.offers (expires_at) WHERE ended_at IS NULL;

CREATE TABLE contract.revisions (                  -- every version of the terms that was ever on the table
    offer  bigint      NOT NULL REFERENCES contract.offers,
    n      int         NOT NULL,
    by     bigint      NOT NULL REFERENCES account.people,
    terms  jsonb       NOT NULL,                   -- what the two agree on
    rules  jsonb       NOT NULL,                   -- the market's part, as it was at that moment
    text   text        NOT NULL,                   -- what both sign
    sha256 text        NOT NULL,
    at     timestamptz NOT NULL,
    PRIMARY KEY (offer, n),
    UNIQUE (offer, n, sha256),
    CONSTRAINT sha256_is_of_the_text CHECK (sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex'))
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contract.revisions
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TABLE contract.signatures (
    offer   bigint      NOT NULL,
    n       int         NOT NULL,
    person  bigint      NOT NULL REFERENCES account.people,
    sha256  text        NOT NULL,
    session bigint      NOT NULL REFERENCES account.sessions,
    address text        NOT NULL,
    agent   text        NOT NULL,
    at      timestamptz NOT NULL,
    PRIMARY KEY (offer, n, person),
    FOREIGN KEY (offer, n, sha256) REFERENCES contract.revisions (offer, n, sha256)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contract.signatures
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TABLE contract.contracts (
    id                bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    offer             bigint      NOT NULL UNIQUE REFERENCES contract.offers,
    proposal          bigint      NOT NULL REFERENCES proposal.proposals,
    client            bigint      NOT NULL REFERENCES account.people,
    freelancer        bigint      NOT NULL REFERENCES account.people,
    title             text        NOT NULL,
    state             text        NOT NULL CHECK (state IN ('signed', 'active', 'starved', 'ended')),
    ending            text        CHECK (ending IN ('completed', 'ended early', 'never funded')),
    currency          text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    funding           text        NOT NULL CHECK (funding IN ('all', 'next')),
    lifecycle         int         NOT NULL CHECK (lifecycle > 0),        -- the version it was signed under
    -- as signed; later settings do not reach a signed contract
    client_fee_bp     int         NOT NULL CHECK (client_fee_bp BETWEEN 0 AND 2000),
    freelancer_fee_bp int         NOT NULL CHECK (freelancer_fee_bp BETWEEN 0 AND 2000),
    ending_fee_bp     int         NOT NULL CHECK (ending_fee_bp BETWEEN 1000 AND 5000),
    acceptance_days   int         NOT NULL CHECK (acceptance_days BETWEEN 1 AND 14),
    change_rounds     int         NOT NULL CHECK (change_rounds BETWEEN 0 AND 5),
    grace_days        int         NOT NULL CHECK (grace_days >= 7),
    starved_days      int         NOT NULL CHECK (starved_days BETWEEN 1 AND 7),
    notice_days       int         NOT NULL CHECK (notice_days >= 7),
    signed_at         timestamptz NOT NULL,
    fund_by           timestamptz NOT NULL,                          -- then it ends, never funded
    funded_at         timestamptz,
    starved_at        timestamptz,
    ended_at          timestamptz,
    CHECK (client <> freelancer),
    CHECK ((state = 'ended') = (ending IS NOT NULL)),
    CHECK ((state = 'ended') = (ended_at IS NOT NULL)),
    CHECK ((state = 'starved') = (starved_at IS NOT NULL)),
    CHECK (CASE WHEN state = 'signed' OR ending = 'never funded' THEN funded_at IS NULL ELSE funded_at IS NOT NULL END)
);
CREATE INDEX contracts_proposal ON contract.contracts (proposal);
CREATE INDEX contracts_client ON contract.contracts (client, id DESC);
CREATE INDEX contracts_freelancer ON contract.contracts (freelancer, id DESC);
CREATE INDEX contracts_unfunded ON contract.contracts (fund_by) WHERE state = 'signed';
CREATE INDEX contracts_starved ON contract.contracts (starved_at) WHERE state = 'starved';

CREATE TABLE contract.milestones (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contract       bigint      NOT NULL REFERENCES contract.contracts,
    n              int         NOT NULL CHECK (n BETWEEN 1 AND 50),
    title          text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 150),
    price_minor    bigint      NOT NULL CHECK (price_minor > 0),   -- what the freelancer earns before their own fee
    due            date        NOT NULL,                           -- until its end, in UTC
    hours          int         NOT NULL CHECK (hours > 0),
    floor_minor    bigint      CHECK (floor_minor > 0),            -- of one hour, when the terms were written; null: there was none
    state          text        NOT NULL CHECK (state IN ('planned', 'funded', 'submitted', 'changes asked', 'approved', 'taken back', 'dropped')),
    rounds         int         NOT NULL DEFAULT 0 CHECK (rounds BETWEEN 0 AND 5),  -- of changes asked so far
    funded_at      timestamptz,
    reminded_at    timestamptz,                                    -- while planned: the client was told that its money will be due
    take_back_from timestamptz,                                    -- nothing came: the client may have the money back
    submitted_at   timestamptz,
    approve_by     timestamptz,                                    -- after it silence pays
    ended_at       timestamptz,
    UNIQUE (contract, n),
    CHECK ((state IN ('funded', 'changes asked')) = (take_back_from IS NOT NULL)),
    CHECK ((state = 'submitted') = (approve_by IS NOT NULL)),
    CHECK ((state IN ('approved', 'taken back', 'dropped')) = (ended_at IS NOT NULL)),
    CHECK ((state IN ('planned', 'dropped')) = (funded_at IS NULL)),
    CHECK (state NOT IN ('submitted', 'changes asked', 'approved') OR submitted_at IS NOT NULL),
    CHECK (state NOT IN ('planned', 'funded', 'dropped') OR submitted_at IS NULL)
);
CREATE INDEX milestones_due ON contract.milestones (approve_by) WHERE state = 'submitted';
CREATE INDEX milestones_forgotten ON contract.milestones (take_back_from) WHERE take_back_from IS NOT NULL;
CREATE TABLE contract.criteria (
    milestone bigint NOT NULL REFERENCES contract.milestones,
    n         int    NOT NULL CHECK (n BETWEEN 0 AND 9),           -- from 0, as the API counts
    text      text   NOT NULL CHECK (char_length(text) BETWEEN 1 AND 500),
    PRIMARY KEY (milestone, n)
);
CREATE TABLE contract.submissions (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    milestone bigint      NOT NULL REFERENCES contract.milestones,
    note      text        NOT NULL CHECK (char_length(note) <= 10000),
    links     text[]      NOT NULL CHECK (cardinality(links) <= 10),
    met       boolean[]   NOT NULL CHECK (true = ALL (met)),         -- criterion by criterion, as the freelancer ticked
    at        timestamptz NOT NULL
);
CREATE INDEX submissions_milestone ON contract.submissions (milestone, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contract.submissions
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TABLE contract.change_requests (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    submission bigint      NOT NULL UNIQUE REFERENCES contract.submissions,
    criteria   int[]       NOT NULL CHECK (cardinality(criteria) > 0),  -- those not met
    words      text        NOT NULL CHECK (char_length(words) BETWEEN 1 AND 5000),
    at         timestamptz NOT NULL
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contract.change_requests
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
