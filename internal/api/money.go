package api

import (
	"context"
	"net/http"
	"time"

	"freehold/internal/account"
	"freehold/internal/banking"
	"freehold/internal/kit/money"
)

func books(a area) {
	add(a, private, "GET /desk/money", "How things stand with the money, for those of finance.", http.StatusOK, a.moneyDesk)
	add(a, private, "POST /desk/money/rails/{rail}/reconcile", "Read the book of a provider, and compare it with ours.", http.StatusOK, a.reconcile)
	add(a, private, "POST /desk/money/rails/{rail}/statements", "Take over what the bank says: camt.053, or a table in CSV.", http.StatusCreated, a.importStatement)
	add(a, private, "POST /desk/money/rails/{rail}/files", "Hand the payouts that wait over to the bank, in a file.", http.StatusCreated, a.makeFile)
	add(a, private, "GET /desk/money/files/{id}", "A file of payments, as the bank takes it: pain.001.", http.StatusOK, a.fetchFile)
	act(a, private, "POST /desk/money/payouts/{id}/reject", "Say that the bank has refused a payout. The money goes back to its owner.", a.rejectPayout)
	act(a, private, "POST /desk/money/lines/{id}/assign", "Give money that nobody has claimed to whose it is.", a.assignLine)
	act(a, private, "POST /desk/money/lines/{id}/fund", "Put money of the operator's own into the guarantee fund.", a.fundLine)
	act(a, private, "POST /desk/money/lines/{id}/explain", "Say what a payment was that nobody has ordered.", a.explainLine)
}

type finding struct {
	Rail   string              `json:"rail"`
	Kind   banking.FindingKind `json:"kind" doc:"not ours, not theirs, another sum, changed, balance"`
	About  string              `json:"about" doc:"a line of theirs, an order of ours, or a currency"`
	Amount money.Amount        `json:"amount" doc:"by how much"`
	Since  time.Time           `json:"since"`
}

func findingOf(f banking.Finding) finding {
	return finding{f.Rail, f.Kind, f.About, f.Amount(), f.Since}
}

type railState struct {
	Name      string     `json:"name"`
	ReadAt    *time.Time `json:"read_at" doc:"when its book was read last"`
	AgreedAt  *time.Time `json:"agreed_at" doc:"when it last agreed with ours"`
	StoppedAt *time.Time `json:"stopped_at" doc:"since when no payout is handed over"`
	Waiting   int        `json:"waiting" doc:"payouts that are not handed over yet"`
}

type openLine struct {
	ID      int64        `json:"id"`
	Rail    string       `json:"rail"`
	Amount  money.Amount `json:"amount" doc:"below zero when it left"`
	Text    string       `json:"text"`
	At      time.Time    `json:"at"`
	Perhaps []account.ID `json:"perhaps" doc:"whose it could be, the likeliest first"`
}

func lineOf(l banking.OpenLine) openLine {
	return openLine{int64(l.ID), l.Rail, l.Amount(), l.Text, l.At, each(l.Perhaps, func(p banking.Perhaps) account.ID { return p.Person })}
}

type paymentFile struct {
	ID      int64        `json:"id"`
	Rail    string       `json:"rail"`
	Payouts int          `json:"payouts"`
	Amount  money.Amount `json:"amount"`
	At      time.Time    `json:"at"`
	Waiting int          `json:"waiting" doc:"of them, that the bank has not carried out yet"`
}

func fileOf(f banking.PaymentFile) paymentFile {
	return paymentFile{int64(f.ID), f.Rail, f.Payouts, f.Amount(), f.At, f.Waiting}
}

type chargeback struct {
	ID       int64        `json:"id"`
	Deposit  int64        `json:"deposit"`
	Person   account.ID   `json:"person"`
	Amount   money.Amount `json:"amount"`
	FromFund money.Amount `json:"from_fund" doc:"what the guarantee fund has paid; the rest is a loss"`
	At       time.Time    `json:"at"`
	WonAt    *time.Time   `json:"won_at"`
}

type accountsSum struct {
	Of     string       `json:"of" doc:"the first part of the accounts' codes: wallet, escrow, fees"`
	Amount money.Amount `json:"amount"`
}

