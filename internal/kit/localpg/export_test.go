package localpg

var (
	Newest       = newest
	Candidates   = candidates
	Unprivileged = unprivileged
)
