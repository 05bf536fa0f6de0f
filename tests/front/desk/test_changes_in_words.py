"""Every field that an action records has a German name in the change log."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import translation

import knotenpunkt
from knotenpunkt.front.desk.changes_in_words import label

PRODUCT = Path(knotenpunkt.__file__).parent
# Names of variables and parameters that hold what `record(changes=…)` is given.
CARRIERS = {"changes", "told"}
# The same word in both languages.
SAME = {"name": "Name", "website": "Website", "person": "Person", "text": "Text",
        "organisation": "Organisation", "region": "Region"}  # fmt: skip
# Kept by the program, never told as a change.
INNER = {"id", "network", "name_key", "facility_identity", "created_at", "changed_at", "silence"}
RECORDED = (
    "agreements.Agreement", "agreements.NotNeeded", "areas.Region", "library.Material",
    "offers.Offer", "partners.Contact", "partners.Organisation", "partners.Person",
    "partners.Profession", "partners.SubKind", "responsibilities.Responsibility",
)  # fmt: skip


def written_in_deeds() -> set[str]:
    """The literal names in what the modules that call `record` give it as changes."""
    found = set()
    for file in sorted(PRODUCT.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if "record(" in text and "migrations" not in file.parts:
            found |= {name for node in ast.walk(ast.parse(text)) for name in _names(node)}
    return found


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.keyword) and node.arg == "changes":
        yield from _keys(node.value)
    elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for one in targets:
            if isinstance(one, ast.Name) and one.id in CARRIERS:
                yield from _keys(node.value)
            elif isinstance(one, ast.Subscript) and getattr(one.value, "id", "") in CARRIERS:
                yield from _texts([one.slice])


def _keys(value: ast.AST) -> Iterator[str]:
    """Of a dictionary that is written out: pairs of old and new."""
    for one in ast.walk(value):
        if isinstance(one, ast.Dict) and all(isinstance(v, ast.List) for v in one.values):
            yield from _texts(one.keys)


def _texts(nodes: list[ast.expr | None] | list[ast.expr]) -> Iterator[str]:
    for one in nodes:
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def test_the_words_of_deeds_are_found() -> None:
    assert {
        "version",
        "how",
        "recipients",
        "merged",
        "list",
        "personal",
        "file",
        "decision",
        "stage",
    } <= (written_in_deeds())


@pytest.mark.parametrize("name", sorted(written_in_deeds()))
def test_what_a_deed_names_has_german_words(name: str) -> None:
    with translation.override("de"):
        assert SAME.get(name) == label("", name) or label("", name).lower() != _plain(name)


@pytest.mark.parametrize("kind", RECORDED)
def test_every_column_of_what_is_changed_at_the_desk_has_german_words(kind: str) -> None:
    fields = [one.name for one in apps.get_model(kind)._meta.concrete_fields]
    with translation.override("de"):
        said = {name: label(kind, name) for name in fields if name not in INNER}
    plain = {name for name, one in said.items() if one.lower() == _plain(name)}
    assert plain <= SAME.keys()


def test_an_agreement_is_not_called_an_offer() -> None:
    with translation.override("de"):
        assert label("agreements.Agreement", "title") == "Titel"
        assert label("offers.Offer", "title") == "Name des Angebots"


def _plain(name: str) -> str:
    return name.replace("_", " ")
