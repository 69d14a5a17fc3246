package contract

import (
	"context"
	"errors"
	"time"

	"freehold/internal/account"
	"freehold/internal/jobpost"
	"freehold/internal/journal"
	"freehold/internal/kit/db"
	"freehold/internal/kit/say"
	"freehold/internal/notify"
	"freehold/internal/proposal"
	"freehold/internal/restriction"
	"freehold/internal/translog"
)

// SignOffer puts by's signature on the terms on the table. If with names another
// text than the one on the table, nothing is signed and the error is
// ErrTextChanged.
//
// The second signature makes the contract and returns its ID: the proposal is
// hired, and what can no longer be had on the post ends, all in one transaction.
// After the first one the ID is 0.
func SignOffer(ctx context.Context, d *db.DB, by account.Actor, id OfferID, with Signing) (ID, error) {
	with, err := with.check(ctx, d, by)
	if err != nil {
		return 0, err
	}
	var made ID
	err = d.Update(ctx, func(tx *db.Tx) error {
		made = 0
		post, p, o, err := lockOffer(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := restriction.May(ctx, tx, by, restriction.Sign); err != nil {
			return err
		}
		r, err := revisionOf(ctx, tx, o)
		if err != nil {
			return err
		}
		if err := o.Sign(o.side(by), tx.Now); err != nil {
			return err
		}
		if err := r.mayBeSigned(with.SHA256, tx.Now); err != nil {
			return err
		}
		if needed, err := addressNeeded(ctx, tx, o.Client, o.Freelancer); err != nil || needed && with.PostalAddress == "" {
			return errors.Join(err, ErrPostalAddress.At("postal_address"))
		}
		if err := recordSignature(ctx, tx, by, o, post, with); err != nil {
			return err
		}
		if o.State == SignedByOne {
			return tellSigned(ctx, tx, by, o, post)
		}
		made, err = makeContract(ctx, tx, by, post, p, o, r)
		return err
	})
	return made, err
}

func recordSignature(ctx context.Context, tx *db.Tx, by account.Actor, o *Offer, post *jobpost.Post, with Signing) error {
	if err := insertSignature(ctx, tx, o, by, with); err != nil {
		return err
	}
	if err := saveOffer(ctx, tx, o); err != nil {
		return err
	}
	act := say.That("%s signed the terms for “%s”.", by.Name, post.Title)
	return journal.Append(ctx, tx, o.subject(), by, act, "signed the text with SHA-256 "+with.SHA256)
}

func tellSigned(ctx context.Context, tx *db.Tx, by account.Actor, o *Offer, post *jobpost.Post) error {
	return notify.Send(ctx, tx, notify.Notice{Reader: o.person(other(o.side(by))), Kind: "offer_signed", Link: o.URL(),
		Text: say.That("%s signed the terms for “%s”. With your signature they are a contract; you have until %s.",
			by.Name, post.Title, o.ExpiresAt), Turn: notify.Yours(o.ExpiresAt)})
}

// makeContract turns the revision that both have signed into a contract.
func makeContract(ctx context.Context, tx *db.Tx, by account.Actor, post *jobpost.Post, p *proposal.Proposal, o *Offer, r revision) (ID, error) {
	if err := hire(ctx, tx, post, p, o); err != nil {
		return 0, err
	}
	c := newContract(o, post, r, tx.Now)
	if err := insertContract(ctx, tx, c); err != nil {
		return 0, err
	}
	if _, err := translog.Append(ctx, tx, translog.Entry{Kind: translog.Signed, Subject: c.subject(), Public: map[string]string{"text_sha256": r.SHA256}}); err != nil {
		return 0, err
	}
	act := say.That("The contract for “%s” was signed by both.", c.Title)
	if err := journal.Append(ctx, tx, c.subject(), by, act, "both signed the text with SHA-256 "+r.SHA256); err != nil {
		return 0, err
	}
	return c.ID, tellBoth(ctx, tx, c, "contract_signed", turn{Client, c.FundBy},
		say.That("“%s” is signed by both. Fund it by %s so that work can begin; until then nobody should work on it.", c.Title, c.FundBy),
		say.That("“%s” is signed by both. Wait with the work until the client has funded it: they have until %s.", c.Title, c.FundBy))
}

// hire answers the proposal that an offer is on, and ends what can no longer be had
// on its post. Work of its own between two who know each other touches neither.
func hire(ctx context.Context, tx *db.Tx, post *jobpost.Post, p *proposal.Proposal, o *Offer) error {
	if o.Own != "" {
		return nil
	}
	if err := proposal.Hire(ctx, tx, post, p); err != nil {
		return err
	}
	return endOtherOffers(ctx, tx, post)
}

// newContract is what a signed revision says, as a contract.
func newContract(o *Offer, post *jobpost.Post, r revision, at time.Time) *Contract {
	c := &Contract{
		Offer: o.ID, Proposal: o.Proposal, Client: o.Client, Freelancer: o.Freelancer,
		Title: post.Title, State: Signed, Currency: post.Currency, Funding: r.Terms.Funding, Lifecycle: r.Rules.Lifecycle,
		ClientFeeRate: r.Rules.ClientFee, FreelancerFeeRate: r.Rules.FreelancerFee, EndingFeeRate: r.Terms.EndingFee,
		AcceptanceDays: r.Terms.AcceptanceDays, ChangeRounds: r.Terms.ChangeRounds, NoticeDays: r.Terms.NoticeDays,
		GraceDays: r.Rules.GraceDays, StarvedDays: r.Rules.StarvedDays,
		SignedAt: at, FundBy: r.Rules.FundDays.After(at),
	}
	if k := r.Terms.Calendar; k != nil {
		c.Every, c.Zone = k.Every, k.Zone
	}
	for i, m := range r.Terms.Milestones {
		due, _ := time.Parse(dateOnly, m.Due) // checked when the terms were
		c.Milestones = append(c.Milestones, Milestone{
			N: i + 1, Title: m.Title, Price: m.Price, Due: due, Hours: m.Hours, Floor: r.Rules.Floor,
			Criteria: m.Criteria, State: Planned, Lifecycle: c.Lifecycle,
		})
		c.lay(&c.Milestones[i])
	}
	return c
}

const filled = "somebody else was hired for the last place"

// endOtherOffers takes the offers off the table that can no longer be signed,
// since the post's last place has just been taken.
func endOtherOffers(ctx context.Context, tx *db.Tx, post *jobpost.Post) error {
	if post.Hired < post.Hire {
		return nil
	}
	live, err := liveOffersOf(ctx, tx, post.ID)
	if err != nil {
		return err
	}
	for _, id := range live {
		_, p, o, err := lockOffer(ctx, tx, account.System, id)
		if err != nil {
			return err
		}
		if err := o.Withdraw(Market, tx.Now, filled); err != nil {
			return err
		}
		if err := endOffer(ctx, tx, account.System, post, p, o, proposal.OfferWithdrawn); err != nil {
			return err
		}
		text := say.That("The offer for “%s” is off the table: somebody else was hired for the last place.", post.Title)
		if err := notify.Send(ctx, tx, notify.Notice{Reader: o.Freelancer, Kind: "offer_withdrawn", Link: o.URL(), Text: text}); err != nil {
			return err
		}
	}
	return nil
}
