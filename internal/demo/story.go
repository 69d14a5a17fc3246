package demo

import (
	"context"
	"fmt"
	"time"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/contract"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/message"
	"freehold/internal/proposal"
	"freehold/internal/web/view"
)

// Market is what the demonstration is made on.
type Market struct {
	DB    *db.DB
	Rail  banking.Rail
	Clock *Clock
	Sweep func(context.Context) error // does what is due
}

// market is a demonstration in the making.
type market struct {
	db     *db.DB
	rail   banking.Rail
	clock  *Clock
	sweep  func(context.Context) error
	people map[string]account.Actor
	err    error // the first thing that went wrong; nothing is done after it
}

// before is how long ago the story begins: as long as it lasts.
const before = 31 * day

const day = 24 * time.Hour

// Fill makes the demonstration's people and plays their story through the use
// cases, from a month ago until now; in a market that has them it changes
// nothing. It returns the log-ins.
func Fill(ctx context.Context, in Market) ([]view.DemoPerson, error) {
	filled, err := isFilled(ctx, in.DB)
	if err != nil || filled {
		return People(), err
	}
	m := &market{db: in.DB, rail: in.Rail, clock: in.Clock, sweep: in.Sweep, people: map[string]account.Actor{}}
	m.clock.ahead.Store(-int64(before))
	for _, p := range cast {
		if err := m.join(ctx, p); err != nil {
			return nil, fmt.Errorf("%s joins: %w", p.name, err)
		}
	}
	m.play(ctx)
	if m.err == nil && m.clock.ahead.Load() != 0 {
		m.err = fmt.Errorf("the story ends %v off", time.Duration(m.clock.ahead.Load()))
	}
	return People(), m.err
}

