package promise_test

import (
	"fmt"
	"strings"
	"testing"

	"freehold/internal/kit/db/dbtest"
	"freehold/internal/promise"
)

// twins break each promise on purpose, behind the back of every use case and
// with foreign keys and triggers switched off; where a CHECK or a unique index
// makes it impossible, that is dropped first, which shows that it is there.
var twins = map[string][]string{
	"applying_is_free": {
		`INSERT INTO ledger.postings (name, kind, subject, memo, at) VALUES ('x', 'boost', 'post/1', '', '2030-01-01')`,
		`ALTER TABLE proposal.proposals ADD COLUMN credits_cost int`,
	},
	"books_balance": {
		`INSERT INTO ledger.accounts (code, currency) VALUES ('wallet/1', 'EUR'); INSERT INTO ledger.balances SELECT id, 100, 0, true FROM ledger.accounts`,
		deposit + `; UPDATE ledger.balances SET minor = minor + 1, version = version WHERE bounded; UPDATE ledger.balances SET minor = minor - 1 WHERE NOT bounded`,
		deposit + `; UPDATE ledger.transfers SET currency = 'USD'`,
		deposit + `; UPDATE ledger.transfers SET posting = posting + 1`,
	},
	"nobody_is_below_zero": {
		`ALTER TABLE ledger.balances DROP CONSTRAINT never_below_zero; INSERT INTO ledger.accounts (code, currency) VALUES ('wallet/1', 'EUR'); INSERT INTO ledger.balances SELECT id, -1, 0, true FROM ledger.accounts`,
		deposit + `; UPDATE ledger.transfers SET source_balance = -1, source = target, target = source`,
	},
	"every_proposal_ends_with_a_reason": {
		post("closed") + proposal("submitted"),
		post("open") + proposal("offered"),
		`ALTER TABLE proposal.proposals DROP CONSTRAINT declined_with_a_reason;` + post("open") + proposal("declined"),
	},
	"no_proposal_waits_past_its_date": {
		post("open") + proposal("read") + `UPDATE jobpost.posts SET answer_by = '2029-12-31'`,
	},
	"no_post_without_an_answer_bond": {
		post("open") + method + `UPDATE jobpost.posts SET bond_minor = 2000`,
		post("open"),
	},
	"nothing_below_the_floor": {
		post("open") + method + `UPDATE jobpost.posts SET floor_minor = 1000, hours = 60, budget_min = 50000, budget_max = 50000`,
		post("open") + method + proposal("submitted") + `UPDATE proposal.proposals SET floor_minor = 100000`,
		contract("active") + milestone("planned") + `UPDATE contract.milestones SET floor_minor = 100000`,
	},
	"standing_is_what_happened": {
		`INSERT INTO proposal.answer_records (client, answered) VALUES (1, 1)`,
		post("lapsed") + proposal("lapsed"),
	},
	"no_work_without_money": {
		contract("active") + milestone("funded"),
		contract("active") + milestone("submitted"),
	},
	"the_rest_is_secured": {
		contract("active"),
		contract("active") + milestone("funded") + milestone("planned"),
	},
	"early_end_pays_what_was_signed": {
		contract("under notice"), // and its date has passed
		contract("ended") + milestone("settled"),
		contract("ended") + milestone("settled") + `UPDATE contract.milestones SET client_says = 60, freelancer_says = 60`,
		contract("ended") + milestone("dropped") + `UPDATE contract.contracts SET ending = 'ended early';
			SELECT ledger.post('give back/ending/1', 'give back', '', '', '2030-01-01', 'EUR', ARRAY['outside/test'], ARRAY['wallet/1'], ARRAY[100::bigint])`,
		contract("ended") + week + `UPDATE contract.contracts SET ending = 'ended early', every = 'week', zone = 'Etc/UTC'; UPDATE contract.milestones SET state = 'passed', ended_at = '2030-01-02', funded_at = NULL;
			SELECT ledger.post('give back/ending/1', 'give back', '', '', '2030-01-01', 'EUR', ARRAY['outside/test'], ARRAY['wallet/1'], ARRAY[100::bigint])`,
		contract("under notice") + milestone("disputed") + `UPDATE contract.contracts SET ends_at = '2031-01-01'; UPDATE contract.milestones SET client_says = 20, freelancer_says = 70, conceded_minor = 0, disputed_minor = 100`,
		contract("ended") + notice + `SELECT ledger.post('give back/ending/1', 'give back', '', '', '2030-01-01', 'EUR', ARRAY['outside/test'], ARRAY['wallet/1'], ARRAY[100::bigint])`,
	},
	"money_follows_the_work": {
		contract("active") + milestone("approved"),
		contract("active") + milestone("approved") + strings.Replace(paid, "wallet/2", "wallet/1", 1),
		contract("active") + milestone("settled") + paid, // all of it
	},
	"silence_pays_submitted_work": {
		contract("active") + milestone("submitted") + `UPDATE contract.milestones SET approve_by = '2029-12-31'`,
		contract("active") + milestone("approved"),
		contract("active") + week + `UPDATE contract.milestones SET closes_at = '2029-12-31', ends_at = '2029-12-31', starts_at = '2029-12-24'`, // and nobody handed it in
		contract("active") + milestone("submitted") + `UPDATE contract.milestones SET approve_by = '2030-01-09'`,                                // a day more than was signed
	},
	"hours_are_paid_as_logged": {
		contract("active") + week + `UPDATE contract.milestones SET logged = 30`,
		contract("active") + week + entry("08:00", "09:00") + `UPDATE contract.milestones SET logged = 60, state = 'submitted', submitted_at = '2030-01-14', approve_by = '2030-01-19'`, // at the price of all hours
		contract("active") + week + entry("08:00", "09:00") + `UPDATE contract.milestones SET logged = 60; UPDATE worklog.entries SET rate_minor = 1`,
		contract("active") + week + entry("08:00", "09:00") + `UPDATE contract.milestones SET logged = 60, funded_at = '2030-01-09'`,
		`ALTER TABLE worklog.entries DROP CONSTRAINT no_hour_is_worked_twice;` + contract("active") + week + entry("08:00", "09:00") + entry("08:30", "09:30") + `UPDATE contract.milestones SET logged = 120`,
		`ALTER TABLE contract.milestones DROP CONSTRAINT within_the_weekly_limit;` + contract("active") + week + `UPDATE contract.milestones SET logged = 601`,
	},
	"signed_terms_never_change": {
		contract("active"),
		`ALTER TABLE contract.revisions DROP CONSTRAINT sha256_is_of_the_text;
		 INSERT INTO contract.revisions (offer, n, by, terms, rules, text, sha256, at) VALUES (1, 1, 1, '{}', '{}', 'what both signed', repeat('a', 64), '2030-01-01');
		 INSERT INTO contract.signatures (offer, n, person, sha256, session, address, agent, at) VALUES (1, 1, 1, repeat('a', 64), 1, '', '', '2030-01-01')`,
		`ALTER TABLE contract.revisions DROP CONSTRAINT the_text_names_the_data;
		 INSERT INTO contract.revisions (offer, n, by, terms, rules, data, text, sha256, at) VALUES (1, 1, 1, '{}', '{}', '{"price":1}', 'what both signed', encode(sha256('what both signed'), 'hex'), '2030-01-01');
		 INSERT INTO contract.signatures (offer, n, person, sha256, session, address, agent, at) SELECT 1, 1, 1, sha256, 1, '', '', at FROM contract.revisions`,
	},
	"only_disputed_money_waits": {
		contract("active") + milestone("disputed"),
		contract("active") + milestone("disputed") + disputed("talking"), // and the sum is nowhere
		contract("active") + milestone("disputed") + disputed("talking") + waits + `UPDATE dispute.disputes SET due = '2029-12-31'`,
		contract("active") + milestone("disputed") + disputed("talking") + waits + `UPDATE ledger.postings SET name = 'contest/milestone/2' WHERE kind = 'contest'`,
		contract("active") + milestone("approved") + disputed("talking") + waits,
		contract("active") + milestone("approved") + disputed("closed") + waits + `UPDATE dispute.disputes SET how = 'defaulted'`,
		contract("active") + milestone("approved") + disputed("closed") + waits + `UPDATE dispute.disputes SET how = 'decided'`,
		contract("active") + milestone("disputed") + disputed("closed") + waits,
		contract("active") + milestone("disputed") + disputed("talking") + waits + `
			INSERT INTO dispute.disputes (milestone, contract, client, freelancer, title, opened_by, reason, words, minor, fallback, currency, state, due, arbiter, opened_at)
				VALUES (2, 2, 1, 7, 'Logo', 'client', 'other', 'No.', 10000, 10000, 'EUR', 'deciding', '2030-01-20', 9, '2030-01-05');
			UPDATE dispute.disputes SET arbiter = 9`,
	},
	"milestones_are_as_signed": {
		contract("active") + milestone("funded"), // nobody signed it
		contract("active") + milestone("funded") + agreedOn + `UPDATE contract.milestones SET price_minor = price_minor - 1`,
		contract("active") + milestone("funded") + agreedOn + `UPDATE contract.milestones SET due = due + 1`,
		contract("active") + milestone("funded") + agreedOn + amendment("in force"), // with nobody's signature
		contract("active") + milestone("funded") + agreedOn + amendment("in force") + `
			INSERT INTO contract.amendment_signatures (amendment, person, sha256, session, address, agent, at)
			SELECT 1, person, sha256, 1, '', '', made_at FROM contract.amendments, generate_series(1, 2) AS person`, // and not carried out
	},
	"no_review_of_nothing": {
		contract("ended") + window("open"), // nothing was paid
		contract("active") + milestone("approved") + paid + window("open"),
		contract("ended") + milestone("approved") + paid + `UPDATE contract.contracts SET ended_at = '2030-01-03';` + window("open"),
		contract("ended") + milestone("approved") + paid + window("client wrote") + `
			INSERT INTO review.reviews (contract, side, author, about, words, at) VALUES (1, 'client', 3, 2, '', '2030-01-02')`,
	},
	"reviews_are_double_blind": {
		`ALTER TABLE review.windows DROP CONSTRAINT double_blind;` + window("client wrote") + wrote("client") + `
			UPDATE review.windows SET state = 'revealed', revealed_at = '2030-01-03', respond_until = '2030-01-31'`,
		window("client wrote") + wrote("client") + `INSERT INTO review.responses (review, words, at) VALUES (1, 'No.', '2030-01-03')`,
		window("client wrote"), // which they did not
		window("open") + wrote("client"),
		window("client wrote") + wrote("client") + wrote("freelancer") + `UPDATE review.windows SET freelancer_at = '2030-01-02', revealed_at = '2030-01-01', respond_until = '2030-01-29', state = 'revealed'`,
		window("client wrote") + wrote("client") + `UPDATE review.windows SET opened_at = '2029-12-10', ends_at = '2029-12-24', client_at = '2029-12-11'`, // and nobody revealed it
	},
	"every_restriction_has_reasons": {
		draft + evidence + decision + told + reviewer, // which nobody had opened
		draft + decision + told + reviewer,            // which cites what is not there
		draft + evidence + opened + decision + told + reviewer + `UPDATE conduct.drafts SET measure = 'warning'`,
		draft + evidence + opened + decision + told + reviewer + `UPDATE conduct.evidence SET at = '2030-01-05'`, // which came a day before
		draft + evidence + opened + decision + reviewer,                                                          // of which nobody was told
		draft + evidence + opened + decision + told,                                                              // by somebody who is no reviewer
		`ALTER TABLE conduct.decisions ALTER facts DROP NOT NULL, DROP CONSTRAINT heard_before;` + draft + strings.Replace(decision, "'2030-01-06'", "'2030-01-02'", 2),
	},
	"appeals_are_judged_by_someone_else": {
		`ALTER TABLE conduct.appeals DROP CONSTRAINT judged_by_someone_else;` + draft + decision + appeal("'rejected', '"+lengthy+"', 9, '2030-01-10'"),
		draft + decision + appeal("'lapsed', NULL, NULL, '2030-02-01'"), // and nothing ended it
		draft + decision + appeal("'upheld', '"+lengthy+"', 8, '2030-01-10'"),
		draft + decision + appeal("NULL, NULL, NULL, NULL") + `UPDATE conduct.appeals SET due = filed_at + interval '1 day'`,
	},
	"nobody_is_banned_for_life": {
		`ALTER TABLE conduct.decisions DROP CONSTRAINT nothing_is_for_life;` + draft + strings.Replace(decision, "'2030-03-01'", "'9999-12-31'", 1),
		`ALTER TABLE conduct.decisions DROP CONSTRAINT an_emergency_is_short;` + draft + strings.Replace(decision, "false, false, false", "false, true, false", 1),
		`ALTER TABLE account.people ADD COLUMN banned boolean`,
		`ALTER TABLE profile.freelancers ADD COLUMN risk_score int`,
	},
	"ending_an_account_takes_30_days": {
		`ALTER TABLE conduct.decisions DROP CONSTRAINT ending_an_account_takes_30_days;` + draft + strings.Replace(decision, "'suspend'", "'end account'", 1),
	},
	"nobody_loses_their_people_or_records": {
		draft + decision, // of which nobody was told
		draft + decision + told + `INSERT INTO message.conversations (proposal, client, freelancer) VALUES (1, 1, 2)`,
		`ALTER TABLE account.people DROP CONSTRAINT joined_or_imported; INSERT INTO account.people (name, client, freelancer, joined_at) VALUES ('Carl', true, false, '2029-01-01');` +
			strings.NewReplacer("'2030-01-01'", "'2029-12-01'", "'2030-01-06'", "'2029-12-06'").Replace(draft+decision) + told,
	},
	"restriction_never_touches_money": {
		`SELECT ledger.post('hold/decision/1', 'hold', 'decision/1', '', '2030-01-01', 'EUR', ARRAY['outside/test'], ARRAY['wallet/1'], ARRAY[100::bigint])`,
		`ALTER TABLE ledger.accounts DROP CONSTRAINT accounts_code_check; INSERT INTO ledger.accounts (code, currency) VALUES ('held/restriction/1', 'EUR')`,
	},
	"every_case_has_a_named_human": {
		kase("open", `'2030-01-02'`),
		`INSERT INTO account.people (name, email, password_hash, client, freelancer, time_zone, language, joined_at)
				VALUES ('Sue', 'sue@example.org', 'x', true, false, 'UTC', 'en', '2029-01-01'), ('Grace', 'grace@example.org', 'x', true, false, 'UTC', 'en', '2029-01-01');
			INSERT INTO account.grants (person, role, held, at) VALUES (1, 'support', true, '2029-01-01'), (2, 'support', true, '2029-01-01');` +
			strings.ReplaceAll(kase("open", `'2029-12-31'`), "2030-01-01", "2029-12-29") + `INSERT INTO support.owners VALUES (1, 1, 'chosen', '2029-12-29')`,
		kase("answered", `NULL`) + `INSERT INTO support.owners VALUES (1, 1, 'chosen', '2030-01-01')`,
		`INSERT INTO account.people (name, email, password_hash, client, freelancer, time_zone, language, joined_at)
				VALUES ('Sue', 'sue@example.org', 'x', true, false, 'UTC', 'en', '2029-01-01'), ('Grace', 'grace@example.org', 'x', true, false, 'UTC', 'en', '2029-01-01');
			INSERT INTO account.grants (person, role, held, at) VALUES (2, 'support', true, '2029-01-01');` +
			kase("open", `'2030-03-01'`) + `INSERT INTO support.owners VALUES (1, 1, 'chosen', '2030-01-01')`, // and Sue has left the staff
	},
	"no_pasted_answers": {
		kase("answered", `NULL`) + strings.Replace(kase("answered", `NULL`), "eve@", "jo@", 1) + letterOf(1, "answer", "2030-01-02") + letterOf(2, "answer", "2030-01-03"),
	},
	"only_the_asker_closes": {
		kase("closed", `NULL`) + letterOf(1, "question", "2029-12-01"),
		kase("closed", `NULL`) + letterOf(1, "question", "2029-12-01") + letterOf(1, "answer", "2029-12-31"), // two days before
		kase("answered", `NULL`) + `UPDATE support.cases SET closes_at = '2029-12-31'`,
	},
	"the_operator_is_bound_too": {
		draft + decision, // and the log is empty
		logged("decision delivered", "decision/1") + draft + decision + `INSERT INTO conduct.ends (decision, how, by, why, at) VALUES (1, 'lifted', 9, 'So.', '2030-01-08')`,
		logged("decision delivered", "decision/1") + draft + decision + appeal("NULL, NULL, NULL, NULL"),
		logged("decision delivered", "decision/1") + contract("active") + `UPDATE translog.entries SET at = '2029-01-01'`,
		strings.Replace(logged("terms changed", "terms"), "(0,", "(1,", 1),
		`INSERT INTO translog.entries (n, kind, subject, leaf, at) VALUES (0, 'terms changed', 'terms', convert_to('{"version":"2","client_fee_bp":"300"}', 'UTF8'), '2029-12-01');` +
			newTerms("2029-12-01", "2029-12-16") + `INSERT INTO terms.announcements VALUES (2, 9, '2029-12-01')`, // 5 %, and 3 % in the log
		logged("answer overdue", "case/2") + `UPDATE translog.entries SET at = '2029-12-01';` + kase("open", `'2030-01-02'`) + `INSERT INTO support.owners VALUES (1, 1, 'overdue', '2029-12-31')`,
	},
	"terms_change_with_notice": {
		newTerms("2029-12-01", "2029-12-15") + `INSERT INTO terms.announcements VALUES (2, 9, '2029-12-01')`, // 14 days
		newTerms("2029-12-01", "2029-12-16") + `INSERT INTO terms.announcements VALUES (2, 9, NULL)`,
		newTerms("2029-12-01", "2029-12-16") + `INSERT INTO terms.announcements VALUES (2, 9, '2029-12-02')`,
		newTerms("2029-12-01", "2029-12-16") + `INSERT INTO terms.announcements VALUES (2, 9, '2029-12-01');` + newTerms("2029-12-20", "2030-01-04"),
	},
	"no_money_left_behind": {
		contract("ended") + milestone("approved") + held("escrow/milestone/1"),
		contract("ended") + held("escrow/ending/1"),
		contract("ended") + held("escrow/reserve/1"),
		post("closed") + held("escrow/bond/1"),
		`INSERT INTO banking.payouts (person, rail, minor, currency, state, asked_at, not_before, handed_at, settled_at) VALUES (1, 'test', 100, 'EUR', 'sent', '2030-01-01', '2030-01-01', '2030-01-01', '2030-01-01');` + held("payout/1"),
	},
	"what_is_taken_back_is_the_operators_loss": {
		held("wallet/2") + `SELECT ledger.post('chargeback/1', 'chargeback', '', '', '2030-01-01', 'EUR', ARRAY['wallet/2'], ARRAY['outside/test'], ARRAY[100::bigint]);`,
		takenBack, // and nothing was booked
	},
	"money_goes_where_its_owner_says": {
		payoutMethod("2", "2030-01-04") + toldOfMethod + payoutTo("2030-01-04"),
		payoutMethod("1", "2030-01-04") + toldOfMethod + payoutTo("2030-01-03"),
		payoutMethod("1", "2030-01-03") + toldOfMethod,
		payoutMethod("1", "2030-01-04"),
	},
}

