package web

import (
	"fmt"

	"github.com/a-h/templ"

	"freehold/internal/statement"
	"freehold/internal/web/view"
)

func (s *Server) statements(v *visit) error {
	all, err := statement.Periods(v.ctx(), s.DB, v.by)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.StatementsPage(f, all) })
}

func (s *Server) statementOf(v *visit) (statement.Statement, error) {
	p, err := statement.ParsePeriod(v.r.PathValue("period"))
	if err != nil {
		return statement.Statement{}, err
	}
	return statement.Of(v.ctx(), s.DB, v.by, v.r.PathValue("currency"), p)
}

func (s *Server) showStatement(v *visit) error {
	st, err := s.statementOf(v)
	if err != nil {
		return err
	}
	return v.show(func(f view.Frame) templ.Component { return view.StatementPage(f, st) })
}

// statementFile hands a statement out as PDF, or as one of two tables.
func (s *Server) statementFile(v *visit) error {
	st, err := s.statementOf(v)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("statement-%s-%s", st.Currency, st.Name)
	switch v.r.PathValue("file") {
	case "statement.pdf":
		pdf, err := st.Paper(v.reader, "Freehold", v.by.Name, s.DB.Now()).Render()
		if err != nil {
			return err
		}
		v.handOut("attachment", "application/pdf", name+".pdf")
		_, err = v.w.Write(pdf)
		return err
	case "movements.csv":
		v.handOut("attachment", "text/csv; charset=utf-8", name+".csv")
		return st.WriteTable(v.w, v.reader)
	case "work.csv":
		v.handOut("attachment", "text/csv; charset=utf-8", name+"-work.csv")
		return st.WriteWork(v.w)
	default:
		return errMissing
	}
}
