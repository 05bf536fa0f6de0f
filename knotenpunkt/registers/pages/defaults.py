"""What ships with the product: help numbers, templates of legal pages, offices of the Länder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knotenpunkt.registers.pages.models import HelpNumber

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class PageTemplate:
    """The first text of a legal page, with {{placeholders}}."""

    kind: str
    language: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Offices:
    """Where people of a Land turn to; empty when the Land is not known."""

    data_protection: str = ""
    accessibility: str = ""


@cache
def page_templates() -> tuple[PageTemplate, ...]:
    """All templates, read from `data/legal/<kind>.<language>.md`; the first line is the title."""
    return tuple(_template(file) for file in sorted((DATA / "legal").glob("*.md")))


def _template(file: Path) -> PageTemplate:
    kind, language = file.stem.rsplit(".", 1)
    title, _blank, body = file.read_text(encoding="utf-8").partition("\n")
    return PageTemplate(kind, language, title.removeprefix("# ").strip(), body.strip())


def help_numbers() -> list[HelpNumber]:
    """The numbers that every network begins with, not yet saved."""
    rows = json.loads((DATA / "help_numbers.json").read_text(encoding="utf-8"))
    return [HelpNumber(position=position, **row) for position, row in enumerate(rows, start=1)]


def help_words(language: str) -> dict[str, str]:
    """What the shipped help numbers say, in German → in this language."""
    return _all_help_words().get(language, {})


@cache
def _all_help_words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = json.loads(
        (DATA / "help_words.json").read_text(encoding="utf-8")
    )
    return words


def offices(land: str) -> Offices:
    """The offices of a Land, such as "SN"."""
    return _all_offices().get(land, Offices())


@cache
def _all_offices() -> dict[str, Offices]:
    rows = json.loads((DATA / "offices.json").read_text(encoding="utf-8"))
    return {land: Offices(**row) for land, row in rows.items()}
