package demo

import (
	"testing"

	"go.yaml.in/yaml/v3"
)

func TestALineSaysWhenWhoWhatWhomAndInWhichWords(t *testing.T) {
	t.Parallel()
	var got []line
	err := yaml.Unmarshal([]byte(`
- 17 carl reads tom, mai
- 16 carl declines mai (skills): Thank you, but no.
- "2 sofia returns ingrid (1: 2, 3)": Again.
- 0 tom submits (2)
`), &got)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []line{
		{17, "carl", "reads", "tom, mai", "", ""},
		{16, "carl", "declines", "mai", "skills", "Thank you, but no."},
		{2, "sofia", "returns", "ingrid", "1: 2, 3", "Again."},
		{0, "tom", "submits", "", "2", ""},
	} {
		if got[i] != want {
			t.Errorf("read %+v, want %+v", got[i], want)
		}
	}
	for _, wrong := range []string{"- carl reads tom", "- 17 carl", "- 17 carl declines mai (skills"} {
		if yaml.Unmarshal([]byte(wrong), &got) == nil {
			t.Errorf("%q was read", wrong)
		}
	}
}

func TestEverybodyIsSomebodyElse(t *testing.T) {
	t.Parallel()
	cast, err := people()
	if err != nil {
		t.Fatal(err)
	}
	faces, countries := map[string]string{}, map[string]bool{}
	for _, p := range cast {
		svg, err := p.Face.SVG()
		if err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
		if twin := faces[svg]; twin != "" {
			t.Errorf("%s looks like %s", p.Name, twin)
		}
		faces[svg], countries[p.In] = p.Name, true
	}
	if len(cast) != 41 || len(countries) < 20 {
		t.Errorf("%d people from %d countries", len(cast), len(countries))
	}
}
