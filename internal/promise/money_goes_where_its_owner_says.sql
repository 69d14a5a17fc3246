-- Money goes out to an account of its owner's alone, and to a new one only after three days, in which they have been told of it.
SELECT p.id AS payout, 'it goes to somebody else' AS wrong
FROM banking.payouts p JOIN banking.payout_methods m ON m.id = p.method WHERE m.person <> p.person OR m.rail <> p.rail
UNION ALL
SELECT p.id, 'it left too early'
FROM banking.payouts p JOIN banking.payout_methods m ON m.id = p.method WHERE p.handed_at < m.usable_from
UNION ALL
SELECT m.id, 'it can be used at once'
FROM banking.payout_methods m WHERE m.usable_from < m.added_at + interval '3 days'
UNION ALL
SELECT m.id, 'nobody was told of it'
FROM banking.payout_methods m
WHERE NOT EXISTS (SELECT FROM notify.notices n WHERE n.reader = m.person AND n.kind = 'payout_method' AND n.at = m.added_at)
