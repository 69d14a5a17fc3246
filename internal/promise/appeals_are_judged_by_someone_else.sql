-- An appeal is answered within 14 days by somebody who did not decide, or the decision lapses; one that is right undoes it in the same moment.
SELECT a.decision, a.outcome, 'it was answered by whoever had decided' AS wrong
FROM conduct.appeals a JOIN conduct.decisions d ON d.id = a.decision
WHERE a.answered_by = d.decider OR a.reviewer = d.decider OR a.answered_by = d.person OR a.reviewer = d.person
UNION ALL
SELECT a.decision, a.outcome, 'it was not answered in time, and the decision is still in force'
FROM conduct.appeals a JOIN conduct.effects e ON e.id = a.decision
WHERE e.until > a.due AND (a.outcome = 'lapsed' OR a.outcome IS NULL AND a.due <= $now)
UNION ALL
SELECT a.decision, a.outcome, 'the appeal was right, and the decision is still in force'
FROM conduct.appeals a JOIN conduct.effects e ON e.id = a.decision
WHERE a.outcome = 'upheld' AND e.until > a.answered_at
UNION ALL
SELECT a.decision, a.outcome, 'there was no time to appeal'
FROM conduct.appeals a JOIN conduct.decisions d ON d.id = a.decision
WHERE a.due < a.filed_at + interval '13 days' OR a.filed_at > d.appeal_until
