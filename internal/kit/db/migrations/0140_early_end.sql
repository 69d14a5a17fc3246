-- A contract can be ended early with notice; what has begun is then paid by its share.
ALTER TABLE contract.contracts
    DROP CONSTRAINT contracts_state_check,
    DROP CONSTRAINT contracts_ending_check,
    ADD CONSTRAINT contracts_state_check CHECK (state IN ('signed', 'active', 'starved', 'under notice', 'ended')),
    ADD CONSTRAINT contracts_ending_check CHECK (ending IN ('completed', 'ended early', 'ended together', 'never funded')),
    ADD COLUMN notice_by    text CHECK (notice_by IN ('client', 'freelancer')),
    ADD COLUMN notice_words text CHECK (char_length(notice_words) BETWEEN 1 AND 2000),
    ADD COLUMN notice_at    timestamptz,
    ADD COLUMN ends_at      timestamptz,                             -- when the notice has passed
    ADD CONSTRAINT notice_is_whole CHECK (num_nonnulls(notice_by, notice_words, notice_at, ends_at) IN (0, 4)),
    ADD CONSTRAINT notice_was_given CHECK ((state <> 'under notice' AND coalesce(ending, '') <> 'ended together') OR notice_by IS NOT NULL),
    ADD CONSTRAINT notice_is_not_forgotten CHECK (state IN ('under notice', 'ended') OR notice_by IS NULL);
CREATE INDEX contracts_ending ON contract.contracts (ends_at) WHERE state = 'under notice';

ALTER TABLE contract.milestones
    DROP CONSTRAINT milestones_state_check,
    DROP CONSTRAINT milestones_check2,
    ADD CONSTRAINT milestones_state_check CHECK (state IN ('planned', 'funded', 'submitted', 'changes asked', 'approved', 'settled', 'taken back', 'dropped')),
    ADD CONSTRAINT ended_at_an_end CHECK ((state IN ('approved', 'settled', 'taken back', 'dropped')) = (ended_at IS NOT NULL)),
    ADD COLUMN client_says     int CHECK (client_says BETWEEN 0 AND 100),      -- percent that is done
    ADD COLUMN freelancer_says int CHECK (freelancer_says BETWEEN 0 AND 100),
    ADD COLUMN paid_bp         int CHECK (paid_bp BETWEEN 0 AND 10000),        -- of the price, by the settlement
    ADD CONSTRAINT settled_by_a_share CHECK ((state = 'settled') = (paid_bp IS NOT NULL));