type desk struct {
	Rails       []railState   `json:"rails"`
	Findings    []finding     `json:"findings"`
	Unclaimed   []openLine    `json:"unclaimed"`
	Unexplained []openLine    `json:"unexplained"`
	Files       []paymentFile `json:"files"`
	Handed      []order       `json:"handed" doc:"payouts that a bank has in files"`
	Chargebacks []chargeback  `json:"chargebacks"`
	Sums        []accountsSum `json:"sums"`
}

func (s *server) moneyDesk(ctx context.Context, by account.Actor, _ *nothing) (desk, error) {
	d, err := banking.ShowDesk(ctx, s.DB, s.Rails, by)
	return desk{
		Rails:     each(d.Rails, func(r banking.RailState) railState { return railState(r) }),
		Findings:  each(d.Findings, findingOf),
		Unclaimed: each(d.Unclaimed, lineOf), Unexplained: each(d.Unexplained, lineOf),
		Files: each(d.Files, fileOf), Handed: each(d.Handed, payoutOf),
		Chargebacks: each(d.Chargebacks, func(c banking.Chargeback) chargeback {
			return chargeback{c.ID, int64(c.Deposit), c.Person, c.Amount(), money.Amount{Minor: c.FromFund, Currency: c.Currency}, c.At, c.WonAt}
		}),
		Sums: each(d.Sums, func(sum banking.Sum) accountsSum { return accountsSum{sum.Of, sum.Amount()} }),
	}, err
}

type onRail struct {
	Rail string `path:"rail"`
}

func (s *server) reconcile(ctx context.Context, by account.Actor, in *onRail) (list[finding], error) {
	found, err := banking.ReconcileNow(ctx, s.DB, s.Rails, by, in.Rail)
	return whole(found, findingOf), err
}

type statementOf struct {
	Rail string `path:"rail"`
	Body struct {
		Text string `json:"text" doc:"the file, whole" maxLength:"10000000"`
	}
}

type imported struct {
	Statements int       `json:"statements"`
	Lines      int       `json:"lines"`
	Findings   []finding `json:"findings"`
}

func (s *server) importStatement(ctx context.Context, by account.Actor, in *statementOf) (imported, error) {
	rail, err := s.Rails.Filed(in.Rail)
	if err != nil {
		return imported{}, err
	}
	out, err := banking.ImportStatement(ctx, s.DB, rail, by, []byte(in.Body.Text))
	return imported{out.Statements, out.Lines, each(out.Findings, findingOf)}, err
}

func (s *server) makeFile(ctx context.Context, by account.Actor, in *onRail) (paymentFile, error) {
	rail, err := s.Rails.Filed(in.Rail)
	if err != nil {
		return paymentFile{}, err
	}
	f, err := banking.MakePaymentFile(ctx, s.DB, s.Vault, rail, by)
	return fileOf(f), err
}

type fileText struct {
	XML string `json:"xml"`
}

func (s *server) fetchFile(ctx context.Context, by account.Actor, in *of) (fileText, error) {
	xml, err := banking.FetchPaymentFile(ctx, s.DB, s.Vault, by, banking.FileID(in.ID))
	return fileText{xml}, err
}

type rejection struct {
	Why string `json:"why" doc:"as the bank says it; the person reads it"`
}

func (s *server) rejectPayout(ctx context.Context, by account.Actor, in *to[rejection]) error {
	return banking.RejectPayout(ctx, s.DB, by, banking.PayoutID(in.ID), in.Body.Why)
}

type assignment struct {
	Person account.ID `json:"person"`
}

func (s *server) assignLine(ctx context.Context, by account.Actor, in *to[assignment]) error {
	return banking.AssignLine(ctx, s.DB, by, banking.LineID(in.ID), in.Body.Person)
}

func (s *server) fundLine(ctx context.Context, by account.Actor, in *of) error {
	return banking.FundLine(ctx, s.DB, by, banking.LineID(in.ID))
}

type explanation struct {
	Explanation banking.Explanation `json:"explanation" doc:"cost, or return: of money that nobody had claimed"`
	Returned    banking.LineID      `json:"returned,omitempty" doc:"the line by which what went back had come"`
}

func (s *server) explainLine(ctx context.Context, by account.Actor, in *to[explanation]) error {
	return banking.ExplainLine(ctx, s.DB, by, banking.LineID(in.ID), in.Body.Explanation, in.Body.Returned)
}
