-- Only the disputed sum waits, each stage of a dispute ends on its date, and whoever decides it had no part in it.
SELECT d.id AS dispute, m.id AS milestone, d.state, b.minor AS in_escrow, 'the disputed sum is not what waits' AS wrong
FROM dispute.disputes d JOIN contract.milestones m ON m.id = d.milestone JOIN contract.contracts c ON c.id = m.contract
LEFT JOIN ledger.accounts a ON a.code = 'escrow/dispute/' || m.id AND a.currency = c.currency
LEFT JOIN ledger.balances b ON b.account = a.id
WHERE d.state <> 'closed' AND (m.state <> 'disputed' OR m.disputed_minor <> d.minor OR coalesce(b.minor, 0) <> d.minor
    + (m.price_minor - coalesce(m.conceded_minor, 0)) * c.client_fee_bp / 10000
    - (m.price_minor - coalesce(m.conceded_minor, 0) - d.minor) * c.client_fee_bp / 10000)
UNION ALL
SELECT NULL, m.id, m.state, NULL, 'money waits for a dispute that nobody opened, or that is closed'
FROM contract.milestones m
WHERE m.state = 'disputed' AND NOT EXISTS (SELECT FROM dispute.disputes d WHERE d.milestone = m.id AND d.state <> 'closed')
UNION ALL
SELECT d.id, d.milestone, d.state, NULL, 'what nobody disputes was not paid when it was opened'
FROM dispute.disputes d
WHERE NOT EXISTS (SELECT FROM ledger.postings p WHERE p.name = 'contest/milestone/' || d.milestone AND p.at = d.opened_at)
UNION ALL
SELECT d.id, d.milestone, d.state, NULL, 'its time is over, and nothing happened'
FROM dispute.disputes d WHERE d.due < $now - interval '1 hour'
UNION ALL
SELECT d.id, d.milestone, d.state, NULL, 'it did not end as was decided, or by what holds when nobody decides'
FROM dispute.disputes d LEFT JOIN dispute.decisions v ON v.dispute = d.id
WHERE d.how = 'defaulted' AND d.award <> d.fallback OR d.how = 'decided' AND d.award IS DISTINCT FROM v.award
UNION ALL
SELECT d.id, d.milestone, d.state, NULL, 'who decides had a part in another dispute of one of the two'
FROM dispute.disputes d JOIN dispute.disputes o ON o.id < d.id AND o.opened_at > d.opened_at - interval '364 days'
    AND (o.client IN (d.client, d.freelancer) OR o.freelancer IN (d.client, d.freelancer))
WHERE d.arbiter = o.arbiter OR EXISTS (SELECT FROM dispute.reviewers v WHERE v.dispute = o.id AND v.arbiter = d.arbiter)
    OR EXISTS (SELECT FROM dispute.misses v WHERE v.dispute = o.id AND v.arbiter = d.arbiter)
