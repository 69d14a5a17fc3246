package contract_test

import (
	"context"
	"testing"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/jobpost"
	"freehold/internal/kit/db"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/proposal"
)

func TestTwoSignaturesMakeAContract(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	bea := m.Person("Bea", money.Amount{})
	m.proposes(bea)
	offer := m.offers(twoParts(contract.Next))

	id, err := m.sign(m.ada, offer)
	m.OK(err)
	if v := m.offer(m.carl, offer); id != 0 || v.State != contract.SignedByOne || v.Contract != 0 || v.Turn.Of != contract.Client {
		t.Errorf("after the first: contract %d, %s, turn of %s", id, v.State, v.Turn.Of)
	}
	m.told(m.carl, "offer_signed", "Ada signed")
	id, err = m.sign(m.carl, offer)
	m.OK(err)

	if v := m.offer(m.carl, offer); v.State != contract.SignedByBoth || v.Contract != id || len(v.Signatures) != 2 {
		t.Errorf("after the second: %s, contract %d, %d signatures", v.State, v.Contract, len(v.Signatures))
	}
	v, err := contract.Show(t.Context(), m.DB, m.ada, id)
	m.OK(err)
	if v.State != contract.Signed || v.Title != m.post.Title || v.SHA256 != m.offer(m.ada, offer).SHA256 || len(v.Work) != 2 {
		t.Errorf("the contract is %+v", v)
	}
	if by := m.Clock.Now().Add(7 * day); !v.FundBy.Equal(by) || v.Turn.Of != contract.Client || !v.Turn.By.Equal(by) {
		t.Errorf("to be funded by %v, turn of %s until %v", v.FundBy, v.Turn.Of, v.Turn.By)
	}
	if got := m.proposalState(m.proposal); got != proposal.Hired {
		t.Errorf("Ada's proposal is %s", got)
	}
	m.told(bea, "proposal_declined")
	m.told(m.carl, "contract_signed", "Fund it by")
	m.told(m.ada, "contract_signed", "Wait with the work")
	m.lastAct("contract/1", "signed by both", v.SHA256)
	if got := m.Wallet(m.carl, "EUR"); got != euros(1000) {
		t.Errorf("Carl has %v: the bond should be back", got)
	}
}

func (m *market) proposalState(id proposal.ID) (s proposal.State) {
	m.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) (err error) {
		s, err = db.Value[proposal.State](ctx, tx, `SELECT state FROM proposal.proposals WHERE id = $1`, id)
		return err
	})
	return s
}

