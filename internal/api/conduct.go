package api

import (
	"context"
	"net/http"
	"time"

	"freehold/internal/account"
	"freehold/internal/conduct"
	"freehold/internal/kit/say"
	"freehold/internal/restriction"
)

func rules(a area) {
	add(a, public, "GET /rules", "The rules of this market, the gravest first.", http.StatusOK, a.rulesInForce)
	add(a, public, "POST /reports", "Report something to the staff, with a token or without.", http.StatusCreated, a.report)
	add(a, private, "GET /me/reports", "What I have reported, and what came of it.", http.StatusOK, a.myReports)
	add(a, private, "GET /me/decisions", "What was decided about me or is considered, the latest first.", http.StatusOK, a.myDecisions)
	add(a, public, "GET /decisions", "How rules were kept, without names, the latest first.", http.StatusOK, a.publicDecisions)
	add(a, public, "GET /transparency/{year}", "How rules were kept in a year of UTC, counted from the records: reports, decisions, appeals (DSA, articles 15 and 24(1)).", http.StatusOK, a.yearOfDecisions)
	add(a, public, "GET /decisions/statements", "Every decision as a statement of reasons for the transparency database of the European Union (DSA, article 24(5)), the latest first: what its POST /statements takes.", http.StatusOK, a.statements)
	add(a, private, "GET /decisions/{id}", "One decision, for the person and the staff.", http.StatusOK, a.showDecision)
	add(a, private, "GET /decisions/{id}/evidence/{n}", "A piece of evidence, whole. That somebody of the staff has opened it is on record.", http.StatusOK, a.openEvidence)
	add(a, private, "POST /decisions/{id}/answer", "Answer, before it is decided about me.", http.StatusOK, a.answerHearing)
	add(a, private, "POST /decisions/{id}/appeal", "Appeal. Somebody who had no part in it answers within 14 days, or it lapses.", http.StatusCreated, a.appealDecision)
	add(a, private, "POST /decisions/{id}/talk", "Say something inside the appeal.", http.StatusOK, a.speakInAppeal)
	add(a, private, "GET /desk/reports", "What waits for those who keep the rules, the most urgent first.", http.StatusOK, a.reportQueue)
	add(a, private, "GET /reports/{id}", "One report, for the staff.", http.StatusOK, a.showReport)
	add(a, private, "POST /reports/{id}/claim", "Take a report on.", http.StatusOK, a.claimReport)
	add(a, private, "POST /reports/{id}/dismiss", "Close a report: nothing follows.", http.StatusOK, a.dismissReport)
	add(a, private, "POST /decisions", "Write down what is considered. The person reads it and can answer.", http.StatusCreated, a.considerDecision)
	add(a, private, "POST /decisions/{id}/evidence", "Add evidence. The person reads it as well.", http.StatusCreated, a.addConductEvidence)
	add(a, private, "POST /decisions/{id}/deliver", "Decide, once the hearing is over and all evidence was opened.", http.StatusOK, a.deliverDecision)
	add(a, private, "POST /decisions/{id}/drop", "Drop what was considered.", http.StatusOK, a.dropDecision)
	add(a, private, "POST /decisions/{id}/lift", "End a decision before its time.", http.StatusOK, a.liftDecision)
	add(a, private, "POST /decisions/{id}/judge", "Answer an appeal against somebody else's decision.", http.StatusOK, a.judgeAppeal)
}

// houseRule is a rule as it reads in one version.
type houseRule struct {
	Rule     conduct.RuleKey     `json:"rule"`
	Version  int                 `json:"version"`
	Title    string              `json:"title"`
	Text     string              `json:"text"`
	Examples []string            `json:"examples"`
	Needs    string              `json:"needs" doc:"The evidence that a decision takes."`
	Heaviest restriction.Measure `json:"heaviest" doc:"The most that can follow: warning, remove content, limit visibility, limit posting, suspend or end account."`
	Urgent   bool                `json:"urgent" doc:"It can be decided before a hearing, for seven working days at most."`
}

