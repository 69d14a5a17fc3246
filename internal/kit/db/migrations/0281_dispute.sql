-- A part of a milestone's price can be disputed.
ALTER TABLE contract.milestones
    DROP CONSTRAINT milestones_state_check,
    DROP CONSTRAINT ended_at_an_end,
    DROP CONSTRAINT milestones_check4,
    ADD CONSTRAINT milestones_state_check CHECK (state IN ('planned', 'funded', 'submitted', 'changes asked', 'disputed', 'approved', 'split', 'refunded', 'settled', 'taken back', 'dropped')),
    ADD CONSTRAINT ended_at_an_end CHECK ((state IN ('approved', 'split', 'refunded', 'settled', 'taken back', 'dropped')) = (ended_at IS NOT NULL)),
    ADD CONSTRAINT submitted_before_it_is_judged CHECK (state NOT IN ('submitted', 'changes asked', 'disputed', 'split', 'refunded', 'approved') OR submitted_at IS NOT NULL),
    ADD COLUMN disputed_minor bigint CHECK (disputed_minor BETWEEN 1 AND price_minor),
    ADD COLUMN awarded_minor  bigint CHECK (awarded_minor BETWEEN 0 AND disputed_minor),
    ADD CONSTRAINT disputed_of_a_sum CHECK (state NOT IN ('disputed', 'split', 'refunded') OR disputed_minor IS NOT NULL),
    ADD CONSTRAINT disputes_end_with_an_award CHECK ((awarded_minor IS NOT NULL) = (disputed_minor IS NOT NULL AND state <> 'disputed'));

CREATE SCHEMA dispute;

CREATE TABLE dispute.disputes (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    milestone  bigint      NOT NULL UNIQUE REFERENCES contract.milestones,
    contract   bigint      NOT NULL REFERENCES contract.contracts,
    client     bigint      NOT NULL REFERENCES account.people,
    freelancer bigint      NOT NULL REFERENCES account.people,
    title      text        NOT NULL,                          -- of the milestone
    opened_by  text        NOT NULL CHECK (opened_by IN ('client', 'freelancer')),
    reason     text        NOT NULL,
    words      text        NOT NULL CHECK (char_length(words) BETWEEN 1 AND 5000),
    minor      bigint      NOT NULL CHECK (minor > 0),        -- what it is about
    currency   text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    state      text        NOT NULL CHECK (state IN ('talking', 'deciding', 'decided', 'reviewing', 'closed')),
    due        timestamptz,                                   -- when this state ends by itself
    arbiter    bigint      REFERENCES account.people,         -- who decides; null: nobody could be named yet
    missed     int         NOT NULL DEFAULT 0 CHECK (missed BETWEEN 0 AND 2),  -- deadlines by arbiters
    how        text        CHECK (how IN ('agreed', 'decided', 'reviewed', 'defaulted')),
    award      bigint      CHECK (award BETWEEN 0 AND minor), -- to the freelancer
    opened_at  timestamptz NOT NULL,
    asked_by   text        CHECK (asked_by IN ('client', 'freelancer')),       -- who wants the decision reviewed
    asked_for  text        CHECK (char_length(asked_for) BETWEEN 1 AND 5000),  -- and why
    closed_at  timestamptz,
    CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CHECK ((state = 'closed') = (due IS NULL)),
    CHECK ((state = 'closed') = (how IS NOT NULL)),
    CHECK ((state = 'closed') = (award IS NOT NULL)),
    CHECK ((asked_by IS NULL) = (asked_for IS NULL)),
    CONSTRAINT arbiters_are_not_parties CHECK (arbiter NOT IN (client, freelancer))
);
CREATE INDEX disputes_due ON dispute.disputes (due) WHERE state <> 'closed';
CREATE INDEX disputes_contract ON dispute.disputes (contract);
CREATE INDEX disputes_client ON dispute.disputes (client, opened_at);
CREATE INDEX disputes_freelancer ON dispute.disputes (freelancer, opened_at);
CREATE INDEX disputes_arbiter ON dispute.disputes (arbiter) WHERE state <> 'closed';
CREATE INDEX disputes_closed ON dispute.disputes (closed_at DESC, id DESC) WHERE state = 'closed';

