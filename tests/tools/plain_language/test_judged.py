"""The rules against sentences that were judged by hand before the rules were written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knotenpunkt.tools.plain_language.checking import check
from knotenpunkt.tools.plain_language.explaining import RULES

JUDGED = Path(__file__).parent / "judged.txt"
GOOD = "gut"


def judged() -> Iterator[tuple[frozenset[str], str]]:
    for row in JUDGED.read_text(encoding="utf-8").splitlines():
        if row.startswith("#"):
            continue
        rules, _bar, text = row.partition(" | ")
        told = frozenset() if rules == GOOD else frozenset(rules.split(", "))
        yield told, text.replace("⏎", "\n")


BAD = [one for one in judged() if one[0]]
FINE = [text for rules, text in judged() if not rules]


def test_the_set_is_large_enough() -> None:
    assert len(BAD) >= 100
    assert len(FINE) >= 40


@pytest.mark.parametrize(("rules", "text"), BAD)
def test_what_is_hard_is_found(rules: frozenset[str], text: str) -> None:
    assert rules <= {finding.rule for finding in check(text)}


@pytest.mark.parametrize("text", FINE)
def test_what_is_easy_is_left_alone(text: str) -> None:
    assert check(text) == []


@pytest.mark.parametrize("text", [text for _rules, text in BAD])
def test_a_finding_points_at_its_words(text: str) -> None:
    rows = text.split("\n")
    for finding in check(text):
        assert rows[finding.line - 1][finding.start : finding.end] == finding.said
        assert finding.said.strip()


def test_each_rule_is_explained_and_each_explained_rule_is_judged() -> None:
    assert {rule for rules, _text in BAD for rule in rules} == RULES.keys()
