package localpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// unprivileged returns the user a server runs as when root starts it: the owner
// of the cluster, or of a new one postgres or else nobody. It returns nil when
// we are not root, and the server is simply ours.
func unprivileged(data string) (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	if fi, err := os.Stat(data); err == nil {
		st := fi.Sys().(*syscall.Stat_t) //nolint:forcetypeassert // what os.Stat gives on every Unix
		return &syscall.Credential{Uid: st.Uid, Gid: st.Gid}, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		u, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL does not run as root, and there is no user postgres or nobody: %w", err)
	}
	uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, errors.Join(err1, err2)
}

// command prepares a binary of PostgreSQL to run as the given user.
func command(ctx context.Context, as *syscall.Credential, path string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Dir = "/" // where we stand may be closed to that user
	// None of our PG* variables may reach a server or a client of it.
	cmd.Env = []string{"LC_ALL=C", "PATH=" + os.Getenv("PATH")}
	// In a group of its own, a Ctrl-C reaches us and not the server: we still
	// need it to finish what is under way.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: as}
	cmd.WaitDelay = time.Minute
	return cmd
}

// mayEnter refuses a folder that the server's user cannot enter, and names the
// folder on the way that stops it. It asks the kernel, by trying: mode bits
// alone don't tell.
func (s *Server) mayEnter(ctx context.Context, dir string) error {
	if s.as == nil {
		return nil
	}
	if parent := filepath.Dir(dir); parent != dir {
		if err := s.mayEnter(ctx, parent); err != nil {
			return err
		}
	}
	cmd := s.command(ctx, "postgres", "--version")
	cmd.Dir = dir
	err := cmd.Run()
	if errors.Is(err, fs.ErrPermission) {
		who := strconv.Itoa(int(s.as.Uid))
		if u, err := user.LookupId(who); err == nil {
			who = u.Username
		}
		return fmt.Errorf("the folder %s is closed to the user %s, as whom PostgreSQL runs when root starts it: "+
			"open it with `chmod o+x %s`, or choose another folder", dir, who, dir)
	}
	return err
}
