package view

import (
	"freehold/internal/kit/geo"
)

// countries are for a Select in which saying nothing is a choice.
func countries() []Option {
	options := []Option{{Text: "Not said"}}
	for _, c := range geo.Countries() {
		options = append(options, Option{Value: c.Code, Text: c.Name})
	}
	return options
}

func zones() (options []Option) {
	for _, name := range geo.Zones() {
		options = append(options, Option{Value: name, Text: name})
	}
	return options
}

func languages() (options []Option) {
	for _, l := range geo.Languages() {
		options = append(options, Option{Value: l.Code, Text: l.Name})
	}
	return options
}

// plain are choices that are called what they are, such as currencies.
func plain(values []string) (options []Option) {
	for _, value := range values {
		options = append(options, Option{Value: value, Text: value})
	}
	return options
}
