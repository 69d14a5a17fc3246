package contract

import (
	"time"

	"freehold/internal/kit/money"
	"freehold/internal/kit/say"
	"freehold/internal/skill"
)

// Template is how work in one trade is usually divided, to begin an offer with.
// Nothing of it holds before somebody has made it their own.
type Template []Piece

// Piece is a milestone of a template.
type Piece struct {
	Weight   int64 // of the price and the hours, beside the other pieces
	Title    string
	Criteria []string
}

// piece marks its texts for translators: they are written into the form in the
// language of whoever fills it in.
func piece(weight int64, title string, criteria ...string) Piece {
	return Piece{weight, title, criteria}
}

// Templates are one for each trade.
var Templates = map[skill.Key]Template{
	"web-development": {
		piece(2, say.Key("A first version to click through"), say.Key("Every page can be reached, on a telephone too"), say.Key("It runs at an address that the client can open")),
		piece(3, say.Key("The finished site"), say.Key("All texts and pictures are in it"), say.Key("It works with a keyboard and a screen reader")),
		piece(1, say.Key("Handing it over"), say.Key("The client has the source and all accounts"), say.Key("It says in writing how to change and to restart it")),
	},
	"mobile-development": {
		piece(2, say.Key("A first version to try"), say.Key("It runs on the telephones that were agreed on"), say.Key("Every screen can be reached")),
		piece(3, say.Key("The finished app"), say.Key("Everything in the description works"), say.Key("It goes on working when the network is lost")),
		piece(1, say.Key("In the shops"), say.Key("It is accepted by the shops"), say.Key("The client has the source and all accounts")),
	},
	"software-and-systems": {
		piece(1, say.Key("How it will be built"), say.Key("It says in writing what is built, and what is not"), say.Key("The client has agreed to it")),
		piece(4, say.Key("The program"), say.Key("Everything in the description works"), say.Key("Its tests pass, and run with one command")),
		piece(1, say.Key("Handing it over"), say.Key("The client has the source and all accounts"), say.Key("It says in writing how to change and to restart it")),
	},
	"data-and-ai": {
		piece(1, say.Key("What the data say"), say.Key("Gaps and errors in the data are named"), say.Key("The question is written down in one sentence")),
		piece(3, say.Key("The result"), say.Key("Every figure can be computed again from the data"), say.Key("It says how sure the result is")),
	},
	"design": {
		piece(1, say.Key("Sketches"), say.Key("Three directions that differ"), say.Key("Each is shown in use")),
		piece(2, say.Key("The chosen design"), say.Key("It follows the direction that the client chose"), say.Key("It works small, large and in one colour")),
		piece(1, say.Key("The files"), say.Key("Vectors, and pictures for screen and print"), say.Key("Typefaces and colours are named")),
	},
	"illustration-and-animation": {
		piece(1, say.Key("Sketches"), say.Key("Each picture is there as a sketch"), say.Key("The client has said which ones to finish")),
		piece(3, say.Key("The finished pictures"), say.Key("They are in the size and format that were agreed on"), say.Key("They are alike in style")),
	},
	"video-and-audio": {
		piece(1, say.Key("A rough cut"), say.Key("It has the agreed length, give or take a tenth"), say.Key("What is missing is marked")),
		piece(2, say.Key("The finished piece"), say.Key("Sound and colour are even throughout"), say.Key("It has captions, and the rights to music are in writing")),
	},
	"writing": {
		piece(1, say.Key("An outline and a first part"), say.Key("It says what stands in each part"), say.Key("The first part has the tone that is wanted")),
		piece(2, say.Key("The whole text"), say.Key("It has the agreed length, give or take a tenth"), say.Key("Facts have their sources"), say.Key("It is without errors of spelling")),
	},
	"translation": {
		piece(1, say.Key("A sample and a list of terms"), say.Key("The terms are agreed on"), say.Key("Two pages are translated")),
		piece(4, say.Key("The whole translation"), say.Key("Nothing is left out or added"), say.Key("A second person has read it")),
	},
	"marketing": {
		piece(1, say.Key("The plan"), say.Key("It names whom it is for and how success is measured"), say.Key("It says what it costs")),
		piece(3, say.Key("The campaign"), say.Key("Everything in the plan is published"), say.Key("The client has all accounts")),
		piece(1, say.Key("What came of it"), say.Key("The figures that were agreed on are there"), say.Key("It says what to do next")),
	},
	"sales-and-support": {
		piece(1, say.Key("Learning the work"), say.Key("The most frequent questions have written answers"), say.Key("The client has read ten trial answers")),
		piece(4, say.Key("The work"), say.Key("Every request is answered within the time that was agreed on"), say.Key("There is a list of what could not be solved")),
	},
	"admin-and-data-entry": {
		piece(1, say.Key("A trial part"), say.Key("A tenth is done"), say.Key("The client has checked it")),
		piece(4, say.Key("The rest"), say.Key("Everything is entered"), say.Key("Of a hundred that are looked at, at most one is wrong")),
	},
	"business-and-finance": {
		piece(1, say.Key("Looking through the papers"), say.Key("What is missing is listed"), say.Key("It says in writing what will be done")),
		piece(3, say.Key("The finished papers"), say.Key("Every figure leads back to a document"), say.Key("The client can explain them to somebody else")),
	},
	"legal": {
		piece(1, say.Key("An opinion"), say.Key("It names the rules that it rests on"), say.Key("It says what is uncertain")),
		piece(2, say.Key("The document"), say.Key("It can be used as it is"), say.Key("Each clause is explained in a sentence")),
	},
	"engineering-and-architecture": {
		piece(1, say.Key("A draft with figures"), say.Key("It names the standards that it follows"), say.Key("Loads and sizes are computed")),
		piece(3, say.Key("The drawings"), say.Key("They can be built from as they are"), say.Key("They are in the format that was agreed on")),
	},
	"teaching-and-coaching": {
		piece(1, say.Key("A plan of the lessons"), say.Key("It says what can be done afterwards"), say.Key("The dates are agreed on")),
		piece(4, say.Key("The lessons"), say.Key("All of them took place"), say.Key("There is something in writing to go back to")),
	},
}

// Milestones divide a price and hours by the template, a week apart, in the
// language of tr. What is not known yet stays empty.
func (t Template) Milestones(price money.Amount, hours int, from time.Time, tr func(string) string) []MilestoneTerms {
	weights := make([]int64, len(t))
	for i, p := range t {
		weights[i] = p.Weight
	}
	prices := price.Allocate(weights)
	worked := money.Amount{Minor: int64(hours), Currency: price.Currency}.Allocate(weights)
	all := make([]MilestoneTerms, len(t))
	for i, p := range t {
		all[i] = MilestoneTerms{Title: tr(p.Title), Price: prices[i], Hours: int(worked[i].Minor), Due: from.AddDate(0, 0, 7*(i+1)).Format(dateOnly)}
		for _, c := range p.Criteria {
			all[i].Criteria = append(all[i].Criteria, tr(c))
		}
	}
	return all
}
