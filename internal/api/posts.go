package api

import (
	"context"
	"net/http"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/proposal"
	"freehold/internal/skill"
	"freehold/internal/terms"
)

func posts(a area) {
	add(a, public, "GET /job-posts", "Find job posts.", http.StatusOK, a.search)
	add(a, private, "GET /feed", "The posts that suit me, and why.", http.StatusOK, a.feed)
	add(a, private, "POST /job-posts", "Write a draft.", http.StatusCreated, a.draftPost)
	add(a, private, "PATCH /job-posts/{id}", "Change my draft, or my open post.", http.StatusOK, a.editPost)
	add(a, public, "GET /job-posts/{id}", "A post, with its client's standing.", http.StatusOK, a.showPost)
	add(a, private, "POST /job-posts/{id}/publish", "Open my draft to proposals; sets the answer bond aside.", http.StatusOK, a.publish)
	add(a, private, "POST /job-posts/{id}/close", "Close my post and answer every open proposal.", http.StatusOK, a.closePost)
	act(a, private, "POST /job-posts/{id}/invitations", "Invite a freelancer to propose.", a.invite)
	act(a, private, "POST /job-posts/{id}/decline-invitation", "Say that I will not propose.", a.declineInvitation)
	add(a, private, "GET /me/job-posts", "My own posts.", http.StatusOK, a.myPosts)
	add(a, public, "GET /people", "Find freelancers by what they do, or those who fit a post of mine.", http.StatusOK, a.findPeople)
	add(a, private, "GET /me/wishes", "What I do not want to be invited to.", http.StatusOK, a.myWishes)
	add(a, private, "PUT /me/wishes", "Say what I do not want to be invited to.", http.StatusOK, a.saveWishes)
	add(a, private, "GET /me/searches", "The searches I keep.", http.StatusOK, a.savedSearches)
	add(a, private, "POST /me/searches", "Keep a search, and be told of new posts that answer it.", http.StatusCreated, a.saveSearch)
	add(a, private, "PUT /me/searches/{id}", "Give a search of mine another name or pace.", http.StatusOK, a.changeSearch)
	act(a, private, "DELETE /me/searches/{id}", "Remove a search of mine.", a.removeSearch)
	add(a, private, "GET /me/invitations", "What I am invited to.", http.StatusOK, a.myInvitations)
	add(a, public, "GET /categories", "All categories.", http.StatusOK, a.categories)
	add(a, public, "GET /skills", "Skills for what somebody has begun to type.", http.StatusOK, a.skills)
}

// postInput is a post as its client fills it in; what a PATCH leaves out stays.
type postInput struct {
	Title        *string             `json:"title"`
	Description  *string             `json:"description" doc:"Markdown"`
	Category     *skill.Key          `json:"category" doc:"A key; GET /categories lists them."`
	Skills       *[]string           `json:"skills" doc:"Names or aliases; GET /skills knows them."`
	Level        *skill.Level        `json:"level" doc:"entry, intermediate or expert"`
	Kind         *jobpost.Kind       `json:"kind" doc:"fixed, hourly or retainer"`
	Budget       *sum                `json:"budget" doc:"fixed: for the whole; hourly: for one hour; retainer: for one month"`
	BudgetMax    *sum                `json:"budget_max" doc:"Where it is a range, its upper end."`
	Hours        *int                `json:"hours" doc:"fixed: in all; hourly: a week; retainer: a month"`
	Questions    *[]string           `json:"questions" doc:"Up to 5, which a proposal must answer."`
	Hire         *int                `json:"hire" doc:"How many are wanted; left out: one."`
	AnswerInDays *int                `json:"answer_in_days" doc:"3 to 21"`
	Visibility   *jobpost.Visibility `json:"visibility" doc:"public or invited"`
	Files        []int64             `json:"files" doc:"Uploads to add."`
	DropFiles    []int64             `json:"drop_files" doc:"Uploads to take off."`
}

var errCurrencies = fault.New(fault.Invalid, "two_currencies", "Give both ends of the budget in one currency.").At("budget_max")

