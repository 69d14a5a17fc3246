-- Evidence that came during a hearing: nothing is decided on it before the person
-- could answer it.
ALTER TABLE conduct.drafts ADD COLUMN proved_at timestamptz; -- the last of it
ALTER TABLE conduct.drafts DROP CONSTRAINT drafts_answer_check;
ALTER TABLE conduct.drafts ADD CONSTRAINT drafts_answer_check CHECK (char_length(answer) BETWEEN 1 AND 500000); -- one of 10,000 to each piece
