"""Reads of pools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from knotenpunkt.tools.capacity.models import Pool


def pools(about: Iterable[UUID]) -> Mapping[UUID, Pool]:
    """The pools of these things, in one query; what has none is left out."""
    rows = Pool.objects.filter(about__in=list(about))
    return {row.about: row for row in rows}
