-- Applying costs nothing: nobody has ever paid for a proposal, and there is no account to pay it into.
SELECT p.name, p.kind
FROM ledger.postings p
WHERE p.subject LIKE 'proposal/%' OR p.kind NOT IN
    ('deposit', 'unclaimed', 'assigned', 'sent back', 'fund', 'cost', 'chargeback', 'chargeback won',
     'payout', 'payout sent', 'payout failed', 'payout returned', 'payout called back', 'secure', 'release', 'divide', 'give back', 'trim', 'forfeit', 'share', 'bonus', 'refund', 'contest', 'award', 'roll')
UNION ALL
SELECT c.table_schema || '.' || c.table_name, c.column_name
FROM information_schema.columns c
WHERE c.table_schema = 'proposal' AND c.column_name ~ '(cost|credit|boost|connect|bid)'
