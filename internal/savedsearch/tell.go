package savedsearch

import (
	"context"
	"errors"
	"fmt"

	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/search"
)

// SweepDue holds new posts against the saved searches, and tells those who are to
// be told now. It returns how many notices that came to. A search that fails
// keeps no other waiting, and is in the error.
func SweepDue(ctx context.Context, d *db.DB) (told int, err error) {
	if err := compare(ctx, d); err != nil {
		return 0, err
	}
	var ids []ID
	if err := d.View(ctx, func(tx *db.Tx) error { ids, err = due(ctx, tx); return err }); err != nil {
		return 0, err
	}
	var failed []error
	for _, id := range ids {
		n, err := tell(ctx, d, id)
		if err != nil {
			failed = append(failed, fmt.Errorf("saved search %d: %w", id, err))
		}
		told += n
	}
	failed = append(failed, d.Update(ctx, func(tx *db.Tx) error { return forget(ctx, tx) }))
	return told, errors.Join(failed...)
}

// batch is how many posts are held against the searches in one transaction.
const batch = 200

// compare holds every new post against every search. A crash repeats at most a
// batch.
func compare(ctx context.Context, d *db.DB) error {
	for {
		var posts []jobpost.ID
		err := d.Update(ctx, func(tx *db.Tx) (err error) {
			if posts, err = takeNew(ctx, tx, batch); err != nil || len(posts) == 0 {
				return err
			}
			worths, err := search.Worths(ctx, tx)
			if err != nil {
				return err
			}
			return answer(ctx, tx, posts, worths)
		})
		if err != nil || len(posts) < batch {
			return err
		}
	}
}

// tell sends one notice of all that a search found since the last, and returns
// how many it sent: none, when nothing of it takes proposals any more.
func tell(ctx context.Context, d *db.DB, id ID) (sent int, err error) {
	err = d.Update(ctx, func(tx *db.Tx) error {
		s, err := lockDue(ctx, tx, id)
		if errors.Is(err, db.NoRow) {
			return nil
		}
		if err != nil {
			return err
		}
		finds, err := takeFinds(ctx, tx, id)
		if err != nil || len(finds) == 0 {
			return err
		}
		next := nextAt(s.Pace, tx.Now, s.TimeZone)
		if s.Pace == AtOnce {
			next = tx.Now.Add(breath)
		}
		if err := setNext(ctx, tx, id, next); err != nil {
			return err
		}
		text, link := s.says(finds)
		sent = 1
		return notify.Send(ctx, tx, notify.Notice{Reader: s.Person, Kind: "post_found", Text: text, Link: link})
	})
	return sent, err
}

// says is what somebody is told, and where it leads: to the post itself, if it is
// the only one.
func (s ready) says(finds []find) (text say.Sentence, link string) {
	link = fmt.Sprintf("/my/searches/%d", s.ID)
	switch len(finds) {
	case 1:
		return say.That("A new post answers your search “%s”: “%s”.", s.Name, finds[0].Title), jobpost.Post{ID: finds[0].Post}.URL()
	case 2:
		return say.That("Two new posts answer your search “%s”: “%s” and “%s”.", s.Name, finds[0].Title, finds[1].Title), link
	default:
		return say.That("%d new posts answer your search “%s”. The latest is “%s”.", len(finds), s.Name, finds[0].Title), link
	}
}
