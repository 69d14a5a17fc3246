-- Nobody works on a milestone whose price, with our fee, is not in escrow in full.
SELECT m.id AS milestone, m.state, m.price_minor, b.minor AS in_escrow
FROM contract.milestones m
JOIN contract.contracts c ON c.id = m.contract
LEFT JOIN ledger.accounts a ON a.code = 'escrow/milestone/' || m.id AND a.currency = c.currency
LEFT JOIN ledger.balances b ON b.account = a.id
WHERE m.state IN ('funded', 'submitted', 'changes asked')
  AND coalesce(b.minor, 0) <> m.price_minor + m.price_minor * c.client_fee_bp / 10000
