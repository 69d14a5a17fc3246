package export

import "freehold/internal/kit/say"

// section is one table of a record. Its query asks for a person, $1, and names
// its columns as programs will read them: amounts are integers in minor units,
// called …_minor, beside a column called currency; a day is the text of its date.
type section struct {
	name  string // of its files
	title say.Sentence
	said  string // the column that holds a sentence, to be written for its reader
	query string
}

// sections are all tables, in the order of the story.
var sections = []section{
	{name: "account", title: say.That("Your account"), query: `
		SELECT id, name, email, client, freelancer, country, time_zone, language, joined_at, confirmed_at FROM account.people WHERE id = $1`},
	{name: "sign_ins", title: say.That("Where you were signed in"), query: `
		SELECT kind, opened_at, last_seen_at, ended_at, address, agent FROM account.sessions WHERE person = $1 ORDER BY id`},
	{name: "profile", title: say.That("Your profile as a freelancer"), query: `
		SELECT headline, about, level, rate_minor, rate_currency AS currency, hours_per_week, available_from::text, updated_at,
			ARRAY(SELECT s.name FROM profile.skills k JOIN skill.skills s ON s.id = k.skill WHERE k.person = f.person ORDER BY k.n) AS skills,
			ARRAY(SELECT language || ', ' || fluency FROM profile.languages l WHERE l.person = f.person ORDER BY language) AS languages
		FROM profile.freelancers f WHERE person = $1`},
	{name: "company", title: say.That("Your company"), query: `
		SELECT company, about, website FROM profile.clients WHERE person = $1`},
	{name: "employments", title: say.That("Where you worked before"), query: `
		SELECT title, company, about, from_month::text, to_month::text FROM profile.employments WHERE person = $1 ORDER BY from_month, id`},
	{name: "portfolio", title: say.That("Your portfolio"), query: `
		SELECT id, title, about, url, at FROM profile.pieces WHERE person = $1 AND removed_at IS NULL ORDER BY id`},
	{name: "contacts", title: say.That("People you have talked to or worked with"), query: `
		SELECT p.id AS person, p.name, coalesce(c.company, '') AS company, p.country,
			max(met.at) AS last_at, count(*) FILTER (WHERE met.contract) AS contracts
		FROM (
			SELECT CASE WHEN client = $1 THEN freelancer ELSE client END AS other, last_at AS at, false AS contract
			FROM message.conversations WHERE $1 IN (client, freelancer) AND last_at IS NOT NULL
			UNION ALL
			SELECT CASE WHEN client = $1 THEN freelancer ELSE client END, signed_at, true
			FROM contract.contracts WHERE $1 IN (client, freelancer)) AS met
		JOIN account.people p ON p.id = met.other LEFT JOIN profile.clients c ON c.person = p.id
		GROUP BY p.id, c.company ORDER BY last_at DESC, p.id`},
	{name: "posts", title: say.That("Your job posts"), query: `
		SELECT id, title, state, description, category, level, kind, currency, budget_min AS from_minor, budget_max AS to_minor, hours,
			ARRAY(SELECT s.name FROM jobpost.skills k JOIN skill.skills s ON s.id = k.skill WHERE k.post = p.id ORDER BY k.n) AS skills,
			ARRAY(SELECT text FROM jobpost.questions q WHERE q.post = p.id ORDER BY q.n) AS questions,
			created_at, published_at, answer_by, ended_at
		FROM jobpost.posts p WHERE client = $1 ORDER BY id`},
	{name: "proposals_received", title: say.That("Proposals for your job posts"), query: `
		SELECT o.id, p.title AS post, f.name AS freelancer, o.state, CASE WHEN o.read_at IS NOT NULL THEN o.letter END AS letter,
			CASE WHEN o.read_at IS NOT NULL THEN o.price_minor END AS price_minor, o.currency, o.submitted_at, o.read_at, o.answered_at,
			o.decline_reason, o.decline_words, n.text AS my_note
		FROM proposal.proposals o JOIN jobpost.posts p ON p.id = o.post JOIN account.people f ON f.id = o.freelancer
		LEFT JOIN proposal.notes n ON n.proposal = o.id
		WHERE p.client = $1 AND o.submitted_at IS NOT NULL AND o.state <> 'withdrawn' ORDER BY o.id`},
	{name: "proposals", title: say.That("Your proposals"), query: `
		SELECT o.id, p.title AS post, c.name AS client, o.state, o.letter, o.price_minor, o.currency, o.hours,
			ARRAY(SELECT question || ' ' || text FROM proposal.answers a WHERE a.proposal = o.id ORDER BY a.n) AS answers,
			o.at, o.submitted_at, o.read_at, o.answered_at, o.ended_at, o.decline_reason, o.decline_words
		FROM proposal.proposals o JOIN jobpost.posts p ON p.id = o.post JOIN account.people c ON c.id = p.client
		WHERE o.freelancer = $1 ORDER BY o.id`},
	{name: "invitations", title: say.That("Invitations"), query: `
		SELECT p.title AS post, c.name AS client, f.name AS freelancer, i.state, i.words, i.at, i.answered_at
		FROM jobpost.invitations i JOIN jobpost.posts p ON p.id = i.post JOIN account.people c ON c.id = p.client
		JOIN account.people f ON f.id = i.freelancer
		WHERE $1 IN (i.freelancer, p.client) ORDER BY i.id`},
	{name: "searches", title: say.That("Searches you keep"), query: `
		SELECT name, pace, text, skill_name AS skill, category, kind, level, country, min_answer_rate, min_minor AS from_minor, max_minor AS to_minor, currency, saved_at
		FROM savedsearch.searches WHERE person = $1 ORDER BY id`},
	{name: "offers", title: say.That("Offers, and every version of them"), query: `
		SELECT o.id, o.title, o.state, r.n AS version, p.name AS by, r.text, r.sha256, r.at
		FROM contract.offers o JOIN contract.revisions r ON r.offer = o.id JOIN account.people p ON p.id = r.by
		WHERE $1 IN (o.client, o.freelancer) ORDER BY o.id, r.n`},
	{name: "contracts", title: say.That("Your contracts"), query: `
		SELECT k.id, k.title, c.name AS client, f.name AS freelancer, k.state, k.currency, k.funding, k.signed_at, k.funded_at, k.ended_at, k.ending
		FROM contract.contracts k JOIN account.people c ON c.id = k.client JOIN account.people f ON f.id = k.freelancer
		WHERE $1 IN (k.client, k.freelancer) ORDER BY k.id`},
	{name: "signatures", title: say.That("Signatures under your contracts"), query: `
		SELECT k.id AS contract, p.name AS by, s.sha256, s.at,
			CASE WHEN s.person = $1 THEN s.address END AS address, CASE WHEN s.person = $1 THEN s.agent END AS agent
		FROM contract.contracts k JOIN contract.signatures s ON s.offer = k.offer JOIN account.people p ON p.id = s.person
		WHERE $1 IN (k.client, k.freelancer) ORDER BY k.id, s.at`},
	{name: "milestones", title: say.That("Milestones, weeks and months"), query: `
		SELECT m.id, m.contract, m.n AS number, m.title, m.price_minor, k.currency, m.due::text, m.hours, m.state,
			ARRAY(SELECT text FROM contract.criteria q WHERE q.milestone = m.id ORDER BY q.n) AS criteria,
			m.funded_at, m.submitted_at, m.ended_at
		FROM contract.milestones m JOIN contract.contracts k ON k.id = m.contract
		WHERE $1 IN (k.client, k.freelancer) ORDER BY m.contract, m.n`},
	{name: "submissions", title: say.That("Work that was handed over"), query: `
		SELECT s.id, m.contract, m.title AS milestone, s.note, s.links, s.at, r.words AS changes_asked, r.at AS asked_at
		FROM contract.submissions s JOIN contract.milestones m ON m.id = s.milestone JOIN contract.contracts k ON k.id = m.contract
		LEFT JOIN contract.change_requests r ON r.submission = s.id
		WHERE $1 IN (k.client, k.freelancer) ORDER BY s.id`},
	{name: "amendments", title: say.That("Amendments"), query: `
		SELECT a.contract, a.n AS number, p.name AS by, a.state, a.reason, a.text, a.sha256, a.made_at, a.ended_at, a.words
		FROM contract.amendments a JOIN contract.contracts k ON k.id = a.contract JOIN account.people p ON p.id = a.by
		WHERE $1 IN (k.client, k.freelancer) ORDER BY a.id`},
	{name: "hours", title: say.That("Hours logged"), query: `
		SELECT e.contract, e.started_at, e.stopped_at, e.memo, e.links, e.rate_minor, k.currency, e.manual, e.edited, e.disputed
		FROM worklog.entries e JOIN contract.contracts k ON k.id = e.contract
		WHERE $1 IN (k.client, k.freelancer) AND (e.stopped_at IS NOT NULL OR e.freelancer = $1) ORDER BY e.started_at, e.id`},
	{name: "bonuses", title: say.That("Bonuses, and what was returned"), query: `
		SELECT g.contract, g.what, g.minor AS amount_minor, k.currency, g.words, g.at
		FROM (
			SELECT contract, 'bonus' AS what, minor, words, at FROM contract.bonuses
			UNION ALL SELECT contract, 'refund', minor, words, at FROM contract.refunds) AS g
		JOIN contract.contracts k ON k.id = g.contract
		WHERE $1 IN (k.client, k.freelancer) ORDER BY g.at`},
	{name: "disputes", title: say.That("Disputes"), query: `
		SELECT d.id, d.contract, d.title AS milestone, d.opened_by AS by, d.reason, d.words, d.minor AS amount_minor, d.currency, d.state, d.how,
			d.award AS award_minor, x.words AS decision, d.opened_at, d.closed_at
		FROM dispute.disputes d LEFT JOIN dispute.decisions x ON x.dispute = d.id
		WHERE $1 IN (d.client, d.freelancer) ORDER BY d.id`},
	{name: "evidence", title: say.That("What was said in disputes"), query: `
		SELECT e.dispute, e.side AS by, e.words, NULL::bigint AS amount_minor, d.currency, e.at
		FROM dispute.evidence e JOIN dispute.disputes d ON d.id = e.dispute WHERE $1 IN (d.client, d.freelancer)
		UNION ALL
		SELECT s.dispute, s.side, s.words, s.minor, d.currency, s.at
		FROM dispute.splits s JOIN dispute.disputes d ON d.id = s.dispute WHERE $1 IN (d.client, d.freelancer)
		ORDER BY dispute, at`},
	{name: "reviews", title: say.That("Reviews"), query: `
		SELECT r.contract, a.name AS by, b.name AS about, r.words, r.at,
			ARRAY(SELECT criterion || ': ' || mark FROM review.marks m WHERE m.review = r.id ORDER BY criterion) AS marks,
			x.words AS response, x.at AS responded_at
		FROM review.reviews r JOIN review.windows w ON w.contract = r.contract
		JOIN account.people a ON a.id = r.author JOIN account.people b ON b.id = r.about
		LEFT JOIN review.responses x ON x.review = r.id
		WHERE r.author = $1 OR (r.about = $1 AND w.revealed_at IS NOT NULL) ORDER BY r.id`},
	{name: "messages", title: say.That("Messages"), query: `
		SELECT m.conversation, a.name AS by, m.text, m.at
		FROM message.conversations c JOIN message.messages m ON m.conversation = c.id JOIN account.people a ON a.id = m.author
		WHERE $1 IN (c.client, c.freelancer) ORDER BY m.conversation, m.id`},
	{name: "decisions", title: say.That("Decisions about you"), query: `
		SELECT d.id, d.subject, d.rule, d.rule_version, coalesce(m.measure, d.measure) AS measure, d.state, coalesce(m.facts, d.facts) AS facts, coalesce(m.why, d.why) AS why,
			ARRAY(SELECT e.title || E'\n' || e.text FROM conduct.evidence e WHERE e.draft = d.id ORDER BY e.n) AS evidence,
			b.name AS by, d.answer, d.drafted_at AS told_at, m.delivered_at, m.starts_at, m.until, m.appeal_until,
			a.words AS appeal, a.filed_at, a.outcome, a.reasons, coalesce(x.why, d.dropped_for) AS ended_because, coalesce(x.at, d.ended_at) AS ended_at
		FROM conduct.drafts d LEFT JOIN conduct.decisions m ON m.id = d.id JOIN account.people b ON b.id = coalesce(m.decider, d.by)
		LEFT JOIN conduct.appeals a ON a.decision = d.id LEFT JOIN conduct.ends x ON x.decision = d.id
		WHERE d.person = $1 AND (NOT d.urgent OR d.state = 'delivered') ORDER BY d.id`},
	{name: "reports", title: say.That("What you have reported"), query: `
		SELECT id, subject, rule, words, state, opened_at, answer_by, outcome, closed_at FROM conduct.reports WHERE reporter = $1 ORDER BY id`},
	{name: "cases", title: say.That("What you asked the staff, and what you were answered"), query: `
		SELECT c.id AS number, c.title, c.kind, c.state, l.kind AS what, coalesce(a.name, c.name) AS by, l.words, l.rules AS quoted_rules, l.at
		FROM support.cases c JOIN support.letters l ON l."case" = c.id LEFT JOIN account.people a ON a.id = l.author
		WHERE c.asker = $1 AND l.kind <> 'note' ORDER BY l.id`},
	{name: "appeals", title: say.That("What was said in appeals of yours"), query: `
		SELECT t.decision AS number, a.name AS by, t.words, t.at
		FROM conduct.talk t JOIN conduct.decisions d ON d.id = t.decision JOIN account.people a ON a.id = t.person WHERE d.person = $1 ORDER BY t.id`},
	{name: "money", title: say.That("Every movement in your wallet"), query: `
		SELECT p.at, p.kind, p.memo, mine.minor AS amount_minor, mine.balance AS balance_minor, a.currency
		FROM ledger.accounts a
		CROSS JOIN LATERAL (
			SELECT posting, n, -minor AS minor, source_balance AS balance, source_version AS version FROM ledger.transfers WHERE source = a.id
			UNION ALL
			SELECT posting, n, minor, target_balance, target_version FROM ledger.transfers WHERE target = a.id) AS mine
		JOIN ledger.postings p ON p.id = mine.posting
		WHERE a.code = 'wallet/' || $1::bigint ORDER BY a.currency, mine.version`},
	{name: "deposits", title: say.That("Money you paid in"), query: `
		SELECT id, minor AS amount_minor, currency, rail, state, reference, failure, asked_at, settled_at FROM banking.deposits WHERE person = $1 ORDER BY id`},
	{name: "payouts", title: say.That("Money you withdrew"), query: `
		SELECT id, minor AS amount_minor, currency, rail, state, reference, failure, asked_at, settled_at FROM banking.payouts WHERE person = $1 ORDER BY id`},
	{name: "notices", title: say.That("What we told you"), said: "notice", query: `
		SELECT at, kind, text::text AS notice, link, read_at FROM notify.notices WHERE reader = $1 ORDER BY id`},
	{name: "record", title: say.That("What you did, and what happened to your contracts"), said: "act", query: `
		SELECT e.at, e.subject, coalesce(p.name, '') AS by, e.act::text AS act, e.reason
		FROM journal.entries e LEFT JOIN account.people p ON p.id = e.actor
		WHERE e.actor = $1 OR e.subject IN (
			SELECT 'contract/' || id FROM contract.contracts WHERE $1 IN (client, freelancer)
			UNION ALL SELECT 'person/' || $1::bigint)
		ORDER BY e.id`},
}

