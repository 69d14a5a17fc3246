-- Nobody is restricted but by a decision that names the rule, the facts and the evidence, by somebody who had read all of it, after the person was heard or could have been.
SELECT d.id AS decision, d.person, 'its decider had not opened the evidence' AS wrong
FROM conduct.decisions d
WHERE EXISTS (SELECT FROM conduct.evidence e WHERE e.draft = d.id AND e.at <= d.delivered_at
              AND NOT EXISTS (SELECT FROM conduct.openings o WHERE o.draft = e.draft AND o.n = e.n AND o.person = d.decider AND o.at <= d.delivered_at))
UNION ALL
SELECT d.id, d.person, 'it cites evidence that is not there'
FROM conduct.decisions d
WHERE EXISTS (SELECT FROM unnest(d.evidence) AS c (n) WHERE NOT EXISTS (SELECT FROM conduct.evidence e WHERE e.draft = d.id AND e.n = c.n))
UNION ALL
SELECT d.id, d.person, 'it is not what the person was heard about'
FROM conduct.decisions d JOIN conduct.drafts p ON p.id = d.id
WHERE p.state <> 'delivered' OR p.person <> d.person OR p.subject <> d.subject OR p.rule <> d.rule OR p.urgent <> d.urgent
   OR d.told_at <> p.drafted_at OR d.heard <> (p.answered_at IS NOT NULL)
   OR array_position(ARRAY['warning', 'remove content', 'limit visibility', 'limit posting', 'suspend', 'end account'], d.measure)
    > array_position(ARRAY['warning', 'remove content', 'limit visibility', 'limit posting', 'suspend', 'end account'], p.measure)
UNION ALL
SELECT d.id, d.person, 'the person could not answer all of the evidence'
FROM conduct.decisions d JOIN conduct.drafts p ON p.id = d.id JOIN conduct.evidence e ON e.draft = d.id AND e.at > p.drafted_at AND e.at <= d.delivered_at
WHERE NOT d.urgent AND coalesce(p.answered_at < e.at, true) AND d.delivered_at < e.at + interval '5 days'
UNION ALL
SELECT d.id, d.person, 'the person was not told when it was delivered'
FROM conduct.decisions d
WHERE NOT EXISTS (SELECT FROM notify.notices n WHERE n.reader = d.person AND n.kind = 'decided' AND n.link = '/decisions/' || d.id AND n.at = d.delivered_at)
UNION ALL
SELECT d.id, d.person, 'whoever decided was not one of the staff who keep the rules'
FROM conduct.decisions d
WHERE NOT EXISTS (SELECT FROM account.grants g WHERE g.person = d.decider AND g.role IN ('reviewer', 'admin') AND g.held AND g.at <= d.delivered_at)