const takenBack = `
	INSERT INTO banking.deposits (person, rail, minor, currency, state, asked_at, settled_at) VALUES (1, 'test', 100, 'EUR', 'confirmed', '2030-01-01', '2030-01-01');
	INSERT INTO banking.lines (rail, ref, kind, minor, currency, at, seen_at) VALUES ('test', '1', 'chargeback', -100, 'EUR', '2030-01-01', '2030-01-01');
	INSERT INTO banking.chargebacks (deposit, person, line, minor, currency, from_fund, at) VALUES (1, 1, 1, 100, 'EUR', 0, '2030-01-01')`

// payoutMethod is somebody's account, as of the first day of 2030.
func payoutMethod(person, usable string) string {
	return `INSERT INTO banking.payout_methods (person, rail, label, holder, sealed, added_at, usable_from) VALUES (` + person + `, 'test', 'PT 1', 'Ada', '', '2030-01-01', '` + usable + `');`
}

const toldOfMethod = `INSERT INTO notify.notices (reader, kind, text, link, whose, at) SELECT person, 'payout_method', '{}', '', '', added_at FROM banking.payout_methods;`

func payoutTo(handed string) string {
	return `INSERT INTO banking.payouts (person, rail, minor, currency, state, asked_at, not_before, handed_at, method) VALUES (1, 'test', 100, 'EUR', 'on its way', '2030-01-01', '2030-01-01', '` + handed + `', 1)`
}

