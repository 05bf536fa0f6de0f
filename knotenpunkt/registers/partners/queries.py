"""Reads of partners: the only way from an address or a name to an organisation."""

from __future__ import annotations

import re
from uuid import UUID

from django.db.models import QuerySet

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.registers.partners.models import Level, Organisation
from knotenpunkt.registers.partners.rules import may_see_internal

REGISTERED = re.compile(r"\be\s*\.?\s*v\b\.?", re.IGNORECASE)


def organisations(actor: Actor) -> QuerySet[Organisation]:
    """The organisations that this actor may see."""
    rows: QuerySet[Organisation] = Organisation.objects.select_related("body", "place")
    return rows if may_see_internal(actor) else rows.filter(Organisation.published_when)


def get_organisation(actor: Actor, organisation_id: UUID) -> Organisation:
    """The organisation, or Organisation.DoesNotExist when this actor may not see it."""
    return organisations(actor).get(pk=organisation_id)


def name_key(name: str) -> str:
    """What two spellings of one body share: "Hilfe e.V." and "HILFE  e. V." are the same."""
    return fold(REGISTERED.sub("ev", name)).strip()


def find_body(actor: Actor, name: str) -> Organisation | None:
    """The body of that name, however it is spelt."""
    return organisations(actor).filter(level=Level.BODY, name_key=name_key(name)).first()
