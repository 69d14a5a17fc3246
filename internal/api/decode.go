package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"freehold/internal/kit/fault"
	"freehold/internal/kit/money"
)

// format reads and writes JSON. A null is a field left out. A text with the
// character 0 in it is refused here, for all fields alike: no keyboard makes it,
// and PostgreSQL cannot store it.
var format = huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: unmarshal}

var errZero = errors.New("a text in it has the character 0, which nothing can show")

func unmarshal(b []byte, v any) error {
	err := json.Unmarshal(b, v)
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("%s cannot be a %s", wrong.Field, wrong.Value)
	}
	if parsed, ok := v.(*any); ok && err == nil {
		return tidy(*parsed)
	}
	return err
}

func tidy(v any) error {
	switch v := v.(type) {
	case string:
		if strings.ContainsRune(v, 0) {
			return errZero
		}
	case []any:
		for _, item := range v {
			if err := tidy(item); err != nil {
				return err
			}
		}
	case map[string]any:
		for name, value := range v {
			if value == nil {
				delete(v, name)
			}
			if err := errors.Join(tidy(name), tidy(value)); err != nil {
				return errZero
			}
		}
	}
	return nil
}

// sum is an amount as a program sends it. What is wrong with it is kept until
// the field is known in which it stands.
type sum struct {
	amount money.Amount
	wrong  error
}

var errAmount = fault.New(fault.Invalid, "amount_unreadable",
	`An amount is a whole number of minor units and a currency, such as {"minor": 50000, "currency": "EUR"} for 500 euros.`)

// UnmarshalJSON keeps what is wrong for at to say.
func (s *sum) UnmarshalJSON(b []byte) error {
	s.wrong = json.Unmarshal(b, &s.amount)
	return nil
}

// Schema is that of the amounts that we answer with.
func (*sum) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[money.Amount](), true, "")
}

// at returns the amount in a field. One that was left out is no money at all,
// which the use cases refuse where it matters.
func (s *sum) at(field string) (money.Amount, error) {
	if s == nil || s.wrong == nil {
		return orZero(s).amount, nil
	}
	if refusal, ok := errors.AsType[*money.Refusal](s.wrong); ok {
		return money.Amount{}, fault.New(fault.Invalid, refusal.Code, refusal.Sentence).At(field)
	}
	return money.Amount{}, errAmount.At(field)
}

// orZero is what p points to, or the zero T for what was left out.
func orZero[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// set writes a field of a PATCH that was sent over the one that was there.
func set[T any](there *T, sent *T) {
	if sent != nil {
		*there = *sent
	}
}

var errDay = fault.New(fault.Invalid, "day_unreadable", "Write a day as year, month and day, such as 2030-01-31.")

// day reads a calendar day. An empty text is no day.
func day(text, field string) (*time.Time, error) {
	if text == "" {
		return nil, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return nil, errDay.At(field)
	}
	return &t, nil
}

// inside points refusals at fields inside of an outer one.
func inside(outer string, err error) error {
	var all []error
	for _, f := range fault.All(err) {
		if f.Field != "" {
			f = f.At(outer + "." + f.Field)
		}
		all = append(all, f)
	}
	if all == nil {
		return err
	}
	return errors.Join(all...)
}
