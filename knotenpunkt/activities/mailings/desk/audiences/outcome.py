"""What an audience comes to: how many, by which way, who is left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from knotenpunkt.activities.mailings.models import LeftOut, Way
from knotenpunkt.activities.mailings.queries.audiences import (
    ADD,
    ONLY,
    WITHOUT,
    Chosen,
    read_part,
)
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.foundation.core.tables import Cell, Head, Row
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.registers.partners.rules import circle_of
from knotenpunkt.tools.lists.listing import Filter

PAGE, MOST_NAMES = 50, 60


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody who is left out, with the way to their page."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Those who are left out for one reason; the names of the first of them."""

    label: str
    count: int
    names: Sequence[Name]
    more: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an audience comes to today."""

    total: int
    headline: str
    by_mail: str
    by_letter: str
    left_out: str
    reasons: Sequence[Reason]
    columns: Sequence[Head]
    rows: Sequence[Row]
    page: Page[Any]
    more: int


@dataclass(frozen=True, slots=True)
class Told:
    """A part in words. `unknown`: something that was chosen is gone."""

    how: str
    words: Sequence[str]
    unknown: bool


def outcome(actor: Actor, chosen: Sequence[Chosen], page: str | None = None) -> Outcome:
    """The numbers, the reasons, and one page of the people."""
    reached = [one for one in chosen if not one.left_out]
    ways = Counter(one.way for one in reached)
    shown = Paginator(reached, PAGE).get_page(page)
    total = len(reached)
    return Outcome(
        total=total,
        headline=ngettext("%(n)s contact", "%(n)s contacts", total) % {"n": number(total)},
        by_mail=number(ways[Way.MAIL]),
        by_letter=number(ways[Way.LETTER]),
        left_out=number(len(chosen) - total),
        reasons=list(_reasons(chosen)),
        columns=[
            Head(pgettext("of a person", "Name")),
            Head(_("Organisation")),
            Head(_("Is written to")),
        ],
        rows=[_row(actor, one) for one in shown],
        page=shown,
        more=max(total - PAGE, 0),
    )


def _row(actor: Actor, one: Chosen) -> Row:
    contact = one.contact
    house = contact.organisation
    return Row([
        Cell(_name(contact), note=contact.function if contact.name else "", url=_url(contact)),
        Cell(house.name, note=house.place.town if house.place else "",
             url=reverse("partners_desk:organisation", args=[house.pk]), label=_("Organisation")),
        Cell(_way(one), note=contact.shown_email(circle_of(actor)) if one.way == Way.MAIL else "",
             label=_("Is written to")),
    ])  # fmt: skip


def _way(one: Chosen) -> str:
    return _("by e-mail") if one.way == Way.MAIL else _("by letter")


def _name(contact: Contact) -> str:
    return contact.name or contact.function or _("Office")


def _url(contact: Contact) -> str:
    if contact.person_id:
        return reverse("partners_desk:person", args=[contact.person_id])
    return reverse("partners_desk:organisation", args=[contact.organisation_id])


def _reasons(chosen: Iterable[Chosen]) -> Iterable[Reason]:
    by_reason: dict[str, list[Contact]] = {reason: [] for reason in LeftOut.values}
    for one in chosen:
        if one.left_out:
            by_reason[one.left_out].append(one.contact)
    for reason, contacts in by_reason.items():
        if contacts:
            label = str(LeftOut(reason).label)
            names = [_left(one) for one in contacts[:MOST_NAMES]]
            yield Reason(label, len(contacts), names, max(len(contacts) - MOST_NAMES, 0))


def _left(contact: Contact) -> Name:
    house = contact.organisation.name
    return Name(", ".join(filter(None, (_name(contact), house))), _url(contact))


def told(parts: Sequence[Any], known: Sequence[Filter]) -> list[Told]:
    """The parts of an audience in words, in their order."""
    heads = {ADD: _("and also"), ONLY: _("of them only"), WITHOUT: _("but without")}
    rows = [(part, read_part(part, known)) for part in parts]
    return [
        Told(
            how=heads.get(part.get("how"), "") if at or part.get("how") != ADD else "",
            words=list(row.told) or ([] if row.unknown else [_("all contacts")]),
            unknown=bool(row.unknown),
        )
        for at, (part, row) in enumerate(rows)
    ]


def in_one_line(parts: Sequence[Told]) -> str:
    """The same for a list: "Art: Kita, Region: Döbeln; ohne Gruppe: Beirat"."""
    said = [" ".join(filter(None, (one.how, ", ".join(one.words)))) for one in parts]
    return "; ".join(filter(None, said))
