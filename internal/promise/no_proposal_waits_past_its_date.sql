-- No proposal waits past the date by which its post promised an answer.
SELECT p.id AS proposal, o.answer_by
FROM proposal.proposals p JOIN jobpost.posts o ON o.id = p.post
WHERE p.state IN ('waiting list', 'submitted', 'read', 'shortlisted') AND o.answer_by < $now - interval '1 hour'
