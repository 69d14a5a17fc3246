package conduct

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/restriction"
)

// Statement is a decision as the transparency database of the European Union takes
// it (DSA, article 24(5); schema in force since 1 July 2025). It is made of what
// was chosen from lists and of dates, so it holds no personal data.
type Statement struct {
	Visibility      []string `json:"decision_visibility,omitempty"`
	VisibilityOther string   `json:"decision_visibility_other,omitempty"`
	Monetary        string   `json:"decision_monetary,omitempty"`
	Provision       string   `json:"decision_provision,omitempty"`
	Account         string   `json:"decision_account,omitempty"`

	Ground             string `json:"decision_ground"`
	GroundURL          string `json:"decision_ground_reference_url,omitempty"`
	IllegalGround      string `json:"illegal_content_legal_ground,omitempty"`
	IllegalExplanation string `json:"illegal_content_explanation,omitempty"`
	IncompatibleGround string `json:"incompatible_content_ground,omitempty"`
	IncompatibleWhy    string `json:"incompatible_content_explanation,omitempty"`
	IncompatibleLegal  string `json:"incompatible_content_illegal,omitempty"`

	ContentType      []string `json:"content_type"`
	ContentTypeOther string   `json:"content_type_other,omitempty"`
	Category         string   `json:"category"`
	Scope            []string `json:"territorial_scope"`
	ContentDate      string   `json:"content_date"`
	ApplicationDate  string   `json:"application_date"`
	EndAccount       string   `json:"end_date_account_restriction,omitempty"`
	EndMonetary      string   `json:"end_date_monetary_restriction,omitempty"`
	EndService       string   `json:"end_date_service_restriction,omitempty"`
	EndVisibility    string   `json:"end_date_visibility_restriction,omitempty"`
	Facts            string   `json:"decision_facts"`
	Source           string   `json:"source_type"`
	Detection        string   `json:"automated_detection"`
	Decision         string   `json:"automated_decision"`
	PUID             string   `json:"puid"`
}

// states are the members of the European Union and of the European Economic Area.
var states = strings.Fields("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK")

// categories are what each rule is about, in the words of the schema.
var categories = map[RuleKey]string{
	"fraud":          "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
	"threats":        "STATEMENT_CATEGORY_CYBER_VIOLENCE",
	"deception":      "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
	"unlawful":       "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
	"discrimination": "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
	"free_work":      "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
	"rights":         "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
	"spam":           "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
}

// Recorded is what a Statement is made of.
type Recorded struct {
	Published
	RuleText  string
	StartsAt  time.Time
	Until     time.Time // in the end
	ContentAt time.Time // when the content was made, or the person joined
}

// Statement is r for the transparency database of the European Union. Every
// decision has one.
func (r Recorded) Statement() Statement {
	rule, _ := RuleNamed(r.Rule)
	ends := r.Until.UTC().Format(time.DateOnly)
	if r.Until.Before(r.StartsAt) { // lifted before it took effect
		ends = r.StartsAt.UTC().Format(time.DateOnly)
	}
	s := Statement{
		Ground:             "DECISION_GROUND_INCOMPATIBLE_CONTENT",
		IncompatibleGround: fmt.Sprintf("%s (rule %s, version %d)", rule.Title, r.Rule, r.RuleVersion),
		IncompatibleWhy:    r.RuleText,
		IncompatibleLegal:  "No",
		Category:           categories[r.Rule],
		Scope:              states,
		ContentDate:        r.ContentAt.UTC().Format(time.DateOnly),
		ApplicationDate:    r.StartsAt.UTC().Format(time.DateOnly),
		Facts:              r.facts(),
		Source:             "SOURCE_VOLUNTARY",
		Detection:          "No",
		Decision:           "AUTOMATED_DECISION_NOT_AUTOMATED",
		PUID:               fmt.Sprintf("decision-%d", r.ID),
		ContentType:        []string{"CONTENT_TYPE_TEXT"},
	}
	if r.Rule == "unlawful" {
		s.IncompatibleLegal = "Yes"
	}
	if r.Kind == "person" {
		s.ContentType, s.ContentTypeOther = []string{"CONTENT_TYPE_OTHER"}, "A profile, or how a person behaved"
	}
	if r.FoundBy == "report" {
		s.Source = "SOURCE_ARTICLE_16"
	}
	if r.FoundBy == "machine" {
		s.Detection = "Yes"
	}
	switch r.Measure {
	case restriction.RemoveContent:
		s.Visibility, s.EndVisibility = []string{"DECISION_VISIBILITY_CONTENT_REMOVED"}, ends
	case restriction.LimitVisibility:
		s.Visibility, s.EndVisibility = []string{"DECISION_VISIBILITY_CONTENT_DEMOTED"}, ends
	case restriction.LimitPosting:
		s.Provision, s.EndService = "DECISION_PROVISION_PARTIAL_SUSPENSION", ends
	case restriction.Suspend:
		s.Account, s.EndAccount = "DECISION_ACCOUNT_SUSPENDED", ends
	case restriction.EndAccount:
		s.Account, s.EndAccount = "DECISION_ACCOUNT_TERMINATED", ends
	default:
		s.Visibility, s.VisibilityOther, s.EndVisibility = []string{"DECISION_VISIBILITY_OTHER"}, "A warning, which restricts nothing", ends
	}
	return s
}

