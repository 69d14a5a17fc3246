-- A week in which a timer runs is not logged in full, so its contract does not end before the timer is stopped.
ALTER TABLE contract.milestones ADD COLUMN timing boolean NOT NULL DEFAULT false;
UPDATE contract.milestones SET timing = true WHERE id IN (SELECT week FROM worklog.entries WHERE stopped_at IS NULL);
