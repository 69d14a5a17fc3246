package localpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// launch starts the postmaster and returns when it accepts connections. Its end
// is told on exited. Ending life stops it.
func (s *Server) launch(life context.Context) (exited <-chan error, err error) {
	if err := s.clear(life); err != nil {
		return nil, err
	}
	cmd := s.command(life, "postgres", s.args...)
	// A fast shutdown. If it takes longer than cmd.WaitDelay the postmaster is
	// killed, and the next start recovers what was committed.
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	// The backends share the pipe of the log, so Wait returns when all of them
	// are gone, even if the postmaster was killed. No earlier can another start.
	var last tail
	cmd.Stderr = io.MultiWriter(&last, s.log)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	end := make(chan error, 1)
	go func() { end <- cmd.Wait() }()
	pid := strconv.Itoa(cmd.Process.Pid)
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for {
		select {
		case err := <-end:
			return nil, fmt.Errorf("PostgreSQL did not start: %w\n%s", err, last)
		case <-poll.C:
			if p := s.postmaster(); p.pid == pid && p.status == "ready" {
				return end, nil
			}
		}
	}
}

const soon, late = 50 * time.Millisecond, 10 * time.Second

// keep starts the server again whenever it ends, until life does.
func (s *Server) keep(life context.Context, exited <-chan error) {
	defer close(s.stopped)
	err := <-exited
	for pause := soon; life.Err() == nil; pause = min(2*pause, late) {
		fmt.Fprintf(s.log, "PostgreSQL ended (%v) and is started again\n", err)
		if !sleep(life, pause) {
			return
		}
		if exited, err = s.launch(life); err == nil {
			err, pause = <-exited, soon
		}
	}
	if !errors.Is(err, context.Canceled) {
		s.err = fmt.Errorf("PostgreSQL did not stop as it should: %w", err)
	}
}

// sleep reports whether life went on all the while.
func sleep(life context.Context, d time.Duration) bool {
	select {
	case <-life.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// tail keeps the end of what is written to it.
type tail []byte

func (t *tail) Write(p []byte) (int, error) {
	*t = append(*t, p...)
	*t = (*t)[max(0, len(*t)-2000):]
	return len(p), nil
}

// clear stops a postmaster that outlived the program that started it, and
// removes the locks of one that was killed: they hold a process number which
// may by now be another's, as it often is in a container, and then PostgreSQL
// would not start. Should we be wrong and a server still live, PostgreSQL finds
// its shared memory by the folder and refuses.
func (s *Server) clear(ctx context.Context) error {
	p := s.postmaster()
	if p.pid == "" {
		return nil
	}
	if conn, err := new(net.Dialer).DialContext(ctx, "unix", p.socket); err == nil {
		conn.Close()
		return s.run(ctx, "", "pg_ctl", "stop", "-D", s.data, "-m", "fast", "-t", "600")
	}
	for _, lock := range []string{filepath.Join(s.data, "postmaster.pid"), filepath.Join(s.socket, socketFile+".lock")} {
		if err := os.Remove(lock); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// postmaster is what a postmaster says of itself in postmaster.pid.
type postmaster struct{ pid, socket, status string }

// postmaster returns the zero postmaster when there is none, or none that has
// got as far as listening.
func (s *Server) postmaster() postmaster {
	b, _ := os.ReadFile(filepath.Join(s.data, "postmaster.pid"))
	l := strings.Split(string(b), "\n")
	if len(l) < 8 {
		return postmaster{}
	}
	return postmaster{l[0], filepath.Join(l[4], ".s.PGSQL."+l[3]), strings.TrimSpace(l[7])}
}
