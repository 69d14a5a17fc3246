// Package file keeps what people upload: the bytes in the blob store, the facts
// about them in the database.
//
//	loose ──attach──▶ attached to one thing
//	  │   ◀──detach──
//	  └─a day─▶ swept
//
// Whoever may see the thing may see its files: that is for the thing's own
// package to say. This one promises, and holds itself to:
//
//  1. A file is attached by the one who uploaded it, and to one thing only.
//     (Attach changes no row that is not loose and theirs)
//  2. A file is what its first bytes say it is, whatever it was called; a
//     program is not passed on. (Save; type.go)
//  3. Every row has its bytes. (bytes are written before their row and deleted
//     after it, and no two rows share them)
package file
