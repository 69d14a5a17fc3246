package api_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/credential"
	"freehold/internal/kit/db"
	"freehold/internal/kit/mail"
	"freehold/internal/markettest"
)

// Every path is walked with success by somebody, and answers as it is described.
func TestEveryPathLeadsSomewhere(t *testing.T) {
	t.Parallel()
	s := open(t)
	people := busy(s)
	carl, ada, eve, olga := people[0], people[2], people[4], people[5]
	for _, walk := range []func(*testing.T, site, program, program, program, program){
		walkPeople, walkProfile, walkPosts, walkProposals, walkOffers, walkContracts, walkPapers, walkTalk, walkMarket, walkDisputes, walkHours, walkRules, walkSupport, walkMoney,
	} {
		walk(t, s, carl, ada, eve, olga)
		s.sweep()
	}
	d := operationsOf(s)
	for _, o := range d.all() {
		answers := s.walked.of(o)
		if len(answers) == 0 {
			t.Errorf("%s %s was never seen to work", o.method, o.path)
		}
		for _, raw := range answers {
			var v any
			if o.answer == nil {
				continue
			}
			if err := json.Unmarshal(raw, &v); err != nil {
				t.Fatalf("%s %s answers %q: %v", o.method, o.path, raw, err)
			}
			for _, wrong := range d.misses(*o.answer, v, o.method+" "+o.path) {
				t.Error(wrong)
			}
		}
	}
}

// mailed is the secret in the latest mail to an address.
func (s site) mailed(to string) (secret string) {
	s.Helper()
	s.View(func(ctx context.Context, tx *db.Tx) error {
		mails, err := mail.Outbox(ctx, tx, 0, 50)
		for _, m := range mails {
			if m.To == to && secret == "" {
				secret = m.Body.Link[strings.LastIndex(m.Body.Link, "/")+1:]
			}
		}
		return err
	})
	return secret
}

func walkPeople(t *testing.T, s site, carl, _, _, olga program) {
	out := s.stranger()
	out.post("/people", object{"name": "Zoe", "email": "zoe@example.org", "password": markettest.Password, "kind": "client"}).must(201)
	zoe := s.signIn("zoe@example.org", markettest.Password)
	zoe.get("/me").must(200).says("confirmed", false).says("may.publish", false)
	zoe.post("/me/confirmation", nil).must(204)
	zoe.post("/wallet/payouts", object{"amount": eur(1)}).refused(403, "address_not_confirmed")
	out.post("/people/confirm", object{"secret": s.mailed("zoe@example.org")}).must(204)
	zoe.patch("/me", object{"freelancer": true, "time_zone": "Asia/Tokyo", "country": "JP"}).must(200).
		says("confirmed", true).says("name", "Zoe").says("client", true).says("freelancer", true).says("country", "JP").says("may.propose", true)
	zoe.put("/me/password", object{"password": "not mine at all", "new_password": "a better one, I hope"}).refused(422, "password_wrong")
	zoe.put("/me/password", object{"password": markettest.Password, "new_password": "a better one, I hope"}).must(204)
	other := s.signIn("zoe@example.org", "a better one, I hope")
	sessions := zoe.get("/me/sessions").must(200)
	for i := range 2 {
		if at := fmt.Sprintf("items.%d.", i); sessions.at(at+"current") == false {
			zoe.remove(fmt.Sprintf("/me/sessions/%d", sessions.number(at+"id"))).must(204)
		}
	}
	other.get("/me").refused(401, "not_signed_in")
	out.post("/password-resets", object{"email": "zoe@example.org"}).must(204)
	out.post("/password-resets/complete", object{"secret": s.mailed("zoe@example.org"), "password": "the third one is best"}).must(204)
	zoe.get("/me").refused(401, "not_signed_in")
	s.signIn("zoe@example.org", "the third one is best").remove("/tokens/current").must(204)

	var imported account.ID
	s.OK(s.DB.Update(t.Context(), func(tx *db.Tx) (err error) {
		imported, err = account.ImportPerson(t.Context(), tx, "elsewhere/1", "Iris", "DE")
		return err
	}))
	claim := fmt.Sprintf("/people/%d/claim", imported)
	carl.post(claim, object{"email": "iris@example.org"}).refused(403, "not_support")
	olga.post(claim, object{"email": "iris@example.org"}).must(204)
}

func walkProfile(_ *testing.T, s site, carl, ada, _, _ program) {
	carl.put("/me/client-profile", object{"company": "Bicycles & Sons", "website": "bicycles.example.org"}).must(200).
		says("client.company", "Bicycles & Sons").says("client.website", "https://bicycles.example.org")
	ada.put("/me/profile", object{
		"headline": "I build shops", "skills": []string{"golang"}, "level": "expert", "rate": eur(60_00), "country": "MY",
		"languages": []any{"en", object{"code": "ms", "fluency": "native"}}, "available_from": "2030-02-01", "hours_per_week": 20,
	}).must(200).says("freelancer.skills", []string{"Go"}).says("freelancer.languages.0.code", "ms").
		says("freelancer.languages.0.fluency", "native").says("freelancer.languages.1.fluency", "fluent").says("freelancer.available_from", "2030-02-01")
	picture := ada.upload("shop.png", png).must(201).says("type", "image/png").number("id")
	piece := ada.post("/me/pieces", object{"title": "A shop", "pictures": []int64{picture}}).must(201).number("id")
	ada.put(fmt.Sprintf("/me/pieces/%d", piece), object{"title": "Two shops"}).must(204)
	s.stranger().get(fmt.Sprintf("/people/%d", ada.id)).must(200).says("freelancer.pieces.0.title", "Two shops").
		says("freelancer.pieces.0.pictures.0.id", picture).says("freelancer.pieces.0.pictures.0.name", "shop.png")
	s.stranger().get(fmt.Sprintf("/files/%d", picture)).must(200)
	ada.remove(fmt.Sprintf("/me/pieces/%d", piece)).must(204)
	seen := ada.raw("PUT", "/me/portrait", strings.NewReader(photo), nil).must(200).text("portrait")
	s.stranger().get(fmt.Sprintf("/people/%d", ada.id)).must(200).says("portrait", seen)
	carl.get("/proposals/1").must(200).says("freelancer.portrait", seen)
	ada.raw("PUT", "/me/portrait", strings.NewReader(png), nil).refused(422, "picture_too_small")
	ada.remove("/me/portrait").must(204)
	ada.get(fmt.Sprintf("/people/%d", ada.id)).must(200).says("portrait", nil)
	job := ada.post("/me/employments", object{"title": "Baker", "company": "Bread", "from": "2019-05-17"}).must(201).number("id")
	ada.get(fmt.Sprintf("/people/%d", ada.id)).says("freelancer.employments.0.from", "2019-05-01").says("freelancer.employments.0.to", nil)
	ada.remove(fmt.Sprintf("/me/employments/%d", job)).must(204)
}

