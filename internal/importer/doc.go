// Package importer brings job posts from elsewhere in, as posts of clients who
// can claim them later.
//
// A file has one post a line, each a JSON object. It is read as a stream and
// taken in batch by batch. A row that cannot be taken is reported with its line
// and the reason, and holds up none of the others.
//
// What it promises, and what holds it to that:
//
//  1. Importing a file twice, or twice at once, is importing it once: a post is
//     known by its source. (unique jobpost.posts.source)
//  2. Nothing in a file can stop an import: not broken JSON, not bytes that are
//     no text, not a line without end. (lines; parse)
//  3. What could not be used of a post is counted. (Report)
package importer
