-- No money stays in escrow for anything that has ended.
SELECT a.code, a.currency, b.minor
FROM ledger.accounts a JOIN ledger.balances b ON b.account = a.id
JOIN contract.milestones m ON a.code = 'escrow/milestone/' || m.id
WHERE b.minor <> 0 AND m.state IN ('planned', 'disputed', 'approved', 'split', 'refunded', 'settled', 'unused', 'passed', 'taken back', 'dropped')
UNION ALL
SELECT a.code, a.currency, b.minor
FROM ledger.accounts a JOIN ledger.balances b ON b.account = a.id
JOIN contract.milestones m ON a.code = 'escrow/dispute/' || m.id
WHERE b.minor <> 0 AND m.state <> 'disputed'
UNION ALL
SELECT a.code, a.currency, b.minor
FROM ledger.accounts a JOIN ledger.balances b ON b.account = a.id
JOIN contract.contracts c ON a.code = 'escrow/ending/' || c.id
WHERE b.minor <> 0 AND c.state = 'ended'
UNION ALL
SELECT a.code, a.currency, b.minor
FROM ledger.accounts a JOIN ledger.balances b ON b.account = a.id
JOIN contract.contracts c ON a.code = 'escrow/reserve/' || c.id
WHERE b.minor <> 0 AND c.state = 'ended'
UNION ALL
SELECT a.code, a.currency, b.minor
FROM ledger.accounts a JOIN ledger.balances b ON b.account = a.id
JOIN jobpost.posts p ON a.code = 'escrow/bond/' || p.id
WHERE b.minor <> 0 AND p.state <> 'open'
UNION ALL
SELECT a.code, a.currency, b.minor
FROM ledger.accounts a JOIN ledger.balances b ON b.account = a.id
JOIN banking.payouts p ON a.code = 'payout/' || p.id
WHERE b.minor <> 0 AND p.state <> 'on its way'