CREATE TABLE dispute.splits (                                 -- what a side would agree to; the latest of each counts
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dispute bigint      NOT NULL REFERENCES dispute.disputes,
    side    text        NOT NULL CHECK (side IN ('client', 'freelancer')),
    minor   bigint      NOT NULL CHECK (minor >= 0),          -- to the freelancer
    words   text        NOT NULL CHECK (char_length(words) <= 2000),
    at      timestamptz NOT NULL
);
CREATE INDEX splits_dispute ON dispute.splits (dispute, id);
CREATE TABLE dispute.evidence (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dispute    bigint      NOT NULL REFERENCES dispute.disputes,
    n          int         NOT NULL CHECK (n > 0),            -- as it is cited
    side       text        NOT NULL CHECK (side IN ('client', 'freelancer')),
    words      text        NOT NULL CHECK (char_length(words) BETWEEN 1 AND 5000),
    submission bigint      REFERENCES contract.submissions,
    message    bigint      REFERENCES message.messages,
    at         timestamptz NOT NULL,
    UNIQUE (dispute, n)
);
CREATE TABLE dispute.decisions (
    dispute  bigint      PRIMARY KEY REFERENCES dispute.disputes,
    arbiter  bigint      NOT NULL REFERENCES account.people,
    award    bigint      NOT NULL CHECK (award >= 0),
    words    text        NOT NULL CHECK (char_length(words) BETWEEN 20 AND 10000),
    criteria int[]       NOT NULL CHECK (cardinality(criteria) > 0),   -- of the milestone, from 0
    evidence int[]       NOT NULL,                                     -- cited, by n
    at       timestamptz NOT NULL
);
CREATE TABLE dispute.reviewers (                              -- drawn at random
    dispute bigint NOT NULL REFERENCES dispute.disputes,
    arbiter bigint NOT NULL REFERENCES account.people,
    PRIMARY KEY (dispute, arbiter)
);
CREATE TABLE dispute.votes (
    dispute bigint      NOT NULL,
    arbiter bigint      NOT NULL,
    award   bigint      NOT NULL CHECK (award >= 0),
    words   text        NOT NULL CHECK (char_length(words) BETWEEN 20 AND 10000),
    at      timestamptz NOT NULL,
    PRIMARY KEY (dispute, arbiter),
    FOREIGN KEY (dispute, arbiter) REFERENCES dispute.reviewers
);
CREATE TABLE dispute.misses (                                 -- deadlines that arbiters let pass, counted in public
    dispute bigint      NOT NULL REFERENCES dispute.disputes,
    arbiter bigint      REFERENCES account.people,            -- null: nobody could be named
    at      timestamptz NOT NULL
);
CREATE INDEX misses_dispute ON dispute.misses (dispute);
CREATE INDEX reviewers_arbiter ON dispute.reviewers (arbiter);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON dispute.splits FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON dispute.evidence FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON dispute.decisions FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON dispute.reviewers FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON dispute.votes FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON dispute.misses FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

-- A dispute pays what nobody disputes when it is opened, and the award when it is closed.
CREATE OR REPLACE VIEW standing.payments AS
    SELECT c.id AS contract, c.client, c.freelancer, p.at, t.minor, t.currency
    FROM contract.contracts c
    CROSS JOIN LATERAL (
        SELECT CASE m.state WHEN 'approved' THEN 'release/milestone/' ELSE 'divide/milestone/' END || m.id AS name
        FROM contract.milestones m WHERE m.contract = c.id AND m.state IN ('approved', 'settled')
        UNION ALL SELECT 'contest/milestone/' || m.id FROM contract.milestones m WHERE m.contract = c.id AND m.disputed_minor IS NOT NULL
        UNION ALL SELECT 'award/dispute/' || m.id FROM contract.milestones m WHERE m.contract = c.id AND m.awarded_minor IS NOT NULL
        UNION ALL SELECT 'forfeit/ending/' || c.id WHERE c.ending = 'ended early'
        UNION ALL SELECT 'bonus/' || b.id FROM contract.bonuses b WHERE b.contract = c.id) AS paid
    JOIN ledger.postings p ON p.name = paid.name
    JOIN ledger.transfers t ON t.posting = p.id
    JOIN ledger.accounts a ON a.id = t.target AND a.code = 'wallet/' || c.freelancer;
