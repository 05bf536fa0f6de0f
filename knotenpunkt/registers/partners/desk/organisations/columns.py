"""What the list of organisations shows of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Case, F, OuterRef, Prefetch, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.tables import Cell
from knotenpunkt.registers.partners.desk.narrowing import reachable
from knotenpunkt.registers.partners.models import (
    Involvement,
    Level,
    Organisation,
    PartnerKind,
    Serves,
)
from knotenpunkt.registers.partners.rules import has_left, is_due
from knotenpunkt.tools.lists.listing import Column, Order
from knotenpunkt.tools.lists.matching import folded

MOST_REGIONS = 1


def columns(today: date) -> list[Column]:
    """The columns; built for each request, because a subquery belongs to its network."""
    return [
        Column(_("Organisation and place"), name_cell, [by_name(), by_town()]),
        Column(pgettext("of a partner", "Kind"), kind_cell, [by_kind()]),
        Column(_("Region"), region_cell),
        Column(pgettext("of a partner", "State"), state_cell(today), [by_state(today)]),
        Column(_("Last confirmed"), confirmed_cell(today), [by_confirmed()], numeric=True),
        Column(_("Last seen"), seen_cell(today), [by_seen()], numeric=True),
    ]


def by_name() -> Order:
    """As in a dictionary."""
    return Order("name", _("Organisation"), ["name_key"])


def by_town() -> Order:
    """By town; those without a place come last."""
    return Order("ort", _("Town"), [folded("place__town").asc(nulls_last=True), "name_key"])


def by_kind() -> Order:
    """By the kind as it is called, then by the finer word."""
    names = sorted(PartnerKind, key=lambda one: str(one.label))
    told = [When(kind=one.value, then=Value(at)) for at, one in enumerate(names)]
    finer = folded("sub_kind__name").asc(nulls_first=True)
    return Order("art", pgettext("of a partner", "Kind"), [Case(*told), finer, "name_key"])


def by_state(today: date) -> Order:
    """What needs somebody first, those who left last."""
    told = [When(has_left(today), then=Value(4)), When(~reachable(today), then=Value(1))]
    state = Case(*told, default=Value(2))
    return Order("zustand", pgettext("of a partner", "State"), [state, "name_key"])


def by_confirmed() -> Order:
    """What nobody ever confirmed comes first."""
    return Order(
        "bestaetigt", _("Last confirmed"), [F("confirmed_on").asc(nulls_first=True), "name_key"]
    )


def by_seen() -> Order:
    """Who never took part in anything comes first."""
    return Order("gesehen", _("Last seen"), [last_seen().asc(nulls_first=True), "name_key"])


def last_seen(partner: str = "organisation") -> Subquery:
    """The day of the last thing that they took part in."""
    facts = Involvement.objects.filter(**{partner: OuterRef("pk")}).order_by("-on")
    return Subquery(facts.values("on")[:1])


def completed(
    today: date, usual_months: int
) -> Callable[[QuerySet[Organisation]], QuerySet[Organisation]]:
    """With everything that the cells show: two queries, however many rows."""

    def complete(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
        return rows.annotate(
            seen_on=last_seen(),
            is_reached=Case(When(reachable(today), then=Value(True)), default=Value(False)),
            is_due=Case(When(is_due(today, usual_months), then=Value(True)), default=Value(False)),
        ).prefetch_related(Prefetch("region_links", Serves.objects.select_related("region")))

    return complete


def name_cell(one: Organisation) -> Cell:
    """The name leads to the portrait; below it the body and the town."""
    url = reverse("partners_desk:organisation", args=[one.pk])
    body = one.body.name if one.body else _("Body") if one.level == Level.BODY else ""
    town = one.place.town if one.place else ""
    return Cell(one.name, note=", ".join(filter(None, (town, body))), url=url)


def kind_cell(one: Organisation) -> Cell:
    """The finer word, where there is one, above the kind."""
    kind = "" if one.kind == PartnerKind.OTHER else one.get_kind_display()
    return Cell(one.sub_kind.name, note=kind) if one.sub_kind else Cell(kind)


def region_cell(one: Organisation) -> Cell:
    """Which regions it works for."""
    names = sorted(link.region.name for link in one.region_links.all())
    if not names:
        return Cell(pgettext("region of a partner", "everywhere"))
    more = len(names) - MOST_REGIONS
    told = ", ".join(names[:MOST_REGIONS])
    return Cell(f"{told} +{more}" if more > 0 else told)


def state_cell(today: date) -> Callable[[Any], Cell]:
    """Whether it is in the network, can be reached, and was confirmed lately."""

    def cell(one: Any) -> Cell:
        if one.left_on is not None and one.left_on <= today:
            return Cell(pgettext("of a partner", "Left"), state="withdrawn")
        if not one.is_reached:
            return Cell(_("No contact"), state="missing")
        if one.is_due:
            return Cell(pgettext("entries", "Due"), state="stale")
        return Cell(pgettext("of a partner", "Active"), state="active")

    return cell


def confirmed_cell(today: date) -> Callable[[Any], Cell]:
    """When somebody last said that it is true, and how long ago that is."""
    return lambda one: day_cell(one.confirmed_on, today, _("confirmed"))


def seen_cell(today: date) -> Callable[[Any], Cell]:
    """When they last took part in something."""
    return lambda one: day_cell(one.seen_on, today, _("seen"))


def day_cell(day: date | None, today: date, label: str) -> Cell:
    """A day, and how long ago it is."""
    if day is None:
        return Cell(_("never yet"), label=label)
    return Cell(spoken.short_date(day), note=spoken.how_long_ago(day, today), label=label)
