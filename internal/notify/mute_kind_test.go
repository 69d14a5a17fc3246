package notify_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"freehold/internal/kit/db"
	"freehold/internal/notify"
)

func TestMutingOnlySomeKindsLetsAllOthersThrough(t *testing.T) {
	t.Parallel()
	p := open(t)
	ada := p.person("Ada")
	p.ok(notify.Mute(t.Context(), p.d, ada, "message"))

	for _, want := range [][]string{{"deposit", "payout"}, {"payout"}, nil} {
		p.ok(notify.MuteOnly(t.Context(), p.d, ada, want))
		var got []string
		p.update(func(ctx context.Context, tx *db.Tx) (err error) { got, err = notify.Muted(ctx, tx, ada.ID); return err })
		if !slices.Equal(got, want) {
			t.Errorf("muted %v, want %v", got, want)
		}
	}
	if err := notify.MuteOnly(t.Context(), p.d, ada, []string{"payout", "No such; kind"}); !errors.Is(err, notify.ErrKind) {
		t.Errorf("got %v", err)
	}
}