const (
	given   = `notice_by = 'client', notice_words = 'No.', notice_at = '2029-12-01', ends_at = '2029-12-08';`
	notice  = `UPDATE contract.contracts SET ` + given
	deposit = `SELECT ledger.post('d', 'deposit', 'wallet', '', '2030-01-01', 'EUR', ARRAY['outside/test'], ARRAY['wallet/1'], ARRAY[100::bigint])`
	method  = `INSERT INTO banking.methods (person, rail, label, verified_at) VALUES (1, 'test', 'test', '2030-01-01');`
)

// newTerms are a version of the terms that was set on a day and holds from another.
func newTerms(set, since string) string {
	return fmt.Sprintf(`
		INSERT INTO terms.settings (set_at, since, reason, client_fee_bp, freelancer_fee_bp, answer_days, open_proposals,
			proposals_per_post, offer_days, fund_days, acceptance_days, change_rounds, grace_days, starved_days, notice_days, ending_fee_bp)
		VALUES ('%s', '%s', 'So.', 500, 0, 14, 20, 20, 7, 7, 7, 2, 7, 7, 7, 1000);`, set, since)
}

// lengthy is as long as reasons have to be.
const lengthy = `Because it is so, and because nothing that was said against it shows otherwise.`

// draft is what somebody considered about person 1, and decision what came of it.
const (
	draft = `INSERT INTO conduct.drafts (person, subject, rule, rule_version, measure, days, facts, why, urgent, by, state, drafted_at, hear_until, ended_at)
		VALUES (1, 'person/1', 'fraud', 1, 'suspend', 60, '` + lengthy + `', '` + lengthy + `', false, 9, 'delivered', '2030-01-01', '2030-01-06', '2030-01-06');`
	decision = `INSERT INTO conduct.decisions (id, person, subject, rule, rule_version, rule_text, measure, facts, why, evidence, found_by, by_machine, urgent, heard, decider, told_at, delivered_at, starts_at, until, appeal_until, bands, print, entry)
		VALUES (1, 1, 'person/1', 'fraud', 1, '', 'suspend', '` + lengthy + `', '` + lengthy + `', '{1}', 'staff', false, false, false, 9, '2030-01-01', '2030-01-06', '2030-01-06', '2030-03-01', '2030-07-10', '{}', '{}', 0);`
	evidence = `INSERT INTO conduct.evidence (draft, n, title, text, at) VALUES (1, 1, 'A message', 'Pay first.', '2030-01-01');`
	opened   = `INSERT INTO conduct.openings (draft, n, person, at) VALUES (1, 1, 9, '2030-01-02');`
	told     = `INSERT INTO notify.notices (reader, kind, text, link, whose, at) VALUES (1, 'decided', '{}', '/decisions/1', '', '2030-01-06');`
	reviewer = `INSERT INTO account.grants (person, role, held, at) VALUES (9, 'reviewer', true, '2029-01-01');`
)

