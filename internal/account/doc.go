// Package account is who people are: how they join, sign in and are known to
// everybody else.
//
//	joined ──follow the link we mailed──▶ confirmed
//	imported ──staff mail a link, follow it──▶ confirmed, with a password
//	session: open ──30 days unused, signed out, ended, password reset──▶ over
//
// A person is a client, a freelancer, or both, and may become the other later.
// Staff hold roles on top of that.
//
// What it promises, and what holds it to that:
//
//  1. Nobody learns from us who has an account. Signing in, signing up and asking
//     for a new password answer the same, and do the same work, whether the
//     address is known or not. (SignIn, SignUp, AskReset)
//  2. What we keep opens no door: passwords as argon2id, the secrets of sessions
//     and links as SHA-256.
//  3. Once a password is reset, whoever was signed in is not any more. (ResetPassword)
//  4. Who gave whom which role, and when, is on record. (account.grants is append-only)
//  5. Joining is never silently refused: there is a sentence, or there is a mail.
package account
