"""The bill of materials names everything that is installed or copied, with licence and hash."""

from __future__ import annotations

import re
from typing import Any

import pytest

from scripts import bill_of_materials
from scripts.bill_of_materials import LICENCES, LOCK, VENDORED, Incomplete, bill, licence_of

LOCKED = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)", re.MULTILINE)


@pytest.fixture(scope="module")
def built() -> dict[str, Any]:
    """Built anew; the standard's own schema is asked on the way."""
    return bill()


def test_each_locked_package_is_named(built: dict[str, Any]) -> None:
    named = {(one["name"], one["version"]) for one in built["components"]}
    locked = set(LOCKED.findall(LOCK.read_text(encoding="utf-8")))
    assert len(locked) > 30 and locked <= named


def test_each_has_a_licence_and_a_hash(built: dict[str, Any]) -> None:
    for one in built["components"]:
        assert one["licenses"][0]["expression"], one["name"]
        assert _hashes(one), one["name"]


def _hashes(component: dict[str, Any]) -> list[str]:
    parts = [*component.get("externalReferences", ()), *component.get("components", ())]
    return [kept["content"] for part in parts for kept in part.get("hashes", ())]


def test_what_is_copied_is_named_too(built: dict[str, Any]) -> None:
    folders = {folder.name for place in VENDORED for folder in place.iterdir() if folder.is_dir()}
    named = {one["bom-ref"].removeprefix("vendored-") for one in built["components"]}
    assert folders <= named


def test_the_product_itself_stands_at_its_head(built: dict[str, Any]) -> None:
    product = built["metadata"]["component"]
    assert (product["name"], product["licenses"][0]["license"]["id"]) == ("knotenpunkt", "EUPL-1.2")


def test_no_licence_is_named_for_what_is_gone() -> None:
    locked = {name for name, _version in LOCKED.findall(LOCK.read_text(encoding="utf-8"))}
    assert LICENCES.keys() <= locked


def test_a_package_without_a_licence_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bill_of_materials, "metadata", lambda _name: {"License": "see LICENSE.txt"})
    with pytest.raises(Incomplete, match="Name the licence of something"):
        licence_of("something")
