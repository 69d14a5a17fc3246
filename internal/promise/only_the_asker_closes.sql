-- A case is closed by whoever asked, or two weeks after an answer to which they said nothing.
SELECT c.id AS "case", c.closed_by, c.closed_at
FROM support.cases c
WHERE c.state = 'closed' AND c.closed_by = 'time'
  AND NOT EXISTS (
      SELECT FROM support.letters l WHERE l."case" = c.id AND l.kind = 'answer' AND l.at <= c.closed_at - interval '14 days'
        AND l.id > (SELECT max(q.id) FROM support.letters q WHERE q."case" = c.id AND q.kind = 'question'))
UNION ALL
SELECT c.id, c.state, c.closes_at
FROM support.cases c WHERE c.state = 'answered' AND c.closes_at < $now - interval '1 hour'
