// Package export hands people what this market keeps about them and what they
// can read here, to take along: as pages to read, as JSON and CSV for programs,
// with their files and their sealed contracts.
//
// It is there in every state of an account, at once, and nobody is asked. What
// others wrote to somebody is theirs to keep as it is theirs to read: messages,
// letters, terms, reviews once they are revealed. Never in it: anybody's
// password, secret or note to themselves, and what another has not shown them. A
// proposal that its client has not opened yet has no letter here: whoever is read
// is told, and not by way of a copy.
package export
