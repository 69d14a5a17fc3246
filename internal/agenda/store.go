package agenda

import (
	"context"

	"freehold/internal/account"
	"freehold/internal/kit/db"
)

func waitingFor(ctx context.Context, tx *db.Tx, person account.ID) ([]waiting, error) {
	return db.All[waiting](ctx, tx, `
		WITH turns AS (`+answers+` UNION ALL `+invitations+` UNION ALL `+proposals+` UNION ALL `+
		offers+` UNION ALL `+amendments+` UNION ALL `+disputes+` UNION ALL `+deciding+` UNION ALL `+contracts+` UNION ALL `+milestones+` UNION ALL `+judging+` UNION ALL `+reviews+` UNION ALL `+hearings+` UNION ALL `+appeals+` UNION ALL `+cases+`)
		SELECT t.what, t.mine, t.id, t.title, coalesce(p.name, '') AS other, t.n, t.due
		FROM turns t LEFT JOIN account.people p ON p.id = t.other
		ORDER BY t.due, t.mine DESC, t.id LIMIT $3`, person, tx.Now, most)
}

// Each of these yields what, mine, id, title, other, n and due, for person $1 at
// the instant $2.
const (
	// What the person has not answered yet, a row for each post.
	answers = `
		SELECT 'answers' AS what, true AS mine, o.id, o.title, NULL::bigint AS other, count(*)::int AS n, o.answer_by AS due
		FROM jobpost.posts o JOIN proposal.proposals p ON p.post = o.id
		WHERE o.client = $1 AND o.state = 'open' AND p.state IN ('submitted', 'read', 'shortlisted') AND p.answered_at IS NULL
		GROUP BY o.id`

	invitations = `
		SELECT 'invitation', true, o.id, o.title, o.client, 1, o.answer_by
		FROM jobpost.invitations i JOIN jobpost.posts o ON o.id = i.post
		WHERE i.freelancer = $1 AND i.state = 'sent' AND o.state = 'open'`

	proposals = `
		SELECT 'proposal', false, p.id, o.title, o.client, 1, o.answer_by
		FROM proposal.proposals p JOIN jobpost.posts o ON o.id = p.post
		WHERE p.freelancer = $1 AND p.state IN ('submitted', 'read', 'shortlisted') AND o.state = 'open' AND p.answered_at IS NULL`

	// It is the turn of whoever has not written what is on the table, or not signed it.
	offers = `
		SELECT 'offer', CASE f.state WHEN 'signed by one' THEN s.person ELSE r.by END <> $1, f.id, coalesce(f.title, o.title),
			CASE WHEN f.client = $1 THEN f.freelancer ELSE f.client END, 1, f.expires_at
		FROM contract.offers f
		JOIN contract.revisions r ON r.offer = f.id AND r.n = f.revision
		JOIN proposal.proposals p ON p.id = f.proposal JOIN jobpost.posts o ON o.id = p.post
		LEFT JOIN contract.signatures s ON s.offer = f.id AND s.n = f.revision
		WHERE (f.client = $1 OR f.freelancer = $1) AND f.ended_at IS NULL`

	// As with offers. Nothing is signed on a contract that is being ended.
	amendments = `
		SELECT 'amendment', CASE a.state WHEN 'signed by one' THEN s.person ELSE a.by END <> $1, a.id, c.title,
			CASE WHEN c.client = $1 THEN c.freelancer ELSE c.client END, 1, a.expires_at
		FROM contract.contracts c JOIN contract.amendments a ON a.contract = c.id
		LEFT JOIN contract.amendment_signatures s ON s.amendment = a.id
		WHERE (c.client = $1 OR c.freelancer = $1) AND a.ended_at IS NULL AND c.state IN ('signed', 'active', 'starved')`

	// It is the turn of whoever has not named the latest split.
	disputes = `
		SELECT 'dispute', coalesce(s.side, d.opened_by) <> CASE WHEN d.client = $1 THEN 'client' ELSE 'freelancer' END, d.id, d.title,
			CASE WHEN d.client = $1 THEN d.freelancer ELSE d.client END, 1, d.due
		FROM dispute.disputes d
		LEFT JOIN LATERAL (SELECT side FROM dispute.splits WHERE dispute = d.id ORDER BY id DESC LIMIT 1) s ON true
		WHERE (d.client = $1 OR d.freelancer = $1) AND d.state = 'talking'`

	deciding = `
		SELECT 'decide', d.arbiter = $1, d.id, d.title, d.arbiter, 1, d.due
		FROM dispute.disputes d
		WHERE (d.client = $1 OR d.freelancer = $1 OR d.arbiter = $1) AND d.state = 'deciding' AND d.arbiter IS NOT NULL
		UNION ALL
		SELECT 'decide', true, d.id, d.title, NULL, 1, d.due
		FROM dispute.reviewers r JOIN dispute.disputes d ON d.id = r.dispute
		WHERE r.arbiter = $1 AND d.state = 'reviewing' AND NOT EXISTS (SELECT FROM dispute.votes v WHERE v.dispute = d.id AND v.arbiter = $1)`

	contracts = `
		SELECT CASE WHEN c.state = 'signed' THEN 'fund'
		            WHEN c.freelancer = $1 AND $2 >= c.starved_at + c.starved_days * interval '24 hours' THEN 'leave'
		            ELSE 'fund next' END,
			c.client = $1 OR (c.state = 'starved' AND $2 >= c.starved_at + c.starved_days * interval '24 hours'),
			c.id, c.title, CASE WHEN c.client = $1 THEN c.freelancer ELSE c.client END, 1,
			CASE c.state WHEN 'signed' THEN c.fund_by ELSE c.starved_at + c.starved_days * interval '24 hours' END
		FROM contract.contracts c
		WHERE (c.client = $1 OR c.freelancer = $1) AND c.state IN ('signed', 'starved')`

	// What somebody judges in a client's place.
	judging = `
		SELECT CASE WHEN c.every IS NULL THEN 'judge' ELSE 'hours' END, true, c.id, c.title || ': ' || m.title, c.freelancer, 1, m.approve_by
		FROM contract.delegates d JOIN contract.contracts c ON c.id = d.contract JOIN contract.milestones m ON m.contract = c.id
		WHERE d.person = $1 AND m.state = 'submitted'`

	// Whoever has not written yet, until it is over; the sweep leaves a minute.
	reviews = `
		SELECT 'review', true, w.contract, c.title, CASE WHEN w.client = $1 THEN w.freelancer ELSE w.client END, 1, w.ends_at
		FROM review.windows w JOIN contract.contracts c ON c.id = w.contract
		WHERE (w.client = $1 AND w.state IN ('open', 'freelancer wrote') OR w.freelancer = $1 AND w.state IN ('open', 'client wrote')) AND w.ends_at > $2`

	hearings = `
		SELECT 'hearing', true, d.id, '', d.by, 1, d.hear_until
		FROM conduct.drafts d WHERE d.person = $1 AND d.state = 'hearing' AND d.answer IS NULL`

	appeals = `
		SELECT 'appeal', a.reviewer = $1, a.decision, '', CASE WHEN a.reviewer = $1 THEN m.person ELSE a.reviewer END, 1, a.due
		FROM conduct.appeals a JOIN conduct.decisions m ON m.id = a.decision
		WHERE (a.reviewer = $1 OR m.person = $1) AND a.reviewer IS NOT NULL AND a.answered_at IS NULL AND a.due > $2`

	cases = `
		SELECT 'case', c.owner = $1, c.id, c.title, c.owner, 1, c.due
		FROM support.cases c WHERE (c.owner = $1 OR c.asker = $1) AND c.state = 'open'`

	milestones = `
		SELECT CASE WHEN m.state = 'submitted' AND c.every IS NULL THEN 'judge' WHEN m.state = 'submitted' THEN 'hours' WHEN c.every IS NOT NULL THEN c.every
		            WHEN m.state = 'funded' THEN 'submit' ELSE 'mend' END,
			(m.state = 'submitted') = (c.client = $1), c.id, c.title || ': ' || m.title,
			CASE WHEN c.client = $1 THEN c.freelancer ELSE c.client END, 1,
			CASE m.state WHEN 'funded' THEN coalesce(m.closes_at, m.due::timestamp AT TIME ZONE 'UTC' + interval '1 day') WHEN 'submitted' THEN m.approve_by END
		FROM contract.contracts c JOIN contract.milestones m ON m.contract = c.id
		WHERE (c.client = $1 OR c.freelancer = $1) AND c.state <> 'ended' AND m.state IN ('funded', 'submitted', 'changes asked')
			AND (m.starts_at IS NULL OR m.starts_at <= $2)`
)

func begunBy(ctx context.Context, tx *db.Tx, p account.ID) (begun, error) {
	return db.One[begun](ctx, tx, `
		SELECT EXISTS (SELECT FROM profile.freelancers f WHERE f.person = $1 AND f.headline <> '' AND f.rate_minor IS NOT NULL
		               AND EXISTS (SELECT FROM profile.skills s WHERE s.person = f.person)) AS described,
		       EXISTS (SELECT FROM profile.pieces WHERE person = $1 AND removed_at IS NULL) AS shown,
		       EXISTS (SELECT FROM proposal.proposals WHERE freelancer = $1) AS proposed,
		       EXISTS (SELECT FROM profile.clients WHERE person = $1 AND about <> '') AS named,
		       EXISTS (SELECT FROM banking.methods WHERE person = $1) AS paid,
		       EXISTS (SELECT FROM jobpost.posts WHERE client = $1) AS drafted,
		       EXISTS (SELECT FROM jobpost.posts WHERE client = $1 AND published_at IS NOT NULL) AS published`, p)
}
