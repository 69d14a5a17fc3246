package contract

import (
	"slices"
	"testing"
)

func TestALawNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	whole := evidence{Signatures: []SignatureEvidence{{Side: Client, PostalAddress: "1 Orchard Lane"}, {Side: Freelancer, PostalAddress: "2 Orchard Lane"}}}
	if missing := lint(deedOf(twoParts()), whole); len(missing) > 0 {
		t.Errorf("a whole contract lacks %+v", missing)
	}
	for key, without := range map[string]func(*deed, *evidence){
		"client_name":        func(d *deed, _ *evidence) { d.Client.Name = "" },
		"client_address":     func(_ *deed, e *evidence) { e.Signatures[0].PostalAddress = "" },
		"freelancer_name":    func(d *deed, _ *evidence) { d.Freelancer.Name = "" },
		"freelancer_address": func(_ *deed, e *evidence) { e.Signatures = e.Signatures[:1] },
		"services":           func(d *deed, _ *evidence) { d.Terms.Milestones[1].Criteria = nil },
		"value":              func(d *deed, _ *evidence) { d.Terms.Milestones[0].Price.Minor = 0 },
		"method":             func(d *deed, _ *evidence) { d.Terms.Funding = "" },
		"payment_date":       func(d *deed, _ *evidence) { d.Terms.AcceptanceDays = 0 },
		"submission_date":    func(d *deed, _ *evidence) { d.Terms.Milestones[0].Due = "soon" },
		"scope":              func(d *deed, _ *evidence) { d.Terms.Scope = "" },
		"rights":             func(d *deed, _ *evidence) { d.Rules.Rights = "" },
		"end":                func(d *deed, _ *evidence) { d.Terms.NoticeDays = 0 },
	} {
		d, e := deedOf(twoParts()), evidence{Signatures: slices.Clone(whole.Signatures)}
		without(&d, &e)
		if missing := lint(d, e); len(missing) != 1 || missing[0].Key != key {
			t.Errorf("without %s it lacks %+v", key, missing)
		}
	}
	if len(Elements) != 12 {
		t.Errorf("%d elements: try each", len(Elements))
	}
}