// columns are the names of all columns, for people.
var columns = say.Words("Id", "Name", "Email", "Client", "Freelancer", "Country", "Time zone", "Language", "Joined at", "Confirmed at",
	"Kind", "Opened at", "Last seen at", "Ended at", "Address", "Agent", "Headline", "About", "Level", "Rate", "Hours per week", "Available from",
	"Updated at", "Skills", "Languages", "Company", "Website", "Title", "From month", "To month", "Url", "At", "Person", "Last at", "Contracts",
	"State", "Description", "Category", "From", "To", "Hours", "Questions", "Created at", "Published at", "Answer by", "Post", "Letter", "Price",
	"Submitted at", "Read at", "Answered at", "Decline reason", "Decline words", "My note", "Answers", "Words", "Pace", "Text", "Skill",
	"Min answer rate", "Saved at", "Version", "By", "Sha256", "Funding", "Signed at", "Funded at", "Ending", "Contract", "Number", "Due", "Criteria",
	"Note", "Links", "Milestone", "Changes asked", "Asked at", "Reason", "Made at", "Started at", "Stopped at", "Memo", "Manual", "Edited", "Disputed",
	"What", "Amount", "How", "Award", "Decision", "Closed at", "Dispute", "Marks", "Response", "Responded at", "Conversation", "Balance", "Rail",
	"Quoted rules", "Rule", "Rule version", "Measure", "Facts", "Why", "Evidence", "Answer", "Told at", "Delivered at", "Starts at", "Until", "Appeal until", "Appeal",
	"Filed at", "Outcome", "Reasons", "Ended because", "Reference", "Failure", "Settled at", "Notice", "Link", "Subject", "Act", "Currency")
