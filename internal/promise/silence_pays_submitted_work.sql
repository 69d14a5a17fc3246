-- Submitted work is paid once its acceptance window has passed, whether or not anybody acts.
SELECT m.id AS milestone, m.approve_by
FROM contract.milestones m
WHERE m.state = 'submitted' AND m.approve_by < $now - interval '1 hour'
UNION ALL
SELECT m.id, m.approve_by
FROM contract.milestones m JOIN contract.contracts c ON c.id = m.contract
WHERE m.state = 'submitted' AND m.approve_by > m.submitted_at + c.acceptance_days * interval '24 hours'
    + coalesce(c.absent_until - c.absent_from, interval '0')
UNION ALL
SELECT m.id, m.ended_at
FROM contract.milestones m
WHERE m.state = 'approved' AND NOT EXISTS (SELECT FROM ledger.postings p WHERE p.name IN ('release/milestone/' || m.id, 'award/dispute/' || m.id))
UNION ALL
SELECT m.id, m.closes_at                -- a week that is over is handed in, and a month is paid
FROM contract.milestones m
WHERE m.state = 'funded' AND m.closes_at < $now - interval '1 hour'
