package web

import (
	"fmt"
	"strconv"

	"github.com/a-h/templ"

	"freehold/internal/contract"
	"freehold/internal/file"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/profile"
	"freehold/internal/proposal"
	"freehold/internal/terms"
	"freehold/internal/web/view"
)

// proposals is where a client answers those who have proposed.
func (s *Server) proposals(v *visit) error {
	l, err := s.listing(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.ProposalsPage(f, f.Form(), l) })
}

// declineMany gives all those who are ticked the same reason.
func (s *Server) sideBySide(v *visit) error {
	n, err := id[jobpost.ID](v, "id")
	if err != nil {
		return err
	}
	form, err := v.form()
	if err != nil {
		return err
	}
	b, err := proposal.SideBySide(v.ctx(), s.DB, v.by, n, numbers[proposal.ID](form["proposals"]))
	if err != nil {
		l, missing := s.listing(v)
		if missing != nil {
			return missing
		}
		return v.again(err, func(f view.Frame, form view.Form) templ.Component {
			return view.SideBySidePage(f, form, proposal.Beside{Listing: l})
		})
	}
	return v.show(func(f view.Frame) templ.Component {
		return view.SideBySidePage(f, view.Form{Values: form, Reader: v.reader}, b)
	})
}

func (s *Server) declineMany(v *visit) error {
	l, err := s.listing(v)
	if err != nil {
		return err
	}
	form, err := v.form()
	if err != nil {
		return err
	}
	reasons := map[proposal.ID]proposal.Reason{}
	for _, n := range numbers[proposal.ID](form["proposals"]) {
		reasons[n] = proposal.Reason{Code: form.Get("reason"), Words: form.Get("words")}
	}
	n, err := proposal.DeclineMany(v.ctx(), s.DB, v.by, l.Post.ID, reasons)
	if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.ProposalsPage(f, form, l) })
	}
	return v.redirect(l.Post.URL()+"/proposals", "%s", say.Count(n, "Declined. They have your reason.", "Declined: %d. Each of them has your reason."))
}

// inList is the post in whose list of proposals a button was pressed; 0: it was
// pressed elsewhere.
func (v *visit) inList() (n jobpost.ID) {
	if _, err := fmt.Sscanf(v.r.Form.Get("then"), "/posts/%d/proposals", &n); err != nil {
		return 0
	}
	return n
}

// refusedInList shows the list again in which a button was pressed, with what
// was refused. Meanwhile the freelancer may have withdrawn.
func (s *Server) refusedInList(v *visit, n jobpost.ID, err error) error {
	l, gone := proposal.List(v.ctx(), s.DB, v.by, n)
	if gone != nil {
		return gone
	}
	return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.ProposalsPage(f, form, l) })
}

// toPropose is what the form for a proposal to a post shows.
func (s *Server) toPropose(v *visit, n jobpost.ID) (p view.ProposalForm, err error) {
	shown, err := proposal.ShowPost(v.ctx(), s.DB, v.by, n)
	if err != nil {
		return p, err
	}
	p.Post, p.Outlook = shown.View, shown.Outlook
	me, err := profile.Show(v.ctx(), s.DB, v.by, v.by.ID)
	if err != nil {
		return p, err
	}
	p.Pieces = me.Pieces
	err = s.DB.View(v.ctx(), func(tx *db.Tx) error {
		p.Terms, err = terms.Current(v.ctx(), tx)
		return err
	})
	return p, err
}

func (s *Server) newProposal(v *visit) error {
	n, err := id[jobpost.ID](v, "id")
	if err != nil {
		return err
	}
	p, err := s.toPropose(v, n)
	if err != nil {
		return err
	}
	if p.Outlook.Mine != nil {
		return v.redirect(proposal.Proposal{ID: *p.Outlook.Mine}.URL(), "")
	}
	if p.Outlook.Refusal != nil {
		return p.Outlook.Refusal
	}
	return v.show(func(f view.Frame) templ.Component { return view.ProposalFormPage(f, f.Form(), p) })
}

func (s *Server) propose(v *visit) error {
	n, err := id[jobpost.ID](v, "id")
	if err != nil {
		return err
	}
	p, err := s.toPropose(v, n)
	if err != nil {
		return err
	}
	return s.sendProposal(v, p, func(in proposal.Input) (string, say.Sentence, error) {
		made, err := proposal.Propose(v.ctx(), s.DB, v.by, n, in)
		if err != nil {
			return "", say.Sentence{}, err
		}
		if made.State == proposal.WaitingList {
			return made.URL(), say.That("Your proposal is on the waiting list. It comes before the client as soon as a place is free, and we tell you."), nil
		}
		return made.URL(), say.That("Your proposal is before the client. It is their turn now."), nil
	})
}

