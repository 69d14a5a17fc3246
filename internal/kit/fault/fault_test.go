package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"freehold/internal/kit/fault"
)

var (
	errFloor = fault.New(fault.Invalid, "below_floor", "The floor is %s.")
	errTitle = fault.New(fault.Invalid, "title_missing", "Give it a title.")
)

func TestARefusalIsKnownByItsCode(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("writing a post: %w", errFloor.With("€9").At("budget"))
	if !errors.Is(err, errFloor) || errors.Is(err, errTitle) {
		t.Errorf("%v is taken for another", err)
	}
	f, ok := fault.Of(err)
	if !ok || f.Field != "budget" || f.Say.String() != "The floor is €9." {
		t.Errorf("got %+v", f)
	}
	if errFloor.Field != "" || len(errFloor.Say.Args) != 0 {
		t.Error("the declared refusal was changed")
	}
}

func TestAFormHearsOfEverythingThatIsWrong(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("saving: %w", errors.Join(errTitle.At("title"), nil, errors.Join(errFloor.With("€9").At("budget"))))
	all := fault.All(err)
	if len(all) != 2 || all[0].Field != "title" || all[1].Field != "budget" {
		t.Errorf("got %v", all)
	}
	if fault.All(errors.New("an accident")) != nil || fault.All(nil) != nil {
		t.Error("an accident is no refusal")
	}
}

func TestEveryKindHasAStatus(t *testing.T) {
	t.Parallel()
	for kind, want := range map[fault.Kind]int{fault.Invalid: 422, fault.NotFound: 404, fault.Forbidden: 403, fault.Conflict: 409, fault.TooMany: 429, 0: 500} {
		if got := kind.Status(); got != want {
			t.Errorf("kind %d is said as %d, want %d", kind, got, want)
		}
	}
}
