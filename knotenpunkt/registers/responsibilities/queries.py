"""Reads of responsibilities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, QuerySet

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.offers.queries import topics
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.registers.partners.queries import contacts
from knotenpunkt.registers.responsibilities import rules
from knotenpunkt.registers.responsibilities.models import (
    Responsibility,
    ResponsibilityRegion,
    ResponsibilityTopic,
)
from knotenpunkt.registers.responsibilities.rules import Question
from knotenpunkt.tools.lists.matching import one_text, says, words_of


def regions() -> list[Region]:
    """The regions of the network at hand, in their order."""
    return list(Region.objects.all())


def responsibilities(actor: Actor) -> QuerySet[Responsibility]:
    """All of the network, for those who read the register; for the list at the desk."""
    actor.must(Right.READ_INTERNAL)
    rows: QuerySet[Responsibility] = Responsibility.objects.all()
    return rows


def get_responsibility(actor: Actor, one_id: UUID) -> Responsibility:
    """One with all that hangs on it; Responsibility.DoesNotExist in another network."""
    return completed(responsibilities(actor)).get(pk=one_id)


def completed(rows: QuerySet[Responsibility]) -> QuerySet[Responsibility]:
    """With everything that a row or a card shows, in a fixed number of queries."""
    return rows.select_related(
        "contact__person", "contact__organisation__place", "contact__organisation__body"
    ).prefetch_related(
        "contact__phones",
        Prefetch("topic_links", ResponsibilityTopic.objects.select_related("topic")),
        Prefetch("region_links", ResponsibilityRegion.objects.select_related("region")),
    )


def shown(actor: Actor, day: date) -> list[Responsibility]:
    """What this actor may see in the contact finder; five queries, and a county has hundreds."""
    circle = rules.circle_of(actor)
    rows = completed(Responsibility.objects.all())
    return [one for one in rows if rules.may_be_shown(one, circle, day)]


def who_answers(actor: Actor, question: Question, day: date) -> list[Responsibility]:
    """Those who answer, the nearest and most particular first."""
    return answering(shown(actor, day), question, regions())


def answering(
    those: Iterable[Responsibility], question: Question, known: Sequence[Region]
) -> list[Responsibility]:
    """The ones that fit a question, in their order."""
    around = rules.regions_around(question.place, known) if question.place else None
    lineage = rules.lineage_of(question.topic, topics()) if question.topic else []
    found: list[tuple[tuple[int, int, int], Responsibility]] = []
    for one in those:
        near = rules.region_fit(one, around) if around is not None else 1
        fits = rules.topic_fit(one, question.topic, lineage) if question.topic else 1
        meant = rules.is_for(one, question.for_whom) and rules.fits_age(one, question.age_months)
        if near and fits and meant:
            found.append(((-fits, -near, one.position), one))
    return [one for _order, one in sorted(found, key=lambda told: told[0])]


def answering_topics(keys: Sequence[str], day: date) -> list[Responsibility]:
    """For an offer's page: those whom families can ask about one of its topics by name."""
    wanted = set(keys)
    rows = completed(Responsibility.objects.filter(topic_links__topic__key__in=wanted).distinct())
    return [one for one in rows if rules.may_be_shown(one, "public", day)]


def contacts_like(actor: Actor, typed: str) -> QuerySet[Contact]:
    """Roles to choose from: every word stands in the name, the function or the organisation."""
    if not rules.may_edit(actor):
        raise PermissionDenied(Right.EDIT_REGISTERS)
    kept = Q(is_internal=False)
    for word in words_of(typed):
        kept &= says(one_text("name", "function", "organisation__name", "email"), word)
    rows: QuerySet[Contact] = contacts(actor).filter(kept).prefetch_related("phones")
    return rows.order_by("organisation__name", "position", "name", "pk")


def chosen_contacts(actor: Actor, ids: Iterable[UUID]) -> list[Contact]:
    """The roles of these ids, of this network only."""
    if not rules.may_edit(actor):
        raise PermissionDenied(Right.EDIT_REGISTERS)
    rows = contacts(actor).filter(pk__in=list(ids)).prefetch_related("phones")
    return list(rows.order_by("organisation__name", "name", "pk"))