// over writes what was sent over a post as it is.
func (p postInput) over(in jobpost.Input) (jobpost.Input, error) {
	set(&in.Title, p.Title)
	set(&in.Description, p.Description)
	set(&in.Category, p.Category)
	set(&in.Skills, p.Skills)
	set(&in.Level, p.Level)
	set(&in.Kind, p.Kind)
	set(&in.Hours, p.Hours)
	set(&in.Questions, p.Questions)
	set(&in.Hire, p.Hire)
	set(&in.AnswerDays, p.AnswerInDays)
	set(&in.Visibility, p.Visibility)
	in.Files, in.Drop = fileIDs(p.Files), fileIDs(p.DropFiles)
	return p.budgetOver(in)
}

// budgetOver takes one amount for both ends of the range, unless both are given.
func (p postInput) budgetOver(in jobpost.Input) (jobpost.Input, error) {
	if p.Budget == nil && p.BudgetMax == nil {
		return in, nil
	}
	least, err := p.Budget.at("budget")
	if err != nil {
		return in, err
	}
	most, err := p.BudgetMax.at("budget_max")
	if err != nil {
		return in, err
	}
	switch {
	case p.BudgetMax == nil:
		most = least
	case p.Budget == nil:
		least = money.Amount{Minor: in.BudgetMin, Currency: in.Currency}
	}
	if least.Currency != most.Currency {
		return in, errCurrencies
	}
	in.Currency, in.BudgetMin, in.BudgetMax = least.Currency, least.Minor, most.Minor
	return in, nil
}

// postState is how far a post has come.
type postState struct {
	ID       jobpost.ID    `json:"id"`
	State    jobpost.State `json:"state" doc:"draft, open, filled, closed, lapsed or removed"`
	AnswerBy *time.Time    `json:"answer_by" doc:"null: not published yet"`
	Bond     *money.Amount `json:"bond" doc:"The answer bond that was set aside; null: not published yet."`
}

func postStateOf(p jobpost.Post) postState {
	s := postState{ID: p.ID, State: p.State, AnswerBy: p.AnswerBy}
	if p.PublishedAt != nil {
		bond := p.Bond()
		s.Bond = &bond
	}
	return s
}

func (s *server) draftPost(ctx context.Context, by account.Actor, in *body[postInput]) (postState, error) {
	fill, err := in.Body.over(jobpost.Input{})
	if err != nil {
		return postState{}, err
	}
	p, err := jobpost.SaveDraft(ctx, s.DB, by, 0, fill)
	return postStateOf(p), err
}

func (s *server) editPost(ctx context.Context, by account.Actor, in *to[postInput]) (postState, error) {
	v, err := jobpost.Show(ctx, s.DB, by, jobpost.ID(in.ID))
	if err != nil {
		return postState{}, err
	}
	fill, err := in.Body.over(v.Input())
	if err != nil {
		return postState{}, err
	}
	save := jobpost.EditOpen
	if v.State == jobpost.Draft {
		save = jobpost.SaveDraft
	}
	p, err := save(ctx, s.DB, by, v.ID, fill)
	return postStateOf(p), err
}

func (s *server) publish(ctx context.Context, by account.Actor, in *of) (postState, error) {
	p, err := jobpost.Publish(ctx, s.DB, by, jobpost.ID(in.ID))
	return postStateOf(p), err
}

// closing is what everybody is told whose proposal is open when its post closes.
type closing struct {
	Reason  string        `json:"reason" doc:"For all who get none of their own; GET /decline-reasons lists the codes."`
	Words   string        `json:"words"`
	Answers []answerToOne `json:"answers" doc:"For single ones."`
}

func (s *server) closePost(ctx context.Context, by account.Actor, in *struct {
	ID   int64 `path:"id" minimum:"1"`
	Body *closing
}) (state, error) {
	c := orZero(in.Body)
	end := proposal.Closing{Each: reasonsOf(c.Answers)}
	if c.Reason != "" || c.Words != "" {
		end.Rest = &proposal.Reason{Code: c.Reason, Words: c.Words}
	}
	return state{string(jobpost.Closed)}, proposal.ClosePost(ctx, s.DB, by, jobpost.ID(in.ID), end)
}

