-- While a contract runs, what is not yet in escrow is secured by its ending fee,
-- by the calendar for about a month, or the contract has stopped and says that it is starved of money.
SELECT c.id AS contract, c.state, needed.minor AS needed, coalesce(b.minor, 0) AS in_escrow
FROM contract.contracts c
CROSS JOIN LATERAL (
    SELECT trunc(coalesce(sum(m.price_minor), 0) * c.ending_fee_bp / 10000) AS minor
    FROM (SELECT price_minor FROM contract.milestones WHERE contract = c.id AND state = 'planned'
          ORDER BY n LIMIT CASE c.every WHEN 'week' THEN 4 WHEN 'month' THEN 1 END) AS m) AS needed
LEFT JOIN ledger.accounts a ON a.code = 'escrow/ending/' || c.id AND a.currency = c.currency
LEFT JOIN ledger.balances b ON b.account = a.id
WHERE c.state IN ('active', 'starved', 'under notice') AND coalesce(b.minor, 0) < needed.minor
UNION ALL
SELECT c.id, c.state, NULL, NULL        -- nothing funded, and nobody said so
FROM contract.contracts c
WHERE c.state IN ('active', 'under notice')
  AND NOT EXISTS (SELECT FROM contract.milestones m WHERE m.contract = c.id AND m.state IN ('funded', 'submitted', 'changes asked', 'disputed'))
