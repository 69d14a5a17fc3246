-- All the money we hold is money that came in, to the cent, in every currency,
-- and every balance we show is the sum of its transfers.
SELECT 'the currency does not add up' AS broken, a.currency AS what, sum(b.minor) AS minor
FROM ledger.accounts a JOIN ledger.balances b ON b.account = a.id
GROUP BY a.currency HAVING sum(b.minor) <> 0
UNION ALL
SELECT 'the balance is not the sum of its transfers', a.code, b.minor
FROM ledger.accounts a
JOIN ledger.balances b ON b.account = a.id
LEFT JOIN (
    SELECT account, sum(minor) AS minor, count(*) AS n
    FROM (SELECT source AS account, -minor AS minor FROM ledger.transfers
          UNION ALL SELECT target, minor FROM ledger.transfers) AS moved
    GROUP BY account) AS m ON m.account = a.id
WHERE b.minor <> coalesce(m.minor, 0) OR b.version <> coalesce(m.n, 0)
UNION ALL
SELECT 'the transfer is not between two accounts of its currency', 'posting ' || t.posting, t.minor
FROM ledger.transfers t
LEFT JOIN ledger.accounts s ON s.id = t.source AND s.currency = t.currency
LEFT JOIN ledger.accounts d ON d.id = t.target AND d.currency = t.currency
WHERE s.id IS NULL OR d.id IS NULL
UNION ALL
SELECT 'the transfer belongs to no posting', 'posting ' || t.posting, t.minor
FROM ledger.transfers t LEFT JOIN ledger.postings p ON p.id = t.posting
WHERE p.id IS NULL
