-- Work that is paid by the calendar: its weeks or months are milestones, and weeks have hours.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

ALTER TABLE contract.contracts
    ADD COLUMN every text CHECK (every IN ('week', 'month')),   -- null: milestones of their own
    ADD COLUMN zone  text,                                      -- in which its days begin
    ADD CONSTRAINT a_calendar_has_a_zone CHECK ((every IS NULL) = (zone IS NULL)),
    ADD CONSTRAINT a_calendar_is_funded_by_the_next CHECK (every IS NULL OR funding = 'next');

ALTER TABLE contract.milestones
    DROP CONSTRAINT milestones_state_check,
    DROP CONSTRAINT ended_at_an_end,
    DROP CONSTRAINT milestones_check,
    DROP CONSTRAINT milestones_check3,
    DROP CONSTRAINT milestones_check5,
    ADD COLUMN starts_at  timestamptz,                          -- of a week or month
    ADD COLUMN ends_at    timestamptz,                          -- the instant after
    ADD COLUMN closes_at  timestamptz,                          -- when it is handed in or paid by itself
    ADD COLUMN rate_minor bigint CHECK (rate_minor > 0),        -- of an hour, in a week of hours
    ADD COLUMN logged     int NOT NULL DEFAULT 0,                  -- minutes, likewise
    ADD CONSTRAINT within_the_weekly_limit CHECK (logged BETWEEN 0 AND hours * 60),
    ADD CONSTRAINT milestones_state_check CHECK (state IN ('planned', 'funded', 'submitted', 'changes asked', 'disputed', 'approved', 'split', 'refunded', 'settled', 'unused', 'passed', 'taken back', 'dropped')),
    ADD CONSTRAINT ended_at_an_end CHECK ((state IN ('approved', 'split', 'refunded', 'settled', 'unused', 'passed', 'taken back', 'dropped')) = (ended_at IS NOT NULL)),
    ADD CONSTRAINT the_calendar_takes_nothing_back CHECK ((closes_at IS NULL AND state IN ('funded', 'changes asked')) = (take_back_from IS NOT NULL)),
    ADD CONSTRAINT funded_before_it_begins CHECK ((state IN ('planned', 'passed', 'dropped')) = (funded_at IS NULL)),
    ADD CONSTRAINT not_submitted_before_it_is CHECK (state NOT IN ('planned', 'funded', 'unused', 'passed', 'dropped') OR submitted_at IS NULL),
    ADD CONSTRAINT a_span_has_all_its_dates CHECK (num_nonnulls(starts_at, ends_at, closes_at) IN (0, 3)),
    ADD CONSTRAINT a_span_goes_forward CHECK (starts_at < ends_at AND ends_at <= closes_at),
    ADD CONSTRAINT only_weeks_have_hours CHECK (rate_minor IS NOT NULL AND starts_at IS NOT NULL OR logged = 0),
    ADD CONSTRAINT spans_that_pass CHECK (starts_at IS NOT NULL OR state NOT IN ('unused', 'passed'));
CREATE INDEX milestones_closing ON contract.milestones (closes_at) WHERE state = 'funded' AND closes_at IS NOT NULL;
CREATE INDEX milestones_to_fund ON contract.milestones (starts_at) WHERE state = 'planned' AND starts_at IS NOT NULL;
CREATE INDEX contracts_by_calendar ON contract.contracts (id) WHERE every IS NOT NULL AND state IN ('active', 'under notice');

CREATE SCHEMA worklog;

CREATE TABLE worklog.entries (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    week       bigint      NOT NULL REFERENCES contract.milestones,
    contract   bigint      NOT NULL REFERENCES contract.contracts,
    freelancer bigint      NOT NULL REFERENCES account.people,
    started_at timestamptz NOT NULL,                            -- to the minute
    stopped_at timestamptz,                                     -- null: the timer runs
    stops_at   timestamptz NOT NULL,                            -- when it stops by itself
    memo       text        NOT NULL CHECK (char_length(memo) BETWEEN 1 AND 500),
    links      text[]      NOT NULL CHECK (cardinality(links) <= 5),
    rate_minor bigint      NOT NULL CHECK (rate_minor > 0),     -- of an hour, when it was logged
    manual     boolean     NOT NULL,                            -- typed in, not measured
    edited     boolean     NOT NULL DEFAULT false,              -- changed after it was measured or typed in
    disputed   boolean     NOT NULL DEFAULT false,
    made_at    timestamptz NOT NULL,
    CHECK (date_trunc('minute', started_at) = started_at),
    CHECK (stopped_at IS NULL OR date_trunc('minute', stopped_at) = stopped_at AND stopped_at > started_at AND stopped_at <= stops_at),
    CHECK (stops_at > started_at),
    CHECK (stopped_at IS NOT NULL OR NOT manual),
    CONSTRAINT no_hour_is_worked_twice EXCLUDE USING gist
        (freelancer WITH =, tstzrange(started_at, coalesce(stopped_at, stops_at)) WITH &&)
);
CREATE UNIQUE INDEX entries_running ON worklog.entries (freelancer) WHERE stopped_at IS NULL;
CREATE INDEX entries_week ON worklog.entries (week, started_at);
CREATE INDEX entries_freelancer ON worklog.entries (freelancer, started_at DESC);

-- The lines of a week that are disputed are written out with the words.
ALTER TABLE dispute.disputes
    DROP CONSTRAINT disputes_words_check,
    ADD CONSTRAINT disputes_words_check CHECK (char_length(words) BETWEEN 1 AND 10000);
