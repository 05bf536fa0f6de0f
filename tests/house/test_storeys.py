"""Imports and foreign keys go down only."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

from django.apps import apps
from django.db.models import Field, Model

from tests.house.repository import ROOT


def test_the_import_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"Run `lint-imports`; an import goes up:\n{done.stdout[-3000:]}"


def test_foreign_keys_go_down_only() -> None:
    """A foreign key named by a string escapes import-linter: it is checked here."""
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        for field, target in _keys(model)
        if not may_point(_package(model), _package(target))
    ]
    assert not upward, (
        "These keys point to an app that stands above or beside (.importlinter lists the storeys)."
        f" Turn the key round, or write a fact downward: {upward}"
    )


def test_the_check_of_foreign_keys_can_fail() -> None:
    offers, partners = "knotenpunkt.registers.offers", "knotenpunkt.registers.partners"
    assert may_point(offers, partners)
    assert not may_point(partners, offers)
    assert not may_point("knotenpunkt.registers.pages", offers)
    assert not may_point("knotenpunkt.tools.search", "knotenpunkt.tools.imports")
    assert may_point("knotenpunkt.tools.imports", "knotenpunkt.tools.jobs")
    assert not may_point("knotenpunkt.foundation.audit", offers)


def may_point(source: str, target: str) -> bool:
    """Whether a table of one package may hold a key to a table of another."""
    ours = all(one.startswith("knotenpunkt.") for one in (source, target))
    if source == target or not ours:  # allauth's tables point to the account they belong to
        return True
    _root, upper, app = source.split(".")[:3]
    _root, lower, other = target.split(".")[:3]
    if upper != lower:
        return _above(_layers("storeys"), upper, lower)
    return _above(_layers(upper), app, other)


def _above(layers: list[set[str]], upper: str, lower: str) -> bool:
    places = {app: place for place, siblings in enumerate(layers) for app in siblings}
    return places[upper] < places[lower]


def _layers(contract: str) -> list[set[str]]:
    """The layers of a contract, upper first, each with its siblings."""
    parser = ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    lines = parser[f"importlinter:contract:{contract}"]["layers"].strip().splitlines()
    return [{part.strip(" ()") for part in line.split("|")} for line in lines]


def _package(model: type[Model]) -> str:
    return model._meta.app_config.name


def _keys(model: type[Model]) -> Iterator[tuple[Field, type[Model]]]:
    for field in (*model._meta.fields, *model._meta.many_to_many):
        if field.related_model:
            yield field, field.related_model