func (s *server) rulesInForce(_ context.Context, by account.Actor, _ *nothing) ([]houseRule, error) {
	r := readerOf(by)
	return each(conduct.Rules, func(o conduct.Rule) houseRule {
		return houseRule{o.Key, o.Version, r.Word(o.Title), r.Word(o.Text), each(o.Examples, r.Word), r.Word(o.Needs), o.Heaviest, o.Urgent}
	}), nil
}

type reporting struct {
	Subject string          `json:"subject" doc:"post/12, person/3, proposal/9, message/40 or review/5."`
	Rule    conduct.RuleKey `json:"rule"`
	Words   string          `json:"words"`
	Email   string          `json:"email" doc:"Without a token: where to hear what came of it; may be left out."`
}

type reportMade struct {
	ID       conduct.ReportID `json:"id"`
	AnswerBy time.Time        `json:"answer_by"`
}

func (s *server) report(ctx context.Context, by account.Actor, in *body[reporting]) (reportMade, error) {
	r, err := conduct.Submit(ctx, s.DB, by, conduct.Submission{
		Subject: in.Body.Subject, Rule: in.Body.Rule, Words: in.Body.Words, Email: in.Body.Email, From: from(ctx),
	})
	return reportMade{r.ID, r.AnswerBy}, err
}

// reportedShown is a report as who made it sees it.
type reportedShown struct {
	ID       conduct.ReportID    `json:"id"`
	Subject  string              `json:"subject"`
	Rule     conduct.RuleKey     `json:"rule"`
	Words    string              `json:"words"`
	State    conduct.ReportState `json:"state" doc:"new, in review, no action or decision"`
	OpenedAt time.Time           `json:"opened_at"`
	AnswerBy time.Time           `json:"answer_by"`
	Outcome  *string             `json:"outcome" doc:"What came of it and why; null: it is not answered yet."`
}

func (s *server) myReports(ctx context.Context, by account.Actor, _ *nothing) (list[reportedShown], error) {
	all, err := conduct.ListReported(ctx, s.DB, by)
	return whole(all, func(r conduct.Reported) reportedShown {
		return reportedShown{r.ID, r.Subject, r.Rule, r.Words, r.State, r.OpenedAt, r.AnswerBy, r.Outcome}
	}), err
}

// decisionMine is a decision about me, in a list.
type decisionMine struct {
	ID        conduct.ID          `json:"id"`
	Measure   restriction.Measure `json:"measure"`
	State     conduct.State       `json:"state" doc:"hearing, announced, in force, ended, lifted, lapsed, overturned or dropped"`
	Rule      conduct.RuleKey     `json:"rule"`
	HearUntil time.Time           `json:"hear_until"`
	Until     *time.Time          `json:"until" doc:"When it ends at the latest; null: nothing was decided."`
}

func (s *server) myDecisions(ctx context.Context, by account.Actor, _ *nothing) (list[decisionMine], error) {
	all, err := conduct.ListMine(ctx, s.DB, by)
	return whole(all, func(d conduct.Mine) decisionMine {
		return decisionMine{d.ID, d.Measure, d.State, d.Rule, d.HearUntil, d.Until}
	}), err
}

// decisionPublic is a decision without a name.
type decisionPublic struct {
	ID          conduct.ID           `json:"id"`
	Kind        string               `json:"kind" doc:"of what it is about: post, person, proposal, message or review"`
	Rule        conduct.RuleKey      `json:"rule"`
	RuleVersion int                  `json:"rule_version"`
	Measure     restriction.Measure  `json:"measure"`
	FoundBy     string               `json:"found_by" doc:"report, staff or machine"`
	Urgent      bool                 `json:"urgent"`
	Heard       bool                 `json:"heard" doc:"The person had answered."`
	Days        int                  `json:"days"`
	DeliveredAt time.Time            `json:"delivered_at"`
	State       conduct.State        `json:"state"`
	Appeal      *conduct.AppealState `json:"appeal" doc:"filed, upheld, rejected or lapsed; null: there was none"`
}

