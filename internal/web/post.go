package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"freehold/internal/banking"
	"freehold/internal/file"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/profile"
	"freehold/internal/proposal"
	"freehold/internal/skill"
	"freehold/internal/terms"
	"freehold/internal/web/view"
)

func (s *Server) showPost(v *visit) error {
	n, err := id[jobpost.ID](v, "id")
	if err != nil {
		return err
	}
	p, err := proposal.ShowPost(v.ctx(), v.looking(), v.by, n)
	if err != nil {
		return err
	}
	shown := view.Post{View: p.View, Outlook: p.Outlook}
	if p.Own && p.State == jobpost.Draft {
		if shown.Costs, err = jobpost.EstimateCosts(v.ctx(), s.DB, p.Input()); err != nil {
			return err
		}
		if shown.Wallet, err = s.walletIn(v, p.Currency); err != nil {
			return err
		}
	}
	return v.show(func(f view.Frame) templ.Component { return view.PostPage(f, shown) })
}

// postOf is the post that the address names, if the visitor may see it.
func (s *Server) postOf(v *visit) (jobpost.View, error) {
	n, err := id[jobpost.ID](v, "id")
	if err != nil {
		return jobpost.View{}, err
	}
	return jobpost.Show(v.ctx(), s.DB, v.by, n)
}

// ownPost is postOf for pages that only the client has.
func (s *Server) ownPost(v *visit) (jobpost.View, error) {
	p, err := s.postOf(v)
	if err == nil && !p.Own {
		err = errMissing
	}
	return p, err
}

// walletIn is what the visitor's wallet holds of a currency.
func (s *Server) walletIn(v *visit, currency string) (money.Amount, error) {
	balances, err := banking.Balances(v.ctx(), s.DB, v.by)
	for _, b := range balances {
		if b.Available.Currency == currency {
			return b.Available, err
		}
	}
	return money.Zero(currency), err
}

func (s *Server) newPost(v *visit) error {
	if !v.by.Client {
		return jobpost.ErrNotClient
	}
	form, err := s.postForm(v, jobpost.Content{})
	if err != nil {
		return err
	}
	form.Step = 1
	return v.show(func(f view.Frame) templ.Component { return view.PostFormPage(f, f.Form(), form) })
}

// postForm is what the form for a post shows: the part of it that the address
// names, or all of it.
func (s *Server) postForm(v *visit, p jobpost.Content) (form view.PostForm, err error) {
	form.Post = p
	if p.ID == 0 || p.State == jobpost.Draft {
		form.Step = v.step()
	}
	if form.Vocabulary, err = s.vocabulary(v); err != nil {
		return form, err
	}
	err = s.DB.View(v.ctx(), func(tx *db.Tx) error {
		form.Terms, err = terms.Current(v.ctx(), tx)
		return err
	})
	if err != nil {
		return form, err
	}
	form.Costs, err = jobpost.EstimateCosts(v.ctx(), s.DB, p.Input())
	if _, refused := fault.Of(err); refused { // a post from elsewhere, in a currency nobody trades in here
		err = nil
	}
	return form, err
}

// step is the part of a post's form that the address names; 0 is all of it.
func (v *visit) step() int {
	n, err := strconv.Atoi(v.r.URL.Query().Get("step"))
	if err != nil || n < 1 || n > view.PostSteps {
		return 0
	}
	return n
}

// postCosts reckons what a post would cost, before or while it is written.
func (s *Server) postCosts(v *visit) error {
	if _, err := v.form(); err != nil {
		return err
	}
	words, err := s.vocabulary(v)
	if err != nil {
		return err
	}
	p := view.PostForm{Vocabulary: words}
	in, err := v.postInput(jobpost.Input{})
	if err == nil {
		p.Costs, err = jobpost.EstimateCosts(v.ctx(), s.DB, in)
	}
	page := func(f view.Frame, form view.Form) templ.Component { return view.CostsPage(f, form, p) }
	if err != nil {
		return v.again(err, page)
	}
	return v.show(func(f view.Frame) templ.Component { return page(f, v.sent()) })
}

func (s *Server) createPost(v *visit) error {
	return s.savePost(v, jobpost.Content{}, func(in jobpost.Input) (jobpost.Post, say.Sentence, error) {
		p, err := jobpost.SaveDraft(v.ctx(), s.DB, v.by, 0, in)
		return p, say.That("Your draft is kept. Look at it once more, then publish it."), err
	})
}

func (s *Server) editPostForm(v *visit) error {
	p, err := s.ownPost(v)
	if err != nil {
		return err
	}
	if p.State != jobpost.Draft {
		if err := p.TakesProposals(s.DB.Now()); err != nil {
			return err
		}
	}
	form, err := s.postForm(v, p.Content)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.PostFormPage(f, f.Form(), form) })
}