func walkPosts(_ *testing.T, _ site, carl, ada, eve, _ program) {
	carl.get("/me/job-posts?limit=2").must(200).says("items.0.id", 4).says("items.0.state", "draft").says("next", "3")
	carl.get("/me/job-posts?limit=2&cursor=3").must(200).says("items.0.id", 2).says("next", nil)
	carl.get("/job-posts/4").must(200).says("state", "draft").says("own.bond", eur(20_00)).says("own.missing", []any{})
	carl.patch("/job-posts/4", object{"kind": "hourly", "budget": eur(50_00), "budget_max": eur(80_00), "hours": 12}).must(200).says("state", "draft")
	carl.get("/job-posts/4").must(200).says("title", "A draft").says("budget", eur(50_00)).says("budget_max", eur(80_00)).says("kind", "hourly")
	carl.post("/job-posts/4/publish", nil).must(200)
	carl.patch("/job-posts/4", object{"title": "Not a draft any more"}).must(200).says("state", "open")
	eve.get("/job-posts/4").must(200).says("edits.0.field", "title").says("edits.0.was", "A draft").says("own", nil).says("client.standing.posts", 4)
	carl.get("/people?for=4&limit=50").must(200).says("items.0.fit.terms.0.of", 50)
	eve.put("/me/wishes", object{"rests_until": "2030-06-01", "least": object{"minor": 100, "currency": "EUR"}, "unwanted": []string{"legal"}}).must(200).says("unwanted.0", "legal")
	carl.post("/job-posts/4/invitations", object{"freelancer": eve.id}).must(409).says("code", "freelancer_rests")
	eve.put("/me/wishes", object{"unwanted": []string{}}).must(200)
	eve.get("/me/wishes").must(200).says("rests_until", nil).says("least", nil)
	eve.post("/me/searches", object{"name": "Logos", "pace": "at_once", "query": object{"q": "logo", "min": object{"minor": 100, "currency": "EUR"}}}).must(201).
		says("pace", "at_once").says("query.min", eur(1_00)).says("query.max", nil).says("found_in_7_days", 0)
	eve.post("/me/searches", object{"name": "", "pace": "hourly", "query": object{"kind": "barter"}}).must(422)
	eve.get("/me/searches").must(200).says("items.0.name", "Logos")
	eve.put("/me/searches/1", object{"name": "Marks", "pace": "never"}).must(200).says("name", "Marks").says("pace", "never")
	carl.remove("/me/searches/1").must(404)
	eve.remove("/me/searches/1").must(204)
	carl.post("/job-posts/4/invitations", object{"freelancer": eve.id, "words": "Would you?"}).must(204)
	eve.get("/me/invitations").must(200).says("items.0.post", 4).says("items.0.words", "Would you?").says("items.0.state", "sent")
	eve.post("/job-posts/4/decline-invitation", nil).must(204)
	eve.get("/job-posts?sort=answer_rate&min=4000&max=9000&limit=1").must(200).says("items.0.id", 4).says("total", 1)
	eve.get("/job-posts?q=draft").must(200).says("counts.kinds.hourly", 1)
	eve.get("/skills?q=postgre").must(200).says("items.0.name", "PostgreSQL")
	ada.get("/feed").must(200).says("items.0.id", 4)
	if why := ada.get("/feed").at("items.0.suits.why").([]any); len(why) == 0 {
		eve.Error("the feed does not say why")
	}
}

func walkProposals(_ *testing.T, _ site, carl, ada, eve, _ program) {
	eve.get("/job-posts/4/outlook").must(200).says("may", true).says("open", 0).says("waits", false)
	ada.get("/job-posts/3/outlook").must(200).says("may", false).says("refusal.0.code", "already_proposed").says("mine", 3)
	write := func(p program, letter string) int64 {
		return p.post("/job-posts/4/proposals", object{"letter": letter, "price": eur(70_00), "hours": 12}).must(201).number("id")
	}
	eves := write(eve, "I have drawn maps of islands since I could hold a pencil, and nothing else.")
	eve.patch(fmt.Sprintf("/proposals/%d", eves), object{"price": eur(75_00)}).must(200).says("state", "submitted")
	eve.get("/proposals").must(200).says("items.0.id", eves).says("items.0.price", eur(75_00))
	eve.get("/proposals/outcomes").must(200).says("sent", 1).says("open", 1).says("price_among_others.below", 0)
	carl.get(fmt.Sprintf("/job-posts/4/proposals/side-by-side?proposals=%d", eves)).must(200).says("items.0.id", eves).says("items.0.state", "read")
	carl.get("/job-posts/4/proposals/side-by-side?proposals=1,2,3,4,5").refused(422, "too_many_side_by_side")
	ada.get("/job-posts/4/proposals/side-by-side").refused(404, "post_not_found")
	carl.get(fmt.Sprintf("/proposals/%d", eves)).must(200).says("price", eur(75_00)).says("can", []string{"decline", "offer", "shortlist"})
	eve.patch(fmt.Sprintf("/proposals/%d", eves), object{"price": eur(80_00)}).refused(409, "already_read")
	carl.put(fmt.Sprintf("/proposals/%d/note", eves), object{"note": "Ask about glazes."}).must(204)
	carl.get(fmt.Sprintf("/proposals/%d", eves)).must(200).says("note", "Ask about glazes.")
	eve.put(fmt.Sprintf("/proposals/%d/note", eves), object{"note": "Take me."}).must(403)
	carl.post(fmt.Sprintf("/proposals/%d/shortlist", eves), nil).must(200)
	carl.post(fmt.Sprintf("/proposals/%d/unshortlist", eves), nil).must(200).says("state", "read")
	eve.post(fmt.Sprintf("/proposals/%d/withdraw", eves), nil).must(200).says("state", "withdrawn")

	adas := write(ada, "You will see from my shops that I care for what you care for.")
	carl.get("/job-posts/4/proposals").must(200).says("owed", 1).says("items.1.state", "withdrawn")
	carl.post("/job-posts/4/proposals/decline", object{"answers": []object{{"proposal": adas, "reason": "price"}}}).must(200).says("declined", 1)
	ada.get(fmt.Sprintf("/proposals/%d", adas)).must(200).says("decline_reason", "price")
	carl.post("/job-posts/4/close", object{"reason": "not_needed"}).must(200).says("state", "closed")
	eve.get("/decline-reasons").must(200).says("items.0.code", "hired_someone_else")
}

