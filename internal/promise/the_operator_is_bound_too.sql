-- What the house decided about people, how appeals ended, what was signed and which answers came late is in a log that nobody can change, in which nothing is missing.
SELECT d.id::text AS subject, 'a decision is not in the log' AS wrong
FROM conduct.decisions d LEFT JOIN translog.entries e ON e.n = d.entry AND e.kind = 'decision delivered' AND e.subject = 'decision/' || d.id AND e.at <= d.starts_at
WHERE e.n IS NULL
UNION ALL
SELECT x.decision::text, 'the end of a decision is not in the log'
FROM conduct.ends x WHERE NOT EXISTS (SELECT FROM translog.entries e WHERE e.kind = 'decision ended' AND e.subject = 'decision/' || x.decision)
UNION ALL
SELECT a.decision::text, 'an appeal is not in the log'
FROM conduct.appeals a WHERE NOT EXISTS (SELECT FROM translog.entries e WHERE e.kind = 'appeal filed' AND e.subject = 'decision/' || a.decision)
   OR a.outcome IS NOT NULL AND NOT EXISTS (SELECT FROM translog.entries e WHERE e.kind = 'appeal answered' AND e.subject = 'decision/' || a.decision)
UNION ALL
SELECT c.id::text, 'a contract was signed after the log began, and is not in it'
FROM contract.contracts c
WHERE c.signed_at > (SELECT min(e.at) FROM translog.entries e)
  AND NOT EXISTS (SELECT FROM translog.entries e WHERE e.kind = 'contract signed' AND e.subject = 'contract/' || c.id)
UNION ALL
SELECT 'version ' || s.version, 'terms were set after the log began, and are not in it as they are'
FROM terms.settings s
WHERE s.set_at >= (SELECT min(e.at) FROM translog.entries e WHERE e.kind = 'terms changed' AND convert_from(e.leaf, 'UTF8')::jsonb ? 'version')
  AND NOT EXISTS (
    SELECT FROM translog.entries e CROSS JOIN LATERAL (SELECT convert_from(e.leaf, 'UTF8')::jsonb AS said) l
    WHERE e.kind = 'terms changed' AND l.said ->> 'version' = s.version::text
      AND NOT EXISTS (SELECT FROM jsonb_each_text(to_jsonb(s)) f WHERE l.said ? f.key AND l.said ->> f.key <> f.value))
UNION ALL
SELECT o."case"::text, 'an answer was late after the log began, and it is not in it'
FROM support.owners o
WHERE o.why = 'overdue' AND o.at > $now - interval '90 days' AND o.at > (SELECT min(e.at) FROM translog.entries e WHERE e.kind = 'answer overdue')
  AND NOT EXISTS (SELECT FROM translog.entries e WHERE e.kind = 'answer overdue' AND e.subject = 'case/' || o."case" AND e.at = o.at)
UNION ALL
SELECT e.n::text, 'an entry before this one is missing'
FROM (SELECT n, row_number() OVER (ORDER BY n) - 1 AS place FROM translog.entries) e WHERE e.n <> e.place