type invitationInput struct {
	Freelancer account.ID `json:"freelancer"`
	Words      string     `json:"words"`
}

func (s *server) invite(ctx context.Context, by account.Actor, in *to[invitationInput]) error {
	return jobpost.Invite(ctx, s.DB, by, jobpost.ID(in.ID), in.Body.Freelancer, in.Body.Words)
}

func (s *server) declineInvitation(ctx context.Context, by account.Actor, in *of) error {
	return jobpost.DeclineInvitation(ctx, s.DB, by, jobpost.ID(in.ID))
}

// post is everything that the page of a post shows.
type post struct {
	ID           jobpost.ID         `json:"id"`
	State        jobpost.State      `json:"state"`
	Title        string             `json:"title"`
	Description  string             `json:"description" doc:"Markdown"`
	Category     skill.Key          `json:"category"`
	Skills       []string           `json:"skills"`
	Level        skill.Level        `json:"level"`
	Kind         jobpost.Kind       `json:"kind"`
	Budget       *money.Amount      `json:"budget" doc:"null: not said"`
	BudgetMax    *money.Amount      `json:"budget_max"`
	Hours        int                `json:"hours"`
	Questions    []string           `json:"questions"`
	Hire         int                `json:"hire"`
	Hired        int                `json:"hired"`
	AnswerInDays int                `json:"answer_in_days"`
	Visibility   jobpost.Visibility `json:"visibility"`
	CreatedAt    time.Time          `json:"created_at"`
	PublishedAt  *time.Time         `json:"published_at"`
	AnswerBy     *time.Time         `json:"answer_by"`
	EndedAt      *time.Time         `json:"ended_at"`
	Source       string             `json:"source,omitempty" doc:"Where it was imported from."`
	Files        []upload           `json:"files"`
	Client       postClient         `json:"client"`
	Proposals    int                `json:"proposals" doc:"that wait for the client's decision"`
	Edits        []edit             `json:"edits" doc:"since it was published, oldest first"`
	Invitation   *invitation        `json:"invitation" doc:"mine"`
	Own          *ownPost           `json:"own,omitempty" doc:"For the client alone."`
}

type postClient struct {
	ID              account.ID     `json:"id"`
	Name            string         `json:"name"`
	Portrait        string         `json:"portrait,omitempty"`
	Company         string         `json:"company"`
	Country         string         `json:"country"`
	JoinedAt        time.Time      `json:"joined_at"`
	PaymentVerified bool           `json:"payment_verified"`
	Imported        bool           `json:"imported"`
	Standing        clientStanding `json:"standing"`
}

type edit struct {
	Field string    `json:"field"`
	Was   string    `json:"was"`
	Now   string    `json:"now"`
	At    time.Time `json:"at"`
}

type invitation struct {
	Post       jobpost.ID              `json:"post"`
	Title      string                  `json:"title"`
	Freelancer someone                 `json:"freelancer"`
	State      jobpost.InvitationState `json:"state" doc:"sent, proposed, declined or lapsed"`
	Words      string                  `json:"words"`
	At         time.Time               `json:"at"`
	AnsweredAt *time.Time              `json:"answered_at"`
}

func invitationOf(i jobpost.Invitation) invitation {
	return invitation{i.Post, i.Title, someone{ID: i.Freelancer, Name: i.Name}, i.State, i.Words, i.At, i.AnsweredAt}
}

// ownPost is what only the client sees of a post.
type ownPost struct {
	Bond        money.Amount `json:"bond" doc:"Set aside; of a draft: what publishing will set aside."`
	Floor       *floor       `json:"floor" doc:"null: not known yet"`
	Missing     []Field      `json:"missing" doc:"What still keeps it from being published."`
	Invitations []invitation `json:"invitations"`
	Journal     []entry      `json:"journal"`
}

