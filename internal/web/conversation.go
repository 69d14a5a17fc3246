package web

import (
	"fmt"

	"github.com/a-h/templ"

	"freehold/internal/message"
	"freehold/internal/proposal"
	"freehold/internal/web/view"
)

func (s *Server) conversations(v *visit) error {
	from, err := message.ParsePlace(v.r.URL.Query().Get("after"))
	if err != nil {
		return errMissing
	}
	list, err := message.Mine(v.ctx(), s.DB, v.by, from, pageSize+1)
	if err != nil {
		return err
	}
	next := ""
	if len(list) > pageSize {
		list = list[:pageSize]
		next = "/conversations?after=" + list[pageSize-1].Place().String()
	}
	return v.show(func(f view.Frame) templ.Component { return view.ConversationsPage(f, list, next) })
}

// openConversation leads from a proposal to the conversation about it.
func (s *Server) openConversation(v *visit) error {
	n, err := id[proposal.ID](v, "id")
	if err != nil {
		return err
	}
	c, err := message.Open(v.ctx(), s.DB, v.by, n)
	if err != nil {
		return err
	}
	return v.redirect(fmt.Sprintf("/conversations/%d#latest", c), "")
}

func (s *Server) showConversation(v *visit) error {
	p, err := s.conversationPage(v)
	if err != nil {
		return err
	}
	if len(p.Messages) > 0 {
		if err := message.Read(v.ctx(), s.DB, v.by, p.Conversation.ID, p.Messages[0].ID); err != nil {
			return err
		}
	}
	return v.show(func(f view.Frame) templ.Component {
		return view.ConversationPage(f, f.Form(), p, older(p))
	})
}

// messagesShown is how much of a conversation one page shows.
const messagesShown = 50

func (s *Server) conversationPage(v *visit) (p message.Page, err error) {
	n, err := id[message.ConversationID](v, "id")
	if err != nil {
		return p, err
	}
	before, err := v.before()
	if err != nil {
		return p, err
	}
	return message.Show(v.ctx(), s.DB, v.by, n, message.ID(before), messagesShown)
}

func older(p message.Page) string {
	if len(p.Messages) < messagesShown {
		return ""
	}
	return fmt.Sprintf("%s?before=%d", p.Conversation.URL(), p.Messages[len(p.Messages)-1].ID)
}

func (s *Server) sendMessage(v *visit) error {
	p, err := s.conversationPage(v)
	if err != nil {
		return err
	}
	form, err := v.form()
	if err != nil {
		return err
	}
	files, err := v.uploads("files")
	if err == nil {
		_, err = message.Send(v.ctx(), s.DB, v.by, p.Conversation.ID, message.Input{Text: form.Get("text"), Files: files})
	}
	if err != nil {
		return v.again(err, func(f view.Frame, form view.Form) templ.Component { return view.ConversationPage(f, form, p, older(p)) })
	}
	return v.redirect(p.Conversation.URL()+"#latest", "")
}
