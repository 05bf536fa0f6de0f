"""What partners are told about their join-ins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.messages.asking import closing
from knotenpunkt.activities.campaigns.models import Campaign, JoinIn
from knotenpunkt.activities.mailings.merging import salutation
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.networks.addresses import whole_address
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.registers.partners.models import Contact


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in a mail."""

    subject: str
    text: str


def in_german(write: Callable[..., Letter]) -> Callable[..., Letter]:
    """Partners are written to in German, whatever language the desk is read in."""

    @wraps(write)
    def written(*args: object) -> Letter:
        with translation.override(settings.LANGUAGE_CODE):
            return write(*args)

    return written


@in_german
def approved(join_in: JoinIn, answer: str) -> Letter:
    """It is shown from now on: where, and that there is a poster."""
    parts = [
        _greeting(join_in.contact),
        _("thank you for joining in! From now on everybody finds “%(title)s” on the page of "
          "“%(campaign)s”.") % _told(join_in),
        answer.strip(),
        _button(_("Look at my action"), page_address(join_in)),
        _("There you also find a poster to print, with a code that leads to your action."),
        _closing(join_in.campaign),
    ]  # fmt: skip
    subject = _("“%(title)s” is shown now") % _told(join_in)
    return _letter(subject, parts)


@in_german
def taken_over(join_in: JoinIn, answer: str) -> Letter:
    """What they changed in what was shown already is shown from now on."""
    parts = [
        _greeting(join_in.contact),
        _("thank you for your change to “%(title)s”. It is published now.") % _told(join_in),
        answer.strip(),
        _button(_("Look at my action"), page_address(join_in)),
        _("Did you print the poster? Please print it anew if something on it has changed."),
        _closing(join_in.campaign),
    ]
    return _letter(_("Your change to “%(title)s” is shown now") % _told(join_in), parts)


@in_german
def asked(join_in: JoinIn, question: str, link: str) -> Letter:
    """Something is to be clarified before it can be shown; `link` is that of the personal page."""
    parts = [
        _greeting(join_in.contact),
        _("thank you for “%(title)s”! Before we show it, we have a question:") % _told(join_in),
        question.strip(),
        _("You can change your action on your page, or simply answer this mail."),
        _button(_("Open my page"), link) if link else "",
        _closing(join_in.campaign),
    ]
    return _letter(_("A question about “%(title)s”") % _told(join_in), parts)


@in_german
def refused(join_in: JoinIn, answer: str) -> Letter:
    """It is not shown, and why; or a change is not taken over."""
    told = (
        _("thank you for your change to “%(title)s”. We have not taken it over; what was shown so "
          "far stays.")
        if join_in.replaces_id
        else _("thank you for “%(title)s”. We do not show it on the page of “%(campaign)s”.")
    )  # fmt: skip
    parts = [_greeting(join_in.contact), told % _told(join_in), answer.strip()]
    parts.append(_closing(join_in.campaign))
    return _letter(_("Your action “%(title)s”") % _told(join_in), parts)


def outside(campaign: Campaign) -> str:
    """Why a day does not fit, said kindly."""
    return _("The campaign runs from %(first)s to %(last)s. Please choose a day in that time, or "
             "call us.") % {
        "first": spoken.full_date(campaign.starts_on),
        "last": spoken.full_date(campaign.ends_on),
    }  # fmt: skip


def why() -> str:
    """Stands below each of these mails, in German like them."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("You get this e-mail because you have reported an action to us.")


def page_address(join_in: JoinIn) -> str:
    """The whole address of its public page; a change has that of what it replaces."""
    return whole_address(
        current_network(), "campaigns:join_in", slug=join_in.campaign.slug,
        join_in_id=join_in.replaces_id or join_in.pk,
    )  # fmt: skip


def _letter(subject: str, parts: list[str]) -> Letter:
    return Letter(_one_line(subject)[:200], "\n\n".join(filter(None, parts)))


def _told(join_in: JoinIn) -> dict[str, str]:
    return {"title": _one_line(join_in.title), "campaign": _one_line(join_in.campaign.title)}


def _one_line(text: str) -> str:
    """What partners wrote makes no paragraph, and so no button, of its own."""
    return " ".join(text.split())


def _button(label: str, url: str) -> str:
    return f"[{label}]({url})"


def _greeting(contact: Contact | None) -> str:
    return _one_line(salutation(contact)) if contact else _("Good day,")


def _closing(campaign: Campaign) -> str:
    return closing(current_network(), campaign)
