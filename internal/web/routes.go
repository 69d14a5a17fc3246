package web

import (
	"freehold/internal/contract"
	"freehold/internal/kit/say"
	"freehold/internal/web/view"
)

// routes is every page there is. Who may come is said here; what they see and
// may do there is decided by the use cases.
func (s *Server) routes() []route {
	return []route{
		// the market
		{"GET /{$}", s.home, anyone},

		// joining and signing in
		{"GET /sign-up", s.signUpForm, anyone},
		{"POST /sign-up", s.signUp, anyone},
		{"GET /sign-in", s.signInForm, anyone},
		{"POST /sign-in", s.signIn, anyone},
		{"POST /sign-out", s.signOut, signedIn},
		{"GET /confirm/{secret}", s.confirmForm, anyone},
		{"POST /confirm/{secret}", s.confirm, anyone},
		{"GET /reset", s.askResetForm, anyone},
		{"POST /reset", s.askReset, anyone},
		{"GET /reset/{secret}", s.resetForm, anyone},
		{"POST /reset/{secret}", s.reset, anyone},

		// settings
		{"POST /language", s.chooseLanguage, anyone},
		{"GET /settings", s.settings, signedIn},
		{"POST /settings", s.changeSettings, signedIn},
		{"POST /settings/confirmation", s.sendConfirmation, signedIn},
		{"GET /settings/password", s.passwordForm, signedIn},
		{"POST /settings/password", s.changePassword, signedIn},
		{"GET /settings/sessions", s.sessions, signedIn},
		{"POST /settings/sessions/{id}/end", s.endSession, signedIn},
		{"GET /settings/mail", s.mailSettings, signedIn},
		{"POST /settings/mail", s.changeMailSettings, signedIn},

		// what has happened
		{"GET /notices", s.notices, signedIn},
		{"GET /notices/{id}", s.openNotice, signedIn},
		{"POST /notices/read", s.readNotices, signedIn},
		{"GET /unsubscribe/{secret}", s.unsubscribeForm, anyone},
		{"POST /unsubscribe/{secret}", s.unsubscribe, anyone},

		// money
		{"GET /wallet", s.wallet, signedIn},
		{"GET /wallet/add", s.addMoneyForm, signedIn},
		{"POST /wallet/add", s.addMoney, signedIn},
		{"GET /wallet/withdraw", s.withdrawMoneyForm, signedIn},
		{"POST /wallet/withdraw", s.withdrawMoney, signedIn},

		// about this market
		{"GET /how-it-works", s.howItWorks, anyone},
		{"GET /how-it-ends", s.howItEnds, anyone},
		{"GET /standing", s.howStandingIsCounted, anyone},
		{"GET /fees", s.fees, anyone},
		{"GET /floors", s.floors, anyone},
		{"GET /promises", s.promises, anyone},
		{"GET /verify", s.verifyForm, anyone},
		{"POST /verify", s.verify, anyone},
		{"GET /verify/seal.pem", s.sealOf, anyone},
		{"GET /design", s.design, anyone},
		{"POST /theme", s.chooseTheme, anyone},
		{"GET /talk", s.talkForm, anyone},
		{"POST /talk", s.talk, anyone},

		// staff
		{"GET /staff", s.staffStart, staff},
		{"GET /staff/disputes", s.showDesk, staff},
		{"GET /staff/terms", s.termsForm, staff},
		{"POST /staff/terms", s.changeTerms, staff},
		{"GET /staff/{change}", s.changeForm, staff},
		{"POST /staff/{change}", s.change, staff},

		// a demonstration market
		{"GET /demo", onlyDemo(s.demo), anyone},
		{"POST /demo/sign-in", onlyDemo(s.demoSignIn), anyone},
		{"GET /demo/mail", onlyDemo(s.demoMail), anyone},
		{"GET /demo/mail/{id}", onlyDemo(s.demoLetter), anyone},
		{"GET /demo/mail/{id}/letter", onlyDemo(s.demoLetterHTML), anyone},
		{"POST /demo/clock", onlyDemo(s.moveClock), anyone},
		{downloads, s.download, anyone},

		// finding work
		{"GET /posts", s.searchPosts, anyone},
		{"GET /feed", s.feed, signedIn},
		{"GET /my/invitations", s.myInvitations, signedIn},
		{"POST /posts/{id}/decline-invitation", s.declineInvitation, signedIn},

		// posting work
		{"GET /posts/new", s.newPost, signedIn},
		{"POST /posts/new", s.createPost, signedIn},
		{"GET /posts/costs", s.postCosts, anyone},
		{"GET /my/posts", s.myPosts, signedIn},
		{"GET /posts/{id}", s.showPost, anyone},
		{"GET /posts/{id}/edit", s.editPostForm, signedIn},
		{"POST /posts/{id}/edit", s.editPost, signedIn},
		{"POST /posts/{id}/publish", s.publishPost, signedIn},
		{"GET /posts/{id}/close", s.closeForm, signedIn},
		{"POST /posts/{id}/close", s.closePost, signedIn},

		// proposing, and being answered
		{"GET /posts/{id}/propose", s.newProposal, signedIn},
		{"POST /posts/{id}/propose", s.propose, signedIn},
		{"GET /my/proposals", s.myProposals, signedIn},
		{"GET /proposals/{id}", s.showProposal, signedIn},
		{"GET /proposals/{id}/edit", s.editProposalForm, signedIn},
		{"POST /proposals/{id}/edit", s.editProposal, signedIn},
		{"POST /proposals/{id}/withdraw", s.onProposal(say.That("Withdrawn. Your place in the quota is free again."), s.withdrawProposal), signedIn},
		{"GET /posts/{id}/proposals", s.proposals, signedIn},
		{"POST /posts/{id}/decline", s.declineMany, signedIn},
		{"POST /proposals/{id}/decline", s.declineProposal, signedIn},
		{"POST /proposals/{id}/shortlist", s.onProposal(say.That("On your shortlist. They know."), s.shortlist), signedIn},
		{"POST /proposals/{id}/unshortlist", s.onProposal(say.That("Off your shortlist. You still owe an answer."), s.unshortlist), signedIn},

		// people
		{"GET /people/{id}", s.showPerson, anyone},
		{"GET /people/{id}/reviews", s.reviewsOf, anyone},
		{"GET /people/{id}/standing", s.showStanding, anyone},
		{"GET /people/{id}/standing.json", s.standingFacts, anyone},
		{"GET /people/{id}/invite", s.inviteForm, signedIn},
		{"POST /people/{id}/invite", s.sendInvitation, signedIn},
		{"GET /portraits/{name}", s.portrait, anyone},
		{"GET /portraits/{name}/small", s.smallPortrait, anyone},
		{"GET /my/portrait", s.portraitForm, signedIn},
		{"POST /my/portrait", s.setPortrait, signedIn},
		{"POST /my/portrait/remove", s.removePortrait, signedIn},
		{"GET /my/profile", s.myProfile, signedIn},
		{"POST /my/profile", s.saveProfile, signedIn},
		{"GET /my/client-profile", s.clientProfile, signedIn},
		{"POST /my/client-profile", s.saveClientProfile, signedIn},
		{"GET /my/portfolio/new", s.newPiece, signedIn},
		{"POST /my/portfolio/new", s.addPiece, signedIn},
		{"GET /my/portfolio/{id}", s.editPieceForm, signedIn},
		{"POST /my/portfolio/{id}", s.editPiece, signedIn},
		{"POST /my/portfolio/{id}/remove", s.removePiece, signedIn},
		{"GET /my/employments/new", s.newEmployment, signedIn},
		{"POST /my/employments/new", s.addEmployment, signedIn},
		{"POST /my/employments/{id}/remove", s.removeEmployment, signedIn},

		// from offer to payment
		{"GET /proposals/{id}/offer", s.newOffer, signedIn},
		{"POST /proposals/{id}/offer", s.makeOffer, signedIn},
		{"GET /offers/{id}", s.showOffer, signedIn},
		{"POST /offers/{id}/sign", s.onOffer(s.sign), signedIn},
		{"GET /offers/{id}/counter", s.newCounter, signedIn},
		{"POST /offers/{id}/counter", s.counter, signedIn},
		{"POST /offers/{id}/decline", s.onOffer(s.decline), signedIn},
		{"POST /offers/{id}/withdraw", s.onOffer(s.withdraw), signedIn},
		{"GET /my/contracts", s.myContracts, signedIn},
		{"GET /contracts/{id}", s.showContract, signedIn},
		{"GET /contracts/{id}/signed", s.showSigned, signedIn},
		{papers, s.paper, signedIn},
		{"POST /contracts/{id}/fund", s.fundContract, signedIn},
		{"POST /contracts/{id}/leave", s.leaveContract, signedIn},
		{"GET /contracts/{id}/amend", s.newAmendment, signedIn},
		{"POST /contracts/{id}/amend", s.proposeAmendment, signedIn},
		{"GET /amendments/{id}", s.showAmendment, signedIn},
		{"POST /amendments/{id}/sign", s.onAmendment(s.signAmendment), signedIn},
		{"POST /amendments/{id}/decline", s.onAmendment(s.declineAmendment), signedIn},
		{"POST /amendments/{id}/withdraw", s.onAmendment(s.withdrawAmendment), signedIn},
		{"GET /contracts/{id}/absence", s.contractForm(view.AbsencePage), signedIn},
		{"POST /contracts/{id}/absence", s.declareAbsence, signedIn},
		{"GET /contracts/{id}/bonus", s.contractForm(view.BonusPage), signedIn},
		{"POST /contracts/{id}/bonus", s.giveExtra(view.BonusPage, contract.GiveBonus, say.That("The bonus is paid.")), signedIn},
		{"GET /contracts/{id}/refund", s.contractForm(view.RefundPage), signedIn},
		{"POST /contracts/{id}/refund", s.giveExtra(view.RefundPage, contract.Refund, say.That("The money is back with your client.")), signedIn},
		{"GET /contracts/{id}/review", s.showReview, signedIn},
		{"POST /contracts/{id}/review", s.reviewing(say.That("Your review is in. Nobody can read it before theirs is in, too, or the time is over."), s.writeReview), signedIn},
		{"POST /contracts/{id}/review/response", s.reviewing(say.That("Your response stands beside the review now."), s.respondReview), signedIn},
		{"GET /contracts/{id}/end", s.endContractForm, signedIn},
		{"POST /contracts/{id}/end", s.endContract, signedIn},
		{"POST /contracts/{id}/end/agreement", s.agreeToEnd, signedIn},
		{"GET /contracts/{id}/milestones/{milestone}/share", s.ask(view.SharePage), signedIn},
		{"POST /contracts/{id}/milestones/{milestone}/share", s.act(view.SharePage, say.That("They read now what you say is done."), s.nameShare), signedIn},
		{"GET /contracts/{id}/milestones/{milestone}/dispute", s.newDispute, signedIn},
		{"POST /contracts/{id}/milestones/{milestone}/dispute", s.openDispute, signedIn},
		{"GET /disputes", s.showDisputes, anyone},
		{"GET /disputes/{id}", s.showDispute, signedIn},
		{"POST /disputes/{id}/split", s.onDispute(s.nameSplit), signedIn},
		{"POST /disputes/{id}/evidence", s.onDispute(s.bringEvidence), signedIn},
		{"POST /disputes/{id}/review", s.onDispute(s.askReview), signedIn},
		{"POST /disputes/{id}/decision", s.onDispute(s.decideDispute), signedIn},
		{"POST /disputes/{id}/vote", s.onDispute(s.castVote), signedIn},
		{"GET /contracts/{id}/milestones/{milestone}/submission", s.ask(view.SubmitPage), signedIn},
		{"POST /contracts/{id}/milestones/{milestone}/submission", s.act(view.SubmitPage, say.That("Your work is submitted. It is the client’s turn now."), s.submit), signedIn},
		{"GET /contracts/{id}/milestones/{milestone}/approval", s.ask(view.ApprovePage), signedIn},
		{"POST /contracts/{id}/milestones/{milestone}/approval", s.act(view.ApprovePage, say.That("Approved and paid."), s.approve), signedIn},
		{"GET /contracts/{id}/milestones/{milestone}/changes", s.ask(view.ChangesPage), signedIn},
		{"POST /contracts/{id}/milestones/{milestone}/changes", s.act(view.ChangesPage, say.That("They know what is missing. It is the freelancer’s turn now."), s.askChanges), signedIn},
		{"GET /contracts/{id}/milestones/{milestone}/take-back", s.ask(view.TakeBackPage), signedIn},
		{"POST /contracts/{id}/milestones/{milestone}/take-back", s.act(view.TakeBackPage, say.That("The money is back in your wallet."), s.takeBack), signedIn},

		// talking
		{"GET /conversations", s.conversations, signedIn},
		{"GET /conversations/{id}", s.showConversation, signedIn},
		{"POST /conversations/{id}", s.sendMessage, signedIn},
		{"GET /proposals/{id}/conversation", s.openConversation, signedIn},
	}
}