// play is the story.
func (m *market) play(ctx context.Context) {
	// A month ago: a poster series, which goes well to its end.
	posters := m.post(ctx, "sofia", jobpost.Input{Title: "Six posters for an exhibition about hammers", Category: "illustration-and-animation",
		Description: "Our autumn exhibition shows two hundred hammers. We need six posters, **two colours each**, that make people want to hold one.\n\n- Format A2, for offset printing\n- You get photographs of all objects\n- We choose the six objects together",
		Skills:      []string{"Illustration", "Poster Design"}, Level: "intermediate", BudgetMin: 240_000, Hours: 60, AnswerDays: 7,
		Questions: []string{"Which hammer would you begin with, and why?"}})
	lins := m.propose(ctx, "lin", posters, proposal.Input{Letter: "A hammer is a line and a block: that is a poster already. I would draw each at the size of the sheet, so that it is as heavy as it is.\n\nI can begin on Monday, and send you all six as pencil sketches within a week.",
		Price: euros(2_200), Hours: 60, Answers: []string{"The smallest one. If that works at A2, the others will."},
		Plan: []proposal.Milestone{{Title: "Six sketches", Minor: 60_000, Hours: 16, Days: 8}, {Title: "Final art for printing", Minor: 160_000, Hours: 44, Days: 24}}})
	toms := m.propose(ctx, "tom", posters, proposal.Input{Letter: "I am a writer, not an illustrator. But posters need words, and I would gladly write the six lines under them.",
		Price: euros(1_900), Hours: 54, Answers: []string{"The one whose name nobody remembers."}})
	m.wait(ctx, 2*day)
	m.read(ctx, "sofia", lins, toms)
	m.decline(ctx, "sofia", toms, "skills", "Thank you for the six lines: I may come back to you for the catalogue.")
	hammers := m.sign(ctx, "sofia", "lin", lins, contract.Terms{Scope: "Six posters for the exhibition about hammers, two colours each.", Funding: contract.Next,
		Milestones: []contract.MilestoneTerms{
			m.milestone("Six sketches", 600, 16, 10, "A pencil sketch of each of the six objects", "Each at A4, scanned"),
			m.milestone("Final art for printing", 1_600, 44, 26, "Six files for offset printing, A2 with bleed", "Two spot colours each", "The museum’s name as in the style guide")}})
	m.fund(ctx, "sofia", hammers)
	m.wait(ctx, 6*day)
	m.submit(ctx, "lin", hammers, 0, "All six. The claw hammer was the hardest: it wanted to be a bird.")
	m.wait(ctx, day)
	m.approve(ctx, "sofia", hammers, 0)

	// Three weeks ago: an audio guide that nobody answered about. The bond is shared.
	guide := m.post(ctx, "sofia", jobpost.Input{Title: "Texts for an audio guide, forty objects", Category: "writing",
		Description: "Forty objects, ninety seconds each, for people who have never held a tool. Dry humour welcome.",
		Skills:      []string{"Copywriting", "Copy editing"}, Level: "intermediate", BudgetMin: 320_000, Hours: 90, AnswerDays: 5})
	m.propose(ctx, "tom", guide, proposal.Input{Letter: "Ninety seconds is two hundred words. I would write each object as if it were speaking, and read it aloud in the room before you hear it.",
		Price: euros(3_100), Hours: 88})
	m.propose(ctx, "mateo", guide, proposal.Input{Letter: "I translate for museums and know how such texts sound when they are good. I would write them in English and give you the Spanish with them.",
		Price: euros(3_200), Hours: 90})
	m.wait(ctx, 6*day)

	// A fortnight ago: words for eleven coffees; the second milestone waits for Carl.
	coffees := m.post(ctx, "carl", jobpost.Input{Title: "Words for eleven coffees", Category: "writing",
		Description: "A page for each of our coffees: where it grows, who grows it, what it tastes of. No tasting-note poetry, please.",
		Skills:      []string{"Copywriting", "Product Descriptions"}, Level: "intermediate", BudgetMin: 130_000, Hours: 34, AnswerDays: 10})
	words := m.propose(ctx, "tom", coffees, proposal.Input{Letter: "May I come and taste them? I would write the first two the same evening, you tell me what is wrong, and the other nine follow.",
		Price: euros(1_250), Hours: 33})
	m.wait(ctx, day)
	m.read(ctx, "carl", words)
	eleven := m.sign(ctx, "carl", "tom", words, contract.Terms{Scope: "A page of text for each of eleven coffees.", Funding: contract.Next,
		Milestones: []contract.MilestoneTerms{
			m.milestone("Two coffees, to find the tone", 250, 7, 8, "Two pages of 150 to 250 words"),
			m.milestone("The other nine", 1_000, 26, 24, "Nine pages of 150 to 250 words", "Growers’ names checked against our list")}})
	m.fund(ctx, "carl", eleven)
	m.wait(ctx, 4*day)
	m.submit(ctx, "tom", eleven, 0, "Yirgacheffe and the one from the monks. I left the word “notes” out altogether.")
	m.wait(ctx, day)
	m.approve(ctx, "carl", eleven, 0)
	m.submit(ctx, "lin", hammers, 1, "Six files, and the printer has seen them.")

	// Ten days ago: a field guide to translate. Signed, and not funded yet.
	fieldGuide := m.post(ctx, "noor", jobpost.Input{Title: "Translate a field guide to river birds into Spanish", Category: "translation",
		Description: "Sixty-four pages, about 21,000 words, for volunteers from both banks. Scientific names stay as they are.",
		Skills:      []string{"Spanish", "Translation"}, Level: "expert", BudgetMin: 260_000, Hours: 64, AnswerDays: 14})
	birds := m.propose(ctx, "mateo", fieldGuide, proposal.Input{Letter: "I have translated two field guides and counted birds myself, badly. I would send you the terminology first, so that your volunteers can object.",
		Price: euros(2_450), Hours: 62})
	m.wait(ctx, 8*day) // Sofia says nothing about the posters: silence pays
	m.read(ctx, "noor", birds)
	m.sign(ctx, "noor", "mateo", birds, contract.Terms{Scope: "Translation of the field guide into Spanish.", Funding: contract.All,
		Milestones: []contract.MilestoneTerms{
			m.milestone("Terminology", 250, 6, 9, "A list of all names and terms, English and Spanish"),
			m.milestone("The whole text", 2_200, 56, 35, "All sixty-four pages", "Terms as agreed in the first milestone")}})

	// Last week and today.
	m.openPosts(ctx)
	m.submit(ctx, "tom", eleven, 1, "Nine more. The decaf was the most fun.")
}

