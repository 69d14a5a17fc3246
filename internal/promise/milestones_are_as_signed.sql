-- What a milestone is, costs and when it is due is what both signed last: in the contract, or in an amendment. A week of hours has a rate and a limit.
SELECT c.id AS contract, m.n, m.title, m.price_minor, m.due
FROM contract.contracts c
JOIN contract.milestones m ON m.contract = c.id
JOIN contract.offers o ON o.id = c.offer
LEFT JOIN contract.revisions r ON r.offer = o.id AND r.n = o.revision
LEFT JOIN LATERAL (
    SELECT part.terms
    FROM contract.amendments a CROSS JOIN LATERAL jsonb_array_elements(a.plan->'milestones') AS part (terms)
    WHERE a.contract = c.id AND a.state = 'in force' AND (part.terms->>'n')::int = m.n
    ORDER BY a.n DESC LIMIT 1) AS amended ON true
CROSS JOIN LATERAL (SELECT coalesce(amended.terms, r.terms->'milestones'->(m.n - 1)) AS terms) AS signed
WHERE signed.terms IS NULL
   OR (signed.terms->>'title', (signed.terms->'price'->>'minor')::bigint, (signed.terms->>'due')::date) IS DISTINCT FROM (m.title, coalesce(m.rate_minor * m.hours, m.price_minor), m.due)
UNION ALL
SELECT a.contract, a.n, 'an amendment is in force that both have not signed', NULL, NULL
FROM contract.amendments a JOIN contract.contracts c ON c.id = a.contract
WHERE a.state = 'in force' AND (SELECT count(*) FROM contract.amendment_signatures s
    WHERE s.amendment = a.id AND s.sha256 = a.sha256 AND s.person IN (c.client, c.freelancer)) <> 2
