"""On the judged set our search is at least as good as the encoder alone, for all languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.search.methods import all_methods
from benchmarks.search.quality import judge, judged_offers, judged_queries
from benchmarks.search.sets import OFF, Query, closing_queries, corpora, seen_queries
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.tools.search.actions import write_entries


@pytest.fixture
def judged(inside_a: Network) -> None:
    """The offers of the invented county, findable."""
    write_entries(judged_offers())


@pytest.mark.parametrize("german", [True, False], ids=["German", "other languages"])
def test_words_and_lexicon_never_spoil_the_meaning(judged: None, german: bool) -> None:
    asked = [
        query
        for query in judged_queries()
        if query.kind != "off" and (query.language == "de") is german
    ]
    methods = all_methods(judged_offers()).by_name
    ours, encoder = judge(methods["ours"], asked), judge(methods["encoder alone"], asked)
    assert [ours.hit(first) >= encoder.hit(first) for first in (1, 3, 5)] == [True] * 3
    assert ours.reciprocal > encoder.reciprocal


@pytest.mark.parametrize(
    ("asked", "german", "each"),
    [(seen_queries, 400, 20), (closing_queries, 100, 8)],
    ids=["seen", "closing"],
)
def test_the_judged_sets_are_large_enough(
    asked: Callable[[], list[Query]], german: int, each: int
) -> None:
    real = [query for query in asked() if query.kind != OFF]
    assert sum(query.language == "de" for query in real) >= german
    for language in ("en", "tr", "uk", "ru", "ar", "pl", "vi", "fa"):
        assert sum(query.language == language for query in real) >= each, language
    assert {query.corpus for query in real} >= {"auental", "wiesental"}


def test_every_query_that_has_an_answer_has_it_among_the_offers() -> None:
    offers = {name: {draft.object_id for draft in drafts} for name, drafts in corpora().items()}
    for query in seen_queries():
        if query.kind != OFF and query.corpus in offers:
            assert query.fits & offers[query.corpus], query.text