func (s *server) publicDecisions(ctx context.Context, _ account.Actor, in *part) (list[decisionPublic], error) {
	start, err := before[conduct.ID](*in)
	if err != nil {
		return list[decisionPublic]{}, err
	}
	found, err := conduct.Publish(ctx, s.DB, start, in.Limit+1)
	return parted(*in, found, func(d conduct.Published) decisionPublic {
		return decisionPublic{d.ID, d.Kind, d.Rule, d.RuleVersion, d.Measure, d.FoundBy, d.Urgent, d.Heard, d.Days, d.DeliveredAt, d.State, d.Appeal}
	}, func(d conduct.Published) string { return number(d.ID) }), err
}

type yearFigure struct {
	Section string  `json:"section"`
	What    string  `json:"what"`
	Unit    string  `json:"unit" doc:"count or hours"`
	Value   float64 `json:"value"`
}

func (s *server) yearOfDecisions(ctx context.Context, _ account.Actor, in *struct {
	Year int `path:"year"`
}) (list[yearFigure], error) {
	all, err := conduct.ReportYear(ctx, s.DB, in.Year)
	return whole(all, func(f conduct.YearFigure) yearFigure { return yearFigure(f) }), err
}

// statements are decisions in the shape that the transparency database of the
// European Union takes.
type statements struct {
	Statements []conduct.Statement `json:"statements"`
	Next       *string             `json:"next" doc:"Pass it as cursor for the following part; null at the end."`
}

func (s *server) statements(ctx context.Context, _ account.Actor, in *part) (statements, error) {
	start, err := before[conduct.ID](*in)
	if err != nil {
		return statements{}, err
	}
	all, ids, err := conduct.Statements(ctx, s.DB, start, in.Limit+1)
	out := statements{Statements: all}
	if len(all) > in.Limit {
		next := number(ids[in.Limit-1])
		out.Statements, out.Next = all[:in.Limit], &next
	}
	return out, err
}

// decisionFull is a decision as the person or the staff sees it.
type decisionFull struct {
	ID          conduct.ID          `json:"id"`
	Person      someone             `json:"person"`
	Subject     string              `json:"subject"`
	State       conduct.State       `json:"state"`
	Rule        conduct.RuleKey     `json:"rule"`
	RuleVersion int                 `json:"rule_version"`
	Measure     restriction.Measure `json:"measure"`
	Stops       []restriction.Act   `json:"stops" doc:"What it keeps the person from; nothing else is touched."`
	Facts       string              `json:"facts"`
	Why         string              `json:"why"`
	Evidence    []conductExhibit    `json:"evidence"`
	Urgent      bool                `json:"urgent"`
	By          someone             `json:"by" doc:"Who considers it, or has decided it."`
	HearUntil   time.Time           `json:"hear_until"`
	Answer      *string             `json:"answer" doc:"Of the person, before it was decided."`
	DeliveredAt *time.Time          `json:"delivered_at" doc:"null: nothing was decided"`
	StartsAt    *time.Time          `json:"starts_at"`
	Until       *time.Time          `json:"until" doc:"When it ends at the latest."`
	AppealUntil *time.Time          `json:"appeal_until"`
	Ended       *string             `json:"ended" doc:"Why it ended before its time."`
	Appeal      *appealShown        `json:"appeal"`
	Can         []string            `json:"can" doc:"What I can do now: answer, appeal, talk, evidence, deliver, drop, lift, judge."`
	Journal     []entry             `json:"journal"`
}

type conductExhibit struct {
	N      int    `json:"n" doc:"As it is cited."`
	Title  string `json:"title"`
	Text   string `json:"text"`
	Opened bool   `json:"opened" doc:"By me, if I am of the staff; nobody decides before."`
}

type appealShown struct {
	Words   string               `json:"words"`
	FiledAt time.Time            `json:"filed_at"`
	Due     time.Time            `json:"due" doc:"When the decision lapses, if it is not answered."`
	Outcome *conduct.AppealState `json:"outcome" doc:"upheld, rejected or lapsed; null: it waits"`
	Reasons *string              `json:"reasons"`
	Talk    []talkShown          `json:"talk"`
}

type talkShown struct {
	By    string    `json:"by"`
	Words string    `json:"words"`
	At    time.Time `json:"at"`
}

