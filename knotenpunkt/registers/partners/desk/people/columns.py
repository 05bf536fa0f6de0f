"""What the list of people shows of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Prefetch, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.tables import Cell
from knotenpunkt.registers.partners.desk.organisations.columns import (
    confirmed_cell,
    last_seen,
    seen_cell,
)
from knotenpunkt.registers.partners.models import Contact, Person
from knotenpunkt.registers.partners.queries import roles_at_desk
from knotenpunkt.registers.partners.rules import circle_of, has_left, holds_role, is_due
from knotenpunkt.tools.lists.listing import Column, Order
from knotenpunkt.tools.lists.matching import folded

HELD = "held"


def columns(actor: Actor, today: date) -> list[Column]:
    """The columns; built for each request, because a subquery belongs to its network."""
    return [
        Column(pgettext("of a person", "Name"), name_cell, [by_name()]),
        Column(_("Task and organisation"), roles_cell, [by_organisation(today)]),
        Column(_("Reached by"), ways_cell(actor)),
        Column(pgettext("of a partner", "State"), state_cell(today), [by_state(today)]),
        Column(_("Last confirmed"), confirmed_cell(today), [by_confirmed()], numeric=True),
        Column(_("Last seen"), seen_cell(today), [by_seen()], numeric=True),
    ]


def by_name() -> Order:
    """By family name, then by given name."""
    return Order("name", pgettext("of a person", "Name"),
                 [folded("family_name"), folded("given_name")])  # fmt: skip


def by_organisation(today: date) -> Order:
    """By the first organisation that they serve; who serves none comes last."""
    roles = Contact.objects.filter(holds_role(today), person=OuterRef("pk"))
    first = Subquery(roles.order_by("organisation__name_key").values("organisation__name_key")[:1])
    return Order("organisation", _("Organisation"), [first.asc(nulls_last=True), *_names()])


def by_state(today: date) -> Order:
    """Who has no task first, who left last."""
    told = [When(has_left(today), then=Value(4)), When(~Exists(held(today)), then=Value(1))]
    state = Case(*told, default=Value(2))
    return Order("zustand", pgettext("of a partner", "State"), [state, *_names()])


def by_confirmed() -> Order:
    """What nobody ever confirmed comes first."""
    confirmed = F("confirmed_on").asc(nulls_first=True)
    return Order("bestaetigt", _("Last confirmed"), [confirmed, *_names()])


def by_seen() -> Order:
    """Who never took part in anything comes first."""
    return Order("gesehen", _("Last seen"), [last_seen("person").asc(nulls_first=True), *_names()])


def _names() -> list[Any]:
    return [folded("family_name"), folded("given_name")]


def held(today: date) -> QuerySet[Contact]:
    """The roles that the person at hand has today."""
    rows: QuerySet[Contact] = Contact.objects.filter(holds_role(today), person=OuterRef("pk"))
    return rows


def completed(
    actor: Actor, today: date, usual_months: int
) -> Callable[[QuerySet[Person]], QuerySet[Person]]:
    """With everything that the cells show: three queries, however many rows."""
    roles = roles_at_desk(actor).filter(holds_role(today)).prefetch_related("phones")

    def complete(rows: QuerySet[Person]) -> QuerySet[Person]:
        return rows.annotate(
            seen_on=last_seen("person"),
            is_due=Case(When(is_due(today, usual_months), then=Value(True)), default=Value(False)),
        ).prefetch_related(Prefetch("roles", roles.order_by("organisation__name_key"), HELD))

    return complete


def name_cell(one: Person) -> Cell:
    """The name as it is sorted leads to the portrait; below it the profession."""
    note = one.profession.name if one.profession else ""
    return Cell(one.listed_name, note=note, url=reverse("partners_desk:person", args=[one.pk]))


def roles_cell(one: Any) -> Cell:
    """The first organisation with the task there, and how many more there are."""
    roles = getattr(one, HELD)
    if not roles:
        return Cell("")
    first, more = roles[0], len(roles) - 1
    name = f"{first.organisation.name} +{more}" if more else first.organisation.name
    return Cell(name, note=first.function)


def ways_cell(actor: Actor) -> Callable[[Any], Cell]:
    """The first number and the first address, as far as this member may see them."""
    circle = circle_of(actor)

    def cell(one: Any) -> Cell:
        roles = getattr(one, HELD)
        phones = [phone.shown for role in roles for phone in role.shown_phones(circle)]
        mails = [role.shown_email(circle) for role in roles if role.shown_email(circle)]
        told = [*phones[:1], *mails[:1]]
        return Cell(told[0], note=told[1] if len(told) > 1 else "") if told else Cell("")

    return cell


def state_cell(today: date) -> Callable[[Any], Cell]:
    """Whether they are in the network, serve anybody, and were confirmed lately."""

    def cell(one: Any) -> Cell:
        if one.left_on is not None and one.left_on <= today:
            return Cell(pgettext("of a partner", "Left"), state="withdrawn")
        if not getattr(one, HELD):
            return Cell(_("No task"), state="missing")
        if one.is_due:
            return Cell(pgettext("entries", "Due"), state="stale")
        return Cell(pgettext("of a partner", "Active"), state="active")

    return cell
