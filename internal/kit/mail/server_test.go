package mail_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// server is a real mail server on this machine.
type server struct {
	addr string
	tls  *tls.Config
	mu   sync.Mutex
	got  []letter
	fail error  // what it says to the next mails
	hang moment // when it hangs up, once
}

// moment is one at which a connection can be lost.
type moment int

const (
	never     moment = iota
	inTheMail        // half of it has arrived
	beforeYes        // the server has the mail, and could not say so
	afterYes         // the server has said so
)

// letter is what arrived, and how.
type letter struct {
	from, to, text, user string
	encrypted            bool
}

// serve starts a server. With users it lets nobody in who gives no password.
func serve(t *testing.T, implicitTLS, users bool) *server {
	t.Helper()
	return serveWith(t, certificate, implicitTLS, users)
}

func serveWith(t *testing.T, certificate *tls.Config, implicitTLS, users bool) *server {
	t.Helper()
	s := &server{tls: certificate}
	srv := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		_, encrypted := c.TLSConnectionState()
		return &session{server: s, conn: c, users: users, letter: letter{encrypted: encrypted}}, nil
	}))
	srv.Domain, srv.TLSConfig, srv.ErrorLog = "localhost", s.tls, log.New(io.Discard, "", 0)
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	s.addr = l.Addr().String()
	if implicitTLS {
		l = tls.NewListener(l, s.tls)
	}
	var wg sync.WaitGroup
	wg.Go(func() { _ = srv.Serve(l) })
	t.Cleanup(func() { _ = srv.Close(); _ = l.Close(); wg.Wait() })
	return s
}

// port is where it listens, on localhost.
func (s *server) port() string { _, port, _ := net.SplitHostPort(s.addr); return port }

// refuse makes it say why to every mail; nil lets mail through again.
func (s *server) refuse(why error) { s.mu.Lock(); defer s.mu.Unlock(); s.fail = why }

// hangUp loses the next connection at a moment.
func (s *server) hangUp(at moment) { s.mu.Lock(); defer s.mu.Unlock(); s.hang = at }

// hangs reports whether the connection is lost now.
func (s *server) hangs(at moment) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hang != at {
		return false
	}
	s.hang = never
	return true
}

func (s *server) letters() []letter { s.mu.Lock(); defer s.mu.Unlock(); return s.got }

type session struct {
	server *server
	conn   *smtp.Conn
	users  bool
	letter letter
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "p:ss w@rd" {
			return smtp.ErrAuthFailed
		}
		s.letter.user = user
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.users && s.letter.user == "" {
		return smtp.ErrAuthRequired
	}
	s.letter.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if strings.HasPrefix(strings.ToLower(to), "nobody@") {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}
	}
	s.letter.to += to
	return nil
}

func (s *session) Data(r io.Reader) error {
	if s.server.hangs(inTheMail) {
		_, _ = io.CopyN(io.Discard, r, 200)
		return s.conn.Conn().Close()
	}
	text, err := io.ReadAll(r)
	s.letter.text = string(text)
	if err := s.server.take(s.letter); err != nil {
		return err
	}
	if s.server.hangs(beforeYes) {
		return s.conn.Conn().Close()
	}
	return err
}

func (s *server) take(l letter) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail == nil {
		s.got = append(s.got, l)
	}
	return s.fail
}

func (s *session) Reset() {
	if s.letter.text != "" && s.server.hangs(afterYes) {
		_ = s.conn.Conn().Close()
	}
}

func (s *session) Logout() error { return nil }

var certificate *tls.Config

// TestMain makes the test servers' certificate one that this process trusts as
// it would any other.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "mail")
	if err == nil {
		err = certify(filepath.Join(dir, "authority.pem"))
	}
	if err != nil {
		log.Fatal(err)
	}
	m.Run()
	_ = os.RemoveAll(dir)
}

// certify makes the certificate of the test servers and says in a file that it
// can be trusted.
func certify(file string) (err error) {
	var der []byte
	if certificate, der, err = issue(); err != nil {
		return err
	}
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		return err
	}
	return os.Setenv("SSL_CERT_FILE", file)
}

// issue makes a certificate that names this machine, for which nobody vouches.
func issue() (conf *tls.Config, der []byte, err error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	self := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err = x509.CreateCertificate(rand.Reader, self, self, &key.PublicKey, key)
	conf = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
	return conf, der, err
}
