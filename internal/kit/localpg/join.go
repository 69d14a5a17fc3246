package localpg

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// address is the file in which a running program says where its server is.
const address = "url"

// Join returns the URL of the server that another program runs on dir, for
// commands beside a market that is open. It is false when no program does.
func Join(dir string) (url string, running bool, err error) {
	lock, err := os.Open(filepath.Join(dir, "lock"))
	if errors.Is(err, os.ErrNotExist) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	defer lock.Close() // and with it the lock, if it was free
	err = syscall.Flock(int(lock.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
	if !errors.Is(err, syscall.EWOULDBLOCK) {
		return "", false, err
	}
	b, err := os.ReadFile(filepath.Join(dir, address))
	return strings.TrimSpace(string(b)), err == nil, err
}

// tell writes down where the server is, for Join. Only its owner may read it.
func (s *Server) tell() error {
	return os.WriteFile(filepath.Join(s.dir, address), []byte(s.URL()+"\n"), 0o600)
}
