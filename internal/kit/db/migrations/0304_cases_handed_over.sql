-- A case whose owner has left the staff is somebody else's.
ALTER TABLE support.owners DROP CONSTRAINT owners_why_check;
ALTER TABLE support.owners ADD CONSTRAINT owners_why_check CHECK (why IN ('chosen', 'taken', 'overdue', 'left'));
