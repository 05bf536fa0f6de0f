"""publiccode.yml says what the standard 0.4 asks for, and what is true of this repository."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
import yaml
from django.conf import settings
from jsonschema import Draft202012Validator

from tests.house.repository import ROOT

WORDS = {"type": "string", "minLength": 1}
DESCRIPTION = {
    "type": "object",
    "required": ["shortDescription", "longDescription", "features"],
    "additionalProperties": False,
    "properties": {
        "localisedName": WORDS,
        "genericName": WORDS | {"maxLength": 35},
        "shortDescription": WORDS | {"maxLength": 150},
        "longDescription": WORDS | {"minLength": 150, "maxLength": 10_000},
        "documentation": WORDS,
        "features": {"type": "array", "minItems": 1, "items": WORDS | {"maxLength": 100}},
    },
}
# The part of the standard that this file uses; everything else is refused as a typing error.
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType",
        "description", "legal", "maintenance", "localisation",
    ],
    "properties": {
        "publiccodeYmlVersion": {"const": "0.4"},
        "name": WORDS,
        "url": WORDS | {"pattern": r"^https://"},
        "softwareVersion": WORDS,
        "releaseDate": WORDS | {"pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "platforms": {"type": "array", "minItems": 1, "items": WORDS},
        "categories": {"type": "array", "minItems": 1, "items": WORDS},
        "developmentStatus": {"enum": ["concept", "development", "beta", "stable", "obsolete"]},
        "softwareType": {
            "enum": ["standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web",
                     "standalone/backend", "standalone/other", "addon", "library",
                     "configurationFiles"]
        },
        "intendedAudience": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "countries": {"type": "array", "items": WORDS | {"pattern": "^[a-z]{2}$"}},
                "scope": {"type": "array", "items": WORDS},
            },
        },
        "description": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": "^[a-z]{2}(-[A-Za-z]+)?$"},
            "additionalProperties": DESCRIPTION,
        },
        "legal": {"type": "object", "required": ["license"], "properties": {"license": WORDS}},
        "maintenance": {
            "type": "object",
            "required": ["type", "contacts"],
            "properties": {
                "type": {"enum": ["internal", "community"]},
                "contacts": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"type": "object", "required": ["name"]},
                },
            },
        },
        "localisation": {
            "type": "object",
            "required": ["localisationReady", "availableLanguages"],
            "properties": {
                "localisationReady": {"type": "boolean"},
                "availableLanguages": {"type": "array", "minItems": 1, "items": WORDS},
            },
        },
        "dependsOn": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "open": {"type": "array", "items": {"type": "object", "required": ["name"]}}
            },
        },
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def told() -> Any:
    """The file as a catalogue reads it."""
    return yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


def test_it_keeps_to_the_standard(told: Any) -> None:
    problems = [problem.message for problem in Draft202012Validator(SCHEMA).iter_errors(told)]
    assert not problems


def test_a_mistake_would_be_seen(told: Any) -> None:
    checker = Draft202012Validator(SCHEMA)
    assert not checker.is_valid(told | {"lisence": "EUPL-1.2"})
    assert not checker.is_valid({key: told[key] for key in told if key != "legal"})


def test_it_says_what_the_repository_says(told: Any) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert told["name"] == project["name"]
    assert told["softwareVersion"] == project["version"]
    assert told["legal"]["license"] == project["license"]
    assert told["localisation"]["availableLanguages"] == [
        code for code, _name in settings.LANGUAGES
    ]
    python = next(one for one in told["dependsOn"]["open"] if one["name"] == "Python")
    assert re.search(r"[\d.]+", project["requires-python"])[0] == python["versionMin"]  # type: ignore[index]
