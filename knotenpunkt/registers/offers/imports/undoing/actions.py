"""Putting records back as they were, and removing those that an import brought."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ForeignKey, Model, ProtectedError, Q

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import record
from knotenpunkt.registers.areas.actions import DERIVED, save_place
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers import findable
from knotenpunkt.registers.offers.actions import Belongings, TimeDraft, save_offer
from knotenpunkt.registers.offers.imports.records import (
    CONTACT,
    OFFER,
    ORGANISATION,
    PLACE,
    TIME_FIELDS,
    text_draft,
)
from knotenpunkt.registers.offers.models import Offer, Topic
from knotenpunkt.registers.partners.actions import PhoneDraft, save_contact, save_organisation
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.tools.imports.hanging import by_hand, drop_kept_by_itself
from knotenpunkt.tools.imports.shelf import Values

DEED = "offers.undo_import"
_DATES, _TIMES = {"day", "valid_from", "valid_to"}, {"starts_at", "ends_at"}


@transaction.atomic
def put_back(*, actor: Actor, kind: str, found: Any, values: Values) -> None:
    """Give a record its former values, through the same actions as every change."""
    actor.must(Right.IMPORT)
    _PUT_BACK[kind](actor, found, values)


def _put_back_offer(actor: Actor, offer: Offer, values: Values) -> None:
    save_offer(actor=actor, offer=offer, belongings=_belongings(values), **_columns(offer, values))


def _columns(row: Model, values: Values) -> Values:
    """The columns among the values as the record takes them; what they led to may be gone."""
    told: Values = {}
    for field in row._meta.concrete_fields:
        if field.name not in values:
            continue
        told[field.name] = value = values[field.name]
        if isinstance(field, ForeignKey):
            found = field.related_model._default_manager.filter(pk=value).first()
            told[field.name] = found
            if found is None and not field.null:
                del told[field.name]
        elif value is not None:
            told[field.name] = field.to_python(value)
    return told


def _belongings(values: Values) -> Belongings:
    """Only what is put back; what is gone by now stays away."""
    return Belongings(
        topics=_there(Topic, values, "topics"),
        places=_there(Place, values, "places"),
        contacts=_there(Contact, values, "contacts"),
        times=[_time(told) for told in values["times"]] if "times" in values else None,
        texts=[text_draft(told) for told in values["texts"]] if "texts" in values else None,
    )


def _there(model: type[Model], values: Values, name: str) -> list[Any] | None:
    if name not in values:
        return None
    found = {str(row.pk): row for row in model._default_manager.filter(pk__in=values[name])}
    return [found[pk] for pk in values[name] if pk in found]


def _time(told: list[Any]) -> TimeDraft:
    values = dict(zip(TIME_FIELDS, told, strict=True))
    for name, value in values.items():
        if value and name in _DATES:
            values[name] = date.fromisoformat(value)
        elif value and name in _TIMES:
            values[name] = time.fromisoformat(value)
    return TimeDraft(**values)


def _put_back_organisation(actor: Actor, row: Organisation, values: Values) -> None:
    told = _columns(row, values)
    if told.get("is_public") is False and _is_needed(row):
        del told["is_public"]
    save_organisation(actor=actor, organisation=row, **told)


def _is_needed(row: Organisation) -> bool:
    """Whether something published hangs on it, also of one of its facilities."""
    published = Offer.objects.filter(Offer.published_when)
    return bool(published.filter(Q(provider=row) | Q(provider__body=row)).exists())


def _put_back_contact(actor: Actor, row: Contact, values: Values) -> None:
    phones = [PhoneDraft(*one) for one in values["phones"]] if "phones" in values else None
    told = _columns(row, values)
    save_contact(actor=actor, organisation=row.organisation, contact=row, phones=phones, **told)


def _put_back_place(actor: Actor, row: Place, values: Values) -> None:
    """What follows from an address is put back with it, not derived anew."""
    told = {name: getattr(row, name) for name in DERIVED} if DERIVED & values.keys() else {}
    save_place(actor=actor, place=row, **told | _columns(row, values))


_PUT_BACK: dict[str, Callable[[Actor, Any, Values], None]] = {
    OFFER: _put_back_offer,
    ORGANISATION: _put_back_organisation,
    CONTACT: _put_back_contact,
    PLACE: _put_back_place,
}


@transaction.atomic
def remove_offer(*, actor: Actor, offer: Offer) -> bool:
    """Delete an offer that an import brought, with what hangs on it alone; False when it is
    needed elsewhere."""
    actor.must(Right.IMPORT)
    if not _delete(offer):
        return False
    findable.touch(offer)
    record(actor=actor, deed=DEED, on=offer, title=offer.title)
    return True


@transaction.atomic
def remove_unneeded(*, actor: Actor, found: Organisation | Contact | Place) -> bool:
    """Delete what an import brought beside an offer, once nothing needs it any more."""
    actor.must(Right.IMPORT)
    if _hangs_on(found):
        return False
    title = found.name if isinstance(found, Organisation) else ""
    if not _delete(found):
        return False
    record(actor=actor, deed=DEED, on=found, title=title)
    return True


def _hangs_on(found: Model) -> bool:
    """Whether any other record leads here; a contact's own numbers do not count."""
    own = {"Phone"} if isinstance(found, Contact) else set()
    return any(
        by_hand(relation.related_model).filter(**{relation.field.name: found}).exists()
        for relation in found._meta.related_objects
        if relation.related_model.__name__ not in own
    )


def _delete(found: Model) -> bool:
    pk: UUID = found.pk
    try:
        with transaction.atomic():
            drop_kept_by_itself(found)
            found.delete()
    except ProtectedError:
        return False
    finally:
        found.pk = pk  # the audit and the search name it after it is gone
    return True
