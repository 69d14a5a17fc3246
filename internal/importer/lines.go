package importer

import (
	"bufio"
	"errors"
	"io"
)

// maxLine is how long a line can be, in bytes, its end counted.
const maxLine = 1 << 20

// lines reads a file line by line.
type lines struct {
	in   *bufio.Reader
	n    int   // the number of the last line, counted from 1
	read int64 // bytes so far
}

func newLines(r io.Reader) *lines { return &lines{in: bufio.NewReaderSize(r, maxLine)} }

// next returns the next line, which is good until the one after, or io.EOF. Of a
// line that is too long it returns errTooLong, and goes on behind it.
func (l *lines) next() ([]byte, error) {
	line, err := l.in.ReadSlice('\n')
	l.read += int64(len(line))
	l.n++
	tooLong := false
	for errors.Is(err, bufio.ErrBufferFull) {
		tooLong = true
		var more []byte
		more, err = l.in.ReadSlice('\n')
		l.read += int64(len(more))
	}
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, err
	case tooLong:
		return nil, errTooLong
	case len(line) == 0:
		return nil, err
	default: // the last line may lack its end
		return line, nil
	}
}
