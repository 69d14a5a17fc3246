package api

import (
	"time"

	"freehold/internal/account"
	"freehold/internal/file"
	"freehold/internal/journal"
	"freehold/internal/kit/fault"
	"freehold/internal/kit/say"
	"freehold/internal/profile"
	"freehold/internal/skill"
)

// created is the answer of what makes something new.
type created struct {
	ID int64 `json:"id"`
}

// state is the answer of what moves something on.
type state struct {
	State string `json:"state"`
}

// someone is a person by name.
type someone struct {
	ID       account.ID `json:"id"`
	Name     string     `json:"name"`
	Portrait string     `json:"portrait,omitempty" doc:"Where the picture of them is fetched, 256 dots square; with /small after it, 112."`
}

// card is a person in a list.
type card struct {
	ID       account.ID   `json:"id"`
	Name     string       `json:"name"`
	Portrait string       `json:"portrait,omitempty"`
	Headline string       `json:"headline"`
	Level    *skill.Level `json:"level"`
	Country  *string      `json:"country"`
	Company  string       `json:"company,omitempty"`
}

func cardOf(c profile.Card) card {
	return card{c.ID, c.Name, c.Portrait.URL(), c.Headline, c.Level, c.Country, c.Company}
}

// upload is a file as those see it who may fetch it.
type upload struct {
	ID   file.ID `json:"id"`
	Name string  `json:"name"`
	Type string  `json:"type"`
	Size int64   `json:"size"`
	URL  string  `json:"url"`
}

func uploadOf(f file.File) upload {
	return upload{f.ID, f.Name, f.Type, f.Size, "/api/v1" + f.URL()}
}

// entry is one act on record.
type entry struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Act    string    `json:"act"`
	Reason string    `json:"reason"`
}

// record is a journal as somebody reads it.
func record(entries []journal.Entry, r say.Reader) []entry {
	return each(entries, func(e journal.Entry) entry { return entry{e.At, e.Name, e.Act.For(r), e.Reason} })
}

// fieldsOf are refusals that are not an answer but part of one: what is still
// missing, or why something cannot be done.
func fieldsOf(err error, r say.Reader) []Field {
	return each(fault.All(err), func(f *fault.Error) Field { return Field{f.Field, f.Code, f.Say.For(r)} })
}

// fileIDs are the numbers of uploads as the use cases want them.
func fileIDs(numbers []int64) []file.ID {
	return each(numbers, func(n int64) file.ID { return file.ID(n) })
}
