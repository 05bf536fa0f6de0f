from __future__ import annotations

import pytest

from knotenpunkt.tools.search.names import Named, find, index_of, national

THINGS = [
    Named("house", "1", "Familienhaus Lindenbrücke", ("Döbeln", "04720"), ("030 23125 014",)),
    Named("house", "2", "Beratungsstelle Ankerplatz", ("Freiberg",), ("haus@ankerplatz.example",)),
    Named("person", "3", "Dr. med. Anna-Lena von der Heide-Müller", ("Ankerplatz",),
          ("+493023125016", "heide@example.org")),
    Named("person", "4", "Jörg Meier"),
    Named("person", "5", "Käthe Meyer"),
    Named("offer", "6", "Krabbelgruppe am Morgen", ("Lindenbrücke",)),
]  # fmt: skip
INDEX = index_of(THINGS)


def keys(typed: str, limit: int = 5) -> list[str]:
    return [match.named.key for match in find(INDEX, typed, limit=limit)]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("Lindenbrücke", "1"), ("lindenbruecke", "1"), ("lindenbrucke", "1"), ("linden", "1"),
        ("lindenbrükce", "1"), ("brücke", "1"), ("krabelgruppe", "6"), ("heide", "3"),
        ("müller", "3"), ("anna lena", "3"), ("heide mueller", "3"), ("HEIDE, Anna", "3"),
        ("jorg", "4"), ("joerg", "4"), ("beratungsstele", "2"), ("04720", "1"),
    ],
)  # fmt: skip
def test_finds_what_is_called_so_however_it_is_typed(typed: str, best: str) -> None:
    assert keys(typed)[0] == best


@pytest.mark.parametrize(
    "typed", ["030 23125 014", "03023125014", "+49 30 23125014", "0049 30 23125-014", "23125 014"]
)
def test_finds_by_a_number_and_says_which(typed: str) -> None:
    first = find(INDEX, typed, limit=5)[0]
    assert (first.named.key, first.way) == ("1", "030 23125 014")


@pytest.mark.parametrize("typed", ["heide@example.org", "haus@anker", "ankerplatz.example"])
def test_finds_by_an_address(typed: str) -> None:
    first = find(INDEX, typed, limit=5)[0]
    assert first.named.key in ("2", "3")
    if "heide" in typed:
        assert first.named.key == "3"


def test_says_the_way_only_where_the_name_does_not() -> None:
    assert find(INDEX, "Lindenbrücke", limit=5)[0].way == ""


def test_the_right_spelling_comes_before_the_one_alike() -> None:
    assert keys("meyer")[:2] == ["5", "4"]
    assert keys("meier")[:2] == ["4", "5"]


def test_all_words_count_and_one_may_be_wrong() -> None:
    assert keys("krabbelgruppe lindenbrücke") == ["6"]
    assert keys("lindenbrücke qqqq")[0] in ("1", "6")
    assert keys("qqqq wwww") == []


@pytest.mark.parametrize("typed", ["", "   ", "!?", "\u0000", "🙂", "%_"])
def test_nothing_typed_finds_nothing(typed: str) -> None:
    assert keys(typed) == []


def test_of_each_group_so_many() -> None:
    many = index_of(Named("g", str(n), f"Haus {n}") for n in range(30))
    assert len(find(many, "haus", limit=4)) == 4


def test_a_number_without_what_stands_before_it() -> None:
    assert national("+49 3731 555") == national("03731 555") == "3731555"
    assert national("haus@example.org") == ""
