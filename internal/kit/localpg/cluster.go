package localpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// claim takes the folder for this program, or refuses. The kernel gives the
// lock back when the program ends, however it ends.
func (s *Server) claim(dir string) (err error) {
	if s.dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	// The folder stays ours and the server may only pass through: were we root
	// and it turned against us, it could swap what we open for a link.
	if err := os.MkdirAll(s.dir, 0o711); err != nil {
		return err
	}
	s.lock, err = os.OpenFile(filepath.Join(s.dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	err = syscall.Flock(int(s.lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		holder, _ := io.ReadAll(s.lock)
		return fmt.Errorf("the data folder %s is in use by another program, process %s: "+
			"stop that one first, or choose another folder", s.dir, holder)
	}
	if err != nil {
		return fmt.Errorf("locking the data folder %s: %w", s.dir, err)
	}
	if err := s.lock.Truncate(0); err != nil {
		return err
	}
	_, err = fmt.Fprint(s.lock, os.Getpid())
	return err
}

// prepare finds the binaries, and makes the cluster if there is none.
func (s *Server) prepare(ctx context.Context, c Config) (err error) {
	s.data = filepath.Join(s.dir, "data")
	made, err := clusterVersion(s.data)
	if err != nil {
		return err
	}
	if s.as, err = unprivileged(s.data); err != nil {
		return err
	}
	bin, major, err := newest(ctx, candidates(os.Getenv("PATH"), places), s.as, made)
	if err != nil {
		return err
	}
	s.bin = bin
	if err := s.mayEnter(ctx, s.dir); err != nil {
		return err
	}
	if made == 0 {
		if err := s.create(ctx, major, c.Fast); err != nil {
			return err
		}
	}
	if err := s.placeSocket(ctx); err != nil {
		return err
	}
	s.args = settings(s.data, s.socket, c)
	return nil
}

// create makes the cluster under another name and then renames it: an initdb
// cut short leaves nothing that looks like a cluster.
func (s *Server) create(ctx context.Context, major int, fast bool) error {
	leftovers, _ := filepath.Glob(filepath.Join(s.dir, "new-*"))
	for _, dir := range leftovers {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	fresh, err := s.privateFolder(s.dir, "new-")
	if err != nil {
		return err
	}
	if err := s.run(ctx, "", "initdb", initdbOptions(fresh, major, fast)...); err != nil {
		return err
	}
	if err := tune(filepath.Join(fresh, "postgresql.conf")); err != nil {
		return err
	}
	if err := s.run(ctx, "CREATE DATABASE "+name+"\n", "postgres", "--single", "-D", fresh,
		"-c", "exit_on_error=on", "postgres"); err != nil {
		return err
	}
	if err := os.Rename(fresh, s.data); err != nil {
		return err
	}
	return syncFolder(s.dir)
}

// tune writes into a new cluster's settings what suits this machine and can be
// changed there. What does not fit into shared buffers is read from the kernel,
// which takes twenty times as long.
func tune(conf string) error {
	f, err := os.OpenFile(conf, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "\nshared_buffers = %dMB\t# an eighth of the memory, from 128 MB to 1 GB\n", buffers(memory()))
	return errors.Join(err, f.Close())
}

// placeSocket puts the socket into the cluster's own folder, which is private;
// or, where clients could not name that path, into another private folder.
func (s *Server) placeSocket(ctx context.Context) (err error) {
	s.socket = s.data
	if len(filepath.Join(s.data, socketFile)) <= maxSocket && !strings.ContainsAny(s.data, `,"`) {
		return nil
	}
	if s.socket, err = s.privateFolder(os.TempDir(), name+"-"); err != nil {
		return err
	}
	return s.mayEnter(ctx, s.socket)
}

// privateFolder makes a folder that only the server's user may enter.
func (s *Server) privateFolder(parent, prefix string) (string, error) {
	dir, err := os.MkdirTemp(parent, prefix)
	if err == nil && s.as != nil {
		err = os.Chown(dir, int(s.as.Uid), int(s.as.Gid))
	}
	return dir, err
}

func (s *Server) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	return command(ctx, s.as, filepath.Join(s.bin, name), args...)
}

// run runs a binary of PostgreSQL to its end.
func (s *Server) run(ctx context.Context, stdin, name string, args ...string) error {
	cmd := s.command(ctx, name, args...)
	cmd.Stdin = strings.NewReader(stdin)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, out)
	}
	return nil
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
