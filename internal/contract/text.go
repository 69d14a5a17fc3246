package contract

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/gowebpki/jcs"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/proposal"
	"freehold/internal/terms"
)

// deed is all that the text both sign is made of. The same deed always makes
// the same text, to the byte.
type deed struct {
	Offer      OfferID     `json:"offer"`
	Revision   int         `json:"revision"`
	At         time.Time   `json:"at"`
	Author     string      `json:"author"`
	Client     party       `json:"client"`
	Freelancer party       `json:"freelancer"`
	Post       jobpost.ID  `json:"post"`
	PostTitle  string      `json:"post_title"`
	Proposal   proposal.ID `json:"proposal"`
	Terms      Terms       `json:"terms"`
	Rules      Rules       `json:"rules"`
}

type party struct {
	ID   account.ID `json:"id"`
	Name string     `json:"name"`
}

// write is the deed as the text that both sign and as data. The text names the
// data by its SHA-256, so who signs the one signs the other.
func (d deed) write() (text, data string, err error) {
	d.At = d.At.UTC()
	if data, err = canonical(d); err != nil {
		return "", "", err
	}
	return d.text(fingerprint(data)), data, nil
}

// canonical is v as JSON in the form of RFC 8785, in which the same data are
// always the same bytes.
func canonical(v any) (string, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	data, err := jcs.Transform(plain)
	return string(data), err
}

// fingerprint is the SHA-256 of a text in UTF-8, in hexadecimal: what a
// signature is on.
func fingerprint(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

const title = "CONTRACT"

// text writes the deed out. What the two have written themselves stands behind
// a number of ours or, where it has several lines, behind a mark on each, so
// that no words of theirs can pass for a clause. data is the SHA-256 of the deed
// as data.
func (d deed) text(data string) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }

	line(title)
	line("")
	line("Client:     %s (person %d)", d.Client.Name, d.Client.ID)
	line("Freelancer: %s (person %d)", d.Freelancer.Name, d.Freelancer.ID)
	line("Job post:   %s (post %d, proposal %d)", d.PostTitle, d.Post, d.Proposal)
	line("Offer:      %d, revision %d, written by %s on %s", d.Offer, d.Revision, d.Author, d.At.UTC().Format("2 January 2006 at 15:04:05 UTC"))
	line("")
	line("1. THE WORK")
	line("")
	line("%s", quoted(d.Terms.Scope))
	line("")
	if k := d.Terms.Calendar; k != nil {
		d.calendar(line, *k)
	} else {
		line("2. THE MILESTONES")
		for i, m := range d.Terms.Milestones {
			line("")
			d.milestone(line, fmt.Sprintf("2.%d", i+1), m)
		}
		line("")
		d.sums(line)
		line("")
		d.clauses(line)
	}
	d.binds(line)
	line("6.4 The name and the postal address of each of the two, as given with their signature, are part of this contract.")
	line("6.5 The same terms as data, in JSON in the form of RFC 8785, have the SHA-256 %s.", data)
	return b.String()
}

type writer func(format string, args ...any)

func (d deed) milestone(line writer, label string, m MilestoneTerms) {
	due, _ := time.Parse(dateOnly, m.Due) // checked when the terms were
	fee := d.clientFee(m.Price)
	line("%s %s", label, m.Title)
	line("Price: %s. With the market's fee of %s the client pays %s. The freelancer receives %s.",
		m.Price, fee, m.Price.Add(fee), m.Price.Sub(d.freelancerFee(m.Price)))
	line("Due: by the end of %s (UTC). Estimated work: %s.", due.Format("Monday, 2 January 2006"), count(m.Hours, "hour", "hours"))
	line("The work is done when all of this is true:")
	for j, c := range m.Criteria {
		line("  (%d) %s", j+1, c)
	}
}

func (d deed) sums(line writer) {
	total := d.Terms.Total()
	cost, net := money.Zero(total.Currency), money.Zero(total.Currency)
	for _, m := range d.Terms.Milestones {
		cost = cost.Add(m.Price).Add(d.clientFee(m.Price))
		net = net.Add(m.Price).Sub(d.freelancerFee(m.Price))
	}
	line("All milestones together: %s. The client pays %s. The freelancer receives %s.", total, cost, net)
}