func walkOffers(_ *testing.T, s site, carl, ada, eve, _ program) {
	ada.get("/offers").must(200).says("items.0.id", 3).says("items.0.you", "freelancer").says("items.0.total", eur(900_00))
	terms := object{"terms": object{"scope": "All of it, later.", "funding": "next", "milestones": []object{
		{"title": "The work", "price": eur(950_00), "due": s.inDays(30), "criteria": []string{"It is done"}, "hours": 10},
	}}}
	ada.post("/offers/3/counter", terms).must(200).says("state", "countered")
	carl.get("/offers/3").must(200).says("revision", 2).says("terms.scope", "All of it, later.").says("can", []string{"counter", "decline", "sign", "withdraw"})
	carl.post("/offers/3/withdraw", object{"reason": "I have to think again."}).must(200).says("state", "withdrawn")
	again := carl.post("/proposals/3/offers", terms).must(201).number("id")
	ada.post(fmt.Sprintf("/offers/%d/decline", again), object{"reason": "Too late for me."}).must(200).says("state", "declined")
	carl.post("/proposals/3/decline", object{"reason": "own_words", "words": "We did not come together."}).must(200)
	eve.get("/offers").must(200).says("items", []any{})
}

func walkContracts(_ *testing.T, s site, carl, ada, eve, _ program) {
	ada.get("/contracts").must(200).says("items.0.id", 2).says("items.0.state", "signed").says("items.1.funded", eur(900_00))
	ada.post("/milestones/1/submissions", object{"note": "Done.", "criteria": []bool{true}}).must(201).says("state", "submitted")
	carl.post("/milestones/1/ask-changes", object{"criteria": []int{0}, "words": "Not quite."}).must(200).says("state", "changes asked")
	ada.get("/contracts/1").must(200).says("milestones.0.submissions.0.changes.words", "Not quite.").says("turn.of", "freelancer")
	ada.post("/milestones/1/submissions", object{"note": "Now it is.", "criteria": []bool{true}}).must(201)
	carl.post("/milestones/1/approve", nil).must(200)
	carl.post("/contracts/2/fund", nil).must(200)

	starved := hire(s, carl, ada, "The sea and its hours are my home; I sail every weekend.")
	carl.post(fmt.Sprintf("/contracts/%d/fund", starved), nil).must(200)
	carl.post("/wallet/payouts", object{"amount": carl.get("/wallet").must(200).at("balances.0.available")}).must(201)
	carl.get("/wallet/payouts").must(200).says("items.0.state", "on its way")
	first := ada.get(fmt.Sprintf("/contracts/%d", starved)).must(200).number("milestones.0.id")
	ada.post(fmt.Sprintf("/milestones/%d/submissions", first), object{"note": "Done.", "criteria": []bool{true}}).must(201)
	carl.post(fmt.Sprintf("/milestones/%d/approve", first), nil).must(200)
	ada.get(fmt.Sprintf("/contracts/%d", starved)).must(200).says("state", "starved").says("ending_fee", eur(10_00))
	s.Clock.Advance(7*24*time.Hour + time.Second)
	ada.post(fmt.Sprintf("/contracts/%d/leave", starved), nil).must(200).says("state", "ended")
	ada.get("/wallet/transfers?limit=1").must(200).says("items.0.amount", eur(10_00)).says("items.0.kind", "forfeit")

	carl.post("/wallet/deposits", object{"amount": eur(500_00)}).must(201)
	path := fmt.Sprintf("/contracts/%d", hire(s, carl, ada, "I have kept a book of the tides at Husum since I was nine, in pencil."))
	carl.post(path+"/fund", nil).must(200)
	walkAmendments(s, carl, ada, path)
	carl.put(path+"/delegate", object{"person": ada.id}).refused(422, "delegate_invalid")
	carl.put(path+"/delegate", object{"person": eve.id}).must(204)
	eve.get(path).must(200).says("you", "client").says("delegate", eve.id).says("can", []string{})
	carl.remove(path + "/delegate").must(204)
	other := object{"scope": "More tides.", "milestones": []object{{"title": "More", "price": eur(100_00), "due": s.inDays(30), "criteria": []string{"It is right"}, "hours": 5}}}
	ada.post(path+"/offers", object{"title": "", "terms": other}).refused(422, "offer_title_invalid").says("fields.0.field", "title")
	again := ada.post(path+"/offers", object{"title": "More tides", "terms": other}).must(201).says("state", "countered").number("id")
	carl.get(fmt.Sprintf("/offers/%d", again)).must(200).says("title", "More tides")
	carl.post(fmt.Sprintf("/offers/%d/decline", again), object{"reason": "Not now."}).must(200)
	ada.post(path+"/top-up", object{"on": true}).refused(403, "not_the_client")
	carl.post(path+"/top-up", object{"on": true}).must(204)
	carl.get(path).must(200).says("top_up", true)
	carl.post(path+"/top-up", object{"on": false}).must(204)
	carl.post(path+"/absence", object{"until": "2020-01-01"}).refused(422, "absence_invalid")
	carl.post(path+"/absence", object{"until": s.inDays(3)}).must(200)
	carl.post(path+"/absence", object{"until": s.inDays(3)}).refused(409, "absent_before")
	carl.post(path+"/end", object{"reason": "plans", "words": " "}).refused(422, "notice_words")
	carl.post(path+"/end", object{"reason": "plans", "words": "The plan has changed."}).must(200).says("state", "under notice")
	first = ada.get(path).must(200).says("notice.words", "The plan has changed.").number("milestones.0.id")
	ada.post(fmt.Sprintf("/milestones/%d/share", first), object{"percent": 40}).must(200)
	carl.post(fmt.Sprintf("/milestones/%d/share", first), object{"percent": 40}).must(200)
	ada.get(path+"/settlement").must(200).says("ways.0.freelancer", eur(50_00)).says("ways.1.how", "together").says("ways.1.freelancer", eur(40_00))
	ada.post(path+"/agree-to-end", object{"freelancer": eur(50_00)}).refused(409, "settlement_moved")
	ada.get(path+"/credential").refused(409, "credential_not_yet")
	ada.post(path+"/agree-to-end", object{"freelancer": eur(40_00)}).must(200).says("state", "ended")
	if token := ada.get(path + "/credential").must(200).text("credential"); !credential.Is(token) {
		s.Errorf("it is %s", token)
	}
	eve.get(path+"/credential").refused(404, "credential_not_found")

	bonus := object{"amount": eur(10_00), "words": "For the ebb.", "n": 1}
	carl.post(path+"/bonuses", bonus).must(201).says("n", 1)
	carl.post(path+"/bonuses", bonus).refused(409, "given_meanwhile")
	ada.post(path+"/refunds", bonus).must(201).says("n", 1)
	ada.get(path).must(200).says("bonuses", 1).says("refunds", 1)

	s.sweep()
	good := object{"marks": object{"quality": 5, "dates": 4, "communication": 0, "again": 5}, "words": "Every tide was right."}
	carl.get(path+"/reviews").must(200).says("state", "open").says("can", []string{"write"}).says("yours", nil)
	carl.post(path+"/reviews", object{"marks": object{"quality": 6}, "words": ""}).refused(422, "review_mark")
	carl.post(path+"/reviews", good).must(201)
	carl.post(path+"/reviews", good).refused(409, "review_written")
	ada.get(path+"/reviews").must(200).says("they_wrote", true).says("theirs", nil)
	out := s.stranger()
	out.get(fmt.Sprintf("/people/%d/reviews", ada.id)).must(200).says("items", []object{})
	out.get(fmt.Sprintf("/people/%d/standing", ada.id)).must(200).says("freelancer.reviews", 0).says("facts.freelancer.reviews", []object{})
	ada.post(path+"/reviews", object{"marks": object{"clarity": 5, "answers": 5, "payment": 5, "changes": 0, "again": 5}}).must(201)
	theirs := ada.get(path+"/reviews").must(200).says("state", "revealed").says("theirs.marks.dates", 4).says("can", []string{"respond"}).number("theirs.id")
	ada.post(fmt.Sprintf("/reviews/%d/response", theirs), object{"words": "Thank you."}).must(204)
	ada.post(fmt.Sprintf("/reviews/%d/response", theirs), object{"words": "Again."}).refused(409, "review_responded")
	out.get(fmt.Sprintf("/people/%d/reviews", ada.id)).must(200).says("items.0.words", "Every tide was right.").says("items.0.response.words", "Thank you.")
	out.get(fmt.Sprintf("/people/%d/standing", ada.id)).must(200).says("freelancer.reviews", 1).says("freelancer.marks.1.given", []int{0, 0, 0, 1, 0}).
		says("facts.freelancer.reviews.0.marks.dates", 4).says("freelancer.ended_early_against_nobody", 1)
	out.get("/review-criteria").must(200).says("items.0.code", "quality")

	s.Clock.Advance(21 * 24 * time.Hour) // nothing came for the second contract, after its due date and the days of grace
	carl.post("/milestones/2/take-back", nil).must(200).says("state", "taken back")
	s.sweep() // the open post ends with its bond
	wallet(carl, 945_00+458_00+20_00, 0)
}

