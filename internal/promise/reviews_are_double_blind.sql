-- Nobody reads what the other side wrote about them before both reviews are in, or the time for writing is over.
SELECT w.contract, w.state, w.revealed_at, said.reviews
FROM review.windows w
CROSS JOIN LATERAL (
    SELECT count(*) AS reviews,
           max(r.at) FILTER (WHERE r.side = 'client') AS client_at, max(r.at) FILTER (WHERE r.side = 'freelancer') AS freelancer_at,
           bool_or(r.at >= w.ends_at) AS late,
           bool_or(EXISTS (SELECT FROM review.responses a WHERE a.review = r.id AND (w.revealed_at IS NULL OR a.at < w.revealed_at OR a.at >= w.respond_until))) AS answered_blind
    FROM review.reviews r WHERE r.contract = w.contract) AS said
WHERE w.client_at IS DISTINCT FROM said.client_at OR w.freelancer_at IS DISTINCT FROM said.freelancer_at OR said.late OR said.answered_blind
   OR w.ends_at <> w.opened_at + interval '336 hours'
   OR w.revealed_at IS NOT NULL AND NOT (said.reviews = 2 AND w.revealed_at >= greatest(said.client_at, said.freelancer_at)
                                         OR said.reviews = 1 AND w.revealed_at >= w.ends_at)
   OR w.revealed_at IS NULL AND said.reviews > 0 AND (said.reviews = 2 OR w.ends_at < $now - interval '1 hour')
