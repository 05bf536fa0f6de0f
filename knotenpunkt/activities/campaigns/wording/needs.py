"""What a campaign needs, in words, with the page where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from knotenpunkt.activities.campaigns.rules.needs import Need, Needed
from knotenpunkt.foundation.core.spoken import number


@dataclass(frozen=True, slots=True)
class ToldNeed:
    """One thing to do, as it is shown. `title` says what; `about` is the campaign."""

    title: str
    text: str
    action: str
    url: str
    about: str
    until: date
    count: int


# The page on which each is done.
PAGES = {
    Need.RELEASE: "campaigns:letters",
    Need.LATE: "campaigns:orders",
    Need.JOIN_INS: "campaigns:join_ins",
    Need.SHARE: "campaigns:sharing",
    Need.INVITE: "campaigns:letters",
    Need.REMIND: "campaigns:letters",
    Need.HAND_OVER: "campaigns:handing_over",
    Need.PREPARE: "campaigns:setup",
    Need.END: "campaigns:end",
    Need.THANK: "campaigns:ending",
    Need.LEARN: "campaigns:ending",
}


def told_need(one: Needed) -> ToldNeed:
    """The words for a need."""
    title, text, action = _words(one)
    return ToldNeed(
        title=title,
        text=text,
        action=action,
        url=reverse(PAGES[one.need], args=[one.campaign.pk]),
        about=one.campaign.title,
        until=one.until,
        count=one.count,
    )


def _words(one: Needed) -> tuple[str, str, str]:
    n = one.count
    told = {"n": number(n)}
    match one.need:
        case Need.RELEASE:
            return (
                ngettext("%(n)s circular waits for release", "%(n)s circulars wait for release", n)
                % told,
                _("A second person reads it and releases it."),
                pgettext("circular", "Read and release"),
            )
        case Need.LATE:
            return (
                ngettext("%(n)s order came late", "%(n)s orders came late", n) % told,
                _("Do you still take it? Whoever ordered is told what you decide."),
                _("Decide"),
            )
        case Need.JOIN_INS:
            return (
                ngettext("%(n)s join-in waits", "%(n)s join-ins wait", n) % told,
                _("Everybody sees them once you release them."),
                pgettext("join-in", "Look at them"),
            )
        case Need.SHARE:
            return (
                ngettext("Share %(n)s material", "Share %(n)s materials", n) % told,
                _("The deadline has passed. A proposal is ready; you can change it."),
                _("Look at the proposal"),
            )
        case Need.INVITE:
            return (
                _("Invite the partners"),
                _("The text is drafted. You see it as each partner gets it, before it goes out."),
                _("Read the invitation"),
            )
        case Need.REMIND:
            return (
                ngettext("Remind %(n)s partner", "Remind %(n)s partners", n) % told,
                _("They have neither ordered nor reported anything, and the deadline is near."),
                _("Read the reminder"),
            )
        case Need.HAND_OVER:
            return (
                ngettext("%(n)s order is not fetched yet", "%(n)s orders are not fetched yet", n)
                % told,
                _("Packs are given out."),
                _("To handing over"),
            )
        case Need.PREPARE:
            return (
                _("Finish the preparation"),
                _("You can go on where you stopped. Nobody outside sees anything yet."),
                pgettext("campaign", "Go on preparing"),
            )
        case Need.END:
            return (
                _("End the campaign"),
                _("Its period is over. You see what ending means before you do it."),
                _("See what it means"),
            )
        case Need.THANK:
            return (
                ngettext("Thank %(n)s organisation", "Thank %(n)s organisations", n) % told,
                _("Each is told what it did. The text is drafted."),
                _("Prepare the thanks"),
            )
        case Need.LEARN:
            return (
                _("Write down what you learned"),
                _("Two sentences are enough. You read them when you prepare the next campaign."),
                _("Write it down"),
            )
