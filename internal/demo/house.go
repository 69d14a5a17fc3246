package demo

import (
	"context"
	"fmt"

	"freehold/internal/account"
	"freehold/internal/conduct"
	"freehold/internal/kit/db"
	"freehold/internal/restriction"
	"freehold/internal/support"
)

// houseActs are what happens to the rules: what is reported, considered, decided
// and appealed.
func (s *stage) houseActs() []act {
	var bracket, picture, boxes, snow, reckoning house
	step := func(ago int, what string, do func(context.Context) error) act { return act{ago, what, do} }
	return []act{
		// One that was wrong, and is undone.
		step(30, "elif reports viktor", func(ctx context.Context) error {
			return bracket.reports(ctx, s, "elif", "viktor", "deception",
				"The bracket on his page is on a bicycle in Leeds that I have sat on. The man who builds them told me that he makes everything himself.")
		}),
		step(29, "mara considers it", func(ctx context.Context) error {
			return bracket.considers(ctx, s, "mara", conduct.Intent{
				Rule: "deception", Measure: restriction.LimitVisibility, Days: 60,
				Facts: "The page of Viktor Horvat shows a bracket for two children and a cello as his own work. A bicycle with this bracket is built by Owen Pryce, who says of himself that he makes everything in his workshop.",
				Why:   "Whoever shows a part as theirs that somebody else has made lets clients believe in a skill that they have not seen.",
			})
		}),
		step(28, "viktor answers", func(ctx context.Context) error {
			return conduct.Answer(ctx, s.DB, s.people["viktor"], bracket.id, "I drew it. He builds it. It is in the calculation.")
		}),
		step(27, "mara decides", func(ctx context.Context) error {
			return bracket.decides(ctx, s, "mara", restriction.LimitVisibility, 60,
				"You were right to ask. His page is not shown among people for two months. He can appeal, and then somebody else looks at it.")
		}),
		step(26, "viktor appeals", func(ctx context.Context) error {
			_, err := conduct.Contest(ctx, s.DB, s.people["viktor"], bracket.id, "Nobody asked Owen. The drawing is in our contract, signed by both, and has my initials in the small hole.")
			return err
		}),
		step(25, "mo asks", func(ctx context.Context) error {
			return conduct.Speak(ctx, s.DB, s.people["mo"], bracket.id, "Which of the two small holes?")
		}),
		step(25, "viktor says", func(ctx context.Context) error {
			return conduct.Speak(ctx, s.DB, s.people["viktor"], bracket.id, "The one that carries nothing. I would not weaken the other.")
		}),
		step(24, "mo judges", func(ctx context.Context) error {
			return conduct.Judge(ctx, s.DB, s.people["mo"], bracket.id, conduct.Judgement{Outcome: conduct.Upheld,
				Reasons: "The contract between the two, signed on this market, is about this very bracket: one drew it and the other builds it, as both have always said. Making and drawing are two trades. We should have looked at the contract before we decided, and are sorry that we did not."})
		}),

		// One in force.
		step(9, "hana reports diego", func(ctx context.Context) error {
			return picture.reports(ctx, s, "hana", "diego", "deception",
				"The second piece in his portfolio is mine. I made it in 2023, and the layer names in his file are still in Korean.")
		}),
		step(8, "mara considers it", func(ctx context.Context) error {
			return picture.considers(ctx, s, "mara", conduct.Intent{
				Rule: "deception", Measure: restriction.Suspend, Days: 60,
				Facts: "A piece in the portfolio of Diego Fernández is the work of somebody else, who has shown the file of 2023 with its layers. The layers of his file have the same names, in a language that he says he does not speak.",
				Why:   "A portfolio is what clients choose by. Showing another person’s piece in it is what the rule calls showing somebody else’s work as one’s own.",
			})
		}),
		step(5, "diego answers", func(ctx context.Context) error {
			return conduct.Answer(ctx, s.DB, s.people["diego"], picture.id, "It is true. A studio gave it to me as a sample, I was proud of what I changed in it, and I forgot to say whose it was. I have written to her.")
		}),
		step(1, "mara decides", func(ctx context.Context) error {
			return picture.decides(ctx, s, "mara", restriction.LimitPosting, 30,
				"It is as you said, and he says so himself. He begins nothing new here for a month, and the piece has to go or carry your name.")
		}),

		// One that waits for an answer.
		step(3, "grace reports owen", func(ctx context.Context) error {
			return boxes.reports(ctx, s, "grace", "owen", "free_work",
				"On the telephone he asked me to test one box with one family first, as a sample. I do not mind the family. I mind the first.")
		}),
		step(2, "mara considers it", func(ctx context.Context) error {
			return boxes.considers(ctx, s, "mara", conduct.Intent{
				Rule: "free_work", Measure: restriction.Warning, Days: 90,
				Facts: "Somebody who has proposed for the assembly manual says that Owen Pryce asked them on the telephone, before any offer, to test one box with one family as a sample, without pay.",
				Why:   "A test that is made to order is work. The rule asks that it is paid, however small it is and however friendly it was asked for.",
			})
		}),

		// One that is appealed, and one that was answered.
		step(15, "yuki reports kaito", func(ctx context.Context) error {
			return snow.reports(ctx, s, "yuki", "kaito", "free_work", "He asked for ten seconds of snow before he would choose anybody. Ten seconds of snow are a day, and I am four hours away.")
		}),
		step(14, "mara considers it", func(ctx context.Context) error {
			return snow.considers(ctx, s, "mara", conduct.Intent{
				Rule: "free_work", Measure: restriction.Warning, Days: 120,
				Facts: "On the telephone, before he had made anybody an offer, Kaito Mori asked two of those who had proposed for the film of the inn for ten seconds of falling snow, to see how they look at it.",
				Why:   "Ten seconds made to order are work like ten minutes. A portfolio would have shown the same, and was there.",
			})
		}),
		step(9, "mara decides", func(ctx context.Context) error {
			return snow.decides(ctx, s, "mara", restriction.Warning, 120, "Thank you. It is a warning, which stands for four months and stops nothing, and he has read it.")
		}),
		step(3, "kaito appeals", func(ctx context.Context) error {
			_, err := conduct.Contest(ctx, s.DB, s.people["kaito"], snow.id, "I asked for ten seconds that they have already. I said “have you”, and not “would you”. The line was bad, and so is my English.")
			return err
		}),
		step(2, "mo asks", func(ctx context.Context) error {
			return conduct.Speak(ctx, s.DB, s.people["mo"], snow.id, "Had you seen their portfolios by then?")
		}),
		step(7, "aisha reports daniel", func(ctx context.Context) error {
			return reckoning.reports(ctx, s, "aisha", "daniel", "spam", "He has answered my post with the same two sentences as three others whom I know. We compared.")
		}),
		step(6, "mara considers it", func(ctx context.Context) error {
			return reckoning.considers(ctx, s, "mara", conduct.Intent{
				Rule: "spam", Measure: restriction.Warning, Days: 60,
				Facts: "Four clients have shown the same two sentences, with which Daniel Mwangi begins his letters; the rest of each is about their own work.",
				Why:   "To say the same to many who asked for different things is what the rule calls saying it again and again.",
			})
		}),
		step(1, "daniel answers", func(ctx context.Context) error {
			return conduct.Answer(ctx, s.DB, s.people["daniel"], reckoning.id, "It is how I say good morning. The third sentence is theirs, and so are the other twenty.")
		}),

		// And two that nobody has judged.
		step(2, "somebody reports a post", func(ctx context.Context) error {
			post, err := s.postTitled(ctx, "A name for an app, and the hundred you threw away")
			if err != nil {
				return err
			}
			_, err = conduct.Submit(ctx, s.DB, account.Actor{}, conduct.Submission{Subject: post, Rule: "free_work", From: account.Visitor{Address: "192.0.2.7"},
				Words: "They want a hundred names and pay for one."})
			return err
		}),
		step(1, "kwame reports a post", func(ctx context.Context) error {
			post, err := s.postTitled(ctx, "Make a fish market sound like a cinema")
			if err != nil {
				return err
			}
			r, err := conduct.Submit(ctx, s.DB, s.people["kwame"], conduct.Submission{Subject: post, Rule: "unlawful",
				Words: "One may not record people at a market without asking them. Perhaps they mean to ask; it does not say so."})
			if err != nil {
				return err
			}
			return conduct.Claim(ctx, s.DB, s.people["mo"], r.ID, r.Version)
		}),
	}
}

