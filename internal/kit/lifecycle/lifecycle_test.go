package lifecycle_test

import (
	"strings"
	"testing"

	"freehold/internal/kit/lifecycle"
)

type state string

type (
	table = lifecycle.Table[state]
	at    = lifecycle.State[state]
	step  = lifecycle.Step[state]
)

var patience = &lifecycle.Clock{Name: "patience", Long: "a week", For: "worker"}

// sound is work that is done, looked at, and at most twice mended.
func sound() *table {
	return &table{
		Of: "work",
		States: []at{
			{Is: "open", Means: "it is under way", Money: true, Rests: "it is only a test"},
			{Is: "done", Means: "somebody looks at it", Money: true},
			{Is: "over", Means: "it is paid", End: true},
		},
		Steps: []step{
			{From: lifecycle.In[state]("open"), Event: "finish", By: "worker", To: "done", Says: "It is done."},
			{From: lifecycle.In[state]("done"), Event: "return", By: "boss", To: "open", Says: "It goes back.", Bound: "twice"},
			{From: lifecycle.In[state]("done"), Event: "pay", By: "boss", To: "over", Says: "It is paid."},
			{From: lifecycle.In[state]("done"), Event: "pay", Clock: patience, To: "over", Says: "It is paid all the same."},
		},
	}
}

func TestATableLeadsWhereItSays(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		from state
		does lifecycle.Event
		by   lifecycle.Actor
		to   state
		ok   bool
	}{
		{"open", "finish", "worker", "done", true},
		{"open", "finish", "boss", "open", false},
		{"done", "pay", "boss", "over", true},
		{"done", "pay", lifecycle.Market, "over", true},
		{"done", "pay", "worker", "done", false},
		{"over", "pay", "boss", "over", false},
		{"nowhere", "pay", "boss", "nowhere", false},
	} {
		if to, ok := sound().Next(test.from, test.does, test.by); to != test.to || ok != test.ok {
			t.Errorf("%s: %s by the %s leads to %s, %v", test.from, test.does, test.by, to, ok)
		}
	}
	if who := sound().Takers("pay"); len(who) != 1 || who[0] != "boss" {
		t.Errorf("%v pay", who)
	}
	if sound().Ended("done") || !sound().Ended("over") || !sound().Money("done") || sound().Money("over") {
		t.Error("the states are not what the table says")
	}
}

func TestWhatIsWrongWithATableIsFound(t *testing.T) {
	t.Parallel()
	if flaws := sound().Flaws(); len(flaws) > 0 {
		t.Fatalf("a sound one: %q", flaws)
	}
	for what, test := range map[string]struct {
		plant func(*table)
		want  string
	}{
		"two causes":           {func(t *table) { t.Steps[0].Clock = patience }, "2 causes"},
		"no cause":             {func(t *table) { t.Steps[0].By = "" }, "0 causes"},
		"a date for nobody":    {func(t *table) { t.Steps[3].Opens = patience }, "opens at a date to nobody"},
		"a silent step":        {func(t *table) { t.Steps[0].Says = "" }, "does not say what happens"},
		"a clock for whom":     {func(t *table) { t.Steps[3].Clock = &lifecycle.Clock{Name: "x", Long: "y"} }, "whom it favours"},
		"an unknown state":     {func(t *table) { t.Steps[1].To = "lost" }, "“lost”, which is not in the table"},
		"two ways":             {func(t *table) { t.Steps[1].Event = "pay" }, "leads two ways"},
		"an island":            {func(t *table) { t.States = append(t.States, at{Is: "isle", Means: "lonely", End: true}) }, "nothing leads to “isle”"},
		"a silent state":       {func(t *table) { t.States[0].Means = "" }, "does not say what it means"},
		"an end that leads on": {func(t *table) { t.States[1].End = true }, "is an end, and leads on"},
		"money left behind":    {func(t *table) { t.States[2].Money = true }, "money left in escrow"},
		"a dead end":           {func(t *table) { t.States[2].End = false }, "leads nowhere"},
		"no end in sight":      {func(t *table) { t.States[0].Rests = "" }, "could last for ever"},
		"round and round":      {func(t *table) { t.Steps[1].Bound = "" }, "go round for ever"},
	} {
		planted := sound()
		test.plant(planted)
		if all := strings.Join(planted.Flaws(), "\n"); !strings.Contains(all, test.want) {
			t.Errorf("%s: found %q", what, all)
		}
	}
}

func TestACircleUnderOneFixedClockComesToItsEnd(t *testing.T) {
	t.Parallel()
	round := sound()
	round.Steps[1].Bound = ""
	year := &lifecycle.Clock{Name: "the year", Long: "until New Year", For: lifecycle.Nobody, Fixed: true}
	round.Steps[3].Clock = year
	if len(round.Flaws()) == 0 {
		t.Error("a clock over one state is taken for one over both")
	}
	round.Steps = append(round.Steps, step{From: lifecycle.In[state]("open"), Event: "stop", Clock: year, To: "over", Says: "It stops."})
	if flaws := round.Flaws(); len(flaws) > 0 {
		t.Errorf("found %q", flaws)
	}
}

func TestATableIsToldStateByState(t *testing.T) {
	t.Parallel()
	told := sound().Tell()
	if told.Of != "work" || len(told.States) != 3 {
		t.Fatalf("told %+v", told)
	}
	done := told.States[1]
	if len(done.Acts) != 2 || len(done.Silence) != 1 || done.Silence[0].Says != "It is paid all the same." || len(done.Consequences) != 0 {
		t.Errorf("told %+v", done)
	}
}

func TestAnEarlierVersionIsWithoutWhatLaterOnesBrought(t *testing.T) {
	t.Parallel()
	grown := sound()
	grown.States = append(grown.States, at{Is: "doubted", Means: "somebody looks at it again", Money: true, Since: 2})
	grown.Steps[2].From = lifecycle.In[state]("done", "doubted")
	grown.Steps = append(grown.Steps, step{From: lifecycle.In[state]("done"), Event: "doubt", By: "boss", To: "doubted", Says: "It is doubted.", Since: 2})
	if grown.At(1).Fingerprint() != sound().Fingerprint() {
		t.Errorf("version 1 was changed: %+v", grown.At(1))
	}
	if flaws := grown.At(1).Flaws(); len(flaws) > 0 {
		t.Errorf("version 1: %q", flaws)
	}
	if _, ok := grown.At(2).Next("done", "doubt", "boss"); !ok {
		t.Error("version 2 lost what it brought")
	}
}

func TestAFingerprintIsOfWhatHappensNotOfItsWords(t *testing.T) {
	t.Parallel()
	words, way := sound(), sound()
	words.Steps[0].Says, words.States[0].Means = "All done.", "somebody is at it"
	way.Steps[2].To = "open"
	if words.Fingerprint() != sound().Fingerprint() {
		t.Error("other words are another table")
	}
	if way.Fingerprint() == sound().Fingerprint() {
		t.Error("another way is the same table")
	}
}
