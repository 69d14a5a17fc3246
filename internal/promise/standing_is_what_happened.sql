-- A client's answer rate is counted from what happened, and from nothing else.
SELECT coalesce(r.client, h.client) AS client, r.answered, h.answered AS happened, r.lapsed, h.lapsed AS happened_lapsed
FROM proposal.answer_records r
FULL JOIN (
    SELECT o.client, count(p.answered_at) AS answered,
           count(*) FILTER (WHERE p.state = 'lapsed' AND p.answered_at IS NULL AND p.submitted_at IS NOT NULL) AS lapsed
    FROM proposal.proposals p JOIN jobpost.posts o ON o.id = p.post
    GROUP BY o.client
    HAVING count(p.answered_at) > 0 OR count(*) FILTER (WHERE p.state = 'lapsed' AND p.answered_at IS NULL AND p.submitted_at IS NOT NULL) > 0
) AS h ON h.client = r.client
WHERE coalesce(r.answered, 0) <> coalesce(h.answered, 0) OR coalesce(r.lapsed, 0) <> coalesce(h.lapsed, 0)
