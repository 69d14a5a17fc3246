package credential_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"freehold/internal/account"
	"freehold/internal/contract"
	"freehold/internal/credential"
	"freehold/internal/jobpost"
	"freehold/internal/kit/money"
	"freehold/internal/markettest"
	"freehold/internal/proposal"
)

func euros(n int64) money.Amount { return money.Amount{Minor: n * 100, Currency: "EUR"} }

func issuer(t *testing.T) *credential.Issuer {
	t.Helper()
	i, err := credential.OpenIssuer(filepath.Join(t.TempDir(), "credential.pem"), "https://orchard.test", "Orchard")
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// done is a contract of Carl's and Ada's that was worked on and paid.
type done struct {
	*markettest.Market
	carl, ada account.Actor
	id        contract.ID
}

func signed(t *testing.T) *done {
	t.Helper()
	d := &done{Market: markettest.New(t)}
	d.carl, d.ada = d.Person("Carl", euros(1000)), d.Person("Ada", money.Amount{})
	ctx := t.Context()
	draft, err := jobpost.SaveDraft(ctx, d.DB, d.carl, 0, jobpost.Input{Title: "A lighthouse", Description: strings.Repeat("About the lighthouse. ", 12),
		Category: "writing", Level: "entry", Currency: "EUR", BudgetMin: 400_00, Hours: 16, AnswerDays: 7})
	d.OK(err)
	_, err = jobpost.Publish(ctx, d.DB, d.carl, draft.ID)
	d.OK(err)
	p, err := proposal.Propose(ctx, d.DB, d.ada, draft.ID, proposal.Input{Letter: "I have written about three lighthouses and would begin on Monday.", Price: euros(400), Hours: 16})
	d.OK(err)
	o, err := contract.MakeOffer(ctx, d.DB, d.carl, p.ID, contract.Terms{Scope: "All of it.", Funding: contract.All, Milestones: []contract.MilestoneTerms{
		{Title: "All of it", Price: euros(400), Due: "2030-01-20", Criteria: []string{"It is there"}, Hours: 16}}})
	d.OK(err)
	for _, by := range []account.Actor{d.carl, d.ada} {
		shown, err := contract.ShowOffer(ctx, d.DB, by, o)
		d.OK(err)
		d.id, err = contract.SignOffer(ctx, d.DB, by, o, contract.Signing{SHA256: shown.SHA256, Password: markettest.Password, PostalAddress: markettest.PostalAddress})
		d.OK(err)
	}
	return d
}

func (d *done) finish() {
	d.Helper()
	ctx := d.Context()
	d.OK(contract.Fund(ctx, d.DB, d.carl, d.id))
	v, err := contract.Show(ctx, d.DB, d.ada, d.id)
	d.OK(err)
	_, err = contract.SubmitMilestone(ctx, d.DB, d.ada, v.Work[0].ID, contract.Work{Note: "Here.", Met: []bool{true}})
	d.OK(err)
	d.OK(contract.ApproveMilestone(ctx, d.DB, d.carl, v.Work[0].ID))
}

func anybody(string, string) bool { return true }

func TestWorkThatIsPaidIsACredentialThatVerifiesWithoutUs(t *testing.T) {
	t.Parallel()
	d, i := signed(t), issuer(t)
	if _, err := credential.Issue(t.Context(), d.DB, d.ada, d.id, i); !errors.Is(err, credential.ErrNotYet) {
		t.Errorf("before it has ended: %v", err)
	}
	d.finish()
	if _, err := credential.Issue(t.Context(), d.DB, d.Person("Eve", money.Amount{}), d.id, i); !errors.Is(err, credential.ErrNotFound) {
		t.Errorf("Eve: %v", err)
	}
	token, err := credential.Issue(t.Context(), d.DB, d.ada, d.id, i)
	d.OK(err)

	document, err := json.Marshal(i.Document())
	d.OK(err)
	did, keys, err := credential.KeysOf(document)
	d.OK(err)
	shown, err := credential.Verify(token, func(of, key string) bool { return of == did && slices.Contains(keys, key) })
	d.OK(err)
	if shown.Subject.Achievement.Name != "A lighthouse" || !strings.Contains(shown.Evidence[0].Description, "200.00 EUR to 500.00 EUR") || did != "did:web:orchard.test" {
		t.Errorf("it says %+v", shown)
	}
	if strings.Contains(token, "Carl") || strings.Contains(shown.Evidence[0].Description, "Carl") {
		t.Error("it names the other side")
	}
	mine, err := credential.Issue(t.Context(), d.DB, d.carl, d.id, i)
	d.OK(err)
	if paid, err := credential.Verify(mine, anybody); err != nil || !slices.Contains(paid.Evidence[0].Type, "PaymentRecord") {
		t.Errorf("Carl's: %+v, %v", paid, err)
	}
}

// What both standards ask of the token itself.
func TestTheTokenIsOneOfBothStandards(t *testing.T) {
	t.Parallel()
	d, i := signed(t), issuer(t)
	d.finish()
	token, err := credential.Issue(t.Context(), d.DB, d.ada, d.id, i)
	d.OK(err)
	part := func(n int) (m map[string]any) {
		raw, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[n])
		d.OK(err)
		d.OK(json.Unmarshal(raw, &m))
		return m
	}
	header, payload := part(0), part(1)
	if header["alg"] != "RS256" || header["jwk"] == nil || len(header) != 2 {
		t.Errorf("the header is %v", header)
	}
	for _, must := range []string{"@context", "id", "type", "issuer", "validFrom", "name", "credentialSubject", "evidence", "iss", "jti", "nbf", "sub"} {
		if payload[must] == nil {
			t.Errorf("there is no %s", must)
		}
	}
	for _, not := range []string{"vc", "vp", "credentialStatus", "exp"} {
		if payload[not] != nil {
			t.Errorf("there is a %s", not)
		}
	}
}

