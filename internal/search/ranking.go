package search

import "freehold/internal/kit/say"

// Ranking says in what order a list stands.
type Ranking struct{ List, Order say.Sentence }

// Rankings are all lists of posts and people that somebody searches or is shown,
// with the figures that the code itself goes by.
var Rankings = []Ranking{
	{say.That("Posts for you"), say.That("By a score of 100: the fit counts for %d, and how new the post is for %d. Freshness fades to nothing in %d days. It looks at the newest %d posts for each of your skills and at the newest %d of all.",
		100-ofFresh, ofFresh, staleDays, perSkill, anyNewest)},
	{say.That("Posts found by words"), say.That("By how well the words match: a word counts for as much as it tells posts apart, more in a title than among the skills, and more there than in the description; the longer a post is, the less. The newest %d that match are weighed so; older ones follow, the newest first.", weighed)},
	{say.That("Posts found by filters alone"), say.That("The newest first, unless you choose another order: whose client has answered most, or what pays most.")},
	{say.That("People for a post"), say.That("By the fit with the post, but every %dth place is kept for the one who fits best of those who have completed no contract here yet. Who takes no invitations at present stands last.", newcomersEvery)},
	{say.That("Proposals, as the client reads them"), say.That("By the fit, and those that fit alike in the order in which they came. Never by price.")},
}

// Unranked are what no list looks at.
var Unranked = []say.Sentence{
	say.That("Money: there is no way to pay for a place, and no fee moves one."),
	say.That("The price of a proposal: being cheaper than the budget earns nothing."),
	say.That("Who somebody is: no name, picture, age, sex, country or language."),
	say.That("How often somebody was here, how fast they write, or whether they declined an invitation."),
}