func (s *Server) editPost(v *visit) error {
	p, err := s.ownPost(v)
	if err != nil {
		return err
	}
	return s.savePost(v, p.Content, func(in jobpost.Input) (jobpost.Post, say.Sentence, error) {
		if p.State == jobpost.Draft {
			saved, err := jobpost.SaveDraft(v.ctx(), s.DB, v.by, p.ID, in)
			return saved, say.That("Your draft is kept."), err
		}
		saved, err := jobpost.EditOpen(v.ctx(), s.DB, v.by, p.ID, in)
		return saved, say.That("Your changes are published. Those who have proposed are told."), err
	})
}

// savePost saves what the form says and goes on to the next step, or shows it
// again.
func (s *Server) savePost(v *visit, was jobpost.Content, save func(jobpost.Input) (jobpost.Post, say.Sentence, error)) error {
	if _, err := v.form(); err != nil {
		return err
	}
	var saved jobpost.Post
	var done say.Sentence
	in, err := v.postInput(was.Input())
	if err == nil {
		saved, done, err = save(in)
	}
	if err == nil {
		if next := v.r.Form.Get("next"); next != "" {
			return v.redirect(saved.URL()+"/edit?step="+url.QueryEscape(next), "Your draft is kept.")
		}
		return v.redirect(saved.URL(), "%s", done)
	}
	form, broken := s.postForm(v, was)
	if broken != nil {
		return broken
	}
	if !form.Shows(err) { // what one step says can be at odds with what another said
		form.Step = 0
	}
	return v.again(err, func(f view.Frame, sent view.Form) templ.Component { return view.PostFormPage(f, sent, form) })
}

// postInput reads what the form says over what the post said: the form of an
// open post leaves out what is settled.
func (v *visit) postInput(in jobpost.Input) (jobpost.Input, error) {
	form := v.r.Form
	files, err := v.uploads("files")
	faults := []error{err}
	whole := func(field string, was int) int {
		if !form.Has(field) {
			return was
		}
		n, err := number(form.Get(field), field)
		faults = append(faults, err)
		return n
	}
	in.Files, in.Drop = files, numbers[file.ID](form["drop"])
	in.Title, in.Description = said(form, "title", in.Title), said(form, "description", in.Description)
	in.Category, in.Level, in.Kind = said(form, "category", in.Category), said(form, "level", in.Level), said(form, "kind", in.Kind)
	in.Currency, in.Visibility = said(form, "currency", in.Currency), said(form, "visibility", in.Visibility)
	in.Hours, in.Hire, in.AnswerDays = whole("hours", in.Hours), whole("hire", in.Hire), whole("answer_in_days", in.AnswerDays)
	if form.Has("skills") {
		in.Skills = commas(form.Get("skills"))
	}
	if form.Has("questions") {
		in.Questions = lines(form.Get("questions"))
	}
	price := func(field string, was int64) int64 {
		if !form.Has(field) {
			return was
		}
		a, err := amount(form.Get(field), cmp.Or(in.Currency, usualCurrency), field)
		faults = append(faults, err)
		return a.Minor
	}
	in.BudgetMin, in.BudgetMax = price("budget_min", in.BudgetMin), price("budget_max", in.BudgetMax)
	return in, joined(faults)
}

// said is what a form says in a field, or what was said before where the form
// has no such field.
func said[T ~string](form url.Values, field string, before T) T {
	if form.Has(field) {
		return T(form.Get(field))
	}
	return before
}

// commas are the words of a list as people type one.
func commas(typed string) (words []string) {
	for word := range strings.FieldsFuncSeq(typed, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// numbers reads the values of boxes that were ticked. What no box of ours has
// is passed over.
func numbers[T ~int64](ticked []string) (ids []T) {
	for _, value := range ticked {
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			ids = append(ids, T(n))
		}
	}
	return ids
}

func (s *Server) publishPost(v *visit) error {
	n, err := id[jobpost.ID](v, "id")
	if err != nil {
		return err
	}
	p, err := jobpost.Publish(v.ctx(), s.DB, v.by, n)
	if err != nil {
		return err
	}
	return v.redirect(p.URL(), "Your post is published. We tell you of every proposal; the freelancers’ turn begins.")
}

// closeForm asks what everybody is to be told who waits for an answer.
func (s *Server) closeForm(v *visit) error {
	l, err := s.listing(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.ClosePostPage(f, f.Form(), l) })
}

func (s *Server) listing(v *visit) (proposal.Listing, error) {
	n, err := id[jobpost.ID](v, "id")
	if err != nil {
		return proposal.Listing{}, err
	}
	return proposal.List(v.ctx(), s.DB, v.by, n)
}

