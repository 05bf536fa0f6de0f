"""Who may see what of oneself: it holds at once, whoever approves other changes."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from knotenpunkt.activities.upkeep.actions.applying import release_way
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.partners.models import Audience, Contact, Phone, ReleasedField


@transaction.atomic
def say_who_sees(*, actor: Actor, contact: Contact, audiences: Mapping[str, str]) -> int:
    """`audiences` maps "name", "email" or a number as shown to who may see it; how many changed."""
    phones = {phone.shown: phone for phone in contact.phones.all()}
    changed = 0
    for way, told in audiences.items():
        changed += _say(actor, contact, way, Audience(told), phones.get(way))
    return changed


def _say(actor: Actor, contact: Contact, way: str, audience: Audience, phone: Phone | None) -> bool:
    if phone is not None:
        field, now = ReleasedField.PHONE, phone.audience
    elif way in ("name", "email"):
        field, now = ReleasedField(way), getattr(contact, f"{way}_audience")
    else:
        return False
    if now == audience:
        return False
    release_way(actor, contact, field, audience, phone)
    return True
