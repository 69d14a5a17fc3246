package conduct

import (
	"slices"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/restriction"
)

// RuleKey names a rule in all its versions.
type RuleKey string

// Rule is one rule of the house, as it reads in one version. What a version says
// never changes: whoever was judged by it can read it as it was.
type Rule struct {
	Key      RuleKey
	Version  int
	Title    string
	Text     string
	Examples []string
	Needs    string              // the evidence that a decision takes
	Heaviest restriction.Measure // the most that breaking it can lead to
	Urgent   bool                // somebody could come to harm before a hearing is over
}

// Rules are those in force, the gravest first. None of them is about ratings, or
// about how often somebody answers or accepts: nothing like that can be broken.
var Rules = []Rule{
	{
		Key: "fraud", Version: 1, Heaviest: restriction.EndAccount, Urgent: true,
		Title:    say.Key("No tricks with money"),
		Text:     say.Key("Do not ask people to pay before they can work, to receive or pass on money for others, or to hand over passwords, codes or papers. Do not offer work that does not exist."),
		Examples: []string{say.Key("“Buy the equipment from our supplier first, we pay it back.”"), say.Key("“Receive the payments on your account and keep ten percent.”")},
		Needs:    say.Key("The words in which it was asked, or the papers that show it."),
	},
	{
		Key: "threats", Version: 1, Heaviest: restriction.EndAccount, Urgent: true,
		Title:    say.Key("Nobody is threatened or harassed"),
		Text:     say.Key("Do not threaten, stalk, insult or sexually harass anybody, and do not publish what is private of theirs."),
		Examples: []string{say.Key("Messages that go on after somebody asked to be left alone."), say.Key("“I know where you live.”")},
		Needs:    say.Key("The words, and to whom they were written."),
	},
	{
		Key: "deception", Version: 1, Heaviest: restriction.EndAccount,
		Title:    say.Key("Be who you say you are"),
		Text:     say.Key("Do not act under somebody else’s name, show somebody else’s work as yours, or trade in accounts and reviews."),
		Examples: []string{say.Key("Portfolio pieces taken from another person’s site."), say.Key("A review that was paid for.")},
		Needs:    say.Key("What was claimed, and what shows that it is not so."),
	},
	{
		Key: "unlawful", Version: 1, Heaviest: restriction.Suspend, Urgent: true,
		Title:    say.Key("No work that the law forbids"),
		Text:     say.Key("Do not ask for or offer work that is against the law where either of you lives: breaking into systems, forged papers, exams sat for others."),
		Examples: []string{say.Key("“Get into this account for me.”"), say.Key("A thesis that another hands in as theirs, where that is forbidden.")},
		Needs:    say.Key("The post, proposal or message, and the law that it is against."),
	},
	{
		Key: "discrimination", Version: 1, Heaviest: restriction.LimitPosting,
		Title:    say.Key("Nobody is shut out for who they are"),
		Text:     say.Key("Do not choose or refuse people for their origin, skin, faith, sex, age, disability or whom they love, unless the work itself or the law asks for it."),
		Examples: []string{say.Key("“Only men under 30.”"), say.Key("“No applicants from there.”")},
		Needs:    say.Key("The words in which people were shut out."),
	},
	{
		Key: "free_work", Version: 1, Heaviest: restriction.LimitPosting,
		Title:    say.Key("Work is paid"),
		Text:     say.Key("Do not ask for work that is not paid: no free samples made to order, no trial weeks, no payment in praise or in later orders. Do not ask for less than the floor on the side."),
		Examples: []string{say.Key("“Write two pages as a test, we choose the best.”"), say.Key("“The first project is free, then we see.”")},
		Needs:    say.Key("The words in which it was asked for."),
	},
	{
		Key: "rights", Version: 1, Heaviest: restriction.RemoveContent,
		Title:    say.Key("Others’ work is theirs"),
		Text:     say.Key("Do not publish here what you have no right to: texts, pictures, names and marks of others."),
		Examples: []string{say.Key("A photograph without its maker’s leave.")},
		Needs:    say.Key("What it was taken from, and whose it is."),
	},
	{
		Key: "spam", Version: 1, Heaviest: restriction.LimitPosting,
		Title:    say.Key("Say it once"),
		Text:     say.Key("Do not publish the same post again and again, or things that are no work, such as advertisements."),
		Examples: []string{say.Key("The same post from three accounts."), say.Key("A post that is a link to a shop.")},
		Needs:    say.Key("The things that say the same, or the advertisement."),
	},
}

// ErrRule says that there is no such rule.
var ErrRule = fault.New(fault.Invalid, "rule_unknown", "Choose the rule that it is about.").At("rule")

// RuleNamed is the rule in force of that name.
func RuleNamed(key RuleKey) (Rule, error) {
	i := slices.IndexFunc(Rules, func(r Rule) bool { return r.Key == key })
	if i < 0 {
		return Rule{}, ErrRule
	}
	return Rules[i], nil
}

// gravity is how grave it is to break a rule: the gravest has the most.
func gravity(key RuleKey) int {
	return len(Rules) - max(0, slices.IndexFunc(Rules, func(r Rule) bool { return r.Key == key }))
}

// Measures are what breaking r can lead to, from the lightest on.
func (r Rule) Measures() []restriction.Measure {
	return restriction.Measures[:slices.Index(restriction.Measures, r.Heaviest)+1]
}