// ownProposal is a proposal that its freelancer may still rewrite, and the form for that.
func (s *Server) ownProposal(v *visit) (was proposal.View, p view.ProposalForm, err error) {
	n, err := id[proposal.ID](v, "id")
	if err != nil {
		return was, p, err
	}
	if was, err = proposal.Open(v.ctx(), s.DB, v.by, n); err != nil {
		return was, p, err
	}
	if was.AsClient {
		return was, p, errMissing
	}
	p, err = s.toPropose(v, was.Post.ID)
	p.Was, p.Price, p.Hours = &was, was.Proposal.Price(), was.Proposal.Hours
	return was, p, err
}

func (s *Server) editProposalForm(v *visit) error {
	was, p, err := s.ownProposal(v)
	if err != nil {
		return err
	}
	if !was.Can.Edit {
		return proposal.ErrAlreadyRead
	}
	return v.show(func(f view.Frame) templ.Component { return view.ProposalFormPage(f, f.Form(), p) })
}

func (s *Server) editProposal(v *visit) error {
	was, p, err := s.ownProposal(v)
	if err != nil {
		return err
	}
	return s.sendProposal(v, p, func(in proposal.Input) (string, say.Sentence, error) {
		err := proposal.Edit(v.ctx(), s.DB, v.by, was.Proposal.ID, in)
		return was.Proposal.URL(), say.That("Your proposal is changed. It keeps its place."), err
	})
}

// sendProposal sends what the form says, or shows it again: with one more
// milestone, with what its price comes to, or with what was refused.
func (s *Server) sendProposal(v *visit, p view.ProposalForm, send func(proposal.Input) (path string, done say.Sentence, err error)) error {
	if _, err := v.form(); err != nil {
		return err
	}
	p.Rows = v.rows()
	in, err := v.proposalInput(p.Post)
	p.Price, p.Hours = in.Price, in.Hours
	more := v.r.Form.Has("more")
	if _, refused := fault.Of(err); (more || v.r.Form.Has("reckon")) && (err == nil || refused) {
		if more {
			p.Rows++
		}
		return v.show(func(f view.Frame) templ.Component { return view.ProposalFormPage(f, v.sent(), p) })
	}
	if err == nil {
		var path string
		var done say.Sentence
		if path, done, err = send(in); err == nil {
			return v.redirect(path, "%s", done)
		}
	}
	return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.ProposalFormPage(f, form, p) })
}

// rows is how many milestones the form of a plan has room for.
func (v *visit) rows() int {
	n, err := strconv.Atoi(v.r.Form.Get("rows"))
	if err != nil {
		return 0
	}
	return max(0, min(n, 20))
}

// proposalInput reads a proposal. Milestones that were left empty do not count.
func (v *visit) proposalInput(post jobpost.View) (proposal.Input, error) {
	form := v.r.Form
	files, err := v.uploads("files")
	faults := []error{err}
	whole := func(field string) int {
		n, err := number(form.Get(field), field)
		faults = append(faults, err)
		return n
	}
	price := func(field string) int64 {
		a, err := amount(form.Get(field), post.Currency, field)
		faults = append(faults, err)
		return a.Minor
	}
	in := proposal.Input{
		Letter: form.Get("letter"), Hours: whole("hours"), Pieces: numbers[profile.PieceID](form["pieces"]),
		Files: files, Drop: numbers[file.ID](form["drop"]),
	}
	in.Price.Minor, in.Price.Currency = price("price"), post.Currency
	in.StartOn, err = day(form.Get("start_on"), "start_on")
	faults = append(faults, err)
	for i := range post.Questions {
		in.Answers = append(in.Answers, form.Get(fmt.Sprintf("answers.%d", i)))
	}
	for i := range v.rows() {
		at := fmt.Sprintf("plan.%d.", i)
		if form.Get(at+"title")+form.Get(at+"price")+form.Get(at+"hours")+form.Get(at+"days") == "" {
			continue
		}
		in.Plan = append(in.Plan, proposal.Milestone{
			Title: form.Get(at + "title"), Minor: price(at + "price"), Hours: whole(at + "hours"), Days: whole(at + "days"),
		})
	}
	return in, joined(faults)
}