func (d deed) clauses(line writer) {
	t, r := d.Terms, d.Rules
	line("3. THE MONEY")
	line("")
	line("3.1 Nobody works on a milestone before its price and the market's fee are in escrow in full.")
	line("3.2 %s", fundingClause(t, r))
	d.fees(line)
	line("3.4 The price of a milestone is paid to the freelancer in the moment in which the milestone is approved.")
	line("")
	line("4. THE WORK IS SUBMITTED AND JUDGED")
	line("")
	line("4.1 The freelancer submits a milestone once all its acceptance criteria are met.")
	line("4.2 From then on the client has %s to approve it, or to ask for changes by naming the criteria that are not met and saying why. %s",
		days(t.AcceptanceDays), roundsClause(t))
	line("4.3 If the client does neither in that time, the milestone is approved. Silence pays for submitted work. Each submission opens the time anew, so it opens at most %s for each milestone. Once in this contract the client may declare an absence of at most %s, in which the time stands still.",
		count(t.ChangeRounds+1, "time", "times"), days(LongestAbsence))
	line("4.4 If nothing is submitted for a milestone by its due date and %s after it, the client may take its money back. A milestone that was funded later than planned has as many days from then on as the plan gave it, and the %s after them. "+
		"If changes were asked for and the work is not submitted again, the same holds once %s have passed since they were asked for, and not before the date on which it would have held for the work itself. "+
		"If the client does nothing either, the money goes back to them %s later.",
		days(r.GraceDays), days(r.GraceDays), days(r.GraceDays), days(under(r.Lifecycle).Patience))
	line("4.5 The rights in the work of a milestone follow the money: they %s, and stay with the freelancer until then.", r.Rights)
	line("4.6 If the two disagree, the client may dispute a sum while the work is before them, and the freelancer while changes are asked of them. " + disputeClause)
	line("")
	line("5. THE END")
	line("")
	line("5.1 The contract is complete when all milestones are approved.")
	line("5.2 If the client does not fund it within %s after both have signed, it ends, and neither owes the other anything.", days(r.FundDays))
	line("5.3 Either of the two may end it early with %s of notice. Until the notice has passed the work on funded milestones goes on, and no other is funded. Work that was submitted is judged as ever, and the contract does not end by itself before the time for that has passed; changes are asked for at the latest 2 days before the notice has passed. If the other one agrees, the contract ends at once; the freelancer can agree as soon as the client has judged what came after the client's notice.", days(t.NoticeDays))
	line("5.4 When it ends early, approved and submitted work is paid in full. A milestone that has begun is paid by its share. That is the share both name; otherwise it is the share of its days that have begun, from its funding until it is due, but no less than the client names and no more than the freelancer names. If the two name different shares, each of them can have an arbiter decide between them while the notice runs. The rest of its money goes back to the client.")
	line("5.5 Where a share was paid, the client may use the drafts of that milestone as they are. Where nothing was paid, they stay the freelancer's.")
	if t.Funding == Next {
		line("5.6 The ending fee is the freelancer's if the client ends the contract early or does not fund the rest. It goes back to the client as the rest is funded, if both end the contract at once, and if the freelancer ends the contract early or lets a milestone's money be taken back.")
	}
}

// disputeClause is how a disagreement ends.
const disputeClause = "Only that sum waits; the rest is paid at once. They have 5 days to agree on a split; then an arbiter of the market decides within 10 days, by the acceptance criteria and the evidence of both. Either may have the decision reviewed within 7 days. What comes out binds both under this contract, and takes no right to go to a court from either."

func (d deed) fees(line writer) {
	r := d.Rules
	line("3.3 The market's fees are fixed for this contract: %s of each price, paid by the client on top of it, and %s of each price, paid by the freelancer out of it (settings, version %d). Fractions of the smallest coin are rounded down.",
		percent(r.ClientFee), percent(r.FreelancerFee), r.Settings)
}

func (d deed) binds(line writer) {
	r := d.Rules
	line("")
	line("6. WHAT BINDS")
	line("")
	line("6.1 This contract is made when both have signed this text. Nobody can change it alone: changes are made by both signing them.")
	line("6.2 What can happen on this contract, and what happens if nobody does anything, goes by the market's lifecycles in version %d, whatever versions follow.", r.Lifecycle)
	line("6.3 A day of a time limit is 24 hours, counted from the moment at which the limit begins.")
}

func fundingClause(t Terms, r Rules) string {
	if t.Funding == All {
		return "The client puts the money of all milestones in escrow at the start."
	}
	return fmt.Sprintf("The client puts the money of the first milestone in escrow at the start, and with it an ending fee of %s of the prices of all milestones that are not funded yet. "+
		"When a milestone is approved, the next one is funded from the client's wallet in the same act. "+
		"If the money is not there the contract is starved: nobody has to work, and after %s the freelancer may leave with the ending fee. If nobody does anything, it ends by itself %s later, and the ending fee is the freelancer's.",
		percent(t.EndingFee), days(r.StarvedDays), days(under(r.Lifecycle).Patience))
}

func roundsClause(t Terms) string {
	if t.ChangeRounds == 0 {
		return "No changes can be asked for."
	}
	return fmt.Sprintf("Changes can be asked for in at most %s for each milestone.", count(t.ChangeRounds, "round", "rounds"))
}

func (d deed) clientFee(price money.Amount) money.Amount {
	return d.Rules.ClientFee.Of(price)
}

func (d deed) freelancerFee(price money.Amount) money.Amount {
	return d.Rules.FreelancerFee.Of(price)
}

// quoted marks every line of somebody's own words.
func quoted(s string) string { return "  | " + strings.ReplaceAll(s, "\n", "\n  | ") }

func days(n terms.Days) string { return count(int(n), "day", "days") }

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
