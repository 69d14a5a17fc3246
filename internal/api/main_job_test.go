package api_test

import (
	"fmt"
	"testing"
	"time"
)

// The main job, in the shapes that are documented: Carl hires Ada for two
// milestones, one of which she is paid for after changes, the other by silence.
func TestTheWholeMainJobGoesThroughTheAPI(t *testing.T) {
	t.Parallel()
	s := open(t)
	carl, ada, ben := s.person("Carl", "client"), s.person("Ada", "freelancer"), s.person("Ben", "freelancer")

	ada.put("/me/profile", object{
		"headline": "I build shops that stay up", "about": "Ten years of **Go**.", "skills": []string{"Go", "PostgreSQL"},
		"level": "expert", "rate": eur(60_00), "country": "MY", "languages": []string{"en", "ms"}, "time_zone": "Asia/Kuala_Lumpur",
	}).must(200).says("freelancer.rate", eur(60_00)).says("freelancer.languages.1.code", "ms")
	carl.post("/wallet/deposits", object{"amount": eur(2_000_00)}).must(201).says("state", "confirmed")

	post := carl.post("/job-posts", object{
		"title": "A shop for bicycles", "description": "We sell **bicycles** and need a shop.", "category": category(s), "skills": []string{"Go"},
		"level": "expert", "kind": "fixed", "budget": eur(1_500_00), "hours": 20, "questions": []string{"Have you built a shop before?"},
		"hire": 1, "answer_in_days": 10, "visibility": "public",
	}).must(201).says("state", "draft").number("id")
	carl.post(fmt.Sprintf("/job-posts/%d/publish", post), nil).must(200).
		says("id", post).says("state", "open").says("bond", eur(20_00)).says("answer_by", s.Clock.Now().AddDate(0, 0, 10).Format(time.RFC3339))
	wallet(carl, 1_980_00, 20_00)

	ada.get("/job-posts?q=bicycles").must(200).says("items.0.id", post).says("items.0.budget", eur(1_500_00)).says("next", nil)
	ada.get("/feed").must(200).says("items.0.id", post)
	proposals := fmt.Sprintf("/job-posts/%d/proposals", post)
	adas := ada.post(proposals, object{
		"letter": "I have built three such shops, all of which are still up.", "price": eur(1_200_00), "hours": 20, "answers": []string{"Yes, three."},
	}).must(201).says("state", "submitted").number("id")
	bens := ben.post(proposals, object{
		"letter": "Bicycles are what I ride to work; I know what your customers look for.", "price": eur(1_100_00), "hours": 20, "answers": []string{"Not yet."},
	}).must(201).number("id")

	listed := carl.get(proposals).must(200).says("items.0.id", adas).says("items.0.freelancer.name", "Ada").
		says("items.0.freelancer.headline", "I build shops that stay up").says("items.0.state", "submitted").says("items.0.price", nil)
	if listed.number("items.0.fit") <= listed.number("items.1.fit") {
		t.Errorf("Ada, whose skills fit, does not come first: %s", listed.raw)
	}
	carl.get(fmt.Sprintf("/proposals/%d", adas)).must(200).says("state", "read").says("price", eur(1_200_00))
	carl.post(fmt.Sprintf("/proposals/%d/shortlist", adas), nil).must(200).says("state", "shortlisted")
	carl.post(fmt.Sprintf("/proposals/%d/decline", bens), object{"reason": "experience", "words": "Thank you all the same."}).must(200).says("state", "declined")

	offer := carl.post(fmt.Sprintf("/proposals/%d/offers", adas), object{"terms": object{
		"scope": "The shop, as posted.", "funding": "next", "milestones": []object{
			{"title": "The catalogue", "price": eur(700_00), "due": s.inDays(14), "criteria": []string{"Every bicycle has a page", "It works on a phone"}, "hours": 12},
			{"title": "The till", "price": eur(500_00), "due": s.inDays(28), "criteria": []string{"A bicycle can be bought"}, "hours": 8},
		},
	}}).must(201).says("state", "open").number("id")
	sign := func(p program, state string) answer {
		sha256 := p.get(fmt.Sprintf("/offers/%d", offer)).must(200).text("sha256")
		return p.post(fmt.Sprintf("/offers/%d/sign", offer), object{"sha256": sha256, "postal_address": "1 Orchard Lane, Lisbon", "password": "correct horse battery staple"}).must(200).says("state", state)
	}
	sign(carl, "signed by one").says("contract", nil)
	contract := sign(ada, "signed by both").number("contract")
	wallet(carl, 2_000_00, 0) // the post is filled, and its bond has come back

	carl.post(fmt.Sprintf("/contracts/%d/fund", contract), nil).must(200).says("state", "active")
	wallet(carl, 2_000_00-735_00-50_00, 735_00+50_00) // the first price, 5 % on top, and 10 % of the rest
	shown := ada.get(fmt.Sprintf("/contracts/%d", contract)).must(200).says("state", "active").
		says("committed", eur(1_200_00)).says("funded", eur(700_00)).says("released", eur(0)).
		says("milestones.0.state", "funded").says("milestones.0.price", eur(700_00)).says("milestones.0.due", s.inDays(14)).
		says("milestones.0.criteria", []string{"Every bicycle has a page", "It works on a phone"}).says("milestones.1.state", "planned")
	first, second := shown.number("milestones.0.id"), shown.number("milestones.1.id")

	ada.post(fmt.Sprintf("/milestones/%d/submissions", first), object{
		"note": "All there.", "criteria": []bool{true, true}, "links": []string{"https://shop.example.org"},
	}).must(201)
	carl.post(fmt.Sprintf("/milestones/%d/ask-changes", first), object{"criteria": []int{1}, "words": "The menu hides the prices on my phone."}).must(200)
	ada.post(fmt.Sprintf("/milestones/%d/submissions", first), object{"note": "The menu folds away now.", "criteria": []bool{true, true}}).must(201)
	carl.post(fmt.Sprintf("/milestones/%d/approve", first), nil).must(200).says("state", "approved")
	wallet(carl, 2_000_00-735_00-525_00, 525_00)
	wallet(ada, 700_00, 0)

	ada.post(fmt.Sprintf("/milestones/%d/submissions", second), object{"note": "Try it.", "criteria": []bool{true}}).must(201)
	s.Clock.Advance(8 * 24 * time.Hour)
	s.sweep() // silence pays
	carl.get(fmt.Sprintf("/contracts/%d", contract)).must(200).says("state", "ended").says("ending", "completed").
		says("funded", eur(1_200_00)).says("released", eur(1_200_00))
	wallet(carl, 2_000_00-1_260_00, 0)
	wallet(ada, 1_200_00, 0)

	ada.post("/wallet/payouts", object{"amount": eur(1_200_00)}).must(201).says("state", "on its way")
	wallet(ada, 0, 0)
	ada.get("/wallet/transfers").must(200).says("items.0.amount", eur(-1_200_00)).says("items.0.balance", eur(0)).says("items.1.amount", eur(500_00))
	ada.get("/notices").must(200)
	ada.get("/me").must(200).says("id", ada.id).says("may.propose", true)
	s.stranger().get(fmt.Sprintf("/people/%d", carl.id)).must(200).says("client.standing.paid", []object{eur(1_200_00)}).says("client.standing.answer_rate", 100)

	year := "/wallet/statements/EUR/2030"
	ada.get(year).must(200).says("opening", eur(0)).says("closing", eur(0)).says("earned", eur(1_200_00)).says("spent", eur(0)).says("fees", eur(0)).
		says("work.0.side", "freelancer").says("work.0.paid", eur(700_00)).says("work.0.fee", eur(35_00)).says("work.1.paid", eur(500_00))
	carl.get(year).must(200).says("closing", eur(2_000_00-1_260_00)).says("earned", eur(0)).says("spent", eur(1_200_00)).says("fees", eur(60_00)).
		says("movements.0.amount", eur(2_000_00)).says("work.1.side", "client")
	carl.get("/wallet/statements/EUR/2029").must(200).says("closing", eur(0)).says("movements", []any{}).says("work", []any{})
	carl.get("/wallet/statements/EUR/2031-02").must(200).says("opening", eur(2_000_00-1_260_00)).says("movements", []any{})
	for _, wrong := range []string{"EUR/yesterday", "BEE/2030", "EUR/2030-13"} {
		carl.get("/wallet/statements/"+wrong).refused(404, "period_unknown")
	}
}

// category is one that exists.
func category(s site) string {
	return s.stranger().get("/categories").must(200).text("items.0.key")
}

// wallet checks what somebody has, in cents.
func wallet(p program, available, secured int64) {
	p.Helper()
	p.get("/wallet").must(200).says("balances.0.available", eur(available)).says("balances.0.secured", eur(secured))
}
