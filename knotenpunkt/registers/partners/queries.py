"""Reads of partners."""

from __future__ import annotations

import re

from django.db.models import QuerySet

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.registers.partners.models import Organisation
from knotenpunkt.registers.partners.rules import may_see_internal

REGISTERED = re.compile(r"\be\s*\.?\s*v\b\.?", re.IGNORECASE)


def organisations(actor: Actor) -> QuerySet[Organisation]:
    """The organisations that this actor may see."""
    rows: QuerySet[Organisation] = Organisation.objects.select_related("body", "place")
    return rows if may_see_internal(actor) else rows.filter(Organisation.published_when)


def name_key(name: str) -> str:
    """What two spellings of one body share: "Hilfe e.V." and "HILFE  e. V." are the same."""
    return fold(REGISTERED.sub("ev", name)).strip()