// floor is the least that one hour of some work may cost.
type floor struct {
	Hourly money.Amount `json:"hourly"`
	Source string       `json:"source"`
	AsOf   string       `json:"as_of" doc:"a day"`
}

// floorOf is null where there is no floor.
func floorOf(f terms.Floor) *floor {
	if f.Hourly.IsZero() {
		return nil
	}
	return &floor{f.Hourly, f.Source, f.AsOf.Format(time.DateOnly)}
}

func (s *server) showPost(ctx context.Context, by account.Actor, in *of) (post, error) {
	v, err := jobpost.Show(ctx, s.DB, by, jobpost.ID(in.ID))
	if err != nil {
		return post{}, err
	}
	p := postOf(v)
	if v.Own {
		p.Own = ownPostOf(v, readerOf(by))
	}
	return p, nil
}

func postOf(v jobpost.View) post {
	p := post{
		ID: v.ID, State: v.State, Title: v.Title, Description: v.Description, Category: v.Category, Skills: each(v.Skills, nameOf),
		Level: v.Level, Kind: v.Kind, Hours: v.Hours, Questions: each(v.Questions, same), Hire: v.Hire, Hired: v.Hired,
		AnswerInDays: v.AnswerDays, Visibility: v.Visibility, CreatedAt: v.CreatedAt, PublishedAt: v.PublishedAt,
		AnswerBy: v.AnswerBy, EndedAt: v.EndedAt, Source: v.Source, Files: each(v.Files, uploadOf), Proposals: v.Proposals,
		Edits: each(v.Edits, func(e jobpost.Edit) edit { return edit(e) }),
		Client: postClient{
			ID: v.Client.ID, Name: v.Client.Name, Portrait: v.Client.Portrait.URL(), Company: v.Client.Company, Country: v.Client.Country, JoinedAt: v.Client.JoinedAt,
			PaymentVerified: v.Client.Verified, Imported: v.Client.Imported, Standing: clientStandingOf(v.Standing),
		},
	}
	if v.HasBudget() {
		least, most := v.Min(), v.Max()
		p.Budget, p.BudgetMax = &least, &most
	}
	if v.Invitation != nil {
		mine := invitationOf(*v.Invitation)
		p.Invitation = &mine
	}
	return p
}

func ownPostOf(v jobpost.View, r say.Reader) *ownPost {
	return &ownPost{
		Bond: v.BondNow, Floor: floorOf(v.Floor), Missing: fieldsOf(v.Missing, r),
		Invitations: each(v.Invitations, invitationOf), Journal: record(v.Journal, r),
	}
}

// ownItem is one of a client's own posts in their list.
type ownItem struct {
	ID        jobpost.ID    `json:"id"`
	State     jobpost.State `json:"state"`
	Title     string        `json:"title"`
	AnswerBy  *time.Time    `json:"answer_by"`
	Proposals int           `json:"proposals" doc:"that wait for a decision"`
	Unread    int           `json:"unread" doc:"of those, the ones nobody has opened"`
}

func (s *server) myPosts(ctx context.Context, by account.Actor, in *part) (list[ownItem], error) {
	start, err := before[jobpost.ID](*in)
	if err != nil {
		return list[ownItem]{}, err
	}
	mine, err := jobpost.ListMine(ctx, s.DB, by, start, in.Limit+1)
	return parted(*in, mine, func(m jobpost.Mine) ownItem {
		return ownItem{m.ID, m.State, m.Title, m.AnswerBy, m.Proposals, m.Unread}
	}, func(m jobpost.Mine) string { return number(m.ID) }), err
}

func (s *server) myInvitations(ctx context.Context, by account.Actor, in *part) (list[invitation], error) {
	start, err := before[jobpost.ID](*in)
	if err != nil {
		return list[invitation]{}, err
	}
	mine, err := jobpost.MyInvitations(ctx, s.DB, by, start, in.Limit+1)
	return parted(*in, mine, invitationOf, func(i jobpost.Invitation) string { return number(i.Post) }), err
}
