-- No account of a person is ever below zero: not now, and at no moment in the past.
SELECT a.code, a.currency, b.minor
FROM ledger.balances b JOIN ledger.accounts a ON a.id = b.account
WHERE a.code !~ '^(outside|losses|costs)/' AND (b.minor < 0 OR NOT b.bounded)
UNION ALL
SELECT a.code, a.currency, t.source_balance
FROM ledger.transfers t JOIN ledger.accounts a ON a.id = t.source
WHERE t.source_balance < 0 AND a.code !~ '^(outside|losses|costs)/'
