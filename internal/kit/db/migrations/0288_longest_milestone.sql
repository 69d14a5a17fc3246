-- Payment providers hold money for so long and no longer. As shipped nothing is
-- shorter than the five years that a due date can be away.
ALTER TABLE terms.settings ADD COLUMN milestone_days int NOT NULL DEFAULT 1830 CHECK (milestone_days BETWEEN 31 AND 1830);  -- from funding to the due date
