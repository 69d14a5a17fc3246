-- Nothing is offered or asked below the floor for its category and level that held when it was written.
SELECT 'post' AS what, p.id, p.budget_min AS minor
FROM jobpost.posts p
WHERE p.floor_minor IS NOT NULL AND p.state <> 'draft' AND p.budget_min IS NOT NULL
  AND p.budget_min < p.floor_minor * CASE p.kind WHEN 'hourly' THEN 1 ELSE coalesce(p.hours, 1) END
UNION ALL
SELECT 'proposal', p.id, p.price_minor
FROM proposal.proposals p JOIN jobpost.posts o ON o.id = p.post
WHERE p.floor_minor IS NOT NULL
  AND p.price_minor < p.floor_minor * CASE o.kind WHEN 'hourly' THEN 1 ELSE p.hours END
UNION ALL
SELECT 'milestone', m.id, m.price_minor
FROM contract.milestones m
WHERE m.floor_minor IS NOT NULL AND coalesce(m.rate_minor * m.hours, m.price_minor) < m.floor_minor * m.hours