// openPosts are what a visitor finds on the market today.
func (m *market) openPosts(ctx context.Context) {
	donors := m.post(ctx, "noor", jobpost.Input{Title: "Clean up nine years of donor lists", Category: "data-and-ai",
		Description: "Nine spreadsheets, one a year, each with its own idea of what an address is. We need **one list without doubles**, and a page that says how to keep it so.",
		Skills:      []string{"Data Cleaning", "Excel", "SQL"}, Level: "intermediate", BudgetMin: 140_000, Hours: 48, AnswerDays: 12})
	lists := m.propose(ctx, "priya", donors, proposal.Input{Letter: "Could you send me ten rows of each year, with the names blacked out? From those I can say what will go by rule and what a person has to decide. I expect three hundred such cases and would put them into a sheet for you.",
		Price: euros(1_300), Hours: 46})
	shop := m.post(ctx, "carl", jobpost.Input{Title: "An online shop for a small coffee roastery", Category: "web-development",
		Description: "Eleven coffees, three sizes, one subscription. People should be able to order within a minute, on a telephone, with one hand.\n\n- We pack on Tuesdays and Fridays, so orders need a list for the day\n- Invoices as PDF\n- I want to change texts and prices myself",
		Skills:      []string{"JavaScript", "PostgreSQL", "Web Accessibility"}, Level: "expert", BudgetMin: 480_000, Hours: 110, AnswerDays: 14,
		Questions: []string{"What would you leave out of the first version?", "How will I change a price myself?"}})
	m.wait(ctx, 2*day)
	adas := m.propose(ctx, "ada", shop, proposal.Input{Letter: "I drank your Yirgacheffe in a café in Altona in March, so I know what the shop has to live up to.\n\nI would build it without a shop system: eleven coffees are a page, not a database of ten thousand. Orders arrive as a list for Tuesday or Friday. You get a page to change texts and prices, and a handbook of four pages.",
		Price: euros(4_600), Hours: 84, Answers: []string{"The subscription. Let people order twice first, and then ask them whether they want it every month.", "On a page that only you can open: you type the new price, see it as a customer does, and press save."},
		Plan: []proposal.Milestone{{Title: "The shop, to click through", Minor: 140_000, Hours: 26, Days: 14}, {Title: "Orders and payment", Minor: 200_000, Hours: 36, Days: 30}, {Title: "Your own pages, and the handbook", Minor: 120_000, Hours: 22, Days: 42}}})
	m.propose(ctx, "priya", shop, proposal.Input{Letter: "I have connected three shops to their bookkeeping and seen what happens to orders afterwards. I would build yours from that end: first the packing list, then the page that fills it.",
		Price: euros(4_100), Hours: 100, Answers: []string{"Discount codes. They make every sum harder, and regulars don’t need them.", "In a spreadsheet that the shop reads every hour."}})
	m.read(ctx, "carl", adas)
	m.say(ctx, "carl", adas, "That was a good idea about the subscription. Could orders also be picked up in the courtyard?")
	m.say(ctx, "ada", adas, "Yes: then the list for the day needs a second column, and nothing else changes.")
	m.read(ctx, "noor", lists)
	m.offer(ctx, "noor", lists, contract.Terms{Scope: "One list of donors without doubles, out of nine.", Funding: contract.All,
		Milestones: []contract.MilestoneTerms{m.milestone("One list", 1_300, 46, 30, "One list in which nobody stands twice", "A sheet of the cases a person has to decide", "One page that says how to keep it so")}})
	m.post(ctx, "sofia", jobpost.Input{Title: "Keep the books of our museum shop", Category: "business-and-finance", Kind: jobpost.Retainer,
		Description: "Some eighty receipts a month, two tills, one accountant who likes to be asked early.",
		Skills:      []string{"Bookkeeping", "Accounting"}, Level: "expert", BudgetMin: 62_000, Hours: 14, AnswerDays: 14})
	m.post(ctx, "noor", jobpost.Input{Title: "Answer our volunteers’ questions, Saturdays", Category: "sales-and-support", Kind: jobpost.Hourly,
		Description: "On Saturday mornings two hundred people stand along a river and ask us what that bird is. You need not know it. You need to stay friendly.",
		Skills:      []string{"Customer Service", "Email Support"}, Level: "entry", BudgetMin: 1_800, BudgetMax: 2_400, Hours: 5, AnswerDays: 10, Hire: 2})
	invited := m.post(ctx, "sofia", jobpost.Input{Title: "Drawings for the exhibition about saws", Category: "illustration-and-animation", Visibility: jobpost.Invited,
		Description: "As with the hammers, and with more teeth.",
		Skills:      []string{"Illustration"}, Level: "intermediate", BudgetMin: 260_000, Hours: 64, AnswerDays: 14})
	m.do("an invitation", func() error {
		return jobpost.Invite(ctx, m.db, m.people["sofia"], invited, m.people["lin"].ID, "The hammers hang, and people stand before them. Would you draw the saws?")
	})
	m.do("a draft", func() error {
		_, err := jobpost.SaveDraft(ctx, m.db, m.people["carl"], 0, jobpost.Input{Title: "A label for the Christmas coffee"})
		return err
	})
}

// milestone is one of the terms, due so many days from the story's now.
func (m *market) milestone(title string, price int64, hours, days int, criteria ...string) contract.MilestoneTerms {
	return contract.MilestoneTerms{Title: title, Price: euros(price), Hours: hours, Criteria: criteria,
		Due: m.clock.Now().Add(time.Duration(days) * day).Format(time.DateOnly)}
}