func TestNoByteOfACredentialCanBeChanged(t *testing.T) {
	t.Parallel()
	d, i := signed(t), issuer(t)
	d.finish()
	token, err := credential.Issue(t.Context(), d.DB, d.ada, d.id, i)
	d.OK(err)
	good, err := credential.Verify(token, anybody)
	d.OK(err)
	for at := range token {
		for _, with := range []byte{'A', 'b', '.'} {
			if token[at] == with {
				continue
			}
			changed := token[:at] + string(with) + token[at+1:]
			if got, err := credential.Verify(changed, anybody); err == nil && (got.Key != good.Key || got.ID != good.ID || got.Evidence[0].Description != good.Evidence[0].Description) {
				t.Fatalf("byte %d: it says %+v", at, got)
			}
		}
	}
	other := issuer(t)
	document, err := json.Marshal(other.Document())
	d.OK(err)
	did, keys, err := credential.KeysOf(document)
	d.OK(err)
	if _, err := credential.Verify(token, func(of, key string) bool { return of == did && slices.Contains(keys, key) }); err == nil {
		t.Error("with a key that is not the market's")
	}
}

// A program that has never heard of us verifies it.
func TestAnotherProgramVerifiesIt(t *testing.T) {
	t.Parallel()
	d, i := signed(t), issuer(t)
	d.finish()
	token, err := credential.Issue(t.Context(), d.DB, d.ada, d.id, i)
	d.OK(err)
	check := exec.Command("node", "--input-type=module", "-e", `
		import { compactVerify, importJWK, decodeProtectedHeader } from 'jose';
		const token = process.argv[1];
		const { jwk, alg } = decodeProtectedHeader(token);
		const { payload } = await compactVerify(token, await importJWK(jwk, alg));
		console.log(JSON.parse(new TextDecoder().decode(payload)).credentialSubject.achievement.name);
	`, token)
	check.Dir = filepath.Join("..", "..")
	out, err := check.CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "A lighthouse" {
		t.Errorf("it says %s: %v", out, err)
	}
}

func TestAmountsAreRanges(t *testing.T) {
	t.Parallel()
	for minor, want := range map[int64]string{1: "0.01 EUR to 0.02 EUR", 400_00: "200.00 EUR to 500.00 EUR", 200_00: "200.00 EUR to 500.00 EUR", 500_00: "500.00 EUR to 1000.00 EUR", 123_456_00: "100000.00 EUR to 200000.00 EUR"} {
		if got := credential.Band(money.Amount{Minor: minor, Currency: "EUR"}); got != want {
			t.Errorf("%d lies in %s, want %s", minor, got, want)
		}
	}
}
