-- A review is by one side of a contract about the other, once the contract has ended and money was paid on it.
SELECT w.contract, r.id AS review, c.state, paid.minor AS paid
FROM review.windows w
JOIN contract.contracts c ON c.id = w.contract
LEFT JOIN review.reviews r ON r.contract = w.contract
CROSS JOIN LATERAL (SELECT coalesce(sum(p.minor), 0) AS minor FROM standing.payments p WHERE p.contract = c.id AND p.at <= w.opened_at) AS paid
WHERE c.state <> 'ended' OR w.opened_at < c.ended_at OR paid.minor <= 0 OR (w.client, w.freelancer) <> (c.client, c.freelancer)
   OR r.at < w.opened_at
   OR (r.author, r.about) <> (CASE r.side WHEN 'client' THEN c.client ELSE c.freelancer END, CASE r.side WHEN 'client' THEN c.freelancer ELSE c.client END)