// exhibitOf shows the text of evidence to the staff only where they open it.
func exhibitOf(own bool) func(conduct.Exhibit) conductExhibit {
	return func(e conduct.Exhibit) conductExhibit {
		out := conductExhibit{e.N, e.Title, e.Text, e.Opened}
		if !own && !e.Opened {
			out.Text = ""
		}
		return out
	}
}

func (s *server) showDecision(ctx context.Context, by account.Actor, in *of) (decisionFull, error) {
	v, err := conduct.Show(ctx, s.DB, by, conduct.ID(in.ID))
	if err != nil {
		return decisionFull{}, err
	}
	out := decisionFull{
		ID: v.ID, Person: someone{ID: v.Person, Name: v.Names[v.Person]}, Subject: v.Subject, State: v.State, Rule: v.Draft.Rule, RuleVersion: v.RuleVersion,
		Measure: v.Measure, Stops: each(v.Stops(), same), Facts: v.Facts, Why: v.Why, Evidence: each(v.Evidence, exhibitOf(v.Own)), Urgent: v.Urgent,
		By: someone{ID: v.By, Name: v.Names[v.By]}, HearUntil: v.HearUntil, Answer: v.Answer, Journal: record(v.Journal, readerOf(by)),
		Can: able(map[string]bool{"answer": v.CanAnswer, "appeal": v.CanAppeal, "talk": v.CanSpeak, "evidence": v.CanProve, "deliver": v.CanDeliver, "drop": v.CanDrop, "lift": v.CanLift, "judge": v.CanJudge}),
	}
	if m := v.Made; m != nil {
		out.Measure, out.Facts, out.Why = m.Measure, m.Facts, m.Why
		out.By = someone{ID: m.Decider, Name: v.Names[m.Decider]}
		out.DeliveredAt, out.StartsAt, out.Until, out.AppealUntil = &m.DeliveredAt, &m.StartsAt, &m.Until, &m.AppealUntil
	}
	switch {
	case v.End != nil:
		out.Ended = &v.End.Why
	case v.DroppedFor != nil:
		out.Ended = v.DroppedFor
	}
	if a := v.Appeal; a != nil {
		out.Appeal = &appealShown{a.Words, a.FiledAt, a.Due, a.Outcome, a.Reasons, each(v.Talk, func(t conduct.Said) talkShown {
			return talkShown{v.Names[t.Person], t.Words, t.At}
		})}
	}
	return out, nil
}

type evidenceOf struct {
	ID int64 `path:"id" minimum:"1"`
	N  int   `path:"n" minimum:"1"`
}

func (s *server) openEvidence(ctx context.Context, by account.Actor, in *evidenceOf) (conductExhibit, error) {
	e, err := conduct.OpenEvidence(ctx, s.DB, by, conduct.ID(in.ID), in.N)
	return conductExhibit{e.N, e.Title, e.Text, true}, err
}

// decisionState is how far a decision has come.
type decisionState struct {
	ID    conduct.ID    `json:"id"`
	State conduct.State `json:"state"`
}

// decisionStateAfter is how far it has come once something was done.
func (s *server) decisionStateAfter(ctx context.Context, by account.Actor, id conduct.ID, err error) (decisionState, error) {
	if err != nil {
		return decisionState{}, err
	}
	v, err := conduct.Show(ctx, s.DB, by, id)
	return decisionState{id, v.State}, err
}

func (s *server) answerHearing(ctx context.Context, by account.Actor, in *to[saying]) (decisionState, error) {
	id := conduct.ID(in.ID)
	return s.decisionStateAfter(ctx, by, id, conduct.Answer(ctx, s.DB, by, id, in.Body.Words))
}

type appealMade struct {
	Due time.Time `json:"due" doc:"When the decision lapses, if nobody answers."`
}

func (s *server) appealDecision(ctx context.Context, by account.Actor, in *to[saying]) (appealMade, error) {
	a, err := conduct.Contest(ctx, s.DB, by, conduct.ID(in.ID), in.Body.Words)
	return appealMade{a.Due}, err
}

