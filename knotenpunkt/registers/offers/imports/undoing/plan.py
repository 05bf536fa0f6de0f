"""What taking an import of offers back would do: nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from knotenpunkt.registers.offers.imports.records import SHELF
from knotenpunkt.registers.offers.models import (
    Offer,
    OfferAtPlace,
    OfferContact,
    OfferText,
    OfferTopic,
    Schedule,
)
from knotenpunkt.tools.imports import fates
from knotenpunkt.tools.imports.fates import Foreseen
from knotenpunkt.tools.imports.hanging import by_hand
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.imports.queries import steps_of
from knotenpunkt.tools.imports.steps import told

BROUGHT = {OfferTopic, OfferContact, OfferAtPlace, OfferText, Schedule}


def foresee(run: Run) -> Foreseen:
    """What taking this import back would do."""
    return fates.foresee(fates.fates(told(steps_of(run)), SHELF), SHELF, used_elsewhere)


def used_elsewhere(offer_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Offers that more hangs on than an import brings: a picture, a family's request."""
    ids = list(offer_ids)
    used: set[UUID] = set()
    for model, name in _foreign_keys():
        rows = by_hand(model).filter(**{f"{name}__in": ids})
        used |= set(rows.values_list(f"{name}_id", flat=True))
    return frozenset(used)


def _foreign_keys() -> Iterator[tuple[Any, str]]:
    """Keys of other tables that lead to offers."""
    for relation in Offer._meta.related_objects:
        if relation.related_model not in BROUGHT:
            yield relation.related_model, relation.field.name