// appeal is one against that decision, with its outcome, reasons, who answered and when.
func appeal(answer string) string {
	return `INSERT INTO conduct.appeals (decision, decider, words, filed_at, due, reviewer, outcome, reasons, answered_by, answered_at)
		VALUES (1, 9, 'No.', '2030-01-08', '2030-01-22', 8, ` + answer + `);`
}

// kase is one that somebody has asked, and closed is one that time has closed.
func kase(state, due string) string {
	closes, closed, by := `NULL`, `NULL`, `NULL`
	switch state {
	case "answered":
		closes = `'2030-01-20'`
	case "closed":
		closed, by = `'2030-01-02'`, `'time'`
	}
	return `INSERT INTO support.cases (asker, name, email, language, kind, title, owner, state, first_hours, next_hours, close_days, opened_at, due, closes_at, closed_at, closed_by)
		VALUES (7, 'Eve', 'eve@example.org', 'en', 'other', 'My invoice', 1, '` + state + `', 24, 24, 14, '2030-01-01', ` + due + `, ` + closes + `, ` + closed + `, ` + by + `);`
}

// letterOf is one in a case, in the same words as any other.
func letterOf(in int, kind, at string) string {
	return fmt.Sprintf(`INSERT INTO support.letters ("case", kind, author, words, bands, print, at) VALUES (%d, '%s', 1, 'As I said.', '{1,2}', '{1,2,3,4,5,6}', '%s');`, in, kind, at)
}

