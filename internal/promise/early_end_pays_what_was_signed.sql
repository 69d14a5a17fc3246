-- A contract that ends early pays what was signed: submitted work in full, begun work by its share, and the ending fee to the freelancer if the client gave notice.
SELECT c.id AS contract, m.id AS milestone, m.paid_bp, 'the share that was paid is not within what both named' AS wrong
FROM contract.contracts c JOIN contract.milestones m ON m.contract = c.id
WHERE m.state = 'settled'
  AND m.paid_bp NOT BETWEEN least(coalesce(m.client_says, 0), coalesce(m.freelancer_says, 100)) * 100
                        AND greatest(coalesce(m.client_says, 0), coalesce(m.freelancer_says, 100)) * 100
UNION ALL
SELECT c.id, m.id, m.paid_bp, 'the freelancer did not get the share'
FROM contract.contracts c JOIN contract.milestones m ON m.contract = c.id
CROSS JOIN LATERAL (SELECT m.price_minor::numeric * m.paid_bp / 10000 AS minor) AS raw
CROSS JOIN LATERAL (SELECT trunc(raw.minor) AS minor) AS part
LEFT JOIN LATERAL (
    SELECT sum(t.minor) AS minor
    FROM ledger.postings p JOIN ledger.transfers t ON t.posting = p.id
    JOIN ledger.accounts a ON a.id = t.target AND a.code = 'wallet/' || c.freelancer
    WHERE p.name = 'divide/milestone/' || m.id) AS paid ON true
WHERE m.state = 'settled' AND coalesce(paid.minor, 0) <> part.minor - trunc(part.minor * c.freelancer_fee_bp / 10000)
UNION ALL
SELECT m.contract, m.id, NULL, 'what waits for an arbiter is not what lies between the shares that both named'
FROM contract.milestones m
WHERE m.conceded_minor IS NOT NULL AND (m.conceded_minor, m.disputed_minor) IS DISTINCT FROM (
    m.price_minor - m.price_minor * m.freelancer_says / 100, m.price_minor * m.freelancer_says / 100 - m.price_minor * m.client_says / 100)
UNION ALL
SELECT c.id, NULL, NULL, 'the ending fee went to the wrong side'
FROM contract.contracts c JOIN ledger.postings p ON p.name IN ('forfeit/ending/' || c.id, 'give back/ending/' || c.id)
WHERE c.state = 'ended' AND c.notice_by IS NOT NULL
  AND (p.kind = 'forfeit') <> (c.notice_by = 'client' AND c.ending <> 'ended together'
      AND NOT EXISTS (SELECT FROM contract.milestones m WHERE m.contract = c.id AND m.state = 'taken back')
      -- by the calendar notice costs nothing, unless the money stopped before its end
      AND (c.every IS NULL OR EXISTS (SELECT FROM contract.milestones m WHERE m.contract = c.id AND m.starts_at < c.ends_at
          AND (m.state = 'dropped' AND m.ended_at = c.ended_at OR m.state = 'passed' AND m.ended_at > c.funded_at))))
UNION ALL
SELECT c.id, NULL, NULL, 'the money did not come, and the ending fee went back to the client'
FROM contract.contracts c JOIN ledger.postings p ON p.name = 'give back/ending/' || c.id
JOIN ledger.transfers t ON t.posting = p.id AND t.minor > 0
WHERE c.ending = 'ended early' AND c.notice_by IS NULL
  AND (c.every IS NOT NULL OR EXISTS (SELECT FROM contract.milestones m WHERE m.contract = c.id AND m.state = 'dropped' AND m.ended_at = c.ended_at))
  AND NOT EXISTS (SELECT FROM contract.milestones m WHERE m.contract = c.id AND m.state = 'taken back')
UNION ALL
SELECT c.id, NULL, NULL, 'the notice has passed, and nothing was settled'
FROM contract.contracts c WHERE c.state = 'under notice' AND c.ends_at < $now - interval '1 hour'
  AND NOT EXISTS (SELECT FROM contract.milestones m WHERE m.contract = c.id AND (m.approve_by > $now - interval '1 hour' OR m.state = 'disputed' OR m.ended_at > $now - interval '1 hour' OR m.closes_at > $now - interval '1 hour' AND m.state = 'funded'))
