-- Of the money for each milestone the freelancer has what was accepted, agreed on or awarded, less the fee, and the client has the rest.
SELECT m.id AS milestone, m.state, coalesce(went.freelancer, 0) AS freelancer, coalesce(went.fees, 0) AS fees, earned.minor AS earned
FROM contract.milestones m JOIN contract.contracts c ON c.id = m.contract
CROSS JOIN LATERAL (SELECT CASE m.state
    WHEN 'approved' THEN m.price_minor
    WHEN 'settled'  THEN trunc(m.price_minor::numeric * m.paid_bp / 10000)
    WHEN 'disputed' THEN m.price_minor - m.disputed_minor - coalesce(m.conceded_minor, 0)
    WHEN 'split'    THEN m.price_minor - m.disputed_minor - coalesce(m.conceded_minor, 0) + m.awarded_minor
    WHEN 'refunded' THEN m.price_minor - m.disputed_minor - coalesce(m.conceded_minor, 0) + m.awarded_minor
    ELSE 0 END AS minor) AS earned
LEFT JOIN LATERAL (
    SELECT sum(t.minor) FILTER (WHERE a.code = 'wallet/' || c.freelancer) AS freelancer, sum(t.minor) FILTER (WHERE a.code = 'fees/contract/' || c.id) AS fees
    FROM ledger.postings p JOIN ledger.transfers t ON t.posting = p.id JOIN ledger.accounts a ON a.id = t.target
    WHERE p.name IN ('release/milestone/' || m.id, 'divide/milestone/' || m.id, 'contest/milestone/' || m.id, 'award/dispute/' || m.id, 'give back/milestone/' || m.id)) AS went ON true
WHERE coalesce(went.freelancer, 0) <> earned.minor - trunc(earned.minor * c.freelancer_fee_bp / 10000)
   OR coalesce(went.fees, 0) <> trunc(earned.minor * c.freelancer_fee_bp / 10000) + trunc(earned.minor * c.client_fee_bp / 10000)
