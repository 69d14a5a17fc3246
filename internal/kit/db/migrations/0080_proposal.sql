CREATE SCHEMA proposal;

CREATE TABLE proposal.proposals (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    post           bigint      NOT NULL REFERENCES jobpost.posts,
    freelancer     bigint      NOT NULL REFERENCES account.people,
    state          text        NOT NULL CHECK (state IN ('waiting list', 'submitted', 'read', 'shortlisted', 'offered',
                                   'hired', 'declined', 'withdrawn', 'lapsed')),
    letter         text        NOT NULL CHECK (char_length(letter) BETWEEN 1 AND 5000),
    currency       text        NOT NULL,
    price_minor    bigint      NOT NULL CHECK (price_minor > 0),   -- fixed: in all; hourly: for one hour; retainer: for one month
    hours          int         NOT NULL CHECK (hours BETWEEN 1 AND 10000),
    floor_minor    bigint,                        -- for one hour, in its currency: the floor it was held to
    start_on       date,
    fit            int         NOT NULL CHECK (fit BETWEEN 0 AND 100),
    fit_reasons    jsonb       NOT NULL,          -- [{points, of, why}]: the points add up to fit
    at             timestamptz NOT NULL,          -- when it was sent
    edited_at      timestamptz,
    submitted_at   timestamptz,                   -- when it came before the client; null: still on the waiting list
    read_at        timestamptz,
    answered_at    timestamptz,                   -- when the client declined or made an offer
    ended_at       timestamptz,
    decline_reason text,
    decline_words  text        NOT NULL DEFAULT '' CHECK (char_length(decline_words) <= 2000),
    CONSTRAINT declined_with_a_reason CHECK ((state = 'declined') = (decline_reason IS NOT NULL)),
    CONSTRAINT ended_when_over CHECK ((state IN ('hired', 'declined', 'withdrawn', 'lapsed')) = (ended_at IS NOT NULL)),
    CONSTRAINT waits_or_was_submitted CHECK (state <> 'waiting list' OR submitted_at IS NULL)
);
-- One proposal per post and freelancer; after withdrawing, another try.
CREATE UNIQUE INDEX proposals_once ON proposal.proposals (post, freelancer) WHERE state <> 'withdrawn';
CREATE INDEX proposals_post ON proposal.proposals (post, fit DESC, id);
CREATE INDEX proposals_freelancer ON proposal.proposals (freelancer, id DESC);
CREATE INDEX proposals_open ON proposal.proposals (freelancer) WHERE ended_at IS NULL;
CREATE INDEX proposals_answered ON proposal.proposals (answered_at DESC) WHERE answered_at IS NOT NULL;

CREATE TABLE proposal.plan (                      -- the milestones a freelancer suggests
    proposal bigint NOT NULL REFERENCES proposal.proposals,
    n        int    NOT NULL,
    title    text   NOT NULL CHECK (char_length(title) BETWEEN 1 AND 150),
    minor    bigint NOT NULL CHECK (minor > 0),
    hours    int    NOT NULL CHECK (hours > 0),
    days     int    NOT NULL CHECK (days > 0),    -- after the start
    PRIMARY KEY (proposal, n)
);
CREATE TABLE proposal.answers (
    proposal bigint NOT NULL REFERENCES proposal.proposals,
    n        int    NOT NULL,
    question text   NOT NULL,                     -- as it was asked
    text     text   NOT NULL CHECK (char_length(text) BETWEEN 1 AND 3000),
    PRIMARY KEY (proposal, n)
);
CREATE TABLE proposal.pieces (                    -- portfolio pieces chosen for this proposal
    proposal bigint NOT NULL REFERENCES proposal.proposals,
    piece    bigint NOT NULL REFERENCES profile.pieces,
    PRIMARY KEY (proposal, piece)
);
-- How a client has answered so far: kept beside each answer so that search can
-- filter by it; promise/standing_is_what_happened.sql recounts it.
CREATE TABLE proposal.answer_records (
    client   bigint PRIMARY KEY REFERENCES account.people,
    answered int    NOT NULL DEFAULT 0 CHECK (answered >= 0),
    lapsed   int    NOT NULL DEFAULT 0 CHECK (lapsed >= 0),
    rate     int    GENERATED ALWAYS AS (CASE WHEN answered + lapsed = 0 THEN NULL ELSE answered * 100 / (answered + lapsed) END) STORED
);