// house is something that was reported, and what has come of it so far.
type house struct {
	report conduct.ReportID
	id     conduct.ID
}

func (h *house) reports(ctx context.Context, s *stage, who, whom string, rule conduct.RuleKey, words string) error {
	r, err := conduct.Submit(ctx, s.DB, s.people[who], conduct.Submission{Subject: fmt.Sprintf("person/%d", s.people[whom].ID), Rule: rule, Words: words})
	h.report = r.ID
	return err
}

func (h *house) considers(ctx context.Context, s *stage, who string, in conduct.Intent) (err error) {
	r, err := conduct.ShowReport(ctx, s.DB, s.people[who], h.report)
	if err != nil {
		return err
	}
	if err := conduct.Claim(ctx, s.DB, s.people[who], h.report, r.Version); err != nil {
		return err
	}
	in.Report = h.report
	h.id, err = conduct.Propose(ctx, s.DB, s.people[who], in)
	return err
}

// decides reads all of the evidence first.
func (h *house) decides(ctx context.Context, s *stage, who string, m restriction.Measure, days int, outcome string) error {
	v, err := conduct.Show(ctx, s.DB, s.people[who], h.id)
	if err != nil {
		return err
	}
	in := conduct.Ruling{Measure: m, Days: days, Facts: v.Facts, Why: v.Why, Outcome: outcome}
	for _, e := range v.Evidence {
		if _, err := conduct.OpenEvidence(ctx, s.DB, s.people[who], h.id, e.N); err != nil {
			return err
		}
		in.Evidence = append(in.Evidence, e.N)
	}
	_, err = conduct.Deliver(ctx, s.DB, s.people[who], h.id, in)
	return err
}

