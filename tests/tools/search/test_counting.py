"""What is searched is counted: nobody's, seldom written, and bounded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.core.personal_data import Person
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.search import counting, privacy
from knotenpunkt.tools.search.actions import counts
from knotenpunkt.tools.search.counting import count_search, flush
from knotenpunkt.tools.search.models import SearchCount, SettledSearch
from knotenpunkt.tools.search.rules import first_of_month, is_asked_again, may_be_shown


@pytest.fixture(autouse=True)
def _nothing_waits() -> Iterator[None]:
    counting._forget()
    yield
    counting._forget()


def searched(network: Network, text: str, times: int = 1, **how: Any) -> None:
    for _time in range(times):
        count_search(network.pk, text, **{"language": "de", "found": True} | how)


def rows(network: Network) -> list[SearchCount]:
    with in_network(network):
        return list(SearchCount.objects.exclude(count=0))


def test_counting_touches_no_database(network_a: Network, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        searched(network_a, "Hebamme", 50)


def test_all_ways_to_write_a_text_are_one(network_a: Network) -> None:
    for text in ("Schläft nicht", " schlaeft  nicht!", "SCHLÄFT NICHT"):
        searched(network_a, text)
    searched(network_a, "schläft nicht", found=False, language="uk")
    flush()
    counted = {row.language: (row.count, row.without_result) for row in rows(network_a)}
    assert counted == {"de": (3, 0), "uk": (1, 1)}


def test_what_was_searched_is_known_from_the_tenth_time_on(network_a: Network) -> None:
    searched(network_a, "Mukibu", 9)
    flush()
    [row] = rows(network_a)
    assert (row.count, row.text) == (9, "")
    assert "mukibu" not in str(vars(row)).lower()
    searched(network_a, "mukibu")
    flush()
    assert [(row.count, row.text) for row in rows(network_a)] == [(10, "mukibu")]


def test_the_ten_may_be_of_several_months_and_languages(network_a: Network) -> None:
    asked = {("de", "Mukibu"): counts.Tally(6, 6)}
    with in_network(network_a):
        counts.add_counts(asked, month=date(2026, 9, 1))
        counts.add_counts({("uk", "Mukibu"): counts.Tally(4)}, month=date(2026, 10, 1))
    assert {(row.month.month, row.count, row.text) for row in rows(network_a)} == {
        (9, 6, ""),
        (10, 4, "Mukibu"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "0172 3456789",
        "petra@example.org",
        "www.example.org/petra",
        "mein Nachbar Max Muster schlägt seine Kinder",
        "geboren 12.03.2021",
        "a" * 61,
        "?!",
    ],
)
def test_what_may_tell_of_a_person_never_becomes_text(network_a: Network, text: str) -> None:
    assert not may_be_shown(text)
    searched(network_a, text, 30)
    flush()
    assert all(not row.text for row in rows(network_a))


def test_a_postal_code_is_no_telephone_number() -> None:
    assert may_be_shown("Hebamme 09599 Freiberg")


def test_who_turns_pages_and_sets_filters_has_searched_once(network_a: Network) -> None:
    page = "https://example.org/mitte/angebote/?q=Schl%C3%A4ft+nicht&ort=09599"
    assert is_asked_again("schläft nicht", page)
    assert not is_asked_again("schläft", page)
    assert not is_asked_again("schläft", "")
    assert not is_asked_again("schläft", "http://[broken")
    searched(network_a, "schläft nicht", 5, came_from=page)
    flush()
    assert rows(network_a) == []


def test_equal_texts_of_two_networks_cannot_be_joined(
    network_a: Network, network_b: Network
) -> None:
    for network in (network_a, network_b):
        searched(network, "Mukibu")
    flush()
    [here], [there] = rows(network_a), rows(network_b)
    assert here.key != there.key


def test_a_flood_fills_neither_memory_nor_table(
    network_a: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST_WAITING", 20)
    monkeypatch.setattr(counts, "MOST_TEXTS", 30)
    monkeypatch.setattr(counts, "LEFT_OF_THEM", 10)
    searched(network_a, "Hebamme", 7)
    for round_ in range(4):
        for number in range(50):
            searched(network_a, f"made up {round_} {number}", found=False)
        assert counting._waiting.texts <= 20
        flush()
    kept = rows(network_a)
    assert len(kept) <= 31
    assert sum(row.count for row in kept) == 207
    assert sum(row.without_result for row in kept) == 200
    assert max(row.count for row in kept if row.key) == 7  # the frequent one outlives the flood


def test_a_long_text_is_cut_before_it_waits(network_a: Network) -> None:
    searched(network_a, "x" * 100_000)
    [(_language, text)] = counting._waiting.counted[network_a.pk]
    assert len(text) == counting.LONGEST_TEXT


def test_what_cannot_be_written_now_waits(
    network_a: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_words: Any, **_named: Any) -> None:
        raise OperationalError("database is locked")

    searched(network_a, "Hebamme", 3)
    with monkeypatch.context() as patch:
        patch.setattr(counting, "add_counts", locked)
        flush()
    assert rows(network_a) == []
    searched(network_a, "Hebamme")
    flush()
    assert [row.count for row in rows(network_a)] == [4]


def test_a_network_that_is_gone_stops_nobody(network_a: Network) -> None:
    searched(Network(pk=uuid4()), "Hebamme")
    searched(network_a, "Hebamme")
    flush()
    assert len(rows(network_a)) == 1


def test_writing_asks_as_much_for_many_as_for_few(
    network_a: Network, django_assert_max_num_queries: Any
) -> None:
    for number in range(300):
        searched(network_a, f"text {number}")
    with django_assert_max_num_queries(24):
        flush()
    assert len(rows(network_a)) == 300


def test_counts_end_thirteen_months_after_their_month(inside_a: Network) -> None:
    this_month = first_of_month(timezone.localdate())
    old = date(this_month.year - 1, this_month.month, 1)
    older = date(old.year, old.month - 2, 1) if old.month > 2 else date(old.year - 1, 10, 1)
    for month in (this_month, old, older):
        counts.add_counts({("de", "Hebamme"): counts.Tally(1)}, month=month)
    SettledSearch(key="k", until=older).save()
    assert sum(one.count for one in privacy.expire()) == 2  # the text, and the row of the rest
    assert {row.month for row in SearchCount.objects.all()} == {this_month, old}
    assert not SettledSearch.objects.exists()


def test_an_erasure_forgets_searches_that_name_the_person(inside_a: Network) -> None:
    counts.add_counts({("de", "Praxis Muster"): counts.Tally(12)})
    counts.add_counts({("de", "Hebamme"): counts.Tally(12)})
    person = Person("x", frozenset(), frozenset(), names=frozenset({"Muster"}))
    assert privacy.erase(person) == 1
    assert [row.text for row in SearchCount.objects.exclude(text="")] == ["Hebamme"]


def test_what_is_settled_can_be_taken_back(inside_a: Network) -> None:
    system = System("test")
    counts.settle_search(actor=system, key="k")
    counts.settle_search(actor=system, key="k")
    assert SettledSearch.objects.count() == 1
    counts.unsettle_search(actor=system, key="k")
    assert not SettledSearch.objects.exists()
