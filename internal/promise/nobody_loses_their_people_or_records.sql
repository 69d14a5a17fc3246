-- Whatever is decided about somebody, they can still sign in, and what they wrote, were told and have agreed on is theirs to read and to take along.
SELECT e.id AS decision, e.person, 'they cannot sign in' AS wrong
FROM conduct.effects e JOIN account.people p ON p.id = e.person
WHERE e.starts_at <= $now AND $now < e.until AND p.source IS NULL AND (p.email IS NULL OR p.password_hash IS NULL)
UNION ALL
SELECT d.id, d.person, 'what they were told is gone'
FROM conduct.decisions d
WHERE NOT EXISTS (SELECT FROM notify.notices n WHERE n.reader = d.person AND n.link = '/decisions/' || d.id)
UNION ALL
SELECT d.id, d.person, 'a conversation of theirs has lost one of the two'
FROM conduct.decisions d JOIN message.conversations c ON d.person IN (c.client, c.freelancer)
WHERE NOT EXISTS (SELECT FROM message.read_marks r WHERE r.conversation = c.id AND r.person = d.person)
