package contract

import (
	"slices"
	"time"

	"freehold/internal/kit/say"
)

// Law is one that says what has to stand in a contract with a freelancer.
type Law string

// The laws that every contract is held to, wherever the two live.
const (
	NewYork    Law = "New York"   // General Business Law, article 44-A
	California Law = "California" // Business and Professions Code, section 18100 and following (SB 988)
	Illinois   Law = "Illinois"   // Freelance Worker Protection Act, 820 ILCS 193
)

// Element is something that has to stand in a contract.
type Element struct {
	Key   string
	Words string
	Laws  []Law // that ask for it; none: good sense does
	there func(deed, evidence) bool
}

var freelanceLaws = []Law{NewYork, California, Illinois}

// Elements are all that a contract needs.
var Elements = []Element{
	{"client_name", say.Key("the name of the client"), freelanceLaws, func(d deed, _ evidence) bool { return d.Client.Name != "" }},
	{"client_address", say.Key("the postal address of the client"), freelanceLaws, func(_ deed, e evidence) bool { return e.of(Client).PostalAddress != "" }},
	{"freelancer_name", say.Key("the name of the freelancer"), freelanceLaws, func(d deed, _ evidence) bool { return d.Freelancer.Name != "" }},
	{"freelancer_address", say.Key("the postal address of the freelancer"), freelanceLaws, func(_ deed, e evidence) bool { return e.of(Freelancer).PostalAddress != "" }},
	{"services", say.Key("each service, by itself"), freelanceLaws, func(d deed, _ evidence) bool {
		return d.each(func(m MilestoneTerms) bool { return m.Title != "" && len(m.Criteria) > 0 })
	}},
	{"value", say.Key("what each service is worth, and in which currency"), freelanceLaws, func(d deed, _ evidence) bool {
		return d.each(func(m MilestoneTerms) bool { return m.Price.Positive() && m.Price.Currency != "" })
	}},
	{"method", say.Key("how it is paid"), freelanceLaws, func(d deed, _ evidence) bool { return d.Terms.Funding == All || d.Terms.Funding == Next }},
	{"payment_date", say.Key("how the date of each payment comes about"), freelanceLaws, func(d deed, _ evidence) bool { return d.Terms.AcceptanceDays > 0 }},
	{"submission_date", say.Key("by when the freelancer hands over what is to be paid"), freelanceLaws, func(d deed, _ evidence) bool {
		return d.each(func(m MilestoneTerms) bool { _, err := time.Parse(dateOnly, m.Due); return err == nil })
	}},
	{"scope", say.Key("what the work is"), nil, func(d deed, _ evidence) bool { return d.Terms.Scope != "" }},
	{"rights", say.Key("when the rights in the work pass to the client"), nil, func(d deed, _ evidence) bool { return d.Rules.Rights == rightsFollowMoney }},
	{"end", say.Key("how either of the two can end it early, and what is paid then"), nil, func(d deed, _ evidence) bool { return d.Terms.NoticeDays > 0 }},
}

// askedBy reports whether a law asks for the element.
func (e Element) askedBy(l Law) bool { return slices.Contains(e.Laws, l) }

func (d deed) each(ok func(MilestoneTerms) bool) bool {
	for _, m := range d.Terms.Milestones {
		if !ok(m) {
			return false
		}
	}
	return len(d.Terms.Milestones) > 0
}

// lint are the elements that a contract lacks.
func lint(d deed, e evidence) (missing []Element) {
	for _, el := range Elements {
		if !el.there(d, e) {
			missing = append(missing, el)
		}
	}
	return missing
}
