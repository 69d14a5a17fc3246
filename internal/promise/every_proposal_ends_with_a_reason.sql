-- Every proposal ends hired, declined with a reason, withdrawn or lapsed; none
-- stays open on a post that has ended.
SELECT p.id AS proposal, p.state, o.state AS post
FROM proposal.proposals p JOIN jobpost.posts o ON o.id = p.post
WHERE p.state IN ('waiting list', 'submitted', 'read', 'shortlisted') AND o.state <> 'open'
UNION ALL
SELECT p.id, p.state, NULL
FROM proposal.proposals p
WHERE p.state = 'declined' AND coalesce(p.decline_reason, '') = ''
UNION ALL
SELECT p.id, p.state, 'no offer stands'
FROM proposal.proposals p
WHERE p.state = 'offered' AND NOT EXISTS (SELECT FROM contract.offers f WHERE f.proposal = p.id AND f.ended_at IS NULL)