// logged is the first entry of the log.
func logged(kind, subject string) string {
	return `INSERT INTO translog.entries (n, kind, subject, leaf, at) VALUES (0, '` + kind + `', '` + subject + `', '{}', '2030-01-06');`
}

func post(state string) string {
	ended := `'2030-01-02'`
	if state == "open" {
		ended = `NULL`
	}
	return `INSERT INTO jobpost.posts (client, state, title, description, category, level, kind, currency, budget_min, budget_max, hours, hire, answer_days, visibility, created_at, published_at, answer_by, ended_at, bond_minor)
		VALUES (1, '` + state + `', 'Logo', 'A logo', 'design', 'expert', 'fixed', 'EUR', 50000, 50000, 20, 1, 14, 'public', '2030-01-01', '2030-01-01', '2030-01-15', ` + ended + `, 0);`
}

func proposal(state string) string {
	ended := `'2030-01-02'`
	if state == "submitted" || state == "read" || state == "offered" {
		ended = `NULL`
	}
	return `INSERT INTO proposal.proposals (post, freelancer, state, letter, currency, price_minor, hours, fit, fit_reasons, at, submitted_at, ended_at)
		VALUES (1, 2, '` + state + `', 'I would', 'EUR', 50000, 20, 50, '[]', '2030-01-01', '2030-01-01', ` + ended + `);`
}

