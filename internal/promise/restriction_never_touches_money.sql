-- No decision moves, holds or delays anybody's money: what was earned is paid, and what is theirs can be withdrawn.
SELECT p.name AS posting, p.kind, 'a posting comes from a decision' AS wrong
FROM ledger.postings p WHERE p.subject LIKE 'decision/%' OR p.subject LIKE 'report/%' OR p.name ~ '(decision|report|conduct)/'
UNION ALL
SELECT a.code, a.currency, 'money waits for a decision'
FROM ledger.accounts a WHERE a.code ~ '(decision|report|conduct|restriction)'
