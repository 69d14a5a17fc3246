package likeness

import (
	"encoding/binary"
	"hash/fnv"
)

// How texts are found that could be alike, among very many: each is cut into
// bands, and two that share none are, but for two in a hundred thousand, not alike
// by Alike. 36 bands of 6 smallest hashes find 1 - (1 - 0.8⁶)³⁶ of those that are,
// and one in 28,000 of those that are alike by a tenth.
const (
	bands = 36
	rows  = 6
)

// Alike is how alike two texts are of which one is a copy of the other, as far as
// we refuse copies.
const Alike = 0.8

// Bands are numbers of which two texts that are alike by Alike or more share at
// least one. They are the same in every version and on every machine. An empty
// print has none.
func (p Print) Bands() []int64 {
	if len(p) == 0 {
		return nil
	}
	out := make([]int64, bands)
	for b := range bands {
		h := fnv.New64a()
		for r := range rows {
			seed := mix(uint64(b*rows + r + 1))
			least := ^uint64(0)
			for _, run := range p {
				least = min(least, mix(run^seed))
			}
			h.Write(binary.BigEndian.AppendUint64(nil, least))
		}
		h.Write([]byte{byte(b)})
		out[b] = int64(h.Sum64()) //nolint:gosec // a name, not a number
	}
	return out
}

// mix scatters the bits of x (the finalizer of MurmurHash3).
func mix(x uint64) uint64 {
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

// Stored are the runs of p as a database keeps them.
func (p Print) Stored() []int64 {
	out := make([]int64, len(p))
	for i, run := range p {
		out[i] = int64(run) //nolint:gosec // a name, not a number
	}
	return out
}

// Read is the print that was Stored.
func Read(stored []int64) Print {
	p := make(Print, len(stored))
	for i, run := range stored {
		p[i] = uint64(run) //nolint:gosec // a name, not a number
	}
	return p
}
