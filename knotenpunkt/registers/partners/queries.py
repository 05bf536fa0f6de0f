"""Reads of partners."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.foundation.networks.scope import Reach, current_scope
from knotenpunkt.registers.partners.models import Contact, Organisation, Person, Representative
from knotenpunkt.registers.partners.rules import may_see_internal

REGISTERED = re.compile(r"\be\s*\.?\s*v\b\.?", re.IGNORECASE)


def organisations(actor: Actor) -> QuerySet[Organisation]:
    """The organisations that this actor may see; a provider sees theirs before others do."""
    rows: QuerySet[Organisation] = Organisation.objects.select_related("body", "place")
    if may_see_internal(actor):
        return rows
    return rows.filter(Organisation.published_when | Q(pk__in=represented_by(actor)))


def contacts(actor: Actor) -> QuerySet[Contact]:
    """The roles that this actor may see; what of them is shown, their audiences say."""
    rows: QuerySet[Contact] = Contact.objects.select_related("organisation", "person")
    if may_see_internal(actor):
        return rows
    shown = Q(Contact.published_when, is_internal=False)
    return rows.filter(shown | Q(organisation__in=represented_by(actor)))


def people(actor: Actor) -> QuerySet[Person]:
    """The people who have a role that this actor may see; members of the register see all."""
    rows: QuerySet[Person] = Person.objects.select_related("profession")
    if may_see_internal(actor):
        return rows
    return rows.filter(pk__in=contacts(actor).exclude(person=None).order_by().values("person"))


def represented_by(actor: Actor) -> frozenset[UUID]:
    """The organisations whose entries this person keeps as a provider, with their facilities.

    None where all networks' published records are read: there nobody keeps anything.
    """
    scope = current_scope()
    if actor.user_id is None or (scope is not None and scope.reach is Reach.PUBLISHED):
        return frozenset()
    own = Representative.objects.filter(user_id=actor.user_id).values("organisation_id")
    rows = Organisation.objects.filter(Q(pk__in=own) | Q(body_id__in=own))
    return frozenset(rows.values_list("pk", flat=True))


def names_of(organisation_ids: Iterable[UUID]) -> list[str]:
    """What these organisations are called; those that are gone are left out."""
    rows = Organisation.objects.filter(pk__in=list(organisation_ids))
    return list(rows.values_list("name", flat=True))


def kept_by(user_id: UUID) -> frozenset[UUID]:
    """The organisations that this person was given to keep, without their facilities."""
    rows = Representative.objects.filter(user_id=user_id)
    return frozenset(rows.values_list("organisation_id", flat=True))


def name_key(name: str) -> str:
    """What two spellings of one body share: "Hilfe e.V." and "HILFE  e. V." are the same."""
    return fold(REGISTERED.sub("ev", name)).strip()


def person_key(given_name: str, family_name: str) -> str:
    """What spellings of one name share, whichever part stands first."""
    return " ".join(sorted(fold(f"{given_name} {family_name}").replace("-", " ").split()))
