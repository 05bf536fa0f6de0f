"""Each way to somebody: its value, who sees it, and on which ground since when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.registers.partners.models import (
    Audience,
    Contact,
    Phone,
    Release,
    ReleasedField,
)


@dataclass(frozen=True, slots=True)
class Way:
    """The name, the e-mail address or one number of a contact. `release` is what proves it."""

    field: ReleasedField
    contact: Contact
    value: str
    audience: Audience
    phone: Phone | None = None
    release: Release | None = None

    @property
    def id(self) -> UUID:
        """Of the number, or of the contact: together with the field it names the way."""
        return self.phone.pk if self.phone else self.contact.pk

    @property
    def is_consent(self) -> bool:
        """Whether it is shown because the person agreed."""
        return self.release is not None and self.release.ground == "consent"


def roles_of(actor: Actor, record_ids: Iterable[UUID]) -> list[Contact]:
    """These contacts with numbers and releases, in a fixed number of queries.

    PermissionDenied for those who may not read what is internal.
    """
    actor.must(Right.READ_INTERNAL)
    rows = Contact.objects.filter(pk__in=list(record_ids)).select_related("organisation", "person")
    return list(rows.prefetch_related("phones", "releases__phone").order_by("organisation__name"))


def ways(contact: Contact) -> Iterator[Way]:
    """Every way that a contact has."""
    valid = {(one.field, one.phone_id): one for one in contact.releases.all() if not one.ended_at}
    for field, value, audience in (
        (ReleasedField.NAME, contact.name, contact.name_audience),
        (ReleasedField.EMAIL, contact.email, contact.email_audience),
    ):
        if value:
            proof = valid.get((field, None))
            yield Way(field, contact, value, Audience(audience), release=proof)
    for phone in contact.phones.all():
        proof = valid.get((ReleasedField.PHONE, phone.pk))
        audience = Audience(phone.audience)
        yield Way(ReleasedField.PHONE, contact, phone.shown, audience, phone, proof)


def get_way(actor: Actor, field: str, way_id: UUID) -> Way:
    """One way by the id of its contact or number; Contact.DoesNotExist when there is none."""
    actor.must(Right.READ_INTERNAL)
    key = "phones" if field == ReleasedField.PHONE else "pk"
    found = Contact.objects.filter(**{key: way_id}).values_list("pk", flat=True)
    for contact in roles_of(actor, found):
        for way in ways(contact):
            if way.field == field and way.id == way_id:
                return way
    raise Contact.DoesNotExist
