-- Everybody who is bound by the terms is told of new ones at least 15 days before they hold.
SELECT s.version, 'they hold too early' AS wrong
FROM terms.settings s JOIN terms.announcements a USING (version)
WHERE s.since < s.set_at + interval '15 days'
UNION ALL
SELECT a.version, 'not everybody was told at once'
FROM terms.settings s JOIN terms.announcements a USING (version)
WHERE coalesce(a.done_at, $now) > s.set_at + interval '1 hour' AND NOT EXISTS (SELECT FROM terms.settings l WHERE l.version > s.version)
UNION ALL
SELECT s.version, 'somebody had joined, and nobody was told'
FROM terms.settings s
WHERE s.set_at > (SELECT min(set_at) FROM terms.settings w JOIN terms.announcements USING (version))
  AND NOT EXISTS (SELECT FROM terms.announcements a WHERE a.version = s.version)