func contract(state string) string {
	ending := `NULL, NULL`
	if state == "ended" {
		ending = `'completed', '2030-01-02'`
	}
	under := ``
	if state == "under notice" {
		state, under = "active", `UPDATE contract.contracts SET state = 'under notice', `+given
	}
	return `INSERT INTO contract.offers (proposal, client, freelancer, state, revision, expires_at, made_at, ended_at) VALUES (1, 1, 2, 'signed by both', 1, '2030-01-08', '2030-01-01', '2030-01-01');
		INSERT INTO contract.contracts (offer, proposal, client, freelancer, title, state, currency, funding, client_fee_bp, freelancer_fee_bp, ending_fee_bp, acceptance_days, change_rounds, grace_days, starved_days, notice_days, lifecycle, signed_at, fund_by, funded_at, ending, ended_at)
		VALUES (1, 1, 1, 2, 'Logo', '` + state + `', 'EUR', 'next', 500, 0, 1000, 7, 2, 7, 7, 7, 1, '2030-01-01', '2030-01-08', '2030-01-01', ` + ending + `);` + under
}

func milestone(state string) string {
	funded, takeBack, submitted, approveBy, ended, paid, disputed := `'2030-01-01'`, `NULL`, `NULL`, `NULL`, `NULL`, `NULL`, `NULL`
	switch state {
	case "planned":
		funded = `NULL`
	case "funded":
		takeBack = `'2030-02-08'`
	case "submitted":
		submitted, approveBy = `'2030-01-01'`, `'2030-01-08'`
	case "disputed":
		submitted, disputed = `'2030-01-01'`, `10000`
	case "settled":
		ended, paid = `'2030-01-02'`, `5000`
	case "dropped":
		funded, ended = `NULL`, `'2030-01-02'`
	case "approved":
		submitted, ended = `'2030-01-01'`, `'2030-01-02'`
	}
	return `INSERT INTO contract.milestones (contract, n, title, price_minor, due, hours, state, funded_at, take_back_from, submitted_at, approve_by, ended_at, paid_bp, disputed_minor)
		SELECT 1, count(*) + 1, 'Draft', 50000, '2030-02-01', 10, '` + state + `', ` + funded + `, ` + takeBack + `, ` + submitted + `, ` + approveBy + `, ` + ended + `, ` + paid + `, ` + disputed + ` FROM contract.milestones;`
}