// walkAmendments declines one, withdraws one, and signs one that adds a day.
func walkAmendments(s site, carl, ada program, path string) {
	s.Helper()
	v := carl.get(path).must(200)
	part := func(i int, due string) object {
		at := fmt.Sprintf("milestones.%d.", i)
		return object{"n": i + 1, "title": v.at(at + "title"), "price": v.at(at + "price"), "due": due, "hours": v.at(at + "hours"), "criteria": v.at(at + "criteria")}
	}
	propose := func(by program, due string) answer {
		return by.post(path+"/amendments", object{"reason": "The moon is late.", "plan": object{
			"scope": v.at("terms.scope"), "milestones": []object{part(0, v.text("milestones.0.due")), part(1, due)}}})
	}
	propose(carl, v.text("milestones.1.due")).refused(422, "nothing_changed").says("fields.0.field", "plan.milestones")
	propose(carl, "soon").refused(422, "due_invalid").says("fields.0.field", "plan.milestones.1.due")
	first := fmt.Sprintf("/amendments/%d", propose(carl, s.inDays(40)).must(201).says("state", "proposed").number("id"))
	propose(ada, s.inDays(41)).refused(409, "amendment_open")
	ada.post(first+"/decline", object{"reason": "Too late."}).must(200).says("state", "declined")
	second := fmt.Sprintf("/amendments/%d", propose(ada, s.inDays(41)).must(201).number("id"))
	ada.post(second+"/withdraw", object{"reason": "I thought again."}).must(200).says("state", "withdrawn")
	third := fmt.Sprintf("/amendments/%d", propose(ada, s.inDays(42)).must(201).number("id"))
	for i, by := range []program{carl, ada} {
		sha256 := by.get(third).must(200).says("plan.milestones.1.due", s.inDays(42)).says("takes", eur(0)).text("sha256")
		by.post(third+"/sign", object{"sha256": sha256, "password": markettest.Password, "postal_address": markettest.PostalAddress}).must(200).
			says("state", []string{"signed by one", "in force"}[i])
	}
	carl.get(path).must(200).says("amendments.2.state", "in force").says("milestones.1.due", s.inDays(42))
}

// hire makes and signs a contract on two milestones of 100 each, funded one by one.
func hire(s site, carl, ada program, letter string) (contract int64) {
	post := carl.post("/job-posts", object{
		"title": "A calendar of tides", "description": "For sailors.", "category": category(s), "level": "entry", "budget": eur(200_00), "hours": 10,
	}).must(201).number("id")
	carl.post(fmt.Sprintf("/job-posts/%d/publish", post), nil).must(200)
	p := ada.post(fmt.Sprintf("/job-posts/%d/proposals", post), object{
		"letter": letter, "price": eur(200_00), "hours": 10,
		"plan": []object{{"title": "Half", "price": eur(100_00), "hours": 5, "days": 7}, {"title": "All", "price": eur(100_00), "hours": 5, "days": 14}},
	}).must(201).number("id")
	carl.get(fmt.Sprintf("/proposals/%d", p)).must(200).says("plan.1.title", "All")
	half := func(title string) object {
		return object{"title": title, "price": eur(100_00), "due": s.inDays(10), "criteria": []string{"It is right"}, "hours": 5}
	}
	o := carl.post(fmt.Sprintf("/proposals/%d/offers", p), object{"terms": object{
		"scope": "The tides.", "funding": "next", "milestones": []object{half("Half"), half("All")},
	}}).must(201).number("id")
	for _, by := range []program{carl, ada} {
		sha256 := by.get(fmt.Sprintf("/offers/%d", o)).must(200).text("sha256")
		contract, _ = by.post(fmt.Sprintf("/offers/%d/sign", o), object{"sha256": sha256, "postal_address": markettest.PostalAddress, "password": markettest.Password}).must(200).id("contract")
	}
	return contract
}

