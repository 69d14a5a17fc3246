package contract

import (
	"fmt"
	"strings"
	"time"

	"freehold/internal/kit/money"
)

// amendmentDeed is all that the text of an amendment is made of.
type amendmentDeed struct {
	Contract   ID        `json:"contract"`
	Title      string    `json:"title"`
	Terms      string    `json:"contract_sha256"` // of the text that made the contract
	Amendment  int       `json:"amendment"`
	At         time.Time `json:"at"`
	Author     string    `json:"author"`
	Client     party     `json:"client"`
	Freelancer party     `json:"freelancer"`
	Reason     string    `json:"reason"`
	Was        Plan      `json:"was"`
	Plan       Plan      `json:"plan"`
	Rules      Rules     `json:"rules"` // of the contract; only its fees are told again
}

// write is the deed as the text that both sign and as data, which the text names.
func (d amendmentDeed) write() (text, data string, err error) {
	d.At = d.At.UTC()
	if data, err = canonical(d); err != nil {
		return "", "", err
	}
	return d.text(fingerprint(data)), data, nil
}

// text writes the deed out, by the rules of a contract's own text.
func (d amendmentDeed) text(data string) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }

	line("AMENDMENT")
	line("")
	line("Client:     %s (person %d)", d.Client.Name, d.Client.ID)
	line("Freelancer: %s (person %d)", d.Freelancer.Name, d.Freelancer.ID)
	line("Contract:   %s (contract %d, whose text has the SHA-256 %s)", d.Title, d.Contract, d.Terms)
	line("Amendment:  %d, written by %s on %s", d.Amendment, d.Author, d.At.Format("2 January 2006 at 15:04:05 UTC"))
	line("")
	line("1. WHAT CHANGES")
	line("")
	line("Why, in the words of %s:", d.Author)
	line("%s", quoted(d.Reason))
	for i, change := range d.changes() {
		line("1.%d %s", i+1, change)
	}
	line("")
	line("2. THE WORK FROM NOW ON")
	line("")
	line("%s", quoted(d.Plan.Scope))
	line("")
	line("3. THE MILESTONES THAT ARE OPEN FROM NOW ON")
	for _, part := range d.Plan.Milestones {
		line("")
		deed{Rules: d.Rules}.milestone(line, fmt.Sprintf("Milestone %d:", part.N), part.MilestoneTerms)
	}
	line("")
	line("4. WHAT BINDS")
	line("")
	line("4.1 This amendment is made when both have signed this text. Everything else that was agreed in the contract stays as it is.")
	line("4.2 What it takes beyond what is in escrow goes into escrow from the client's wallet in the moment of the second signature, or the amendment is not made. What is no longer needed of the ending fee goes back to the client.")
	line("4.3 The name and the postal address of each of the two, as given with their signature, are part of this amendment.")
	line("4.4 The same as data, in JSON in the form of RFC 8785, has the SHA-256 %s.", data)
	return b.String()
}

// changes says in sentences what is not as it was.
func (d amendmentDeed) changes() (all []string) {
	say := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	if d.Was.Scope != d.Plan.Scope {
		say("The words that say what the work is are others.")
	}
	for _, was := range d.Was.Milestones {
		now := d.Plan.of(was.N)
		if now == nil {
			say("Milestone %d, “%s”, for %s, is left out.", was.N, was.Title, was.Price)
			continue
		}
		for _, change := range partChanges(was.MilestoneTerms, now.MilestoneTerms) {
			say("Milestone %d, “%s”: %s", was.N, was.Title, change)
		}
	}
	for _, now := range d.Plan.Milestones {
		if d.Was.of(now.N) == nil {
			say("Milestone %d, “%s”, for %s, is new.", now.N, now.Title, now.Price)
		}
	}
	if before, after := d.Was.total(), d.Plan.total(); before != after {
		say("All that is open costs %s from now on, and cost %s before.", after, before)
	}
	return all
}

func partChanges(was, now MilestoneTerms) (all []string) {
	say := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	if was.Title != now.Title {
		say("its title is “%s” from now on.", now.Title)
	}
	if was.Price != now.Price {
		say("its price is %s from now on, and was %s.", now.Price, was.Price)
	}
	if was.Due != now.Due {
		say("it is due on %s from now on, and was due on %s.", now.Due, was.Due)
	}
	if was.Hours != now.Hours {
		say("its work is estimated at %s from now on, and was at %s.", count(now.Hours, "hour", "hours"), count(was.Hours, "hour", "hours"))
	}
	if strings.Join(was.Criteria, "\n") != strings.Join(now.Criteria, "\n") {
		say("its acceptance criteria are others.")
	}
	return all
}

// total is the sum of the prices of a plan, which has at least one milestone.
func (p Plan) total() money.Amount {
	var t Terms
	for _, part := range p.Milestones {
		t.Milestones = append(t.Milestones, part.MilestoneTerms)
	}
	return t.Total()
}