func (s *server) speakInAppeal(ctx context.Context, by account.Actor, in *to[saying]) (decisionState, error) {
	id := conduct.ID(in.ID)
	return s.decisionStateAfter(ctx, by, id, conduct.Speak(ctx, s.DB, by, id, in.Body.Words))
}

// queueShown is what waits for those who keep the rules.
type queueShown struct {
	Reports []reportWaiting `json:"reports"`
	Drafts  []decisionWaits `json:"drafts" doc:"What is considered, by date."`
	Appeals []decisionWaits `json:"appeals" doc:"Those I can judge, by date."`
	Overdue int             `json:"overdue" doc:"Reports whose date has passed."`
	Mine    int             `json:"mine" doc:"Reports I have taken on."`
}

type reportWaiting struct {
	ID       conduct.ReportID    `json:"id"`
	Subject  string              `json:"subject"`
	Rule     conduct.RuleKey     `json:"rule"`
	Words    string              `json:"words"`
	State    conduct.ReportState `json:"state"`
	AnswerBy time.Time           `json:"answer_by"`
	Version  int                 `json:"version" doc:"To be named when it is claimed."`
	Priority int                 `json:"priority"`
	Because  []string            `json:"because" doc:"What the priority is made of."`
}

type decisionWaits struct {
	ID      conduct.ID `json:"id"`
	Name    string     `json:"name" doc:"of whom it is about"`
	Measure string     `json:"measure"`
	Due     time.Time  `json:"due"`
	Mine    bool       `json:"mine"`
}

func (s *server) reportQueue(ctx context.Context, by account.Actor, _ *nothing) (queueShown, error) {
	q, err := conduct.Desk(ctx, s.DB, by)
	r := readerOf(by)
	waits := func(d conduct.Waited) decisionWaits { return decisionWaits{d.ID, d.Name, d.Measure, d.Due, d.Mine} }
	return queueShown{
		Reports: each(q.Reports, func(w conduct.Waiting) reportWaiting {
			return reportWaiting{w.ID, w.Subject, w.Rule, w.Words, w.State, w.AnswerBy, w.Version, w.Priority.Points, each(w.Priority.Reasons, func(why say.Sentence) string { return why.For(r) })}
		}),
		Drafts: each(q.Drafts, waits), Appeals: each(q.Appeals, waits), Overdue: q.Overdue, Mine: q.Mine,
	}, err
}

// reportFull is a report as the staff sees it.
type reportFull struct {
	ID       conduct.ReportID    `json:"id"`
	Subject  string              `json:"subject"`
	About    someone             `json:"about" doc:"who answers for it"`
	Reporter *someone            `json:"reporter" doc:"null: somebody without an account"`
	Holder   *someone            `json:"holder" doc:"who has taken it on"`
	Rule     conduct.RuleKey     `json:"rule"`
	Words    string              `json:"words"`
	Quote    string              `json:"quote" doc:"what it said when it was reported"`
	State    conduct.ReportState `json:"state"`
	Version  int                 `json:"version"`
	AnswerBy time.Time           `json:"answer_by"`
	Outcome  *string             `json:"outcome"`
	Draft    conduct.ID          `json:"draft" doc:"the decision that is considered or was made; 0: none"`
	Journal  []entry             `json:"journal"`
}

func (s *server) showReport(ctx context.Context, by account.Actor, in *of) (reportFull, error) {
	v, err := conduct.ShowReport(ctx, s.DB, by, conduct.ReportID(in.ID))
	if err != nil {
		return reportFull{}, err
	}
	named := func(id *account.ID) *someone {
		if id == nil {
			return nil
		}
		return &someone{ID: *id, Name: v.Names[*id]}
	}
	return reportFull{v.ID, v.Subject, *named(&v.About), named(v.Reporter), named(v.Holder), v.Report.Rule, v.Words, v.Quote, v.State, v.Version,
		v.AnswerBy, v.Outcome, v.Draft, record(v.Journal, readerOf(by))}, nil
}

type claiming struct {
	Version int `json:"version" doc:"As it was read; another one is refused."`
}

// reportState is how far a report has come.
type reportState struct {
	ID    conduct.ReportID    `json:"id"`
	State conduct.ReportState `json:"state"`
}

