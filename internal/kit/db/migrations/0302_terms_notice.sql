-- Who is bound by the terms learns of new ones 15 days before they hold (EU
-- 2019/1150, art. 3). since stays what it was: the instant from which they hold.
ALTER TABLE terms.settings ADD COLUMN set_at timestamptz;
ALTER TABLE terms.settings DISABLE TRIGGER append_only;
UPDATE terms.settings SET set_at = since;
ALTER TABLE terms.settings ENABLE TRIGGER append_only;
ALTER TABLE terms.settings ALTER COLUMN set_at SET NOT NULL, ADD CHECK (since >= set_at);

-- What is still to be told, to whom. Whoever joins later finds it on the page of the terms.
CREATE TABLE terms.announcements (
    version int         PRIMARY KEY REFERENCES terms.settings,
    told_to bigint      NOT NULL DEFAULT 0,  -- everybody up to this account has been told
    done_at timestamptz
);
CREATE INDEX announcements_due ON terms.announcements (version) WHERE done_at IS NULL;
