package skill

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"freehold/internal/kit/db"
	"freehold/internal/kit/fault"
)

// Report says what an import did.
type Report struct {
	Rows    int // read, those refused among them
	Skills  int // new ones
	Aliases int // new ones
	Refused []Refusal
}

// Refusal is a row that was left out, and why.
type Refusal struct {
	Line int // counted from 1
	Why  string
}

const (
	batchSize  = 500     // rows that go into one transaction
	maxLine    = 1 << 20 // bytes
	maxRefused = 1000    // a file with more of them is another file
)

var (
	// ErrLineTooLong ends an import at a line that cannot be a skill.
	ErrLineTooLong = fault.New(fault.Invalid, "line_too_long", "Line %d is longer than a megabyte, so this is no file of skills. What stands before it is in; once the file is right, import it again.")
	// ErrNotSkills ends an import of what is no file of skills.
	ErrNotSkills = fault.New(fault.Invalid, "not_a_file_of_skills", "We stopped at line %d: too many lines of this file are no skills. What was right before it is in; once the file is right, import it again.")
)

// Import adds the skills in r, one JSON object a line:
//
//	{"skill": "Node.js", "category": "Web development", "aliases": ["NodeJS"]}
//
// Other fields are ignored, among them ambiguous_aliases: a word with two
// meanings helps nobody. A skill that we have, under its name or an alias that
// we ship, only gains aliases; an alias that means another skill already is left
// out. A category that is none of ours is translated by CategoryOf.
//
// Rows go in by batches, and progress, if not nil, hears how many rows are done.
// Importing the same file again changes nothing, so an import that was cut short
// is simply run again. The report is true also when there is an error.
func Import(ctx context.Context, d *db.DB, r io.Reader, progress func(rows int)) (Report, error) {
	var rep Report
	var batch []entry
	line := 0
	in := bufio.NewScanner(r)
	in.Buffer(nil, maxLine)
	for len(rep.Refused) < maxRefused && in.Scan() {
		line++
		batch = rep.add(batch, line, in.Bytes())
		if len(batch) < batchSize {
			continue
		}
		if err := rep.learn(ctx, d, batch); err != nil {
			return rep, err
		}
		if progress != nil {
			progress(rep.Rows)
		}
		batch = batch[:0]
	}
	if err := rep.learn(ctx, d, batch); err != nil {
		return rep, err
	}
	if progress != nil {
		progress(rep.Rows)
	}
	switch {
	case len(rep.Refused) >= maxRefused:
		return rep, ErrNotSkills.With(line)
	case errors.Is(in.Err(), bufio.ErrTooLong):
		return rep, ErrLineTooLong.With(line + 1)
	default:
		return rep, in.Err()
	}
}

// add reads a line into the batch, or into what was refused.
func (rep *Report) add(batch []entry, line int, text []byte) []entry {
	if len(bytes.TrimSpace(text)) == 0 {
		return batch
	}
	rep.Rows++
	e, err := parseRow(text)
	if err != nil {
		rep.Refused = append(rep.Refused, Refusal{Line: line, Why: err.Error()})
		return batch
	}
	return append(batch, e)
}

// learn brings a batch into the database and counts what was new.
func (rep *Report) learn(ctx context.Context, d *db.DB, batch []entry) error {
	if len(batch) == 0 {
		return nil
	}
	var skills, aliases int64
	err := d.Update(ctx, func(tx *db.Tx) (err error) {
		if err := lock(ctx, tx); err != nil {
			return err
		}
		if skills, err = learnSkills(ctx, tx, batch); err != nil {
			return err
		}
		aliases, err = learnAliases(ctx, tx, batch)
		return err
	})
	if err == nil {
		rep.Skills += int(skills)
		rep.Aliases += int(aliases)
	}
	return err
}

var (
	errNotText   = errors.New("this is not UTF-8 text")
	errNotObject = errors.New("this is not a JSON object with a skill and its aliases")
	errNoName    = errors.New("there is no skill in it, or one without a letter or digit")
	errLongName  = errors.New("the name of the skill is longer than 80 characters")
	errUnprinted = errors.New("the name of the skill has characters that nobody can see")
)

// parseRow reads a line of a file of skills. Aliases that could not stand are
// left out of it; a name that could not is an error that says why.
func parseRow(line []byte) (entry, error) {
	if !utf8.Valid(line) { // encoding/json would put replacement characters there
		return entry{}, errNotText
	}
	var row struct {
		Skill    string   `json:"skill"`
		Category string   `json:"category"`
		Aliases  []string `json:"aliases"`
	}
	if err := json.Unmarshal(line, &row); err != nil {
		return entry{}, errNotObject
	}
	name, err := parseName(row.Skill)
	if err != nil {
		return entry{}, err
	}
	e := entry{name: name, category: CategoryOf(row.Category)}
	if ours, ok := shipped().owner[fold(name)]; ok {
		e.name = ours
	}
	for _, alias := range row.Aliases {
		if alias, err := parseName(alias); err == nil {
			e.aliases = append(e.aliases, alias)
		}
	}
	return e, nil
}

// parseName tidies a name, or says why it can be none.
func parseName(s string) (string, error) {
	s = strings.Join(strings.Fields(s), " ")
	switch {
	case !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }):
		return "", errNoName
	case utf8.RuneCountInString(s) > maxName:
		return "", errLongName
	case strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) || r == utf8.RuneError }):
		return "", errUnprinted
	}
	return s, nil
}