// week is one of ten hours at 50 euros that is funded.
const week = `INSERT INTO contract.milestones (contract, n, title, price_minor, due, hours, state, funded_at, starts_at, ends_at, closes_at, rate_minor)
	VALUES (1, 1, 'Week 1', 50000, '2030-01-13', 10, 'funded', '2030-01-01', '2030-01-07', '2030-01-14', '2030-01-14 12:00', 5000);`

// entry is work in that week, from a time to another.
func entry(from, to string) string {
	return `INSERT INTO worklog.entries (week, contract, freelancer, started_at, stopped_at, stops_at, memo, links, rate_minor, manual, made_at)
		VALUES (1, 1, 2, '2030-01-08 ` + from + `', '2030-01-08 ` + to + `', '2030-01-08 ` + to + `', 'Menu', '{}', 5000, false, '2030-01-08');`
}

// agreedOn is that what is on the contract's milestone was signed.
const agreedOn = `INSERT INTO contract.revisions (offer, n, by, terms, rules, text, sha256, at)
	SELECT 1, 1, 1, '{"milestones": [{"title": "Draft", "price": {"minor": 50000}, "due": "2030-02-01"}]}', '{}', 'text', encode(sha256('text'), 'hex'), '2030-01-01';`

// amendment makes the milestone dearer.
func amendment(state string) string {
	return `INSERT INTO contract.amendments (contract, n, by, state, reason, was, plan, data, text, sha256, made_at, expires_at, ended_at)
		SELECT 1, 1, 1, '` + state + `', 'It has grown.', '{}', '{"scope": "", "milestones": [{"n": 1, "title": "Draft", "price": {"minor": 60000}, "due": "2030-02-01"}]}',
			'{}', text, encode(sha256(convert_to(text, 'UTF8')), 'hex'), '2030-01-01', '2030-01-08', '2030-01-02'
		FROM (SELECT encode(sha256('{}'), 'hex') AS text) AS t;`
}