func walkPapers(t *testing.T, s site, carl, ada, eve, _ program) {
	pdf := carl.get("/contracts/1/contract.pdf").must(200)
	if again := ada.get("/contracts/1/contract.pdf").must(200); string(again.raw) != string(pdf.raw) || !bytes.HasPrefix(pdf.raw, []byte("%PDF-")) {
		t.Error("the two have different files, or no PDF")
	}
	eve.get("/contracts/1/contract.pdf").refused(404, "contract_not_found")
	s.stranger().get("/me/export").refused(401, "not_signed_in")
	mine := ada.get("/me/export").must(200)
	z, err := zip.NewReader(bytes.NewReader(mine.raw), int64(len(mine.raw)))
	s.OK(err)
	if _, err := z.Open("contracts/contract-1.pdf"); err != nil {
		t.Errorf("what Ada takes along: %v", err)
	}
	check := func(file []byte) answer {
		return s.stranger().raw("POST", "/papers/verification", bytes.NewReader(file), map[string]string{"Content-Type": "application/octet-stream"})
	}
	check(pdf.raw).refused(422, "paper_of_another_market")
	seal, err := markettest.Seal(s.Context())
	s.OK(err)
	s.OK(contract.KeepSeal(s.Context(), s.DB, seal.Certificate))
	check(pdf.raw).must(200).says("contract", 1).says("client.name", "Carl").says("missing", []any{})
	pdf.raw[1000] ^= 1
	check(pdf.raw).refused(422, "paper_changed")
	check(nil).refused(422, "paper_not_sealed")
}

// walkHours lets Ada work for two hours and a half by the hour, of which Carl
// disputes a part.
func walkHours(_ *testing.T, s site, carl, ada, _, _ program) {
	carl.post("/wallet/deposits", object{"amount": eur(900_00)}).must(201)
	post := carl.post("/job-posts", object{
		"title": "Count the tides with me", "description": "By the hour.", "category": category(s), "level": "entry", "kind": "hourly", "budget": eur(30_00), "hours": 5,
	}).must(201).number("id")
	carl.post(fmt.Sprintf("/job-posts/%d/publish", post), nil).must(200)
	p := ada.post(fmt.Sprintf("/job-posts/%d/proposals", post), object{
		"letter": "I bring my own chair, a lamp and the patience of a limpet, and I write down each hour as it passes.", "price": eur(30_00), "hours": 5,
	}).must(201).number("id")
	monday := s.Clock.Now().AddDate(0, 0, (8-int(s.Clock.Now().Weekday()))%7+7).Truncate(24 * time.Hour)
	calendar := object{"every": "week", "rate": eur(30_00), "hours": 5, "count": 2, "starts": monday.Format(time.DateOnly), "time_zone": "Europe/Lisbon"}
	carl.post(fmt.Sprintf("/proposals/%d/offers", p), object{"terms": object{"scope": "Tides.", "calendar": object{"every": "fortnight", "rate": eur(1)}}}).
		refused(422, "calendar_every_invalid").says("fields.0.field", "terms.calendar.every")
	o := carl.post(fmt.Sprintf("/proposals/%d/offers", p), object{"terms": object{"scope": "The tides.", "calendar": calendar}}).must(201).number("id")
	var made int64
	for _, by := range []program{carl, ada} {
		sha256 := by.get(fmt.Sprintf("/offers/%d", o)).must(200).says("terms.calendar.hours", 5).text("sha256")
		made, _ = by.post(fmt.Sprintf("/offers/%d/sign", o), object{"sha256": sha256, "postal_address": markettest.PostalAddress, "password": markettest.Password}).must(200).id("contract")
	}
	path := fmt.Sprintf("/contracts/%d", made)
	carl.post(path+"/fund", nil).must(200)
	ada.post(path+"/timer", object{"memo": "Early"}).refused(409, "no_week_then")
	s.Clock.Advance(monday.Add(9 * time.Hour).Sub(s.Clock.Now()))
	ada.post(path+"/timer", object{"memo": "High water", "links": []string{"https://example.org/tide"}}).must(201)
	s.Clock.Advance(90 * time.Minute)
	ada.get(path+"/hours").must(200).says("running.memo", "High water").says("weeks.0.minutes", 0)
	ada.post(path+"/timer/stop", nil).must(200).says("minutes", 90)
	ada.post(path+"/timer/stop", nil).refused(409, "no_timer")
	hour := func(from int) object {
		return object{"from": monday.Add(time.Duration(from) * time.Hour), "to": monday.Add(time.Duration(from+1) * time.Hour), "memo": "Low water"}
	}
	ada.post(path+"/hours", hour(9)).refused(409, "hours_overlap").says("fields.0.field", "started_at")
	entry := ada.post(path+"/hours", hour(7)).must(201).number("id")
	ada.put(fmt.Sprintf("/hours/%d", entry), hour(6)).must(204)
	other := ada.post(path+"/hours", hour(4)).must(201).number("id")
	ada.remove(fmt.Sprintf("/hours/%d", other)).must(204)
	ada.post(path+"/hours/table", object{"table": "Date,From,To,Description\n" + monday.Format(time.DateOnly) + ",02:00,02:30,Ebb\n"}).must(201).says("entries", 1)
	week := ada.get(path+"/hours").must(200).says("weeks.0.minutes", 180).says("weeks.0.billed", eur(90_00)).says("weeks.0.can", []string{"hand-in"}).number("weeks.0.id")
	ada.post(fmt.Sprintf("/weeks/%d/hand-in", week), nil).must(204)
	carl.post(fmt.Sprintf("/weeks/%d/dispute", week), object{"lines": []int{}, "reason": "other", "words": "No."}).refused(422, "no_lines")
	carl.post(fmt.Sprintf("/weeks/%d/dispute", week), object{"lines": []int64{entry}, "reason": "other", "words": "It was high water then."}).must(201).says("state", "talking")
	carl.get(path).must(200).says("every", "week").says("milestones.0.state", "disputed").says("reserve", eur(63_00))
}

