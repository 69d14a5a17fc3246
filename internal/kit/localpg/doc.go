// Package localpg runs a private PostgreSQL for this program alone, from the
// binaries that are on the machine.
//
//	folder/lock    held while a program uses the folder; names its process
//	folder/data    the cluster, and the socket it listens on
//
// What it promises:
//
//   - Nobody else reaches the server. It listens on a unix socket in a folder
//     that only its user may enter, and on no network address.
//   - What is committed is kept, through a kill -9 of this program, of the
//     server, or of both: unless Fast was asked for.
//   - One program at a time: a second one on the same folder is refused.
//   - The server never runs as root. Started by root it runs as the owner of
//     the cluster, who is postgres or else nobody when the cluster is new.
//   - A server that dies is started again for as long as the program lives.
//
// A killed program leaves its server running; the next Start on the folder
// stops that one first. A parent-death signal would not replace this: Linux
// alone has it, and it fires when the thread that forked ends, not the
// program. One way that works everywhere, and is tested, beats two.
package localpg
