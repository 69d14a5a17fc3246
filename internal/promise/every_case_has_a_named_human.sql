-- Whoever asks the staff has a named person from the first minute, and another one when that one is late.
SELECT c.id AS "case", c.state, 'nobody of that name owns it' AS wrong
FROM support.cases c
WHERE NOT EXISTS (SELECT FROM account.people p WHERE p.id = c.owner AND p.name <> '')
   OR c.owner IS DISTINCT FROM (SELECT o.person FROM support.owners o WHERE o."case" = c.id ORDER BY o.at DESC, o.ctid DESC LIMIT 1)
   OR (SELECT min(o.at) FROM support.owners o WHERE o."case" = c.id) <> c.opened_at
UNION ALL
SELECT c.id, c.state, 'its time is over, and nobody else has it'
FROM support.cases c WHERE c.state = 'open' AND c.due < $now - interval '1 hour'
   AND EXISTS (SELECT FROM account.staff s WHERE s.role IN ('support', 'admin') AND s.person <> c.owner AND s.person IS DISTINCT FROM c.asker)
UNION ALL
SELECT c.id, c.state, 'its owner has left the staff, and nobody else has it'
FROM support.cases c WHERE c.state = 'open' AND c.opened_at < $now - interval '1 hour'
   AND NOT EXISTS (SELECT FROM account.staff s WHERE s.role IN ('support', 'admin') AND s.person = c.owner)
   AND NOT EXISTS (SELECT FROM account.grants g WHERE g.person = c.owner AND NOT g.held AND g.at > $now - interval '1 hour')
   AND EXISTS (SELECT FROM account.staff s WHERE s.role IN ('support', 'admin') AND s.person IS DISTINCT FROM c.asker)
UNION ALL
SELECT c.id, c.state, 'it counts as answered, and nobody has answered it'
FROM support.cases c
WHERE c.state = 'answered' AND NOT EXISTS (SELECT FROM support.letters l WHERE l."case" = c.id AND l.kind = 'answer'
      AND l.id > (SELECT max(q.id) FROM support.letters q WHERE q."case" = c.id AND q.kind = 'question'))
