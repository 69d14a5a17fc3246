package export

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"freehold/internal/file"
	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
)

// page writes the record for eyes: one file that needs no other, and no network.
func (r Record) page(w io.Writer, reader say.Reader, missing []file.ID) error {
	v := pageView{
		Lang:    reader.Language(),
		Title:   reader.T("Everything of %s", r.Of.Name),
		Words:   reader.T("As it was on %s. Tables for programs are in the folder data, your files in files, and your contracts, sealed, in contracts. Anybody can check a contract on the page %s of the market.", r.At, "/verify"),
		Nothing: reader.T("There is nothing here."),
		Files:   reader.T("Files"),
	}
	for _, t := range r.Tables {
		v.Tables = append(v.Tables, t.view(reader))
	}
	for _, f := range r.Files {
		at := linked{Name: f.Name}
		if !slices.Contains(missing, f.ID) {
			at.Path = pathOf(f.ID, f.Name)
		}
		v.Attached = append(v.Attached, at)
	}
	return pageTemplate.Execute(w, v)
}

type pageView struct {
	Lang, Title, Words, Nothing, Files string
	Tables                             []tableView
	Attached                           []linked
}

type linked struct{ Name, Path string }

type tableView struct {
	Name, Title string
	Long        bool // its texts are too long for columns
	Columns     []string
	Rows        [][]string
}

// short is as long as a text can be that stands in a column.
const short = 60

func (t Table) view(reader say.Reader) tableView {
	v := tableView{Name: t.Name, Title: t.Title.For(reader), Long: len(t.Columns) > 9}
	currency := -1 // of the amounts, in which it stands
	if slices.ContainsFunc(t.Columns, isAmount) {
		currency = slices.Index(t.Columns, "currency")
	}
	for i, c := range t.Columns {
		if i != currency {
			v.Columns = append(v.Columns, label(c, reader))
		}
	}
	for _, row := range t.Rows {
		var cells []string
		for i, value := range row {
			if i == currency {
				continue
			}
			if n, ok := value.(int64); ok && currency >= 0 && isAmount(t.Columns[i]) {
				value = money.Amount{Minor: n, Currency: fmt.Sprint(row[currency])}
			}
			cell := text(value, reader)
			v.Long = v.Long || len(cell) > short
			cells = append(cells, cell)
		}
		v.Rows = append(v.Rows, cells)
	}
	return v
}

const minor = "_minor"

func isAmount(column string) bool { return strings.HasSuffix(column, minor) }

// label is a column's name for people.
func label(column string, reader say.Reader) string {
	words := strings.ReplaceAll(strings.TrimSuffix(column, minor), "_", " ")
	return reader.Word(strings.ToUpper(words[:1]) + words[1:])
}

func text(v any, reader say.Reader) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		if v {
			return reader.T("yes")
		}
		return reader.T("no")
	case time.Time:
		return reader.Moment(v)
	case []string:
		return strings.Join(v, "\n")
	case say.Sentence:
		return v.For(reader)
	case string:
		return v
	case int64: // most of them are numbers of things, which nobody counts
		return strconv.FormatInt(v, 10)
	default:
		return reader.Show(v)
	}
}

//go:embed page.html
var pageHTML string

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))
