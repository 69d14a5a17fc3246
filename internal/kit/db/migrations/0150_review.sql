-- Why somebody ends a contract, chosen from a few. Illness counts against nobody,
-- and only the two of them ever read it.
ALTER TABLE contract.contracts
    ADD COLUMN notice_reason text CHECK (notice_reason IN ('plans', 'fit', 'illness', 'other')),
    ADD CONSTRAINT reason_of_a_notice CHECK (notice_reason IS NULL OR notice_by IS NOT NULL);
CREATE INDEX contracts_ended ON contract.contracts (ended_at) WHERE state = 'ended';

CREATE SCHEMA standing;

-- What clients have paid to freelancers, contract by contract.
CREATE VIEW standing.payments AS
    SELECT c.id AS contract, c.client, c.freelancer, p.at, t.minor, t.currency
    FROM contract.contracts c
    CROSS JOIN LATERAL (
        SELECT CASE m.state WHEN 'approved' THEN 'release/milestone/' ELSE 'divide/milestone/' END || m.id AS name
        FROM contract.milestones m WHERE m.contract = c.id AND m.state IN ('approved', 'settled')
        UNION ALL SELECT 'forfeit/ending/' || c.id WHERE c.ending = 'ended early'
        UNION ALL SELECT 'bonus/' || b.id FROM contract.bonuses b WHERE b.contract = c.id) AS paid
    JOIN ledger.postings p ON p.name = paid.name
    JOIN ledger.transfers t ON t.posting = p.id
    JOIN ledger.accounts a ON a.id = t.target AND a.code = 'wallet/' || c.freelancer;

CREATE SCHEMA review;

-- The days in which the two of a contract can review each other: one row for
-- each contract on which money was paid.
CREATE TABLE review.windows (
    contract      bigint      PRIMARY KEY REFERENCES contract.contracts,
    client        bigint      NOT NULL REFERENCES account.people,
    freelancer    bigint      NOT NULL REFERENCES account.people,
    state         text        NOT NULL CHECK (state IN ('open', 'client wrote', 'freelancer wrote', 'revealed', 'unwritten', 'closed')),
    paid_minor    bigint      NOT NULL CONSTRAINT no_review_of_nothing CHECK (paid_minor > 0),  -- so much, when it opened
    opened_at     timestamptz NOT NULL,
    ends_at       timestamptz NOT NULL CHECK (ends_at = opened_at + interval '336 hours'),
    reminded_at   timestamptz,
    client_at     timestamptz,                   -- when the client wrote
    freelancer_at timestamptz,
    revealed_at   timestamptz,
    respond_until timestamptz CHECK (respond_until = revealed_at + interval '672 hours'),
    CHECK (client <> freelancer),
    CHECK ((state IN ('revealed', 'closed')) = (revealed_at IS NOT NULL)),
    CHECK ((revealed_at IS NULL) = (respond_until IS NULL)),
    CHECK (state <> 'open' OR num_nonnulls(client_at, freelancer_at) = 0),
    CHECK (state <> 'unwritten' OR num_nonnulls(client_at, freelancer_at) = 0),
    CHECK (state <> 'client wrote' OR client_at IS NOT NULL AND freelancer_at IS NULL),
    CHECK (state <> 'freelancer wrote' OR freelancer_at IS NOT NULL AND client_at IS NULL),
    CHECK (client_at < ends_at AND freelancer_at < ends_at),
    CONSTRAINT double_blind CHECK (revealed_at IS NULL OR num_nonnulls(client_at, freelancer_at) = 2
                                   OR num_nonnulls(client_at, freelancer_at) = 1 AND revealed_at >= ends_at)
);
CREATE INDEX windows_client ON review.windows (client, contract);
CREATE INDEX windows_freelancer ON review.windows (freelancer, contract);
CREATE INDEX windows_due ON review.windows (ends_at) WHERE state IN ('open', 'client wrote', 'freelancer wrote');
CREATE INDEX windows_closing ON review.windows (respond_until) WHERE state = 'revealed';

CREATE TABLE review.reviews (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contract bigint      NOT NULL REFERENCES review.windows,
    side     text        NOT NULL CHECK (side IN ('client', 'freelancer')),  -- who wrote it
    author   bigint      NOT NULL REFERENCES account.people,
    about    bigint      NOT NULL REFERENCES account.people,
    words    text        NOT NULL CHECK (char_length(words) <= 5000),
    at       timestamptz NOT NULL,
    UNIQUE (contract, side),
    UNIQUE (id, side),
    CHECK (author <> about)
);
CREATE INDEX reviews_about ON review.reviews (about, id DESC);
CREATE TABLE review.marks (
    review    bigint NOT NULL,
    side      text   NOT NULL,
    criterion text   NOT NULL,
    mark      int    NOT NULL CHECK (mark BETWEEN 1 AND 5),
    PRIMARY KEY (review, criterion),
    FOREIGN KEY (review, side) REFERENCES review.reviews (id, side),
    CHECK (CASE side WHEN 'client' THEN criterion IN ('quality', 'dates', 'communication', 'again')
                     ELSE criterion IN ('clarity', 'answers', 'payment', 'changes', 'again') END)
);
CREATE TABLE review.responses (                  -- one, by whom the review is about
    review bigint      PRIMARY KEY REFERENCES review.reviews,
    words  text        NOT NULL CHECK (char_length(words) BETWEEN 1 AND 5000),
    at     timestamptz NOT NULL
);

-- What somebody wrote of another stays as it is.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON review.reviews
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON review.marks
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON review.responses
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
