"""What people said about being written to."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from knotenpunkt.activities.mailings.models import Consent
from knotenpunkt.activities.mailings.rules.choosing import who
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.models import Contact


def latest_words() -> dict[UUID, bool]:
    """The latest yes or no of everybody, by person, or by office. One query."""
    return _latest(Consent.objects.all())


def _latest(rows: QuerySet[Consent]) -> dict[UUID, bool]:
    said = rows.order_by("at").values_list("contact__person_id", "contact_id", "is_given")
    return {person or contact: given for person, contact, given in said}


def said_by(actor: Actor, contact: Contact) -> list[Consent]:
    """What this person, or this office, said in all their roles, the latest first."""
    actor.must(Right.READ_INTERNAL)
    same = Q(contact=contact)
    if contact.person_id:
        same |= Q(contact__person=contact.person_id)
    return list(Consent.objects.filter(same).select_related("contact__organisation"))


def words_of_roles(actor: Actor, roles: Iterable[Contact]) -> dict[UUID, bool]:
    """The latest yes or no for each of these roles that said anything: one query.

    Nothing for those who read no internals.
    """
    told = list(roles)
    if not told or not actor.may(Right.READ_INTERNAL):
        return {}
    people = {one.person_id for one in told} - {None}
    latest = _latest(Consent.objects.filter(Q(contact__in=told) | Q(contact__person__in=people)))
    keys = {one.pk: who(one) for one in told}
    return {role: latest[key] for role, key in keys.items() if key in latest}
