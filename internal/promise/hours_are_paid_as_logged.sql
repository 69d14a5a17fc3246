-- A week of hours comes to the minutes that were logged in it, within its limit, at the rate both signed, while its money was in escrow, and no minute is paid twice.
SELECT m.id AS week, NULL::bigint AS entry, m.logged, 'the minutes do not add up' AS wrong
FROM contract.milestones m
WHERE m.rate_minor IS NOT NULL AND m.logged <> (
    SELECT coalesce(sum(extract(epoch FROM e.stopped_at - e.started_at) / 60), 0) FROM worklog.entries e WHERE e.week = m.id)
UNION ALL
SELECT m.id, NULL, m.logged, 'more than the weekly limit'
FROM contract.milestones m WHERE m.logged > m.hours * 60
UNION ALL
SELECT m.id, NULL, m.logged, 'the price is not that of the hours'
FROM contract.milestones m
WHERE m.rate_minor IS NOT NULL AND m.state IN ('submitted', 'disputed', 'approved', 'split', 'refunded')
  AND m.price_minor <> m.rate_minor * m.logged / 60
UNION ALL
SELECT m.id, e.id, m.logged, 'logged at another rate, or outside of its week, or before its money came'
FROM worklog.entries e JOIN contract.milestones m ON m.id = e.week
WHERE e.rate_minor IS DISTINCT FROM m.rate_minor OR e.contract <> m.contract
   OR e.started_at < greatest(m.starts_at, date_trunc('minute', m.funded_at)) OR coalesce(e.stopped_at, e.stops_at) > m.ends_at
UNION ALL
SELECT a.week, a.id, NULL, 'a minute that is paid twice'
FROM worklog.entries a JOIN worklog.entries b ON b.freelancer = a.freelancer AND b.id > a.id
    AND tstzrange(a.started_at, coalesce(a.stopped_at, a.stops_at)) && tstzrange(b.started_at, coalesce(b.stopped_at, b.stops_at))
