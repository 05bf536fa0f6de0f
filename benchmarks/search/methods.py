"""Ways to find: ours and those that other directories use, all over the same offers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from knotenpunkt.tools.search.actions import EntryDraft
from knotenpunkt.tools.search.encoder import encode
from knotenpunkt.tools.search.queries import Request, search
from knotenpunkt.tools.search.words import terms_of

Method = Callable[[str], list[UUID]]
"""A query → what it finds, best first."""
SATURATION, LENGTH = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Methods:
    """The methods by name, in the order in which they are reported."""

    by_name: dict[str, Method]


def all_methods(drafts: Sequence[EntryDraft]) -> Methods:
    """Every method over these offers. They must already be written as entries."""
    return Methods(
        {
            "substring": _substring(drafts),
            "all words, substring": _all_words(drafts),
            "BM25, stemmed": _bm25(drafts),
            "encoder alone": _encoder(drafts),
            "ours": ours,
        }
    )


def ours(query: str) -> list[UUID]:
    """The product's search as it is."""
    return [hit.object_id for hit in search(Request(text=query, limit=100)).hits]


def whole_text(draft: EntryDraft) -> str:
    """All that an offer says, lower case."""
    parts = (draft.title, draft.words, draft.summary, draft.text, draft.provider, draft.places)
    return " ".join(parts).casefold()


def _substring(drafts: Sequence[EntryDraft]) -> Method:
    texts = [(draft.object_id, whole_text(draft)) for draft in drafts]
    return lambda query: [found for found, text in texts if query.casefold() in text]


def _all_words(drafts: Sequence[EntryDraft]) -> Method:
    texts = [(draft.object_id, whole_text(draft)) for draft in drafts]
    return lambda query: [
        found for found, text in texts if all(word in text for word in query.casefold().split())
    ]


def _bm25(drafts: Sequence[EntryDraft]) -> Method:
    counts = [Counter(terms_of(whole_text(draft))) for draft in drafts]
    lengths = [sum(count.values()) for count in counts]
    average = sum(lengths) / len(lengths)
    frequency = Counter(term for count in counts for term in count)

    def score(terms: list[str], row: int) -> float:
        total = 0.0
        for term in terms:
            often = counts[row][term]
            rarity = math.log(1 + (len(drafts) - frequency[term] + 0.5) / (frequency[term] + 0.5))
            damp = SATURATION * (1 - LENGTH + LENGTH * lengths[row] / average)
            total += rarity * often * (SATURATION + 1) / (often + damp)
        return total

    def find(query: str) -> list[UUID]:
        scores = [(score(terms_of(query), row), row) for row in range(len(drafts))]
        return [drafts[row].object_id for score, row in sorted(scores, key=_best) if score > 0]

    return find


def _best(scored: tuple[float, int]) -> tuple[float, int]:
    return -scored[0], scored[1]


def _encoder(drafts: Sequence[EntryDraft]) -> Method:
    vectors = encode([draft.meaning for draft in drafts])

    def find(query: str) -> list[UUID]:
        order = np.argsort(-(vectors @ encode([query])[0]), kind="stable")
        return [drafts[row].object_id for row in order]

    return find