func (s *Server) closePost(v *visit) error {
	l, err := s.listing(v)
	if err != nil {
		return err
	}
	form, err := v.form()
	if err != nil {
		return err
	}
	c := proposal.Closing{Each: map[proposal.ID]proposal.Reason{}}
	for _, p := range l.Items {
		of := func(field string) string { return form.Get(fmt.Sprintf("%s_%d", field, p.ID)) }
		if !p.State.Ended() && of("reason") != "" {
			c.Each[p.ID] = proposal.Reason{Code: of("reason"), Words: of("words")}
		}
	}
	if form.Get("reason")+form.Get("words") != "" {
		c.Rest = &proposal.Reason{Code: form.Get("reason"), Words: form.Get("words")}
	}
	if err := proposal.ClosePost(v.ctx(), s.DB, v.by, l.Post.ID, c); err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.ClosePostPage(f, form, l) })
	}
	return v.redirect(l.Post.URL(), "Your post is closed, everybody has an answer, and the answer bond is back in your wallet.")
}

func (s *Server) myPosts(v *visit) error {
	before, err := v.before()
	if err != nil {
		return err
	}
	posts, err := jobpost.ListMine(v.ctx(), s.DB, v.by, jobpost.ID(before), pageSize+1)
	if err != nil {
		return err
	}
	posts, next := page(posts, func(p jobpost.Mine) string { return fmt.Sprintf("/my/posts?before=%d", p.ID) })
	return v.show(func(f view.Frame) templ.Component { return view.MyPostsPage(f, posts, next) })
}

// inviteForm lets a client choose to which of their open posts they invite somebody.
func (s *Server) inviteForm(v *visit) error {
	i, err := s.invite(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.InvitePage(f, f.Form(), i) })
}

const mostOpen = 100 // posts to choose from

func (s *Server) invite(v *visit) (i view.Invite, err error) {
	if i.Person, err = s.personOf(v); err != nil {
		return i, err
	}
	i.Chosen = v.r.URL.Query().Get("post")
	i.Posts, err = s.openPosts(v)
	return i, err
}

// openPosts are those of the one who is here that take proposals.
func (s *Server) openPosts(v *visit) ([]jobpost.Mine, error) {
	posts, err := jobpost.ListMine(v.ctx(), s.DB, v.by, 0, mostOpen)
	now := s.DB.Now()
	return slices.DeleteFunc(posts, func(p jobpost.Mine) bool { return p.TakesProposals(now) != nil }), err
}

func (s *Server) sendInvitation(v *visit) error {
	i, err := s.invite(v)
	if err != nil {
		return err
	}
	form, err := v.form()
	if err != nil {
		return err
	}
	post, err := number(form.Get("post"), "post")
	if err == nil {
		err = jobpost.Invite(v.ctx(), s.DB, v.by, jobpost.ID(post), i.Person.ID, form.Get("words"))
	}
	if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.InvitePage(f, form, i) })
	}
	return v.redirect(fmt.Sprintf("/people/%d", i.Person.ID), "%s is invited. It is their turn: they can propose, decline, or let it be.", i.Person.Name)
}

func (s *Server) declineInvitation(v *visit) error {
	n, err := id[jobpost.ID](v, "id")
	if err != nil {
		return err
	}
	if err := jobpost.DeclineInvitation(v.ctx(), s.DB, v.by, n); err != nil {
		return err
	}
	return v.redirect("/my/invitations", "You have declined, and the client knows. You can still propose while the post is open.")
}

func (s *Server) myInvitations(v *visit) error {
	shown, err := s.invitationsPage(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return shown(f, f.Form()) })
}

// invitationsPage is to what somebody is invited, with what they do not want to be
// invited to.
func (s *Server) invitationsPage(v *visit) (func(view.Frame, view.Form) templ.Component, error) {
	before, err := v.before()
	if err != nil {
		return nil, err
	}
	invitations, err := jobpost.MyInvitations(v.ctx(), s.DB, v.by, jobpost.ID(before), pageSize+1)
	if err != nil {
		return nil, err
	}
	invitations, next := page(invitations, func(i jobpost.Invitation) string { return fmt.Sprintf("/my/invitations?before=%d", i.Post) })
	wishes, err := profile.ShowWishes(v.ctx(), s.DB, v.by)
	if err != nil {
		return nil, err
	}
	words, err := s.vocabulary(v)
	return func(f view.Frame, form view.Form) templ.Component {
		return view.InvitationsPage(f, form, invitations, next, wishes, words)
	}, err
}

// saveWishes keeps what a freelancer does not want to be invited to, or shows their
// invitations again with what is wrong.
func (s *Server) saveWishes(v *visit) error {
	again, err := s.invitationsPage(v)
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	var w profile.Wishes
	var badDay, badLeast error
	w.RestsUntil, badDay = day(in.Get("rests_until"), "rests_until")
	least, badLeast := amount(in.Get("least"), cmp.Or(in.Get("least_currency"), usualCurrency), "least")
	if least.Currency != "" {
		w.Least = &least
	}
	for _, key := range in["unwanted"] {
		w.Unwanted = append(w.Unwanted, skill.Key(key))
	}
	if err = errors.Join(badDay, badLeast); err == nil {
		err = profile.SaveWishes(v.ctx(), s.DB, v.by, w)
	}
	if err != nil {
		return v.again(err, again)
	}
	return v.redirect("/my/invitations", "Saved. Clients who would invite you to anything else are told so.")
}
