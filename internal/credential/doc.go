// Package credential makes work history portable: for each contract that has ended
// and was paid, either side gets a signed statement that verifies without us.
//
// It is a W3C Verifiable Credential 2.0 secured with JOSE, and the same token is an
// Open Badges 3.0 credential. Where the two differ about a header or a claim, it has
// what both allow: no typ, an embedded key, and the registered claims beside the
// credential's own. It is made from the record each time somebody asks for it, and
// nothing in it can be called back: there is no status to ask, and no decision about
// anybody that would change what happened.
package credential
