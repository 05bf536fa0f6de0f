"""Parts of the list of data care, by name and region."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from knotenpunkt.registers.partners.models import Organisation, Serves
from knotenpunkt.tools.lists.matching import one_text, says, words_of

NO_REGION = "ohne"
"""Those that work for the whole network."""


def named(typed: str) -> Q:
    """Every word stands in the name, or in that of the body above."""
    kept = Q()
    for word in words_of(typed):
        kept &= says(one_text("name", "body__name"), word)
    return kept


def of_region(key: str) -> Q:
    """Those that serve a region."""
    if key == NO_REGION:
        return ~Q(pk__in=Serves.objects.values("organisation"))
    return Q(pk__in=Serves.objects.filter(region=key).values("organisation"))


def with_regions(rows: QuerySet[Organisation]) -> list[Organisation]:
    """With body and regions: three queries."""
    links = Prefetch("region_links", Serves.objects.select_related("region"))
    return list(rows.select_related("body").prefetch_related(links))
