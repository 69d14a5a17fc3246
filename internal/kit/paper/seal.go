package paper

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// Sealer is with what a market seals its documents.
type Sealer struct {
	Key         crypto.Signer
	Certificate *x509.Certificate
}

// OpenSealer reads the key and the certificate from a file that only we may read,
// and makes both in its place if there is none. name is whose seal it is.
func OpenSealer(path, name string) (Sealer, error) {
	kept, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		if kept, err = newSeal(name); err == nil {
			err = keep(path, kept)
		}
		if errors.Is(err, os.ErrExist) { // another program was quicker
			kept, err = os.ReadFile(path)
		}
	}
	if err != nil {
		return Sealer{}, fmt.Errorf("the seal: %w", err)
	}
	s, err := parseSeal(kept)
	if err != nil {
		return Sealer{}, fmt.Errorf("the seal in %s: %w", path, err)
	}
	return s, nil
}

// keep writes a file that is not there yet, in one piece or not at all.
func keep(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	half, err := os.CreateTemp(filepath.Dir(path), ".seal-")
	if err != nil {
		return err
	}
	defer os.Remove(half.Name())
	_, err = half.Write(content)
	if err = errors.Join(err, half.Sync(), half.Close()); err != nil {
		return err
	}
	return os.Link(half.Name(), path)
}

// Fingerprint is how people tell one seal from another: the SHA-256 of its
// certificate, in hexadecimal.
func Fingerprint(c *x509.Certificate) string {
	sum := sha256.Sum256(c.Raw)
	return hex.EncodeToString(sum[:])
}

const (
	keyBits  = 3072
	sealLife = 30 // years; what was sealed is to be checked for as long
)

func newSeal(name string) ([]byte, error) {
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: name},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(sealLife, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment, BasicConstraintsValid: true,
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	return append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate}),
		pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})...), nil
}

func parseSeal(kept []byte) (s Sealer, err error) {
	for {
		var block *pem.Block
		if block, kept = pem.Decode(kept); block == nil {
			break
		}
		switch block.Type {
		case "CERTIFICATE":
			s.Certificate, err = x509.ParseCertificate(block.Bytes)
		case "PRIVATE KEY":
			var key any
			key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
			s.Key, _ = key.(crypto.Signer)
		}
		if err != nil {
			return s, err
		}
	}
	if s.Certificate == nil || s.Key == nil {
		return s, errors.New("it holds no certificate or no private key")
	}
	if own, ok := s.Key.Public().(interface{ Equal(crypto.PublicKey) bool }); !ok || !own.Equal(s.Certificate.PublicKey) {
		return s, errors.New("its certificate is not that of its key")
	}
	return s, nil
}

// room is how many bytes wait in the file for the signature. It has to be known
// before the file is, since the signature is of everything around it.
const room = 8 << 10

var (
	errNotOurs   = errors.New("only a file that Render made can be sealed")
	trailerLines = regexp.MustCompile(`(?s)trailer\n<<\n/Size (\d+)\n/Root (\d+) 0 R\n/Info (\d+) 0 R\n>>\nstartxref\n(\d+)\n%%EOF\n*$`)
	firstPage    = regexp.MustCompile(`(?m)^(\d+) 0 obj\n<</Type /Page\n`)
)

// Seal adds to a file that Render made a signature over all of it. at stands in
// the seal as its time.
func (s Sealer) Seal(file []byte, at time.Time, reason string) ([]byte, error) {
	end := trailerLines.FindSubmatch(file)
	page := firstPage.FindSubmatch(file)
	if end == nil || page == nil {
		return nil, errNotOurs
	}
	size, root, info, before := number(end[1]), number(end[2]), number(end[3]), number(end[4])
	u := update{file: bytes.Clone(file), places: map[int]int{}}
	field, value := size, size+1
	u.again(root, fmt.Sprintf("/AcroForm << /Fields [%d 0 R] /SigFlags 3 >>", field))
	u.again(number(page[1]), fmt.Sprintf("/Annots [%d 0 R]", field))
	u.object(field, fmt.Sprintf("<< /Type /Annot /Subtype /Widget /FT /Sig /T (Seal) /F 132 /Rect [0 0 0 0] /P %s 0 R /V %d 0 R >>", page[1], value))
	u.object(value, fmt.Sprintf("<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:%s) /Name %s /Reason %s\n/ByteRange %s\n/Contents <%s> >>",
		at.UTC().Format("20060102150405Z"), text(s.Certificate.Subject.CommonName), text(reason), hole, strings.Repeat("0", 2*room)))
	if u.failed {
		return nil, errNotOurs
	}
	return s.fill(u.finish(size+2, root, info, before))
}

// hole is where the byte range will stand, as wide as it can become.
const hole = "[0 0000000000 0000000000 0000000000]"

// fill signs all of the file but the room for the signature.
func (s Sealer) fill(file []byte) ([]byte, error) {
	i := bytes.LastIndex(file, []byte("/Contents <")) + len("/Contents ")
	j := i + 2*room + 2
	span := fmt.Sprintf("[0 %d %d %d]", i, j, len(file)-j)
	copy(file[bytes.LastIndex(file, []byte(hole)):], span+strings.Repeat(" ", len(hole)-len(span)))
	signature, err := s.cms(append(bytes.Clone(file[:i]), file[j:]...))
	if err != nil {
		return nil, err
	}
	if len(signature) > room {
		return nil, fmt.Errorf("the signature has %d bytes, and there is room for %d", len(signature), room)
	}
	hex.Encode(file[i+1:], signature)
	return file, nil
}

func number(digits []byte) int {
	n, _ := strconv.Atoi(string(digits)) // an expression found digits only
	return n
}

// text is a string as PDF writes those that are not ASCII: UTF-16, in hexadecimal.
func text(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return b.String() + ">"
}

// update is what is appended to a file: objects anew, objects besides, and where
// each of them is. What was there before stays as it is.
type update struct {
	file   []byte
	places map[int]int
	failed bool
}

func (u *update) object(n int, body string) {
	u.places[n] = len(u.file)
	u.file = fmt.Appendf(u.file, "%d 0 obj\n%s\nendobj\n", n, body)
}

// again writes an object anew, with more in its dictionary.
func (u *update) again(n int, more string) {
	_, after, ok := bytes.Cut(u.file, fmt.Appendf(nil, "\n%d 0 obj\n", n))
	body, _, ended := bytes.Cut(after, []byte("\nendobj"))
	last := bytes.LastIndex(body, []byte(">>"))
	if !ok || !ended || last < 0 {
		u.failed = true
		return
	}
	u.object(n, string(body[:last])+more+"\n>>")
}

func (u *update) finish(size, root, info, before int) []byte {
	start := len(u.file)
	u.file = append(u.file, "xref\n"...)
	for n := range size {
		if at, ok := u.places[n]; ok {
			u.file = fmt.Appendf(u.file, "%d 1\n%010d 00000 n \n", n, at)
		}
	}
	return fmt.Appendf(u.file, "trailer\n<<\n/Size %d\n/Root %d 0 R\n/Info %d 0 R\n/Prev %d\n>>\nstartxref\n%d\n%%%%EOF\n", size, root, info, before, start)
}