// postTitled is the post of that title, as it is reported.
func (s *stage) postTitled(ctx context.Context, title string) (subject string, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		subject, err = db.Value[string](ctx, tx, `SELECT 'post/' || id FROM jobpost.posts WHERE title = $1`, title)
		return err
	})
	return subject, err
}

// askActs are what people ask the staff, and what they are answered.
func (s *stage) askActs() []act {
	var fee, daughter, night, monday, reviews support.ID
	ask := func(ago int, who string, id *support.ID, in support.Opening) act {
		return act{ago, who + " asks", func(ctx context.Context) error {
			in.From = account.Visitor{Address: "192.0.2.8"}
			o, err := support.OpenCase(ctx, s.DB, s.people[who], in)
			*id = o.ID
			return err
		}}
	}
	answer := func(ago int, who string, id *support.ID, words string, rules ...conduct.RuleKey) act {
		return act{ago, who + " answers", func(ctx context.Context) error {
			return support.AnswerCase(ctx, s.DB, s.people[who], *id, support.Reply{Words: words, Rules: rules})
		}}
	}
	closes := func(ago int, who string, id *support.ID, helped string) act {
		return act{ago, who + " closes the case", func(ctx context.Context) error {
			by := support.Reader{Actor: s.people[who]}
			if err := support.Close(ctx, s.DB, by, *id); err != nil {
				return err
			}
			if helped == "" {
				return nil
			}
			return support.SayHelped(ctx, s.DB, by, *id, helped)
		}}
	}
	return []act{
		ask(33, "lin", &fee, support.Opening{Kind: support.Money, Title: "The fee on the second milestone", Words: "The wallet shows the whole price and no fee. Did I miss something, or did you?"}),
		answer(33, "wanjiru", &fee, "Neither of us. The client pays the fee here, on top of your price, and you pay none. It stands on the contract under what it costs, on their side."),
		closes(32, "lin", &fee, "yes"),
		ask(18, "walter", &daughter, support.Opening{Kind: support.Contract, Title: "My daughter shall approve the work", Words: "I am in the store when it comes, and she is at the computer. Can she do it for me?"}),
		answer(18, "wanjiru", &daughter, "She can. On the contract, under “Absence and delegate”, you name her by her address here; she needs an account of her own. She can judge the work and nothing else, and you can take it back on any day."),
		closes(16, "walter", &daughter, ""),
		ask(4, "oksana", &night, support.Opening{Kind: support.Rules, Title: "He writes at night", Words: "A client sends me messages at three in the morning, eleven of them yesterday. They are polite. I cannot sleep."}),
		answer(4, "mara", &night, "Eleven polite ones are too many at three in the morning. Nothing in them breaks the rule below, so I have asked him, in my own name and without yours, to write by day; and under Settings you can have your mail of messages stopped, so that the telephone stays dark.", "threats"),
		ask(1, "ada", &monday, support.Opening{Kind: support.Contract, Title: "Whose Monday is it?", Words: "The week of my hours ends on Monday at noon. At noon in Accra, or where Carl is?"}),
		ask(0, "", &reviews, support.Opening{Kind: support.Account, Name: "Piotr", Email: "piotr@example.org", Title: "Before I join",
			Words: "If I leave again, do the reviews that I have earned leave with me?"}),
	}
}
