package contract

import (
	"time"

	"freehold/internal/kit/money"
)

// calendar writes what is agreed on work that is paid by the calendar, in the
// place of milestones, and the clauses that follow from it.
func (d deed) calendar(line writer, k Calendar) {
	first, _ := time.Parse(dateOnly, k.Starts) // checked when the terms were
	price, begins, most := k.price(), first.Format("Monday, 2 January 2006"), ""
	if k.Every == Weekly {
		most = "at most "
		line("2. THE WEEKS")
		line("")
		line("2.1 Work is paid by the hour, at %s for an hour, for at most %s a week and for %s. A week runs from Monday to Sunday in the time zone %s. The first one begins on %s.",
			k.Rate, count(k.Hours, "hour", "hours"), count(k.Count, "week", "weeks"), k.Zone, begins)
		line("2.2 Every hour is logged, with a note of what was done in it. Hours that were typed in or changed are marked as such.")
	} else {
		line("2. THE MONTHS")
		line("")
		line("2.1 Work is paid by the month, at %s for a month of about %s, for %s. Days begin in the time zone %s. The first month begins on %s, and each one on the same day of the month.",
			k.Rate, count(k.Hours, "hour", "hours"), count(k.Count, "month", "months"), k.Zone, begins)
		line("2.2 What is done in a month is what section 1 says.")
	}
	line("2.3 A %s costs %s%s. With the market's fee of %s the client pays %s%s. The freelancer receives %s%s.",
		k.Every, most, price, d.clientFee(price), most, price.Add(d.clientFee(price)), most, price.Sub(d.freelancerFee(price)))
	line("2.4 Where this contract, an amendment or the market's lifecycles speak of a milestone, each %s is one.", k.Every)
	line("")
	d.calendarSums(line)
	line("")
	d.calendarMoney(line, k)
	line("")
	d.calendarJudged(line, k)
	line("")
	d.calendarEnd(line, k)
}

func (d deed) calendarSums(line writer) {
	total := d.Terms.Total()
	cost, net := money.Zero(total.Currency), money.Zero(total.Currency)
	for _, m := range d.Terms.Milestones {
		cost = cost.Add(m.Price).Add(d.clientFee(m.Price))
		net = net.Add(m.Price).Sub(d.freelancerFee(m.Price))
	}
	line("All together at most: %s. The client pays at most %s. The freelancer receives at most %s.", total, cost, net)
}

func (d deed) calendarMoney(line writer, k Calendar) {
	t, r := d.Terms, d.Rules
	work, secured, leftOver := "hours are worked in a week before the money for all hours that it may have", "the four weeks after it", "what earlier weeks left over and "
	if k.Every == Monthly {
		work, secured, leftOver = "work is done for a month before its price", "the month after it", ""
	}
	line("3. THE MONEY")
	line("")
	line("3.1 No %s and the market's fee are in escrow in full.", work)
	line("3.2 The client puts the money of the first %[1]s in escrow at the start, and with it an ending fee of %[2]s of the price of %[3]s, which follows the calendar. "+
		"%[4]s before another %[1]s begins it is funded from %[5]sthe client's wallet. If the money is not there nobody works in it, and it is funded as soon as the money comes. "+
		"If nothing is funded any more the contract is starved: nobody has to work, and after %[6]s the freelancer may leave with the ending fee. If nobody does anything, it ends by itself %[7]s later, and the ending fee is the freelancer's.",
		k.Every, percent(t.EndingFee), secured, days(aheadDays), leftOver, days(r.StarvedDays), days(under(r.Lifecycle).Patience))
	d.fees(line)
	if k.Every == Weekly {
		line("3.4 A week is paid to the freelancer in the moment in which its hours are approved. Each minute that is logged is paid by the rate of its week.")
		return
	}
	line("3.4 A month is paid to the freelancer in the moment in which it is over.")
}

func (d deed) calendarJudged(line writer, k Calendar) {
	t, r := d.Terms, d.Rules
	line("4. THE WORK IS HANDED IN AND JUDGED")
	line("")
	what := "lines of a week while it is before them"
	if k.Every == Weekly {
		line("4.1 The hours of a week are handed in at noon on the Monday after it, or before that by the freelancer. Then they stay as they are, and what is left of the money of the week stays in escrow for the next one.")
		line("4.2 From then on the client has %s to approve them, or to dispute single lines. Once in this contract the client may declare an absence of at most %s, in which the time stands still.",
			days(t.AcceptanceDays), days(LongestAbsence))
		line("4.3 If the client does neither in that time, the hours are approved. Silence pays.")
		line("4.4 A week for which no hour was logged is closed without payment.")
	} else {
		what = "a sum of a month until it is over"
		line("4.1 A month is before the client as it passes.")
		line("4.2 Until it is over the client may dispute a sum of it.")
		line("4.3 If the client does not, it is paid at its end. Silence pays.")
		line("4.4 Nothing has to be submitted for it.")
	}
	line("4.5 The rights in the work of a %s follow the money: they %s, and stay with the freelancer until then.", k.Every, r.Rights)
	line("4.6 If the two disagree, the client may dispute %s. "+disputeClause, what)
}

func (d deed) calendarEnd(line writer, k Calendar) {
	t, r := d.Terms, d.Rules
	line("5. THE END")
	line("")
	line("5.1 The contract is complete when all its %ss are over and paid.", k.Every)
	line("5.2 If the client does not fund it within %s after both have signed, it ends, and neither owes the other anything.", days(r.FundDays))
	line("5.3 Either of the two may end it early with %s of notice. It then ends with the %s in which the notice has passed, and until then everything goes on as ever. If the other one agrees, the contract ends at once; the freelancer can agree as soon as the client has judged what came after the client's notice.", days(t.NoticeDays), k.Every)
	begun := "the hours that are logged are paid in full"
	if k.Every == Monthly {
		begun = "a month that has begun is paid by the share of its days that have begun"
	}
	line("5.4 When both end it at once, what was approved or handed in is paid in full, and %s. The rest of the money goes back to the client.", begun)
	line("5.5 The ending fee is the freelancer's if the client does not fund the contract to its end, or to that of a notice that the client gave. Otherwise it goes back to the client: as the last %ss are funded, if the contract ends with notice, and if both end it at once.", k.Every)
}
