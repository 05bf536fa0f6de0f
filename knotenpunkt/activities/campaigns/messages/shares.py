"""The mail that tells a share: what was ordered, what there is for you, why, and where it is."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.messages.asking import closing, ways_of
from knotenpunkt.activities.campaigns.messages.orders import Letter, greeting, one_line
from knotenpunkt.activities.campaigns.models import Campaign, Line, Order, Station
from knotenpunkt.activities.campaigns.wording.sharing import explained
from knotenpunkt.foundation.networks.models import Network

# Each recipient fills these places; only the text itself makes buttons.
LINK = "link"
WITHOUT_LINK = "{greeting}\n\n{beginning}\n\n{lines}\n\n{where}\n\n{back}\n\n{closing}"


def with_link() -> str:
    """The same text with the way to the personal page."""
    label = _("Look at my order")
    button = f"[{label}]({{{LINK}}})"
    return WITHOUT_LINK.replace("{back}", f"{button}\n\n{{back}}")


def subject(order: Order) -> str:
    """One line, the same for all."""
    return one_line(_("Your material for “%(campaign)s”") % {"campaign": order.campaign.title})[
        :200
    ]


def values(network: Network, order: Order, lines: Sequence[Line]) -> dict[str, str]:
    """What fills the places for one order."""
    return {
        "greeting": greeting(order),
        "beginning": _beginning(order),
        "lines": "\n".join(f"- {one_line(explained(line))}" for line in lines),
        "where": where(order.station) if any(line.granted for line in lines) else "",
        "back": _give_back(network, order.campaign) if any(line.granted for line in lines) else "",
        "closing": closing(network, order.campaign),
    }


def share_letter(network: Network, order: Order, lines: Sequence[Line], link: str = "") -> Letter:
    """The whole mail, as one recipient reads it."""
    filled = values(network, order, lines) | {LINK: link}
    text = with_link() if link else WITHOUT_LINK
    for place, value in filled.items():
        text = text.replace(f"{{{place}}}", value)
    parts = [part for part in text.split("\n\n") if part.strip()]
    return Letter(subject(order), "\n\n".join(parts))


def _beginning(order: Order) -> str:
    told = {"number": order.number, "campaign": one_line(order.campaign.title)}
    if order.told_at is not None:
        return _("good news about your order no. %(number)d for “%(campaign)s”. This is what there "
                 "is for you now:") % told  # fmt: skip
    return _("thank you for your order no. %(number)d for “%(campaign)s”. This is what there is "
             "for you:") % told  # fmt: skip


def where(station: Station | None) -> str:
    """Where and when it can be fetched, or that it is brought."""
    if station is None:
        return _("We write to you in time where and when you can fetch it.")
    if station.is_round:
        return " ".join(filter(None, (_("We bring it to you."), station.hours)))
    told = ", ".join(filter(None, (station.name, _address(station))))
    fetch = _("You fetch it here: %(where)s.") % {"where": one_line(told)}
    return "\n".join(filter(None, (fetch, station.hours)))


def _address(station: Station) -> str:
    return station.place.address_line if station.place else ""


def _give_back(network: Network, campaign: Campaign) -> str:
    ways = " · ".join(ways_of(network, campaign))
    if not ways:
        return _("You do not need all of it after all? Please tell us, then somebody else gets it.")
    return _("You do not need all of it after all? Then please call or write to us, so that "
             "somebody else gets it: %(ways)s") % {"ways": ways}  # fmt: skip


def reminder(network: Network, order: Order) -> Letter:
    """What lies ready has not been fetched yet."""
    told = {"number": order.number, "campaign": one_line(order.campaign.title)}
    parts = [
        greeting(order),
        _("your material for “%(campaign)s” (order no. %(number)d) still lies here for you.")
        % told,
        where(order.station),
        _give_back(network, order.campaign),
        closing(network, order.campaign),
    ]
    letter_subject = _("Your material for “%(campaign)s” is still here") % told
    return Letter(letter_subject[:200], "\n\n".join(filter(None, parts)))
