-- How much of begun work is done can be disputed when a contract ends early.
ALTER TABLE contract.milestones
    ADD COLUMN conceded_minor bigint CHECK (conceded_minor BETWEEN 0 AND price_minor),  -- of the price: neither claims it for the freelancer; null: its share is not disputed
    ADD CONSTRAINT conceded_in_a_dispute CHECK (conceded_minor IS NULL OR conceded_minor + disputed_minor <= price_minor),
    DROP CONSTRAINT submitted_before_it_is_judged,
    ADD CONSTRAINT submitted_before_it_is_judged CHECK (state NOT IN ('submitted', 'changes asked', 'disputed', 'split', 'refunded', 'approved') OR submitted_at IS NOT NULL OR conceded_minor IS NOT NULL);

-- What the freelancer gets of a disputed sum when no arbiter decides in time.
ALTER TABLE dispute.disputes ADD COLUMN fallback bigint CHECK (fallback BETWEEN 0 AND minor);
UPDATE dispute.disputes SET fallback = minor;
ALTER TABLE dispute.disputes ALTER COLUMN fallback SET NOT NULL;
