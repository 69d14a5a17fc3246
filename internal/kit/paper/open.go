package paper

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"io"
	"regexp"
	"strconv"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/smallstep/pkcs7"
)

// Opened is a document whose seal is unbroken: every byte of it is as it was
// sealed.
type Opened struct {
	Certificate *x509.Certificate // whose seal it is; that it is whom one thinks is for the caller to say
	At          time.Time         // as the seal says

	file []byte
}

var (
	// ErrNotSealed says that a file is no PDF of ours.
	ErrNotSealed = errors.New("this is not a sealed document")
	// ErrBroken says that something was changed after the document was sealed.
	ErrBroken = errors.New("the document was changed after it was sealed")
)

var (
	byteRange = regexp.MustCompile(`/ByteRange \[0 (\d{1,10}) (\d{1,10}) (\d{1,10})\]`)
	sealedAt  = regexp.MustCompile(`/M \(D:(\d{14}Z)\)`)
)

// Open checks a document's seal. The seal has to be over the whole file but for
// the room in which it lies itself, so nothing can have been added or hidden.
func Open(file []byte) (Opened, error) {
	before, sealed, ok := around(file)
	if !ok {
		return Opened{}, ErrNotSealed
	}
	seal, err := pkcs7.Parse(sealed)
	if err != nil || len(seal.Signers) != 1 {
		return Opened{}, ErrNotSealed
	}
	seal.Content = before
	if err := seal.Verify(); err != nil {
		return Opened{}, ErrBroken
	}
	o := Opened{Certificate: seal.GetOnlySigner(), file: file}
	if m := sealedAt.FindSubmatch(file[bytes.LastIndex(file, []byte("/Type /Sig ")):]); m != nil {
		o.At, _ = time.Parse("20060102150405Z", string(m[1])) // digits only; the zero time is none
	}
	return o, nil
}

// around is what a seal is of, and the seal.
func around(file []byte) (content, seal []byte, ok bool) {
	all := byteRange.FindAllSubmatch(file, -1)
	if len(all) != 1 || bytes.Count(file, []byte("/Type /Sig ")) != 1 {
		return nil, nil, false
	}
	i, j, rest := at(all[0][1]), at(all[0][2]), at(all[0][3])
	if i < 0 || j <= i+2 || j > len(file) || rest != len(file)-j || file[i] != '<' || file[j-1] != '>' {
		return nil, nil, false
	}
	padded, err := hex.DecodeString(string(file[i+1 : j-1]))
	if err != nil {
		return nil, nil, false
	}
	var der asn1.RawValue
	padding, err := asn1.Unmarshal(padded, &der)
	if err != nil || len(bytes.Trim(padding, "\x00")) > 0 {
		return nil, nil, false
	}
	return append(bytes.Clone(file[:i]), file[j:]...), der.FullBytes, true
}

func at(digits []byte) int {
	n, _ := strconv.Atoi(string(digits)) // at most ten digits
	return n
}

func init() { api.DisableConfigDir() } // it would write into the home of whoever runs us

// Files takes the files out of a document. Whoever lets strangers send documents
// asks first whose seal it is: anybody can seal a file that is made to be
// laborious.
func (o Opened) Files() (files []File, err error) {
	conf := model.NewDefaultConfiguration()
	conf.Offline = true
	found, err := api.ExtractAttachmentsRaw(bytes.NewReader(o.file), "", nil, conf)
	if err != nil {
		return nil, err
	}
	for _, f := range found {
		content, err := io.ReadAll(f.Reader)
		if err != nil {
			return nil, err
		}
		files = append(files, File{f.FileName, content})
	}
	return files, nil
}
