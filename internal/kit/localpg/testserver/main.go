// Testserver runs a command with a PostgreSQL of its own, fast and gone
// afterwards, named in TEST_DATABASE_URL:
//
//	testserver -- go test ./...
//
// It ends as the command ended. With --print FILE and no command it writes the
// URL to FILE and serves until it is told to stop.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"freehold/internal/kit/localpg"
)

func main() {
	file := flag.String("print", "", "write the server's URL to this `file` and serve until told to stop")
	flag.Parse()
	if (*file == "") == (flag.NArg() == 0) {
		fmt.Fprintln(os.Stderr, "usage: testserver -- COMMAND [ARGUMENT ...]  or  testserver --print FILE")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := serve(ctx, *file, flag.Args())
	var ended *exec.ExitError
	if errors.As(err, &ended) && ended.Exited() {
		os.Exit(ended.ExitCode()) //nolint:gocritic // nothing is left to stop
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "testserver:", err)
		os.Exit(1)
	}
}

func serve(ctx context.Context, file string, command []string) (err error) {
	dir, err := os.MkdirTemp(memory(), "testserver-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o711); err != nil { // the server may run as another user
		return err
	}
	s, err := localpg.Start(ctx, localpg.Config{Dir: filepath.Join(dir, "postgres"), Fast: true, MaxConnections: 300})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Stop()) }()
	if file == "" {
		return run(ctx, s.URL(), command)
	}
	if err := os.WriteFile(file, []byte(s.URL()+"\n"), 0o644); err != nil {
		return err
	}
	defer os.Remove(file)
	<-ctx.Done()
	return nil
}

const roomy = 2 << 30

// memory is a folder that lies in memory, where making a database for each test
// takes a tenth of the time, or "" where there is none with room.
func memory() string {
	const shared = "/dev/shm"
	var at syscall.Statfs_t
	if err := syscall.Statfs(shared, &at); err != nil || at.Bavail*uint64(at.Bsize) < roomy { //nolint:gosec // a size is not below zero
		return ""
	}
	return shared
}

// run passes a request to stop on to the command, and lets it finish.
func run(ctx context.Context, url string, command []string) error {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "TEST_DATABASE_URL="+url)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	return cmd.Run()
}