// facts says what happened without a word that was written about anybody.
func (r Recorded) facts() string {
	of := Thing{Kind: r.Kind}.Brief().For(say.Reader{Lang: "en"})
	text := fmt.Sprintf("The decision is about %s. ", of)
	switch r.FoundBy {
	case "report":
		text += "It was found through a report by somebody who uses the market or has come to it. "
	default:
		text += "It was found by the staff. "
	}
	text += "A named person of the staff decided, who had read all of the evidence. "
	switch {
	case r.Urgent:
		text += "Somebody could have come to harm, so it took effect before a hearing, for seven working days at most. "
	case r.Heard:
		text += "The person answered before it was decided. "
	default:
		text += "The person could answer for five days before it was decided, and did not. "
	}
	return text + "It can be appealed for six months to somebody who had no part in it, and ends if the appeal is not answered within 14 days."
}

// recorded are decisions from before one, the latest first, for statements.
const recorded = `
	SELECT m.id, split_part(m.subject, '/', 1) AS kind, m.rule, m.rule_version, m.rule_text, m.measure, m.found_by, m.urgent, m.heard, 0 AS days, m.delivered_at, '' AS state,
		NULL::text AS appeal, m.starts_at, e.until,
		coalesce(CASE split_part(m.subject, '/', 1)
			WHEN 'post' THEN (SELECT published_at FROM jobpost.posts WHERE id = split_part(m.subject, '/', 2)::bigint)
			WHEN 'proposal' THEN (SELECT at FROM proposal.proposals WHERE id = split_part(m.subject, '/', 2)::bigint)
			WHEN 'message' THEN (SELECT at FROM message.messages WHERE id = split_part(m.subject, '/', 2)::bigint)
			WHEN 'review' THEN (SELECT at FROM review.reviews WHERE id = split_part(m.subject, '/', 2)::bigint)
			END, p.joined_at) AS content_at
	FROM conduct.decisions m JOIN conduct.effects e ON e.id = m.id JOIN account.people p ON p.id = m.person`

// Statements returns up to n statements of reasons from before the given decision,
// the latest first. A before of 0 starts with the latest. Anybody may read them.
func Statements(ctx context.Context, d *db.DB, before ID, n int) (all []Statement, ids []ID, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		rows, err := db.All[Recorded](ctx, tx, recorded+` WHERE $1::bigint = 0 OR m.id < $1 ORDER BY m.id DESC LIMIT $2`, int64(before), n)
		all, ids = make([]Statement, len(rows)), make([]ID, len(rows))
		for i, r := range rows {
			all[i], ids[i] = r.Statement(), r.ID
		}
		return err
	})
	return all, ids, err
}