// disputed is a dispute about 100 euros of the milestone.
func disputed(state string) string {
	due, how, award, closed := `'2030-01-06'`, `NULL`, `NULL`, `NULL`
	if state == "closed" {
		due, how, award, closed = `NULL`, `'agreed'`, `0`, `'2030-01-02'`
	}
	return `INSERT INTO dispute.disputes (milestone, contract, client, freelancer, title, opened_by, reason, words, minor, fallback, currency, state, due, how, award, opened_at, closed_at)
		VALUES (1, 1, 1, 2, 'Logo', 'client', 'other', 'No.', 10000, 10000, 'EUR', '` + state + `', ` + due + `, ` + how + `, ` + award + `, '2030-01-01', ` + closed + `);`
}

// waits is the money of that dispute, with the fee on it.
const waits = `SELECT ledger.post('contest/milestone/1', 'contest', '', '', '2030-01-01', 'EUR', ARRAY['outside/test'], ARRAY['escrow/dispute/1'], ARRAY[10500::bigint]);`

// window opens with the end of the contract, and is in a state of one side.
func window(state string) string {
	client := `NULL`
	if state == "client wrote" {
		client = `'2030-01-02'`
	}
	return `INSERT INTO review.windows (contract, client, freelancer, state, paid_minor, opened_at, ends_at, client_at)
		VALUES (1, 1, 2, '` + state + `', 50000, '2030-01-02', '2030-01-16', ` + client + `);`
}

func wrote(side string) string {
	author, about := `1`, `2`
	if side == "freelancer" {
		author, about = about, author
	}
	return `INSERT INTO review.reviews (contract, side, author, about, words, at) VALUES (1, '` + side + `', ` + author + `, ` + about + `, '', '2030-01-02');`
}

const paid = `SELECT ledger.post('release/milestone/1', 'release', '', '', '2030-01-02', 'EUR', ARRAY['outside/test'], ARRAY['wallet/2'], ARRAY[50000::bigint]);`

func held(account string) string {
	return `SELECT ledger.post('h', 'secure', '', '', '2030-01-01', 'EUR', ARRAY['outside/test'], ARRAY['` + account + `'], ARRAY[100::bigint]);`
}

func TestEachPromiseSeesItsRedTwins(t *testing.T) {
	t.Parallel()
	for _, p := range promise.All {
		if len(twins[p.Name]) == 0 {
			t.Errorf("%s has no red twin", p.Name)
		}
		for i, plant := range twins[p.Name] {
			t.Run(p.Name, func(t *testing.T) {
				t.Parallel()
				d, _ := dbtest.New(t)
				if _, err := d.Pool.Exec(t.Context(), `SET session_replication_role = replica; `+plant); err != nil { // all of it in one transaction
					t.Fatalf("twin %d: %v", i, err)
				}
				results, err := promise.Check(t.Context(), d)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range results {
					if r.Name == p.Name && len(r.Broken) == 0 {
						t.Errorf("twin %d goes unseen: %s", i, plant)
					}
				}
			})
		}
	}
}

func TestAnEmptyMarketKeepsEveryPromise(t *testing.T) {
	t.Parallel()
	d, _ := dbtest.New(t)
	results, err := promise.Record(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if len(r.Broken) > 0 || !strings.HasSuffix(r.Words, ".") {
			t.Errorf("%s: %q, broken: %v", r.Name, r.Words, r.Broken)
		}
	}
	latest, err := promise.Latest(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range latest {
		if s.Checked == nil || s.Broken != 0 {
			t.Errorf("%s: recorded %+v", s.Name, s)
		}
	}
}
