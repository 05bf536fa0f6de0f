"""What the shipped topics are called in the languages that families read.

German and English are kept with each network's topics, where they can be changed. The others are
not: a network that calls a topic differently has its own name shown in all of them.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def shipped_name(key: str, german: str, language: str) -> str:
    """The name of a topic that is called in German what we called it; "" when it is not."""
    names = _names(language)
    return names.get(key, "") if names and _german().get(key) == german else ""


@cache
def _names(language: str) -> dict[str, str]:
    file = DATA / "topic_names" / f"{language}.json"
    names: dict[str, str] = _read(file) if file.exists() else {}
    return names


@cache
def _german() -> dict[str, str]:
    return {topic["key"]: topic["de"] for topic in _read(DATA / "topics.json")}


def _read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))
