"""Reads of texts in other languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.languages import OTHERS
from knotenpunkt.registers.offers.models import Offer, OfferText, Status, TextRun, TextState
from knotenpunkt.registers.offers.queries import offers_at_desk
from knotenpunkt.registers.offers.translating.wording import MISSING

RUNS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """How many published offers stand how in one language."""

    language: str
    checked: int
    imported: int
    outdated: int
    missing: int


def standings(actor: Actor) -> list[Standing]:
    """All languages, in two queries."""
    offers = published(actor)
    total = offers.count()
    rows = OfferText.objects.filter(offer__in=offers.values("pk"), language__in=OTHERS)
    counted = {
        (row["language"], row["state"]): row["n"]
        for row in rows.order_by().values("language", "state").annotate(n=Count("pk"))
    }
    return [_standing(language, counted, total) for language in OTHERS]


def _standing(language: str, counted: dict[tuple[str, str], int], total: int) -> Standing:
    by_state = {state: counted.get((language, state.value), 0) for state in TextState}
    return Standing(
        language,
        checked=by_state[TextState.CHECKED],
        imported=by_state[TextState.IMPORTED],
        outdated=by_state[TextState.OUTDATED],
        missing=total - sum(by_state.values()),
    )


def published(actor: Actor) -> QuerySet[Offer]:
    """The offers at this desk that families find."""
    return offers_at_desk(actor).filter(status=Status.PUBLISHED)


def with_texts(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    """With their texts and who checked them, in two more queries."""
    texts = OfferText.objects.select_related("checked_by")
    return rows.select_related("provider").prefetch_related(Prefetch("texts", texts))


def in_state(state: str, languages: Sequence[str] = OTHERS) -> Q:
    """Offers that stand so in one of these languages."""
    kept = Q()
    for language in languages:
        texts = OfferText.objects.filter(language=language)
        if state == MISSING:
            kept |= ~Q(pk__in=texts.order_by().values("offer"))
        else:
            kept |= Q(pk__in=texts.filter(state=state).order_by().values("offer"))
    return kept


def in_need(language: str) -> Q:
    """Offers whose text in this language is missing or outdated."""
    return in_state(MISSING, [language]) | in_state(TextState.OUTDATED.value, [language])


def offers_by_id(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Offer]:
    """Those of these offers that are at this desk, with their texts."""
    rows = with_texts(offers_at_desk(actor).filter(pk__in=list(ids)))
    return {offer.pk: offer for offer in rows}


def text_of(offer: Offer, language: str) -> OfferText | None:
    """The text in one language; the texts must be fetched."""
    return next((text for text in offer.texts.all() if text.language == language), None)


def get_run(actor: Actor, run_id: UUID) -> TextRun:
    """Texts that arrived together. TextRun.DoesNotExist when there is none."""
    actor.must(Right.IMPORT)
    found: TextRun = TextRun.objects.select_related("by").get(pk=run_id)
    return found


def latest_runs(actor: Actor) -> list[TextRun]:
    """What arrived last."""
    actor.must(Right.IMPORT)
    rows = TextRun.objects.select_related("by").defer("rows", "before")
    return list(rows[:RUNS_SHOWN])
