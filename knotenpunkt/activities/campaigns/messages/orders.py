"""The mails about orders: what was ordered, what becomes of it, until when it can be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from knotenpunkt.activities.campaigns.messages.asking import closing, ways_of
from knotenpunkt.activities.campaigns.models import Campaign, Line, Order, OrderState
from knotenpunkt.activities.campaigns.queries.orders import orderer_of
from knotenpunkt.activities.campaigns.rules.orders import is_late, serves_in_turn
from knotenpunkt.activities.campaigns.wording.counts import packs
from knotenpunkt.activities.campaigns.wording.orders import fate_of, until
from knotenpunkt.activities.mailings.merging import HELLO, salutation
from knotenpunkt.foundation.networks.models import Network

# One to five words of letters, an initial with its dot among them: no address of a web page.
WORD = r"(?:[^\W\d_]+(?:['’-][^\W\d_]+)*\.?)"
NAME = re.compile(rf"{WORD}(?: {WORD}){{0,4}}")
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in a mail."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """An order as its mail tells it: its lines, and the places of those that wait.

    `link` is the personal page; "" for somebody who has none.
    """

    order: Order
    lines: list[Line]
    places: Mapping[UUID, int]
    link: str = ""


def placed(network: Network, told: Confirmed, *, is_change: bool = False) -> Letter:
    """Thank you for your order: what it is, and what happens next."""
    order, campaign = told.order, told.order.campaign
    is_late = order.state == OrderState.LATE
    beginning = _late(campaign) if is_late else _thanks(campaign, is_change=is_change)
    parts = [
        greeting(order),
        beginning,
        "\n".join(f"- {line}" for line in _lines(told)),
        *([] if is_late else what_follows(order, told.lines)),
        *_changing(network, told),
        closing(network, campaign),
    ]
    subject = _("Your order: %(campaign)s") % {"campaign": campaign.title}
    return Letter(subject, "\n\n".join(parts))


def _thanks(campaign: Campaign, *, is_change: bool) -> str:
    told = {"campaign": campaign.title}
    if is_change:
        return _("your order for “%(campaign)s” is changed. This is what we have noted:") % told
    return _("thank you for your order for “%(campaign)s”. This is what we have noted:") % told


def _late(campaign: Campaign) -> str:
    return _(
        "thank you for your order for “%(campaign)s”. The deadline has passed already. We look "
        "whether there is something left, and write to you. This is what we have noted:"
    ) % {"campaign": campaign.title}


def _lines(told: Confirmed) -> Iterator[str]:
    for line in told.lines:
        fate = fate_of(line, told.places.get(line.pk))
        yield ": ".join(filter(None, (packs_of(line), fate)))


def packs_of(line: Line) -> str:
    """ "2 packs Postkarten"."""
    return _("%(packs)s %(material)s") % {
        "packs": packs(line.wanted), "material": one_line(line.material.name)
    }  # fmt: skip


def what_follows(order: Order, lines: Sequence[Line]) -> list[str]:
    """What happens next with this order, one sentence each."""
    told = []
    if any(line.granted is None for line in lines):
        told.append(
            _("After the deadline we share out what there is. If more is ordered than we have, "
              "everybody gets a part. We write to you how much you get.")
        )  # fmt: skip
    waiting = [line.material for line in lines if line.waits_since]
    if any(serves_in_turn(one) for one in waiting):
        told.append(
            _("The waiting list: as soon as something comes back, you get it, and we write to you.")
        )
    if any(not serves_in_turn(one) for one in waiting):
        told.append(
            _("The waiting list: everything is shared out. If something comes back, we share it "
              "again, and write to you.")
        )  # fmt: skip
    if order.station is not None:
        told.append(_station(order))
    return told


def _station(order: Order) -> str:
    station = order.station
    if station is None:
        return ""
    where = ", ".join(filter(None, (station.name, station.hours)))
    if station.is_round:
        return _("We bring it to you: %(where)s.") % {"where": where}
    return _("You fetch it here: %(where)s.") % {"where": where}


def _changing(network: Network, told: Confirmed) -> list[str]:
    """Until when it can be changed, and how."""
    campaign = told.order.campaign
    if told.order.state == OrderState.LATE or campaign.order_until is None:
        return []
    day = until(campaign)
    if is_late(campaign, timezone.now()):
        return _after_deadline(ways_of(network, campaign), told.link)
    if told.link:
        return [
            _("Until %(day)s you can change or cancel it.") % {"day": day},
            f"[{_('Look at the order')}]({told.link})",
            _("The link is meant for you alone: please do not pass it on."),
        ]
    ways = ways_of(network, campaign)
    return [_by_call(ways) % {"day": day, "ways": " · ".join(ways)}]


def _after_deadline(ways: Sequence[str], link: str) -> list[str]:
    """Nobody changes it on the page any more."""
    said = _("The deadline has passed. If something has to change, or you need less, please tell "
             "us.")  # fmt: skip
    parts = [" ".join(filter(None, (said, " · ".join(ways))))]
    return [f"[{_('Look at the order')}]({link})", *parts] if link else parts


def _by_call(ways: Sequence[str]) -> str:
    if not ways:
        return _("Do you want to change something? Please tell us until %(day)s.%(ways)s")
    return _("Do you want to change something? Please tell us until %(day)s: %(ways)s")


def cancelled(network: Network, order: Order) -> Letter:
    """The order is cancelled, as the orderer wished."""
    told = {"campaign": order.campaign.title}
    parts = [
        greeting(order),
        _("your order for “%(campaign)s” is cancelled. What was reserved for you goes to others.")
        % told,
        _("That was not you? Then please write to us."),
        closing(network, order.campaign),
    ]
    subject = _("Cancelled: your order for “%(campaign)s”") % told
    return Letter(subject, "\n\n".join(parts))


def came_free(network: Network, told: Confirmed) -> Letter:
    """Packs came back, and this order was the first that waited."""
    campaign = {"campaign": told.order.campaign.title}
    parts = [
        greeting(told.order),
        _("good news: something became free for your order for “%(campaign)s”. It stands now:")
        % campaign,
        "\n".join(f"- {line}" for line in _lines(told)),
        *_changing(network, told),
        closing(network, told.order.campaign),
    ]
    subject = _("Something became free for you: %(campaign)s") % campaign
    return Letter(subject, "\n\n".join(parts))


def allowed(network: Network, told: Confirmed) -> Letter:
    """A late order is taken after all."""
    campaign = {"campaign": told.order.campaign.title}
    parts = [
        greeting(told.order),
        _("your order for “%(campaign)s” came after the deadline. We gladly take it:") % campaign,
        "\n".join(f"- {line}" for line in _lines(told)),
        *what_follows(told.order, told.lines),
        closing(network, told.order.campaign),
    ]
    return Letter(_("Your order: %(campaign)s") % campaign, "\n\n".join(parts))


def refused(network: Network, order: Order, answer: str) -> Letter:
    """A late order cannot be filled any more."""
    told = {"campaign": order.campaign.title}
    parts = [
        greeting(order),
        _("your order for “%(campaign)s” came after the deadline. We are sorry: we cannot fill it "
          "any more.") % told,
        answer,
        closing(network, order.campaign),
    ]  # fmt: skip
    return Letter(_("Your order: %(campaign)s") % told, "\n\n".join(filter(None, parts)))


def greeting(order: Order) -> str:
    """By name. What somebody typed into a public form is repeated only if it can be a name: the
    mail may go to somebody else, and must carry no message or address to them."""
    if order.contact:
        return salutation(order.contact)
    name = one_line(orderer_of(order).name)
    is_name = len(name) <= LONGEST_NAME and NAME.fullmatch(name)
    return f"{HELLO} {name}," if is_name else f"{HELLO},"


def why() -> str:
    """Stands below each of these mails, in German like them."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("You get this e-mail because you have ordered material from us.")


def one_line(text: str) -> str:
    """Makes no paragraph, and so no button, of its own."""
    return " ".join(text.split())
