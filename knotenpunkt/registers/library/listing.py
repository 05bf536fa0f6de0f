"""The list of partners with the version that each of them has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.tables import Cell
from knotenpunkt.registers.library.models import Material
from knotenpunkt.registers.partners.models import Audience, Organisation
from knotenpunkt.tools.lists.listing import Column, Listing, Order, Tab, text
from knotenpunkt.tools.lists.matching import one_text, says, words_of

NAME = "library"


def listing(material: Material, circle: Audience) -> Listing:
    """Partners, as far as they are with this material. Rows carry `has` and `has_seen`."""
    newest = material.newest.number if material.newest else 0
    return Listing(
        name=NAME,
        columns=[
            Column(_("Organisation"), lambda one: Cell(one.name, note=first_way(one, circle)),
                   [Order("organisation", _("Organisation"), ["name_key"])]),
            Column(_("Town"), lambda one: Cell(one.place.town if one.place else "")),
            Column(_("Version"), _has, [Order("fassung", _("Version"),
                                              [F("has").asc(nulls_first=True), "name_key"])],
                   numeric=True),
            Column(pgettext("of a partner", "Stand"), lambda one: _stand(one, newest)),
        ],
        tabs=[
            Tab("alle", pgettext("tab of a list", "All"), Q()),
            Tab("hinterher", _("Behind"), Q(has__lt=newest)),
            Tab("nie", _("Never yet"), Q(has=None)),
            Tab("aktuell", _("Up to date"), Q(has=newest)),
        ],
        filters=[text("q", _("Search in this list"), _with_words, said=_("Searched for"))],
        completed=with_ways,
        sort="organisation",
        count=lambda n: ngettext("%(n)s organisation", "%(n)s organisations", n)
        % {"n": spoken.number(n)},
    )  # fmt: skip


def with_ways(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """With how they are reached."""
    return rows.select_related("place").prefetch_related("contacts__phones")


def first_way(one: Organisation, circle: Audience) -> str:
    """The number for the call, of those who are there today, as far as this circle may see it."""
    held = [contact for contact in one.contacts.all() if contact.is_current]
    phones = (phone.shown for contact in held for phone in contact.shown_phones(circle))
    mails = (email for contact in held if (email := contact.shown_email(circle)))
    return next(phones, "") or next(mails, "")


def _has(one: Any) -> Cell:
    return Cell(str(one.has) if one.has else "–", label=_("Version"))


def _stand(one: Any, newest: int) -> Cell:
    if one.has == newest:
        return Cell(_("up to date"), state="published")
    if one.has_seen == newest:
        return Cell(_("seen, not adopted yet"), state="waiting")
    if one.has:
        return Cell(_("behind"), state="stale")
    return Cell(_("never yet"), state="none")


def _with_words(typed: str) -> Q:
    kept = Q()
    for word in words_of(typed):
        kept &= says(one_text("name", "place__town"), word)
    return kept


def header() -> list[str]:
    """The columns of the file."""
    return [_("Organisation"), _("Town"), _("Material"), _("Version"), _("Newest version"),
            pgettext("of a partner", "Stand"), _("Telephone or e-mail")]  # fmt: skip


def lines(material: Material, rows: QuerySet[Organisation]) -> Iterator[list[str]]:
    """One line for each partner."""
    newest = material.newest.number if material.newest else 0
    for one in with_ways(rows):
        has = _has(one).text
        town = one.place.town if one.place else ""
        yield [one.name, town, material.title, has, str(newest), _stand(one, newest).text,
               first_way(one, Audience.INTERNAL)]  # fmt: skip