// walkDisputes has Eve decide what Carl disputes, and Olga review it.
func walkDisputes(_ *testing.T, s site, carl, ada, eve, olga program) {
	s.Do(`INSERT INTO account.grants (person, role, held, at) SELECT $1, 'arbiter', true, now()`, eve.id)
	carl.post("/wallet/deposits", object{"amount": eur(500_00)}).must(201)
	contract := hire(s, carl, ada, "There is a chair at the harbour wall from which I have counted ten thousand tides.")
	path := fmt.Sprintf("/contracts/%d", contract)
	carl.post(path+"/fund", nil).must(200)
	work := ada.get(path).must(200).number("milestones.0.id")
	milestone := fmt.Sprintf("/milestones/%d", work)
	carl.post(milestone+"/dispute", object{"reason": "late", "words": "No."}).refused(409, "milestone_not_submitted")
	ada.post(milestone+"/submissions", object{"note": "Done.", "criteria": []bool{true}}).must(201)
	carl.post(milestone+"/dispute", object{"sum": eur(101_00), "reason": "too late", "words": "No."}).refused(422, "disputed_sum_invalid")
	d := carl.post(milestone+"/dispute", object{"sum": eur(60_00), "reason": "too late", "words": "The tide was out."}).must(201).says("state", "talking").number("id")
	at := fmt.Sprintf("/disputes/%d", d)
	ada.get(path).must(200).says("milestones.0.state", "disputed").says("released", eur(40_00))
	carl.post(at+"/splits", object{"split": eur(61_00)}).refused(422, "split_invalid")
	carl.post(at+"/splits", object{"split": eur(10_00), "words": "It was nearly in time."}).must(200).says("state", "talking")
	submission := ada.get(at).must(200).says("theirs.split", eur(10_00)).says("can", []string{"prove", "split"}).says("turn.of", "freelancer").number("milestone")
	ada.post(at+"/evidence", object{"words": "The harbour's own clock.", "submission": 9999}).refused(422, "evidence_unknown")
	ada.post(at+"/evidence", object{"words": "The harbour's own clock."}).must(201).says("n", 1)
	if submission != work {
		s.Errorf("it is about milestone %d", submission)
	}
	ruling := object{"award": eur(30_00), "words": "It was half an hour late, by the harbour's clock.", "criteria": []int{0}, "evidence": []int{1}}
	eve.post(at+"/decision", ruling).refused(404, "dispute_not_found")
	s.Clock.Advance(5 * 24 * time.Hour)
	s.sweep()
	eve.get("/desk/disputes").must(200).says("items.0.id", d).says("items.0.mine", true)
	eve.post(at+"/decision", ruling).must(200).says("state", "decided")
	s.Do(`INSERT INTO account.grants (person, role, held, at) SELECT $1, 'arbiter', true, now()`, olga.id)
	ada.post(at+"/review", object{"words": "The clock was fast."}).must(200).says("state", "reviewing")
	olga.get(at).must(200).says("you", "arbiter").says("can", []string{"vote"}).says("decision.award", eur(30_00))
	olga.post(at+"/votes", object{"award": eur(60_00), "words": "The clock of the harbour is fast by an hour."}).must(200).says("state", "closed")
	carl.get(at).must(200).says("how", "reviewed").says("award", eur(60_00)).says("votes.0.award", eur(60_00))
	s.stranger().get("/disputes").must(200).says("items.0.how", "reviewed").says("items.0.votes", 1).says("items.0.reason", "too late")
}

// walkRules has Olga decide about Carl what Ada has reported, and Eve judge it.
func walkRules(_ *testing.T, s site, carl, ada, eve, olga program) {
	s.Do(`INSERT INTO account.grants (person, role, held, at) SELECT $1, 'reviewer', true, now()`, eve.id)
	s.stranger().get("/rules").must(200).says("0.rule", "fraud").says("0.heaviest", "end account")
	about := fmt.Sprintf("person/%d", carl.id)
	s.stranger().post("/reports", object{"subject": about, "rule": "taste", "words": "He is rude."}).refused(422, "rule_unknown")
	first := s.stranger().post("/reports", object{"subject": about, "rule": "threats", "words": "He is rude.", "email": "jo@example.org"}).must(201).number("id")
	id := ada.post("/reports", object{"subject": about, "rule": "fraud", "words": "He wants money first."}).must(201).number("id")
	ada.get("/me/reports").must(200).says("items.0.state", "new").says("items.0.id", id)
	carl.get("/desk/reports").refused(403, "not_a_reviewer_of_rules")
	olga.get("/desk/reports").must(200).says("overdue", 0).says("reports.1.id", first)
	at := fmt.Sprintf("/reports/%d", id)
	version := olga.get(at).must(200).says("about.name", "Carl").says("reporter.name", "Ada").number("version")
	olga.post(at+"/claim", object{"version": version + 1}).refused(409, "report_changed")
	olga.post(at+"/claim", object{"version": version}).must(200).says("state", "in review")
	other := fmt.Sprintf("/reports/%d", first)
	olga.post(other+"/claim", object{"version": 1}).must(200)
	olga.post(other+"/dismiss", object{"outcome": "Rude he may be; nobody was threatened."}).must(200).says("state", "no action")

	facts := "On Tuesday he asked two people to send him ten euros each before he would open their proposals."
	why := "The rule says that nobody has to pay before they can work, and reading proposals is a part of that."
	intent := object{"report": id, "rule": "fraud", "measure": "suspend", "days": 30, "facts": facts, "why": why}
	d := olga.post("/decisions", intent).must(201).says("state", "hearing").number("id")
	decision := fmt.Sprintf("/decisions/%d", d)
	eve.get(decision).must(200).says("evidence.0.text", "")
	carl.get("/me/decisions").must(200).says("items.0.id", d).says("items.0.state", "hearing")
	carl.get(decision).must(200).says("can", []string{"answer"}).says("by.name", "Olga")
	carl.post(decision+"/answer", object{"words": "It was a joke."}).must(200).says("state", "hearing")
	olga.post(decision+"/evidence", object{"title": "The message", "text": "Ten euros, please."}).must(201).says("n", 3)
	ruling := object{"measure": "suspend", "days": 30, "facts": facts, "why": why, "evidence": []int{1, 3}, "outcome": "He is suspended for a month. You were right."}
	olga.post(decision+"/deliver", ruling).refused(409, "evidence_unopened")
	olga.get(decision+"/evidence/1").must(200).says("opened", true)
	olga.get(decision + "/evidence/2").must(200)
	olga.post(decision+"/deliver", ruling).must(200).says("state", "in force")
	carl.get("/me").must(200).says("may.publish", false).says("may.withdraw", true).says("restricted", true)
	carl.post("/wallet/payouts", object{"amount": eur(1_00)}).must(201)
	draft := carl.post("/job-posts", object{"title": "Another shop", "description": "All about another shop.", "category": category(s), "level": "entry", "kind": "fixed", "budget": eur(900_00), "hours": 10}).must(201).number("id")
	carl.post(fmt.Sprintf("/job-posts/%d/publish", draft), nil).refused(403, "restricted")
	carl.post(decision+"/appeal", object{"words": "Nobody has paid."}).must(201)
	olga.post(decision+"/judge", object{"outcome": "rejected", "reasons": why}).refused(403, "decided_it_yourself")
	eve.post(decision+"/talk", object{"words": "Has anybody been asked twice?"}).must(200)
	eve.post(decision+"/judge", object{"outcome": "upheld", "reasons": "It was said in a talk that both of them took for a joke, as both have written."}).must(200).says("state", "overturned")
	carl.get(decision).must(200).says("appeal.outcome", "upheld").says("appeal.talk.0.by", "Eve")
	carl.get("/me").must(200).says("restricted", false)

	again := olga.post("/decisions", object{"person": carl.id, "rule": "spam", "measure": "warning", "days": 9, "facts": "He has published the same post three times within an hour on Wednesday.", "why": "Once is enough for everybody to find it, and the rule is called so: say it once."}).must(201).number("id")
	olga.post(fmt.Sprintf("/decisions/%d/drop", again), object{"outcome": "They were drafts, and nobody saw them."}).must(200).says("state", "dropped")
	last := olga.post("/decisions", object{"person": carl.id, "rule": "spam", "measure": "warning", "days": 9, "facts": "He has sent an advertisement for his own shop to everybody who had proposed for it.", "why": "What is no work and no answer is an advertisement, whoever sends it and however nice the shop is."}).must(201).number("id")
	olga.post(fmt.Sprintf("/decisions/%d/evidence", last), object{"title": "The advertisement", "text": "Buy now."}).must(201)
	s.Clock.Advance(5 * 24 * time.Hour)
	olga.post(fmt.Sprintf("/decisions/%d/deliver", last), object{"measure": "warning", "days": 9, "facts": "He has sent an advertisement for his own shop to everybody who had proposed for it.", "why": "What is no work and no answer is an advertisement, whoever sends it and however nice the shop is.", "evidence": []int{1}}).must(200)
	eve.post(fmt.Sprintf("/decisions/%d/lift", last), object{"outcome": "He has written to all of them and is sorry."}).must(200).says("state", "lifted")
	s.stranger().get("/decisions/statements").must(200).says("statements.0.puid", fmt.Sprintf("decision-%d", last)).says("statements.1.decision_account", "DECISION_ACCOUNT_SUSPENDED")
	s.stranger().get("/transparency/" + fmt.Sprint(s.Clock.Now().UTC().Year())).must(200)
	s.stranger().get("/transparency/2999").must(404)
	s.stranger().get("/decisions").must(200).says("items.0.state", "lifted").says("items.1.appeal", "upheld")
}

