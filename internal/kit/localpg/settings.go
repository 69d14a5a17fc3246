package localpg

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
)

// name is the superuser and the database of every cluster.
const name = "freehold"

const (
	port       = "5432" // names the socket, nothing else
	socketFile = ".s.PGSQL." + port
	maxSocket  = 103 // bytes in the path of a unix socket, on the strictest system
)

// initdbOptions says how text is stored and sorted. It sorts by code point on
// every machine and version, so that no upgrade of a C library or of ICU leaves
// an index in the wrong order; a query that sorts for people's eyes names its
// collation. Letters are told from other signs by Unicode, not by ASCII.
func initdbOptions(data string, major int, fast bool) []string {
	ctype := "C.UTF-8"
	if runtime.GOOS == "darwin" {
		ctype = "en_US.UTF-8" // not every macOS has C.UTF-8
	}
	o := []string{
		"--pgdata=" + data, "--username=" + name, "--data-checksums", "--no-instructions",
		"--encoding=UTF8", "--locale=C", "--lc-ctype=" + ctype,
		// The socket's folder lets in nobody but the server's user and root.
		"--auth-local=trust", "--auth-host=reject",
	}
	if major >= 17 {
		o = append(o, "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
	}
	if fast {
		o = append(o, "--no-sync")
	}
	return o
}

// settings are those that our promises rest on, and no edit of postgresql.conf
// changes. All others can be tuned there.
func settings(data, socket string, c Config) []string {
	set := []string{
		"listen_addresses=",
		`unix_socket_directories="` + socket + `"`,
		"port=" + port,
		"timezone=UTC",
		"logging_collector=off", // the log is ours to keep
	}
	if c.Fast {
		set = append(set, "fsync=off", "synchronous_commit=off", "full_page_writes=off",
			"wal_level=minimal", "max_wal_senders=0", "max_wal_size=4GB", "checkpoint_timeout=1h",
			"shared_buffers=128MB", "autovacuum=off", "jit=off")
	} else {
		// Whole pages in the log are mostly empty (balances keep room for their next
		// versions): compressed they are a fraction, and commits wait less.
		set = append(set, "fsync=on", "synchronous_commit=on", "full_page_writes=on", "wal_compression=on")
	}
	if c.MaxConnections > 0 {
		set = append(set, "max_connections="+strconv.Itoa(c.MaxConnections))
	}
	args := []string{"-D", data}
	for _, s := range set {
		args = append(args, "-c", s)
	}
	return args
}

// buffers is how many megabytes of a machine's memory PostgreSQL keeps pages in:
// an eighth, since the program and the kernel want theirs, and not less than its
// own default.
func buffers(megabytes int) int { return min(max(megabytes/8, 128), 1024) }

// memory is how many megabytes this machine has; 0 if it does not say.
func memory() int {
	b, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0
	}
	var kilobytes int
	if _, err := fmt.Sscanf(string(b), "MemTotal: %d kB", &kilobytes); err != nil {
		return 0
	}
	return kilobytes / 1024
}
