"""What somebody did in a campaign, in a sentence of the letter that thanks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from knotenpunkt.activities.campaigns.queries.overview import Figures
from knotenpunkt.foundation.core.spoken import number

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Deed:
    """One join-in: its title, its first day, and how many came, where somebody counted."""

    title: str
    on: date
    visitors: int | None = None


def took_part(packs: int, deeds: Sequence[Deed]) -> str:
    """ "Sie haben 4 Packungen Material bestellt und „Sommerfest“ am 14. Juni ausgerichtet." """
    parts = [*_ordered(packs), *_held(deeds)]
    if not parts:
        return _("You took part.")
    return _("You have %(what)s.") % {"what": pgettext("two deeds", " and ").join(parts)}


def left_out(orders: int) -> str:
    """ "2 Bestellungen gehören noch zu keinem Partner. Sie bekommen keinen Dank." """
    told = ngettext(
        "%(n)s order belongs to no partner yet. Nobody is thanked for it.",
        "%(n)s orders belong to no partner yet. Nobody is thanked for them.",
        orders,
    )
    return told % {"n": number(orders)}


def still_to_come(join_ins: int) -> str:
    """ "1 Aktion steht noch bevor; sie fehlt im Dank." """
    told = ngettext(
        "%(n)s action is still to come; it is missing in the thanks.",
        "%(n)s actions are still to come; they are missing in the thanks.",
        join_ins,
    )
    return told % {"n": number(join_ins)}


def takes_part() -> str:
    """For those whose only action is still to come: nothing is done yet."""
    return _("You are taking part.")


def _ordered(packs: int) -> list[str]:
    if not packs:
        return []
    told = ngettext("ordered %(n)s pack of material", "ordered %(n)s packs of material", packs)
    return [told % {"n": number(packs)}]


def _held(deeds: Sequence[Deed]) -> list[str]:
    if not deeds:
        return []
    told = ", ".join(_named(one) for one in deeds[:MOST_NAMED])
    rest = max(len(deeds) - MOST_NAMED, 0)
    if rest:
        more = ngettext("%(named)s and %(n)d more", "%(named)s and %(n)d more", rest)
        told = more % {"named": told, "n": rest}
    return [_("held %(what)s") % {"what": told}]


def _named(deed: Deed) -> str:
    told = {"title": deed.title, "day": date_format(deed.on, _("j F"))}
    if not deed.visitors:
        return _("“%(title)s” on %(day)s") % told
    told_guests = npgettext("after “with”", "%(n)s guest", "%(n)s guests", deed.visitors)
    guests = told_guests % {"n": number(deed.visitors)}
    return _("“%(title)s” on %(day)s with %(guests)s") % {**told, "guests": guests}


def result(told: Figures) -> str:
    """ "61 Aktionen und Feste, 214 Bestellungen, 3.400 Gäste." """
    parts = [
        words % {"n": number(count)}
        for count, words in (
            (
                told.held,
                ngettext("%(n)s action or festival", "%(n)s actions and festivals", told.held),
            ),
            (told.orders, ngettext("%(n)s order", "%(n)s orders", told.orders)),
            (told.visitors, ngettext("%(n)s guest", "%(n)s guests", told.visitors)),
        )
        if count
    ]
    return f"{', '.join(parts)}." if parts else ""
