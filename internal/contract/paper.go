package contract

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/paper"
)

// Paper is a contract as a sealed PDF.
type Paper struct {
	Contract ID
	PDF      []byte
	SealedAt time.Time
}

// Name is what the file is called when somebody keeps it.
func (p Paper) Name() string { return fmt.Sprintf("contract-%d.pdf", p.Contract) }

// The files inside a paper: what both signed, the same as data, and how they did.
const (
	textFile     = "contract.txt"
	dataFile     = "contract.json"
	evidenceFile = "signatures.json"
)

// ErrNoPaper is the answer for a contract that is older than its data.
var ErrNoPaper = fault.New(fault.Conflict, "contract_without_data",
	"This contract was signed before contracts were kept as PDF. Its text and signatures are on its page.")

// document is a contract laid out: its text as both signed it, the signatures,
// and a page of evidence.
func document(r revision, d deed, e evidence, seal paper.Sealer, at time.Time) (paper.Document, error) {
	how, err := canonical(e)
	if err != nil {
		return paper.Document{}, err
	}
	doc := paper.Document{
		Title: fmt.Sprintf("Contract %d: %s", e.Contract, d.PostTitle), Author: e.Market, At: at,
		Foot:   fmt.Sprintf("Contract %d · SHA-256 %s", e.Contract, r.SHA256),
		Blocks: textBlocks(r.Text),
		Files:  []paper.File{{Name: textFile, Content: []byte(r.Text)}, {Name: dataFile, Content: []byte(r.Data)}, {Name: evidenceFile, Content: []byte(how)}},
	}
	doc.Blocks = append(doc.Blocks, signatureBlocks(e)...)
	doc.Blocks = append(doc.Blocks, evidenceBlocks(e, lint(d, e), seal)...)
	if !paper.Prints(r.Text) {
		doc.Blocks = append([]paper.Block{{Kind: paper.Small, Text: "Some letters of this contract cannot be printed here, and a question mark stands in their place. The text that both signed, to the letter, lies in this file as " + textFile + "."}}, doc.Blocks...)
	}
	return doc, nil
}

var (
	section   = regexp.MustCompile(`^\d\. [A-Z ]+$`)
	milestone = regexp.MustCompile(`^2\.\d+ `)
	caption   = regexp.MustCompile(`^(Client|Freelancer|Job post|Offer): +(.+)$`)
)

// textBlocks are the lines of a text, each as what text() made of it.
func textBlocks(text string) (blocks []paper.Block) {
	put := func(kind paper.Kind, line string) {
		if last := len(blocks) - 1; kind == paper.Quote && last >= 0 && blocks[last].Kind == paper.Quote {
			blocks[last].Text += "\n" + line
			return
		}
		blocks = append(blocks, paper.Block{Kind: kind, Text: line})
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		said, quote := strings.CutPrefix(line, "  | ")
		switch of := caption.FindStringSubmatch(line); {
		case line == "":
		case quote:
			put(paper.Quote, said)
		case line == title:
			put(paper.Title, "Contract")
		case section.MatchString(line):
			put(paper.Heading, line)
		case milestone.MatchString(line):
			put(paper.Subheading, line)
		case of != nil && len(blocks) < 2+len(blocks[len(blocks)-1].Rows):
			blocks = addRow(blocks, paper.Row{Key: of[1], Value: of[2]})
		default:
			put(paper.Paragraph, line)
		}
	}
	return blocks
}

// addRow adds a row to the table at the end, or begins one.
func addRow(blocks []paper.Block, r paper.Row) []paper.Block {
	if last := len(blocks) - 1; last < 0 || blocks[last].Kind != paper.Table {
		blocks = append(blocks, paper.Block{Kind: paper.Table})
	}
	last := &blocks[len(blocks)-1]
	last.Rows = append(last.Rows, r)
	return blocks
}

func signatureBlocks(e evidence) []paper.Block {
	blocks := []paper.Block{{Kind: paper.Heading, Text: "SIGNATURES"}}
	for _, s := range e.Signatures {
		blocks = append(blocks,
			paper.Block{Kind: paper.Subheading, Text: fmt.Sprintf("%s, the %s", s.Name, s.Side)},
			paper.Block{Kind: paper.Table, Rows: []paper.Row{{Key: "Signed", Value: minute(s.At)}, {Key: "Postal address", Value: orNone(s.PostalAddress)}}})
	}
	return blocks
}

func evidenceBlocks(e evidence, missing []Element, seal paper.Sealer) []paper.Block {
	blocks := []paper.Block{
		{Kind: paper.NewPage},
		{Kind: paper.Title, Text: "Evidence"},
		{Kind: paper.Paragraph, Text: "Each of the two was shown the text of this contract, and signed it by its SHA-256."},
		{Kind: paper.Table, Rows: []paper.Row{{Key: "SHA-256 of the text", Value: e.Text}, {Key: "SHA-256 of the data", Value: e.Data}}},
	}
	for _, s := range e.Signatures {
		blocks = append(blocks,
			paper.Block{Kind: paper.Heading, Text: fmt.Sprintf("Signature of the %s", s.Side)},
			paper.Block{Kind: paper.Table, Rows: []paper.Row{
				{Key: "Who", Value: fmt.Sprintf("%s (person %d)", s.Name, s.Person)},
				{Key: "When", Value: s.At.Format("Monday, 2 January 2006, 15:04:05 UTC")},
				{Key: "What was shown", Value: "the text with SHA-256 " + e.Text},
				{Key: "Shown to be them by", Value: s.Proof},
				{Key: "Session", Value: fmt.Sprint(s.Session)},
				{Key: "From", Value: orNone(s.Address)},
				{Key: "With", Value: orNone(s.Agent)},
			}})
	}
	blocks = append(blocks, paper.Block{Kind: paper.Heading, Text: "What the law asks for"})
	for _, l := range freelanceLaws {
		blocks = addRow(blocks, paper.Row{Key: string(l), Value: lacking(l, missing)})
	}
	return append(blocks,
		paper.Block{Kind: paper.Heading, Text: "How to check it"},
		paper.Block{Kind: paper.Paragraph, Text: fmt.Sprintf("This file is sealed by %s: whoever changes a byte of it breaks the seal, which every reader of PDF can show. The program “freehold verify” checks the seal, the text, the data and both signatures without asking anybody, and so does the page /verify of the market.", e.Market)},
		paper.Block{Kind: paper.Table, Rows: []paper.Row{
			{Key: "The seal", Value: "SHA-256 " + paper.Fingerprint(seal.Certificate)},
			{Key: "In this file", Value: strings.Join([]string{textFile, dataFile, evidenceFile}, ", ")},
		}})
}

// lacking says of a law what a contract lacks by it.
func lacking(l Law, missing []Element) string {
	var words []string
	for _, el := range missing {
		if el.askedBy(l) {
			words = append(words, el.Words)
		}
	}
	if len(words) == 0 {
		return "all of it is here"
	}
	return "missing: " + strings.Join(words, "; ")
}

func minute(t time.Time) string { return t.Format("2 January 2006 at 15:04 UTC") }

func orNone(s string) string {
	if s == "" {
		return "not given"
	}
	return s
}

// readDeed is a deed from its data.
func readDeed(data string) (d deed, err error) {
	err = json.Unmarshal([]byte(data), &d)
	return d, err
}
