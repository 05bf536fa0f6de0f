"""The mails of upkeep: plain words, what is stored, one button."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.models import Contact, Organisation

MOST_OFFERS = 8


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in a mail."""

    subject: str
    text: str


def inquiry(
    network: Network,
    contact: Contact,
    organisations: Sequence[Organisation],
    offers: Sequence[Offer],
    *,
    link: str,
    until: date,
    reminder: int = 0,
) -> Letter:
    """ "Stimmt das noch?": the first mail, and its two reminders."""
    parts = [
        greeting(contact),
        _beginning(network, reminder),
        "\n".join(f"- {line}" for line in stored(organisations, offers)),
        _("Please look at it. If everything is right, one click is enough. If something has "
          "changed, you can write it there at once. You need no account and no password."),
        button(_("Look at it and confirm"), link),
        _("The link is meant for you alone: please do not pass it on. It opens until %(day)s.")
        % {"day": spoken.full_date(until)},
        _("Somebody else is responsible? Tell us on the same page, and we write to them."),
        closing(network),
    ]  # fmt: skip
    return Letter(_subject(network, reminder), "\n\n".join(parts))


def _subject(network: Network, reminder: int) -> str:
    if reminder == 0:
        return _("Is this still true? Your entries with %(network)s") % {"network": network.name}
    if reminder == 1:
        return _("A short reminder: is this still true?")
    return _("Please confirm your entries with %(network)s") % {"network": network.name}


def _beginning(network: Network, reminder: int) -> str:
    told = {"network": network.name}
    if reminder == 0:
        return _("families and colleagues find you in “%(network)s”. So that nobody stands in "
                 "front of a closed door, we ask once in a while whether everything is still "
                 "true. This is what we have stored:") % told  # fmt: skip
    if reminder == 1:
        return _("a few days ago we asked you whether your entries in “%(network)s” are still "
                 "true. Perhaps the mail went under. This is what it is about:") % told  # fmt: skip
    return _("we still do not know whether your entries in “%(network)s” are true. This is our "
             "last mail; after that somebody of us calls you. It is about:") % told  # fmt: skip


def stored(organisations: Sequence[Organisation], offers: Sequence[Offer]) -> Iterator[str]:
    """What is stored, one line each."""
    for one in organisations:
        place = one.place.address_line if one.place else ""
        yield one_line(", ".join(filter(None, (one.name, place))))
    for offer in offers[:MOST_OFFERS]:
        yield one_line(_("Offer: %(title)s") % {"title": offer.title})
    if (more := len(offers) - MOST_OFFERS) > 0:
        yield ngettext("and %(n)d more offer", "and %(n)d more offers", more) % {"n": more}


def one_line(text: str) -> str:
    """What partners wrote makes no paragraph, and so no button, of its own."""
    return " ".join(text.split())


def button(label: str, link: str) -> str:
    """The one thing to do, as tools.mail writes it."""
    return f"[{label}]({link})"


def greeting(contact: Contact | None) -> str:
    """ "Guten Tag, Frau Dr. Beispiel,"; an office is greeted without a name."""
    person = contact.person if contact else None
    if person is not None:
        words = (person.salutation, person.title, person.family_name)
        name = " ".join(filter(None, words)) if person.salutation else person.full_name
    else:
        name = contact.name if contact else ""
    return _("Good day, %(name)s,") % {"name": one_line(name)} if name else _("Good day,")


def closing(network: Network) -> str:
    """Who writes, and how they are reached."""
    lines = [_("Kind regards"), network.contact_name, network.name, network.contact_phone]
    return "\n".join(filter(None, lines))


def link_again(network: Network, contact: Contact, link: str, until: date) -> Letter:
    """Somebody asked for a new link, because the former one is over."""
    parts = [
        greeting(contact),
        _("here is your new link to your page with “%(network)s”.") % {"network": network.name},
        button(_("Open my page"), link),
        _("The link is meant for you alone: please do not pass it on. It opens until %(day)s.")
        % {"day": spoken.full_date(until)},
        _("You did not ask for it? Then you need not do anything."),
        closing(network),
    ]
    return Letter(_("Your new link to %(network)s") % {"network": network.name}, "\n\n".join(parts))


def leaving(
    network: Network, contact: Contact, offers: Sequence[Offer], *, link: str, day: date
) -> Letter:
    """These offers will no longer be found from that day on."""
    listed = "\n".join(f"- {one_line(offer.title)}" for offer in offers)
    parts = [
        greeting(contact),
        ngettext(
            "for a long time nobody has told us whether this offer still exists. From %(day)s on "
            "families will no longer find it in “%(network)s”:",
            "for a long time nobody has told us whether these offers still exist. From %(day)s on "
            "families will no longer find them in “%(network)s”:",
            len(offers),
        )
        % {"day": spoken.full_date(day), "network": network.name},
        listed,
        _("One click is enough, and it stays. Also later one click brings it back."),
        button(_("Look at it and confirm"), link),
        closing(network),
    ]
    return Letter(_("Your offer will soon no longer be found"), "\n\n".join(parts))


def decided(
    network: Network, contact: Contact | None, title: str, *, outcome: str, answer: str
) -> Letter:
    """What became of a change that somebody proposed."""
    told = {
        "accepted": _("thank you for your change to “%(title)s”. It is published now."),
        "partly": _("thank you for your change to “%(title)s”. We have taken over a part of it."),
        "refused": _("thank you for your change to “%(title)s”. We have not taken it over."),
    }[outcome]
    parts = [greeting(contact), told % {"title": one_line(title)}, answer, closing(network)]
    subject = _("Your change to “%(title)s”") % {"title": one_line(title)[:80]}
    return Letter(subject, "\n\n".join(filter(None, parts)))
