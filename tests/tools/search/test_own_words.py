"""A network's own words lead where they should, in the next search and in every process."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from knotenpunkt.foundation.accounts.actors import ANYONE, System
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.core.personal_data import Person
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import (
    OutsideNetwork,
    in_network,
    published_everywhere,
)
from knotenpunkt.tools.search import privacy
from knotenpunkt.tools.search.actions import remove_own_word, save_own_word, write_entries
from knotenpunkt.tools.search.lexicon import OwnMeaning
from knotenpunkt.tools.search.models import OwnWord, Version
from knotenpunkt.tools.search.own_words import own_meanings, own_word_said
from knotenpunkt.tools.search.queries import Request, search
from tests.tools.search.conftest import Draft

SYSTEM = System("test")


def saved(said: str = "Mukibu", *means: str, **more: Any) -> OwnWord:
    return save_own_word(actor=SYSTEM, said=said, means=means or ("Mutter-Kind-Bus",), **more)


def stamp() -> object:
    return Version.objects.values_list("stamp", flat=True).first()


def test_a_word_is_saved_with_what_it_means(inside_a: Network) -> None:
    saved("  Mukibu ", " Mutter-Kind-Bus", "Mutter-Kind-Bus", "", "fahrende  Beratung")
    assert own_meanings() == [OwnMeaning("Mukibu", ("Mutter-Kind-Bus", "fahrende Beratung"))]
    assert own_word_said(SYSTEM, "MUKIBU!") is not None


def test_each_change_draws_a_new_stamp(inside_a: Network) -> None:
    word = saved()
    first = stamp()
    assert first is not None
    saved("Mukibu", "Mutter-Kind-Bus", word=word)
    assert stamp() == first  # nothing changed
    saved("Mukibu", "Bus", word=word)
    second = stamp()
    remove_own_word(actor=SYSTEM, word=word)
    assert len({first, second, stamp()}) == 3


def test_each_deed_is_on_record_and_can_be_put_back(inside_a: Network) -> None:
    word = saved(note="seit 2019")
    remove_own_word(actor=SYSTEM, word=word)
    deeds = {entry.deed: entry for entry in Entry.objects.all()}
    assert deeds.keys() == {"search.add_word", "search.remove_word"}
    assert deeds["search.remove_word"].changes == {
        "said": ["Mukibu", ""],
        "means": [["Mutter-Kind-Bus"], []],
        "note": ["seit 2019", ""],
    }


@pytest.mark.parametrize(
    ("said", "means", "field"),
    [
        ("", ["Bus"], "said"),
        ("?!", ["Bus"], "said"),
        ("x" * 81, ["Bus"], "said"),
        ("Mukibu", [], "means"),
        ("Mukibu", ["mukibu"], "means"),
        ("Mukibu", ["y" * 81], "means"),
        ("Mukibu", [f"Bus {number}" for number in range(13)], "means"),
    ],
)
def test_what_says_nothing_is_refused(
    inside_a: Network, said: str, means: list[str], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        save_own_word(actor=SYSTEM, said=said, means=means)
    assert set(refused.value.message_dict) == {field}
    assert not OwnWord.objects.exists()


def test_a_word_is_there_once_however_it_is_written(inside_a: Network) -> None:
    saved("Mäuse-Treff", "Krabbelgruppe")
    with pytest.raises(ValidationError):
        saved("maeuse treff", "Spielkreis")


def test_only_who_keeps_the_registers_changes_words(inside_a: Network) -> None:
    with pytest.raises(PermissionDenied):
        save_own_word(actor=ANYONE, said="Mukibu", means=["Bus"])
    with pytest.raises(PermissionDenied):
        remove_own_word(actor=ANYONE, word=saved())


def test_words_stay_in_their_network(network_a: Network, network_b: Network) -> None:
    """Their notes are for colleagues, so they are not among what is published, either."""
    with in_network(network_a):
        saved()
    with in_network(network_b):
        assert own_meanings() == []
        with published_everywhere(), pytest.raises(OutsideNetwork):
            OwnWord.objects.count()


def test_words_that_name_a_person_are_told(inside_a: Network) -> None:
    saved(note="nach Erna Muster")
    erna = Person("x", frozenset(), frozenset(), names=frozenset({"Erna Muster"}))
    assert ["Mukibu" in told for told in privacy.mentions(erna)] == [True]
    assert privacy.export(erna) == [{"word": "Mukibu", "note": "nach Erna Muster"}]


def test_other_words_can_be_tried_without_keeping_them(inside_a: Network, draft: Draft) -> None:
    write_entries([draft("Fahrende Beratung"), draft("Krabbelgruppe"), draft("Schuldnerberatung")])
    tried = search(Request("Mukilo", own_words=[OwnMeaning("Mukilo", ("Krabbelgruppe",))]))
    assert tried.hits[0].title == "Krabbelgruppe"
    assert own_meanings() == []
    saved("Mukilo", "Fahrende Beratung")
    assert search(Request("Mukilo")).hits[0].title == "Fahrende Beratung"
    assert search(Request("Fahrende Beratung", own_words=[])).hits[0].title == "Fahrende Beratung"
