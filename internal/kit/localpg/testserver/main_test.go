package main

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
)

const asMain = "TESTSERVER_TEST_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asMain) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func TestACommandHasAServerAndItsExitCodeIsPassedOn(t *testing.T) {
	t.Parallel()
	tmp, err := os.MkdirTemp("", "testserver-test-") //nolint:usetesting // the server's user may not enter t.TempDir
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(tmp) })
	if err := os.Chmod(tmp, 0o711); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "--", "sh", "-c", `echo "$TEST_DATABASE_URL"; exit 7`)
	cmd.Env = append(os.Environ(), asMain+"=1", "TMPDIR="+tmp)
	out, err := cmd.Output()
	var ended *exec.ExitError
	if !errors.As(err, &ended) || ended.ExitCode() != 7 {
		t.Errorf("ended with %v, want exit code 7", err)
	}
	if !strings.HasPrefix(string(out), "postgres://") {
		t.Errorf("the command was given %q", out)
	}
	if left, _ := os.ReadDir(tmp); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