func (s *server) claimReport(ctx context.Context, by account.Actor, in *to[claiming]) (reportState, error) {
	id := conduct.ReportID(in.ID)
	return reportState{id, conduct.InReview}, conduct.Claim(ctx, s.DB, by, id, in.Body.Version)
}

type outcomeInput struct {
	Outcome string `json:"outcome" doc:"What is read by whom it concerns, in 20 characters or more."`
}

func (s *server) dismissReport(ctx context.Context, by account.Actor, in *to[outcomeInput]) (reportState, error) {
	id := conduct.ReportID(in.ID)
	return reportState{id, conduct.NoAction}, conduct.Dismiss(ctx, s.DB, by, id, in.Body.Outcome)
}

type intentInput struct {
	Report  conduct.ReportID    `json:"report" doc:"That I have taken on; 0: nobody has reported it."`
	Person  account.ID          `json:"person" doc:"Whom it is about, where there is no report."`
	Rule    conduct.RuleKey     `json:"rule"`
	Measure restriction.Measure `json:"measure"`
	Days    int                 `json:"days" doc:"From 1 to 180."`
	Facts   string              `json:"facts"`
	Why     string              `json:"why"`
	Urgent  bool                `json:"urgent"`
}

func (s *server) considerDecision(ctx context.Context, by account.Actor, in *body[intentInput]) (decisionState, error) {
	b := in.Body
	id, err := conduct.Propose(ctx, s.DB, by, conduct.Intent{Report: b.Report, Person: b.Person, Rule: b.Rule, Measure: b.Measure, Days: b.Days, Facts: b.Facts, Why: b.Why, Urgent: b.Urgent})
	return s.decisionStateAfter(ctx, by, id, err)
}

type conductEvidence struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

func (s *server) addConductEvidence(ctx context.Context, by account.Actor, in *to[conductEvidence]) (brought, error) {
	n, err := conduct.AddEvidence(ctx, s.DB, by, conduct.ID(in.ID), in.Body.Title, in.Body.Text)
	return brought{n}, err
}

type deliveryInput struct {
	Measure  restriction.Measure `json:"measure" doc:"No heavier than what the person was heard about."`
	Days     int                 `json:"days"`
	Facts    string              `json:"facts"`
	Why      string              `json:"why"`
	Evidence []int               `json:"evidence" doc:"Cited, by number."`
	Outcome  string              `json:"outcome" doc:"For whoever reported it; needed where somebody has."`
}

func (s *server) deliverDecision(ctx context.Context, by account.Actor, in *to[deliveryInput]) (decisionState, error) {
	id, b := conduct.ID(in.ID), in.Body
	_, err := conduct.Deliver(ctx, s.DB, by, id, conduct.Ruling{Measure: b.Measure, Days: b.Days, Facts: b.Facts, Why: b.Why, Evidence: b.Evidence, Outcome: b.Outcome})
	return s.decisionStateAfter(ctx, by, id, err)
}

func (s *server) dropDecision(ctx context.Context, by account.Actor, in *to[outcomeInput]) (decisionState, error) {
	id := conduct.ID(in.ID)
	return s.decisionStateAfter(ctx, by, id, conduct.Drop(ctx, s.DB, by, id, in.Body.Outcome))
}

func (s *server) liftDecision(ctx context.Context, by account.Actor, in *to[outcomeInput]) (decisionState, error) {
	id := conduct.ID(in.ID)
	return s.decisionStateAfter(ctx, by, id, conduct.Lift(ctx, s.DB, by, id, in.Body.Outcome))
}

type judgementInput struct {
	Outcome conduct.AppealState `json:"outcome" doc:"upheld: the person was right; or rejected"`
	Reasons string              `json:"reasons"`
}

func (s *server) judgeAppeal(ctx context.Context, by account.Actor, in *to[judgementInput]) (decisionState, error) {
	id := conduct.ID(in.ID)
	return s.decisionStateAfter(ctx, by, id, conduct.Judge(ctx, s.DB, by, id, conduct.Judgement{Outcome: in.Body.Outcome, Reasons: in.Body.Reasons}))
}
