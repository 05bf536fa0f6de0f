"""Who answers for which organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from knotenpunkt.registers.partners.models import Contact, Organisation


def current_contacts(today: date | None = None) -> QuerySet[Contact]:
    """Contacts whose role somebody holds today, those first who answer inquiries."""
    day = today or timezone.localdate()
    rows: QuerySet[Contact] = Contact.objects.filter(
        Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day)
    )
    return rows.order_by("-answers_inquiries", "position", "name", "pk")


def responsible_contact(organisation: Organisation) -> Contact | None:
    """Who is asked about an organisation."""
    return responsible_contacts([organisation])[organisation.pk]


def responsible_contacts(
    organisations: Sequence[Organisation],
) -> Mapping[UUID, Contact | None]:
    """The same for many, in two queries.

    Who answers inquiries; else the first with an e-mail address, here or at the body above; else
    whoever can be called.
    """
    wanted = {one.pk for one in organisations} | {one.body_id for one in organisations}
    rows = current_contacts().filter(organisation__in=wanted - {None})
    by_organisation: dict[UUID, list[Contact]] = defaultdict(list)
    for contact in rows.select_related("person", "organisation").prefetch_related("phones"):
        by_organisation[contact.organisation_id].append(contact)
    return {
        one.pk: _first(by_organisation[one.pk], by_organisation[one.body_id] if one.body_id else [])
        for one in organisations
    }


def _first(own: list[Contact], of_body: list[Contact]) -> Contact | None:
    asked = [one for one in own if one.answers_inquiries]
    by_mail = [one for one in (*asked, *own, *of_body) if one.email]
    if asked and not any(one.email for one in asked):
        return asked[0]
    by_phone = [one for one in (*own, *of_body) if one.phones.all()]
    return next(iter((*by_mail, *by_phone, *own, *of_body)), None)


def root_of(organisation: Organisation) -> UUID:
    """The body, or the organisation itself where there is none above it."""
    root: UUID = organisation.body_id or organisation.pk
    return root


def is_same_person(one: Contact, other: Contact) -> bool:
    """Whether two roles are one person: linked to the same, or with the same address."""
    if one.pk == other.pk:
        return True
    if one.person_id and other.person_id:
        return bool(one.person_id == other.person_id)
    return bool(one.email) and one.email.casefold() == other.email.casefold()


def answers_for(contact: Contact) -> list[Organisation]:
    """The organisations about which this contact is asked: of their body and its facilities."""
    root = root_of(contact.organisation)
    rows = list(
        Organisation.objects.filter(Q(pk=root) | Q(body_id=root), left_on=None)
        .select_related("body", "place")
        .order_by("level", "name")
    )
    asked = responsible_contacts(rows)
    return [one for one in rows if (who := asked[one.pk]) and is_same_person(who, contact)]


def together(
    organisations: Iterable[Organisation], asked: Mapping[UUID, Contact | None]
) -> list[tuple[Contact | None, list[Organisation]]]:
    """What belongs into one mail: the same body, the same person."""
    groups: dict[tuple[UUID, str], tuple[Contact | None, list[Organisation]]] = {}
    for one in organisations:
        contact = asked[one.pk]
        _contact, members = groups.setdefault((root_of(one), _who(contact, one)), (contact, []))
        members.append(one)
    return list(groups.values())


def _who(contact: Contact | None, organisation: Organisation) -> str:
    if contact is None:
        return str(organisation.pk)
    return str(contact.person_id or contact.email.casefold() or contact.pk)


def holder(contact_id: UUID) -> Contact | None:
    """Whose personal page it is, as long as they have their role."""
    rows = current_contacts().select_related("organisation__body", "organisation__place", "person")
    found: Contact | None = (
        rows.prefetch_related("phones").filter(pk=contact_id, organisation__left_on=None).first()
    )
    return found


def contact_names(ids: Iterable[str]) -> dict[str, str]:
    """What these contacts are called; those that are gone are left out."""
    rows = Contact.objects.filter(pk__in=set(ids)).select_related("organisation")
    return {str(one.pk): one.name or one.function or one.organisation.name for one in rows}


def key_of_contact(contact: Contact) -> UUID:
    """Whose key seals what is about this contact: the person's, or the role's own."""
    key: UUID = contact.person_id or contact.pk
    return key
