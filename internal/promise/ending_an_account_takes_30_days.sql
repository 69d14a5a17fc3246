-- An account is ended 30 days after its person has read why, and never in an emergency or without a hearing.
SELECT d.id AS decision, d.person, d.delivered_at, d.starts_at
FROM conduct.decisions d JOIN conduct.drafts p ON p.id = d.id
WHERE d.measure = 'end account'
  AND (d.starts_at < d.delivered_at + interval '30 days' OR d.urgent OR NOT d.heard AND d.delivered_at < p.drafted_at + interval '5 days')