func TestASignatureIsOnTheTextThatWasRead(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	offer := m.offers(twoParts(contract.Next))
	read := m.offer(m.carl, offer).SHA256
	m.OK(contract.Counter(t.Context(), m.DB, m.ada, offer, dearer()))

	_, err := contract.SignOffer(t.Context(), m.DB, m.carl, offer, contract.Signing{SHA256: read, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
	refused(t, err, contract.ErrTextChanged)
	if v := m.offer(m.carl, offer); len(v.Signatures) != 0 {
		t.Errorf("%d signatures", len(v.Signatures))
	}
}

func TestWhoCannotSign(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	offer := m.offers(twoParts(contract.Next))
	read := m.offer(m.carl, offer).SHA256

	_, err := contract.SignOffer(t.Context(), m.DB, m.ada, offer, contract.Signing{SHA256: read, Password: "not her password", PostalAddress: markettest.PostalAddress})
	refused(t, err, account.ErrWrongPassword)
	_, err = contract.SignOffer(t.Context(), m.DB, m.Person("Eve", money.Amount{}), offer, contract.Signing{SHA256: read, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
	refused(t, err, contract.ErrOfferNotFound)
	_, err = m.sign(m.ada, offer)
	m.OK(err)
	_, err = m.sign(m.ada, offer)
	refused(t, err, contract.ErrSignedAlready)
}

func TestAnAddressIsGivenWhereTheLawWantsIt(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	offer := m.offers(twoParts(contract.Next))
	with := contract.Signing{SHA256: m.offer(m.carl, offer).SHA256, Password: markettest.Password, PostalAddress: "somewhere"}
	_, err := contract.SignOffer(t.Context(), m.DB, m.carl, offer, with)
	refused(t, err, contract.ErrPostalAddress)
	m.Do(`UPDATE account.people SET country = 'US' WHERE id = $1`, m.ada.ID)
	with.PostalAddress = ""
	_, err = contract.SignOffer(t.Context(), m.DB, m.carl, offer, with)
	refused(t, err, contract.ErrPostalAddress)
	with.PostalAddress = "12 High Street, York"
	_, err = contract.SignOffer(t.Context(), m.DB, m.carl, offer, with)
	m.OK(err)
	if v := m.offer(m.carl, offer); v.Signatures[0].PostalAddress != with.PostalAddress || v.PostalAddress != with.PostalAddress {
		t.Errorf("the address beside the signature is %q, the next one begins with %q", v.Signatures[0].PostalAddress, v.PostalAddress)
	}
	if v := m.offer(m.ada, offer); v.PostalAddress != "" {
		t.Errorf("Ada is shown %q as hers", v.PostalAddress)
	}
}

func TestADueDateThatHasPassedIsNotSigned(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	soon := twoParts(contract.Next)
	soon.Milestones[0].Due = "2030-01-02"
	offer := m.offers(soon)
	m.Clock.Advance(day)
	_, err := m.sign(m.ada, offer)
	m.OK(err)
	m.Clock.Advance(day)
	_, err = m.sign(m.carl, offer)
	refused(t, err, contract.ErrDuesPassed)
}

func TestSigningAtOnceMakesOneContract(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	offer := m.offers(twoParts(contract.Next))
	read := m.offer(m.carl, offer).SHA256
	var made [2]contract.ID
	errs := together(
		func() (err error) {
			made[0], err = contract.SignOffer(t.Context(), m.DB, m.carl, offer, contract.Signing{SHA256: read, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
			return err
		},
		func() (err error) {
			made[1], err = contract.SignOffer(t.Context(), m.DB, m.ada, offer, contract.Signing{SHA256: read, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
			return err
		})
	for _, err := range errs {
		m.OK(err)
	}
	if (made[0] == 0) == (made[1] == 0) {
		t.Errorf("the second of the two makes the contract: got %v", made)
	}
}

func TestTheLastPlaceIsSignedForOnce(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	bea := m.Person("Bea", money.Amount{})
	hers := m.proposes(bea)
	toAda := m.offers(twoParts(contract.Next))
	toBea, err := contract.MakeOffer(t.Context(), m.DB, m.carl, hers, twoParts(contract.Next))
	m.OK(err)
	for _, o := range []contract.OfferID{toAda, toBea} {
		_, err := m.sign(m.carl, o)
		m.OK(err)
	}
	readAda, readBea := m.offer(m.ada, toAda).SHA256, m.offer(bea, toBea).SHA256

	winner := oneWins(t, together(
		func() error {
			_, err := contract.SignOffer(t.Context(), m.DB, m.ada, toAda, contract.Signing{SHA256: readAda, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
			return err
		},
		func() error {
			_, err := contract.SignOffer(t.Context(), m.DB, bea, toBea, contract.Signing{SHA256: readBea, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
			return err
		},
	), contract.ErrOfferWithdrawn)
	loser, offer := []account.Actor{bea, m.ada}[winner], []contract.OfferID{toBea, toAda}[winner]
	if v := m.offer(loser, offer); v.State != contract.Withdrawn {
		t.Errorf("%s's offer is %s", loser.Name, v.State)
	}
	m.told(loser, "offer_withdrawn", "somebody else was hired")
}

func TestAnOfferOutlivesItsPost(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	m.Clock.Advance(12 * day)
	terms := twoParts(contract.Next)
	terms.Milestones[0].Due = "2030-01-21"
	offer := m.offers(terms)
	m.later(3 * day)
	if got := m.postState(); got == jobpost.Open {
		t.Fatalf("the post is %s after its answer-by date", got)
	}
	_, err := m.sign(m.carl, offer)
	m.OK(err)
	if id, err := m.sign(m.ada, offer); err != nil || id == 0 {
		t.Errorf("contract %d: %v", id, err)
	}
}

func (m *market) postState() (s jobpost.State) {
	m.Helper()
	m.View(func(ctx context.Context, tx *db.Tx) (err error) {
		s, err = db.Value[jobpost.State](ctx, tx, `SELECT state FROM jobpost.posts WHERE id = $1`, m.post.ID)
		return err
	})
	return s
}

func TestNothingIsSignedIfNobodyCanBeTold(t *testing.T) {
	t.Parallel()
	m := open(t, euros(1000), 1)
	offer := m.offers(twoParts(contract.Next))
	_, err := m.sign(m.carl, offer)
	m.OK(err)
	m.plant()
	if _, err := m.sign(m.ada, offer); err == nil {
		t.Fatal("signed without telling anybody")
	}
	m.unplant()
	if v := m.offer(m.ada, offer); v.State != contract.SignedByOne || len(v.Signatures) != 1 || m.proposalState(m.proposal) != proposal.Offered {
		t.Errorf("it is %s with %d signatures", v.State, len(v.Signatures))
	}
}

func TestWhatWasSignedCannotBeRewritten(t *testing.T) {
	t.Parallel()
	d := signed(t, contract.Next, euros(1000))
	for _, sql := range []string{
		`UPDATE contract.revisions SET text = text || 'And a car.'`,
		`DELETE FROM contract.signatures`,
		`TRUNCATE contract.revisions CASCADE`,
		`INSERT INTO contract.revisions (offer, n, by, terms, rules, text, sha256, at)
		 SELECT offer, n + 1, by, terms, rules, text || 'And a car.', sha256, at FROM contract.revisions`,
		`INSERT INTO contract.signatures (offer, n, person, sha256, session, address, agent, at)
		 SELECT offer, n, person + 100, repeat('0', 64), session, address, agent, at FROM contract.signatures`,
	} {
		if _, err := d.DB.Pool.Exec(t.Context(), sql); err == nil {
			t.Errorf("this was possible: %s", sql)
		}
	}
}
