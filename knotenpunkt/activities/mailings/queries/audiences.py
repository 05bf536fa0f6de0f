"""Reads of audiences: who belongs to one today, and who of them is written to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from knotenpunkt.activities.mailings.models import Audience
from knotenpunkt.activities.mailings.queries.consents import latest_words
from knotenpunkt.activities.mailings.queries.narrowing import choices, filters
from knotenpunkt.activities.mailings.queries.settings import mailing_settings
from knotenpunkt.activities.mailings.rules.choosing import Chosen, Known, Sending, decide
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.registers.partners.postal import LOADED_WITH, is_postal
from knotenpunkt.registers.partners.rules import holds_role
from knotenpunkt.tools.lists.listing import Filter
from knotenpunkt.tools.lists.wanted import FilterForm
from knotenpunkt.tools.mail.models import MailKind
from knotenpunkt.tools.mail.queries import causes_by_address

__all__ = ["Chosen", "audiences", "choose", "get_audience", "reached", "read_part"]

ADD, ONLY, WITHOUT = "add", "only", "without"
NOBODY = Q(pk__in=[])


def audiences(actor: Actor) -> QuerySet[Audience]:
    """All audiences of the network; PermissionDenied for those who read no internals."""
    actor.must(Right.READ_INTERNAL)
    rows: QuerySet[Audience] = Audience.objects.all()
    return rows


def get_audience(actor: Actor, audience_id: UUID) -> Audience:
    """One audience; Audience.DoesNotExist, PermissionDenied as `audiences` says."""
    return audiences(actor).get(pk=audience_id)


def is_used(audience: Audience) -> bool:
    """Whether a circular, or a record of an app above, goes to it."""
    relations = audience._meta.related_objects
    return any(
        one.related_model._default_manager.filter(**{one.field.name: audience}).exists()
        for one in relations
    )


def choose(
    parts: Sequence[Mapping[str, Any]],
    *,
    one_each: bool,
    kind: MailKind,
    by_mail: bool = True,
    by_letter: bool = True,
    today: date | None = None,
) -> list[Chosen]:
    """Everybody whom the parts mean on that day, by organisation, each with way or reason.

    One query more for each part, however many contacts. Who may ask is checked where the parts come
    from.
    """
    day = today or timezone.localdate()
    contacts = who_belongs(list(candidates(day)), parts, known_filters(day))
    sending = _sending(kind, by_mail, by_letter)
    return decide(contacts, sending, _known(contacts), is_postal, one_each=one_each)


def reached(audiences: Iterable[Audience], *, kind: MailKind) -> dict[UUID, int]:
    """How many each of these audiences would reach today: one query more for each part."""
    day = timezone.localdate()
    everybody = list(candidates(day))
    sending = _sending(kind)
    known, ways = _known(everybody), known_filters(day)
    found = {}
    for one in audiences:
        inside = who_belongs(everybody, one.parts, ways)
        told = decide(inside, sending, known, is_postal, one_each=one.one_each)
        found[one.pk] = sum(not row.left_out for row in told)
    return found


def _sending(kind: MailKind, by_mail: bool = True, by_letter: bool = True) -> Sending:
    return Sending(kind, by_mail, by_letter, mailing_settings().newsletter_needs_consent)


def _known(contacts: Iterable[Contact]) -> Known:
    return Known(latest_words(), causes_by_address(one.email for one in contacts))


def candidates(day: date) -> QuerySet[Contact]:
    """Who has a role on that day at an organisation that has not left, in the order of lists."""
    houses = Q(organisation__left_on=None) | Q(organisation__left_on__gt=day)
    people = Q(person=None) | Q(person__left_on=None) | Q(person__left_on__gt=day)
    rows: QuerySet[Contact] = Contact.objects.filter(holds_role(day), houses, people)
    return rows.select_related(*LOADED_WITH).order_by(
        "organisation__name_key", "organisation_id", "-answers_inquiries", "position", "name", "pk"
    )


def known_filters(day: date) -> list[Filter]:
    """The filters of parts, with what this network can choose from."""
    return filters(choices(day), day)


def who_belongs(
    everybody: Sequence[Contact], parts: Sequence[Mapping[str, Any]], known: Sequence[Filter]
) -> list[Contact]:
    """Those of everybody whom the parts keep together, in their order.

    They begin with nobody, or with everybody where the first one does not add. Each part is asked
    by itself: of all in one question, PostgreSQL made an hour's work where it did not yet know how
    many rows there are, as right after a large import.
    """
    begins_full = bool(parts) and parts[0].get("how") in (ONLY, WITHOUT)
    kept = {one.pk for one in everybody} if begins_full else set()
    for part in parts:
        meant = _keys(read_part(part, known).keeps)
        how = part.get("how")
        kept = kept & meant if how == ONLY else kept - meant if how == WITHOUT else kept | meant
    return [one for one in everybody if one.pk in kept]


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it was read: whom it keeps, how that is told, and words nobody knows any more."""

    keeps: Q
    told: tuple[str, ...]
    unknown: tuple[str, ...]


def read_part(part: Mapping[str, Any], known: Sequence[Filter]) -> Part:
    """What one part means. A choice that is gone, such as a deleted tag, means nobody."""
    words = {str(word): str(value) for word, value in dict(part.get("words") or {}).items()}
    form = FilterForm(tuple(known), words)
    form.is_valid()
    names = {name for one in known for name in one.fields}
    unknown = tuple(sorted({*form.errors, *(set(words) - names)}))
    active = [one for one in known if form.cleaned_data.get(one.name)]
    kept = Q()
    for one in active:
        kept &= one.keeps(form.cleaned_data)
    told = tuple(str(one.says(form.cleaned_data)) for one in active)
    return Part(NOBODY if unknown else kept, told, unknown)


def _keys(kept: Q) -> set[UUID]:
    return set(Contact.objects.filter(kept).order_by().values_list("pk", flat=True))