func (s *Server) showProposal(v *visit) error {
	p, err := s.proposalOf(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.ProposalPage(f, f.Form(), p) })
}

// proposalOf is the proposal that the address names, as its page shows it.
func (s *Server) proposalOf(v *visit) (p view.Proposal, err error) {
	n, err := id[proposal.ID](v, "id")
	if err != nil {
		return p, err
	}
	if p.View, err = proposal.Open(v.ctx(), s.DB, v.by, n); err != nil {
		return p, err
	}
	err = s.DB.View(v.ctx(), func(tx *db.Tx) error {
		set, err := terms.Current(v.ctx(), tx)
		if err != nil {
			return err
		}
		p.Fee = set.ClientFee
		p.Offer, err = contract.LatestOffer(v.ctx(), tx, n)
		return err
	})
	return p, err
}

// writeNote keeps what the client notes, for themselves, about a proposal.
func (s *Server) writeNote(v *visit) error {
	n, err := id[proposal.ID](v, "id")
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	err = proposal.WriteNote(v.ctx(), s.DB, v.by, n, in.Get("note"))
	if _, refused := fault.Of(err); refused {
		p, gone := s.proposalOf(v)
		if gone != nil {
			return gone
		}
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.ProposalPage(f, form, p) })
	}
	if err != nil {
		return err
	}
	return v.redirect(proposal.Proposal{ID: n}.URL(), "Noted. Only you read it.")
}

func (s *Server) declineProposal(v *visit) error {
	n, err := id[proposal.ID](v, "id")
	if err != nil {
		return err
	}
	form, err := v.form()
	if err != nil {
		return err
	}
	err = proposal.Decline(v.ctx(), s.DB, v.by, n, proposal.Reason{Code: form.Get("reason"), Words: form.Get("words")})
	_, refused := fault.Of(err)
	if post := v.inList(); refused && post != 0 {
		return s.refusedInList(v, post, err)
	}
	if refused {
		p, gone := s.proposalOf(v)
		if gone != nil {
			return gone
		}
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.ProposalPage(f, form, p) })
	}
	if err != nil {
		return err
	}
	return v.redirect(v.backTo(n), "Declined. They have your reason.")
}

// backTo is where a button on a proposal leads afterwards: the list, if it was pressed there.
func (v *visit) backTo(n proposal.ID) string {
	if then := local(v.r.Form.Get("then")); then != "/" {
		return then
	}
	return proposal.Proposal{ID: n}.URL()
}

// onProposal is a button that does one thing with a proposal.
func (s *Server) onProposal(done say.Sentence, do func(*visit, proposal.ID) error) handler {
	return func(v *visit) error {
		n, err := id[proposal.ID](v, "id")
		if err != nil {
			return err
		}
		if _, err := v.form(); err != nil {
			return err
		}
		err = do(v, n)
		if post := v.inList(); err != nil && post != 0 {
			return s.refusedInList(v, post, err)
		}
		if err != nil {
			return err
		}
		return v.redirect(v.backTo(n), "%s", done)
	}
}

func (s *Server) shortlist(v *visit, n proposal.ID) error {
	return proposal.Shortlist(v.ctx(), s.DB, v.by, n)
}

func (s *Server) unshortlist(v *visit, n proposal.ID) error {
	return proposal.Unshortlist(v.ctx(), s.DB, v.by, n)
}

func (s *Server) withdrawProposal(v *visit, n proposal.ID) error {
	return proposal.Withdraw(v.ctx(), s.DB, v.by, n)
}

func (s *Server) myOutcomes(v *visit) error {
	o, err := proposal.OutcomesOf(v.ctx(), s.DB, v.by)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.OutcomesPage(f, o) })
}

func (s *Server) myProposals(v *visit) error {
	before, err := v.before()
	if err != nil {
		return err
	}
	own, err := proposal.ListOwn(v.ctx(), s.DB, v.by, proposal.ID(before), pageSize+1)
	if err != nil {
		return err
	}
	var next string
	own.Ended, next = page(own.Ended, func(p proposal.Sent) string { return fmt.Sprintf("/my/proposals?before=%d", p.ID) })
	return v.show(func(f view.Frame) templ.Component { return view.MyProposalsPage(f, own, next) })
}