// do does the next thing, unless something has gone wrong before.
func (m *market) do(what string, act func() error) {
	if m.err != nil {
		return
	}
	if err := act(); err != nil {
		m.err = fmt.Errorf("%s: %w", what, err)
	}
}

// wait lets time pass, a day at a time, and what is due happen.
func (m *market) wait(ctx context.Context, d time.Duration) {
	for ; d > 0; d -= day {
		m.do("a day passes", func() error {
			m.clock.ahead.Add(int64(min(d, day)))
			return m.sweep(ctx)
		})
	}
}

func (m *market) addMoney(ctx context.Context, who string, a money.Amount) error {
	_, err := banking.AddMoney(ctx, m.db, m.rail, m.people[who], a)
	return err
}

func (m *market) post(ctx context.Context, who string, in jobpost.Input) (id jobpost.ID) {
	m.do(in.Title, func() error {
		p, err := jobpost.SaveDraft(ctx, m.db, m.people[who], 0, in)
		if err != nil {
			return err
		}
		id = p.ID
		_, err = jobpost.Publish(ctx, m.db, m.people[who], id)
		return err
	})
	return id
}

func (m *market) propose(ctx context.Context, who string, on jobpost.ID, in proposal.Input) (id proposal.ID) {
	m.do(who+" proposes", func() error {
		p, err := proposal.Propose(ctx, m.db, m.people[who], on, in)
		if err == nil {
			id = p.ID
		}
		return err
	})
	return id
}

func (m *market) read(ctx context.Context, who string, ids ...proposal.ID) {
	for _, id := range ids {
		m.do(who+" reads", func() error { _, err := proposal.Open(ctx, m.db, m.people[who], id); return err })
	}
}

func (m *market) decline(ctx context.Context, who string, id proposal.ID, reason, words string) {
	m.do(who+" declines", func() error {
		return proposal.Decline(ctx, m.db, m.people[who], id, proposal.Reason{Code: reason, Words: words})
	})
}

func (m *market) say(ctx context.Context, who string, about proposal.ID, text string) {
	m.do(who+" writes", func() error {
		c, err := message.Open(ctx, m.db, m.people[who], about)
		if err != nil {
			return err
		}
		_, err = message.Send(ctx, m.db, m.people[who], c, message.Input{Text: text})
		return err
	})
}

func (m *market) offer(ctx context.Context, client string, on proposal.ID, t contract.Terms) (id contract.OfferID) {
	m.do(client+" offers", func() (err error) {
		if id, err = contract.MakeOffer(ctx, m.db, m.people[client], on, t); err != nil {
			return err
		}
		return m.signAs(ctx, client, id)
	})
	return id
}

func (m *market) sign(ctx context.Context, client, freelancer string, on proposal.ID, t contract.Terms) (id contract.ID) {
	offer := m.offer(ctx, client, on, t)
	m.do(freelancer+" signs", func() error {
		if err := m.signAs(ctx, freelancer, offer); err != nil {
			return err
		}
		v, err := contract.ShowOffer(ctx, m.db, m.people[client], offer)
		id = v.Contract
		return err
	})
	return id
}

func (m *market) signAs(ctx context.Context, who string, id contract.OfferID) error {
	v, err := contract.ShowOffer(ctx, m.db, m.people[who], id)
	if err != nil {
		return err
	}
	_, err = contract.SignOffer(ctx, m.db, m.people[who], id, v.SHA256, password)
	return err
}

func (m *market) fund(ctx context.Context, who string, id contract.ID) {
	m.do(who+" funds", func() error { return contract.Fund(ctx, m.db, m.people[who], id) })
}

func (m *market) submit(ctx context.Context, who string, id contract.ID, n int, note string) {
	m.do(who+" submits", func() error {
		v, err := contract.Show(ctx, m.db, m.people[who], id)
		if err != nil {
			return err
		}
		met := make([]bool, len(v.Work[n].Criteria))
		for i := range met {
			met[i] = true
		}
		_, err = contract.SubmitMilestone(ctx, m.db, m.people[who], v.Work[n].ID, contract.Work{Note: note, Met: met})
		return err
	})
}

func (m *market) approve(ctx context.Context, who string, id contract.ID, n int) {
	m.do(who+" approves", func() error {
		v, err := contract.Show(ctx, m.db, m.people[who], id)
		if err != nil {
			return err
		}
		return contract.ApproveMilestone(ctx, m.db, m.people[who], v.Work[n].ID)
	})
}