// Wrong returns what the schema does not allow in s; nothing, if the database of the
// European Union would take it. It is written from the schema's documentation.
func (s Statement) Wrong() (wrong []string) {
	flaw := func(is bool, text string) {
		if is {
			wrong = append(wrong, text)
		}
	}
	oneOf := func(value, prefix, among string) bool {
		return slices.ContainsFunc(strings.Fields(among), func(w string) bool { return value == prefix+w })
	}
	length := func(text string, least, most int) bool {
		n := utf8.RuneCountInString(text)
		return least <= n && n <= most
	}
	flaw(len(s.Visibility) == 0 && s.Monetary == "" && s.Provision == "" && s.Account == "", "it decides nothing")
	for _, v := range s.Visibility {
		flaw(!oneOf(v, "DECISION_VISIBILITY_", "CONTENT_REMOVED CONTENT_DISABLED CONTENT_DEMOTED CONTENT_AGE_RESTRICTED CONTENT_INTERACTION_RESTRICTED CONTENT_LABELLED OTHER"), "decision_visibility "+v)
	}
	flaw(slices.Contains(s.Visibility, "DECISION_VISIBILITY_OTHER") != (s.VisibilityOther != "") || len(s.VisibilityOther) > 500, "decision_visibility_other")
	flaw(s.Monetary != "" && !oneOf(s.Monetary, "DECISION_MONETARY_", "SUSPENSION TERMINATION OTHER"), "decision_monetary")
	flaw(s.Provision != "" && !oneOf(s.Provision, "DECISION_PROVISION_", "PARTIAL_SUSPENSION TOTAL_SUSPENSION PARTIAL_TERMINATION TOTAL_TERMINATION"), "decision_provision")
	flaw(s.Account != "" && !oneOf(s.Account, "DECISION_ACCOUNT_", "SUSPENDED TERMINATED"), "decision_account")
	switch s.Ground {
	case "DECISION_GROUND_ILLEGAL_CONTENT":
		flaw(!length(s.IllegalGround, 1, 500) || !length(s.IllegalExplanation, 1, 2000), "illegal_content")
	case "DECISION_GROUND_INCOMPATIBLE_CONTENT":
		flaw(!length(s.IncompatibleGround, 1, 500) || !length(s.IncompatibleWhy, 1, 2000), "incompatible_content")
		flaw(!slices.Contains([]string{"", "Yes", "No"}, s.IncompatibleLegal), "incompatible_content_illegal")
	default:
		flaw(true, "decision_ground")
	}
	flaw(len(s.GroundURL) > 500, "decision_ground_reference_url")
	flaw(len(s.ContentType) == 0, "content_type")
	for _, c := range s.ContentType {
		flaw(!oneOf(c, "CONTENT_TYPE_", "APP AUDIO IMAGE PRODUCT SYNTHETIC_MEDIA TEXT VIDEO OTHER"), "content_type "+c)
	}
	flaw(slices.Contains(s.ContentType, "CONTENT_TYPE_OTHER") != (s.ContentTypeOther != "") || len(s.ContentTypeOther) > 500, "content_type_other")
	flaw(!oneOf(s.Category, "STATEMENT_CATEGORY_", "ANIMAL_WELFARE CONSUMER_INFORMATION CYBER_VIOLENCE CYBER_VIOLENCE_AGAINST_WOMEN DATA_PROTECTION_AND_PRIVACY_VIOLATIONS "+
		"ILLEGAL_OR_HARMFUL_SPEECH INTELLECTUAL_PROPERTY_INFRINGEMENTS NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS NOT_SPECIFIED_NOTICE OTHER_VIOLATION_TC PROTECTION_OF_MINORS "+
		"RISK_FOR_PUBLIC_SECURITY SCAMS_AND_FRAUD SELF_HARM UNSAFE_AND_PROHIBITED_PRODUCTS VIOLENCE"), "category")
	flaw(len(s.Scope) == 0, "territorial_scope")
	for _, c := range s.Scope {
		flaw(!slices.Contains(states, c), "territorial_scope "+c)
	}
	for field, date := range map[string]string{"content_date": s.ContentDate, "application_date": s.ApplicationDate} {
		flaw(!dated(date, map[string]string{"content_date": "2000-01-01", "application_date": "2020-01-01"}[field]), field)
	}
	for field, date := range map[string]string{"account": s.EndAccount, "monetary": s.EndMonetary, "service": s.EndService, "visibility": s.EndVisibility} {
		flaw(date != "" && (!dated(date, "2020-01-01") || date < s.ApplicationDate), "end_date_"+field+"_restriction")
	}
	flaw(!length(s.Facts, 1, 5000), "decision_facts")
	flaw(!slices.Contains([]string{"SOURCE_ARTICLE_16", "SOURCE_TRUSTED_FLAGGER", "SOURCE_VOLUNTARY", "SOURCE_TYPE_OTHER_NOTIFICATION"}, s.Source), "source_type")
	flaw(s.Detection != "Yes" && s.Detection != "No", "automated_detection")
	flaw(!oneOf(s.Decision, "AUTOMATED_DECISION_", "FULLY PARTIALLY NOT_AUTOMATED"), "automated_decision")
	flaw((s.Account != "" || s.Monetary != "") && s.Decision == "AUTOMATED_DECISION_FULLY", "automated_decision: a person decides about accounts and money")
	flaw(!puid.MatchString(s.PUID), "puid")
	return wrong
}

var puid = regexp.MustCompile(`^[A-Za-z0-9_-]{1,500}$`)

// dated reports whether a text is a day between one and the end of 2037.
func dated(text, from string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil && text >= from && text < "2038-01-01"
}