// walkSupport has Ada ask, and Olga and Eve answer.
func walkSupport(_ *testing.T, s site, carl, ada, eve, olga program) {
	s.Do(`INSERT INTO account.grants (person, role, held, at) SELECT $1, 'support', true, now()`, eve.id)
	s.stranger().post("/cases", object{"kind": "rant"}).refused(422, "name_missing_or_long")
	s.stranger().post("/cases", object{"name": "Jo", "email": "jo@example.org", "kind": "other", "subject": "Bees", "words": "Are there any?"}).must(201).says("owner", "Eve")
	id := ada.post("/cases", object{"kind": "money", "about": "contract/1", "subject": "Two cents", "words": "Where are they?"}).must(201).number("id")
	at := fmt.Sprintf("/cases/%d", id)
	ada.get("/me/cases").must(200).says("items.0.id", id).says("items.0.state", "open")
	carl.get(at).refused(404, "case_not_found")
	eve.get("/desk/cases").must(200).says("overdue", 0)
	olga.post(at+"/take", nil).refused(409, "case_yours") // she has less to do
	eve.post(at+"/take", nil).must(200)
	olga.post(at+"/notes", object{"words": "She is right."}).must(200).says("state", "open")
	words := "The two cents are our fee on forty, rounded up, and they are on their way back to your wallet."
	olga.post(at+"/answer", object{"words": words, "rules": []string{"fraud"}}).must(200).says("state", "answered")
	ada.get(at).must(200).says("letters.1.by", "Olga").says("letters.1.rules.0", "fraud").says("can", []string{"ask", "close"}).says("about", "contract/1")
	ada.post(at+"/letters", object{"words": "And the third?"}).must(200).says("state", "open")
	ada.post(at+"/close", nil).must(200).says("state", "closed")
	ada.post(at+"/helped", object{"helped": "yes"}).must(200)
	ada.post(at+"/reopen", nil).must(200).says("state", "open")
	other := carl.post("/cases", object{"kind": "money", "subject": "Two cents", "words": "Where are they?"}).must(201).number("id")
	olga.post(fmt.Sprintf("/cases/%d/answer", other), object{"words": words}).refused(422, "pasted_answer")
	s.stranger().get("/support/clock").must(200).says("refused", 1).says("answers", 1)
}

func walkTalk(_ *testing.T, _ site, carl, ada, _, _ program) {
	notes := ada.upload("notes.txt", "What we talked about.").must(201).number("id")
	said := ada.post("/conversations/1/messages", object{"text": "Here they are.", "files": []int64{notes}}).must(201).number("id")
	carl.get("/conversations").must(200).says("items.0.id", 1).says("items.0.unread", 1).says("items.0.with.name", "Ada")
	carl.get("/me").must(200).says("waiting.messages", 1)
	carl.get("/conversations/1/messages").must(200).says("items.0.text", "Here they are.").says("items.0.files.0.id", notes)
	carl.post("/conversations/1/read", object{"up_to": said}).must(204)
	carl.get("/me").must(200).says("waiting.messages", 0)

	first := ada.get("/notices?limit=1").must(200).number("items.0.id")
	ada.post(fmt.Sprintf("/notices/%d/read", first), nil).must(204)
	ada.post("/notices/read", nil).must(204)
	ada.get("/me").must(200).says("waiting.notices", 0)
	ada.put("/me/muted", object{"kinds": []string{"message"}}).must(204)
	ada.get("/me/muted").must(200).says("items", []string{"message"})
	ada.put("/me/muted", object{"kinds": []string{"no such kind"}}).refused(422, "unknown_kind")
}

