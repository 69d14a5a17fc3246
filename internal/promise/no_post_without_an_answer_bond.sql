-- Every post that waits for proposals has a verified payment method behind it and its answer bond in escrow.
SELECT p.id AS post, p.bond_minor, coalesce(b.minor, 0) AS in_escrow
FROM jobpost.posts p
LEFT JOIN ledger.accounts a ON a.code = 'escrow/bond/' || p.id AND a.currency = p.currency
LEFT JOIN ledger.balances b ON b.account = a.id
WHERE p.state = 'open' AND coalesce(b.minor, 0) <> p.bond_minor
UNION ALL
SELECT p.id, p.bond_minor, NULL
FROM jobpost.posts p
WHERE p.state = 'open' AND p.source IS NULL
  AND NOT EXISTS (SELECT FROM banking.methods m WHERE m.person = p.client)
