-- What a bank takes back is the operator's loss: nobody who was paid with it gives any of it back.
SELECT p.name, a.code, t.minor
FROM ledger.postings p JOIN ledger.transfers t ON t.posting = p.id JOIN ledger.accounts a ON a.id = t.source
WHERE p.kind = 'chargeback' AND a.code !~ '^(losses|fund)/'
UNION ALL
SELECT 'chargeback/' || c.id, 'all of it', c.minor
FROM banking.chargebacks c
WHERE c.minor <> coalesce((SELECT sum(t.minor) FROM ledger.postings p JOIN ledger.transfers t ON t.posting = p.id WHERE p.name = 'chargeback/' || c.id), 0)