func walkMarket(t *testing.T, s site, carl, _, _, olga program) {
	out := s.stranger()
	if all := out.get("/promises").must(200); all.at("0.name") == nil || all.at("0.broken") == nil || all.at("0.checked_at") != nil {
		t.Errorf("promised is %s", all.raw)
	}
	out.get("/figures").must(200).says("unanswered", 0)
	out.get("/fees").must(200).says("client_fee_bp", 500).says("freelancer_fee_bp", 0)
	out.get("/currencies").must(200)
	out.get("/floor?category="+category(s)+"&level=expert&currency=EUR").must(200).says("floor.hourly.currency", "EUR")
	out.get("/floor").must(200).says("floor", nil)

	out.get("/lifecycles").must(200).says("4.of", "milestone").says("4.states.2.silence.0.clock.for", "freelancer")
	now := out.get("/terms").must(200)
	values := now.at("values").(object)
	values["answer_days"] = 12
	olga.put("/terms", object{"from": now.number("version"), "reason": "Clients are quick here.", "values": values}).must(200).says("values.answer_days", 12)
	olga.put("/terms", object{"from": now.number("version"), "reason": "Again.", "values": values}).refused(409, "settings_moved")
	out.get("/terms/history").must(200).says("items.0.reason", "Clients are quick here.")
	olga.put("/bonds", object{"bond": eur(15_00), "reason": "It is enough."}).must(204)
	olga.put("/rates/EUR", object{"per_usd": "0.90", "reason": "The central bank"}).must(204)
	nine := object{"minor": 900, "currency": "USD"}
	olga.put("/floors/categories/"+category(s)+"/entry", object{"hourly": nine, "reason": "A survey"}).must(204)
	olga.put("/floors/countries/MY", object{"hourly": nine, "reason": "A survey"}).must(204)
	carl.put("/floors/countries/MY", object{"hourly": nine, "reason": "A survey"}).refused(403, "admins_only")
	floors := out.get("/floors").must(200)
	if !strings.Contains(string(floors.raw), `{"country":"MY","floor":{"hourly":{"minor":900,"currency":"USD"},"source":"A survey"`) {
		t.Errorf("the floors are %s", floors.raw)
	}
	if got := out.send(http.MethodHead, "/categories", nil); got.status != 200 {
		t.Errorf("HEAD is answered %d", got.status)
	}
}

// walkMoney has Ada paid out to her bank, and Eve pay by a transfer, on a market that
// Olga keeps the books of.
func walkMoney(_ *testing.T, s site, carl, ada, eve, olga program) {
	carl.get("/wallet/rails").must(200).says("items.0.name", "sandbox").says("items.1.name", "manual").says("items.1.account", true)
	carl.get("/wallet/accounts").must(200)
	month := carl.get("/wallet/statements").must(200).says("items.0.currency", "EUR").text("items.0.month")
	carl.get("/wallet/statements/EUR/" + month).must(200)
	eve.post("/wallet/accounts", object{"rail": "manual", "iban": "PT50000201231234567890155", "holder": "Eve", "password": "no"}).refused(422, "iban_wrong")
	mine := object{"rail": "manual", "iban": "PT50 0002 0123 1234 5678 9015 4", "holder": "Ada Lovelace", "password": markettest.Password}
	to := ada.post("/wallet/accounts", mine).must(201).says("label", "PT •••• 0154").number("id")
	ada.post("/wallet/accounts", mine).refused(409, "payout_method_known")
	ada.post("/wallet/schedule", object{"every": "month", "least": 50_00, "rail": "manual", "account": to}).must(200).says("every", "month")
	ada.get("/wallet/schedule").must(200).says("items.0.least", 50_00)
	ada.post("/wallet/schedule/end", nil).must(204)
	out := object{"amount": eur(3_00), "rail": "manual", "account": to}
	s.Clock.Advance(73 * time.Hour) // when money may go there
	s.sweep()
	first := ada.post("/wallet/payouts", out).must(201).number("id")
	carl.post(fmt.Sprintf("/wallet/payouts/%d/call-back", first), nil).refused(404, "payout_not_found")
	ada.post(fmt.Sprintf("/wallet/payouts/%d/call-back", first), nil).must(200).says("state", "called back")
	olga.post("/desk/money/rails/manual/files", nil).refused(409, "nothing_to_hand_over")
	ada.post("/wallet/payouts", out).must(201).says("state", "on its way")
	ada.post("/wallet/payouts", out).must(201)

	wish := eve.post("/wallet/deposits", object{"amount": eur(70_00), "rail": "manual"}).must(201).says("state", "pending").says("pay.iban", string(markettest.Bank.IBAN))
	id, reference := wish.number("id"), wish.text("pay.reference")
	at := fmt.Sprintf("/wallet/deposits/%d", id)
	carl.get(at).refused(404, "deposit_not_found")
	unwanted := eve.post("/wallet/deposits", object{"amount": eur(7_00), "rail": "manual"}).must(201).number("id")
	eve.post(fmt.Sprintf("/wallet/deposits/%d/give-up", unwanted), nil).must(204)

	const rail = "/desk/money/rails/manual"
	carl.get("/desk/money").refused(403, "not_of_finance")
	olga.post("/desk/money/rails/sandbox/reconcile", nil).must(200)
	day := s.DB.Now().Format(time.DateOnly)
	file := olga.post(rail+"/files", nil).must(201).says("payouts", 2).says("amount", eur(6_00)).number("id")
	olga.get(fmt.Sprintf("/desk/money/files/%d", file)).must(200)
	handed := olga.get("/desk/money").must(200).says("files.0.waiting", 2)
	sent, refused := handed.number("handed.0.id"), handed.number("handed.1.id")
	olga.post(fmt.Sprintf("/desk/money/payouts/%d/reject", refused), object{"why": "Account closed"}).must(204)
	table := fmt.Sprintf("date,amount,text,id,end to end id\n%s,70.00,%s,a,\n%s,12.00,No reference,b,\n%s,9.00,From the members,c,\n%s,-3.00,Payout,d,payout-%d\n%s,-1.50,Fee,e,\n",
		day, reference, day, day, day, sent, day)
	olga.post(rail+"/statements", object{"text": "Hello"}).refused(422, "statement_unreadable")
	olga.post(rail+"/statements", object{"text": table}).must(201).says("lines", 5).says("findings.0.kind", "not ours")
	olga.post(rail+"/statements", object{"text": table}).refused(409, "statement_known")
	eve.get(at).must(200).says("state", "confirmed")
	open := olga.get("/desk/money").must(200).says("unclaimed.0.amount", eur(12_00)).says("unexplained.0.amount", eur(-1_50))
	line := func(path string) string { return fmt.Sprintf("/desk/money/lines/%d", open.number(path)) }
	olga.post(line("unclaimed.0.id")+"/assign", object{"person": carl.id}).must(204)
	olga.post(line("unclaimed.1.id")+"/fund", nil).must(204)
	olga.post(line("unexplained.0.id")+"/explain", object{"explanation": "cost"}).must(204)
	olga.post(rail+"/reconcile", nil).must(200)
	ada.post(fmt.Sprintf("/wallet/accounts/%d/remove", to), nil).must(204)
}
