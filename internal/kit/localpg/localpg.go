package localpg

import (
	"context"
	"io"
	"net/url"
	"os"
	"strings"
	"syscall"
	"time"
)

// Config says which server to run.
type Config struct {
	// Dir is the folder of the server and of nothing else. It is made if it is
	// missing. Under root, the folders above it must let the server's user pass.
	Dir string
	// Fast gives up all that keeps data through a crash. For tests only.
	Fast bool
	// MaxConnections is how many may be open at once; 0 leaves it to the
	// cluster's postgresql.conf, where it is 100 unless edited.
	MaxConnections int
	// Log receives what the server has to say; nil discards it.
	Log io.Writer
}

// Server is a running PostgreSQL.
type Server struct {
	dir    string // holds the lock and the cluster
	data   string // is the cluster
	socket string // holds the socket
	bin    string // holds the binaries
	as     *syscall.Credential
	args   []string
	lock   *os.File
	log    io.Writer

	stop    context.CancelFunc
	stopped chan struct{}
	err     error // how it stopped; set before stopped is closed
}

// Start runs the newest PostgreSQL on the machine on c.Dir and returns when it
// accepts connections; after a crash, that is when it has recovered. Ending ctx
// ends the attempt, but not a server that has started.
func Start(ctx context.Context, c Config) (_ *Server, err error) {
	if c.Log == nil {
		c.Log = io.Discard
	}
	s := &Server{log: c.Log, stopped: make(chan struct{})}
	defer func() {
		if err != nil {
			s.release()
		}
	}()
	if err := s.claim(c.Dir); err != nil {
		return nil, err
	}
	if err := s.prepare(ctx, c); err != nil {
		return nil, err
	}
	if err := s.tell(); err != nil {
		return nil, err
	}
	life, stop := context.WithCancel(context.WithoutCancel(ctx))
	s.stop = stop
	detach := context.AfterFunc(ctx, stop)
	exited, err := s.launch(life)
	// Backends of a postmaster that was killed may take a moment to notice.
	for pause := soon; err != nil && pause < time.Second && sleep(life, pause); pause *= 2 {
		exited, err = s.launch(life)
	}
	if err != nil {
		stop()
		return nil, err
	}
	if !detach() {
		<-exited //nolint:errcheck // it was told to stop
		return nil, ctx.Err()
	}
	go s.keep(life, exited)
	return s, nil
}

// URL returns where the server is, in the form that PostgreSQL clients take. It
// stays true when the server has to be started again. Its user may do anything.
func (s *Server) URL() string {
	where := url.Values{"host": {s.socket}, "port": {port}}.Encode()
	where = strings.ReplaceAll(where, "+", "%20") // to libpq a plus is a plus
	return (&url.URL{Scheme: "postgres", User: url.User(name), Path: "/" + name, RawQuery: where}).String()
}

// BinDir returns the folder of the server's own binaries, such as pgbench.
func (s *Server) BinDir() string { return s.bin }

// Stop rolls back what is under way, closes every connection, and returns when
// the server is gone and the folder is free. It may be called again.
func (s *Server) Stop() error {
	s.stop()
	<-s.stopped
	s.release()
	return s.err
}

// release undoes what Start did besides the server itself.
func (s *Server) release() {
	if s.socket != s.data {
		os.RemoveAll(s.socket)
	}
	// A program that is just being started has a copy of the file for a moment, for
	// which closing ours would leave it locked.
	_ = syscall.Flock(int(s.lock.Fd()), syscall.LOCK_UN)
	s.lock.Close()
}
