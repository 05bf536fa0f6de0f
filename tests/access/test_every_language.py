"""A page for families says everything in the language of its address: no word is left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language, to_locale

from knotenpunkt.foundation.core.catalogues import LOCALE
from knotenpunkt.foundation.core.languages import OTHERS
from knotenpunkt.foundation.networks.addresses import languages_of
from tests.access.stage import TABLE, Stage
from tests.access.table import OPEN, Line

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LANGUAGES = [code for code in OTHERS if code != "en"]  # English words are the msgids


@cache
def catalogue(language: str) -> dict[tuple[str | None, str], bool]:
    """(context, msgid) → whether it is translated."""
    file = LOCALE / to_locale(language) / "LC_MESSAGES" / "django.po"
    with file.open("rb") as text:
        messages = read_po(text)
    return {
        (one.context, one.id if isinstance(one.id, str) else one.id[0]): bool(one.string)
        for one in messages
        if one.id
    }


@pytest.fixture
def missed(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """What was asked of the catalogues meanwhile that only the German one has."""
    found: set[str] = set()
    for name, has_context in (
        ("gettext", False), ("ngettext", False), ("pgettext", True), ("npgettext", True),
    ):  # fmt: skip
        monkeypatch.setattr(
            translation._trans, name, _noting(getattr(translation._trans, name), has_context, found)
        )
    yield found


def _noting(real: Callable[..., Any], has_context: bool, found: set[str]) -> Callable[..., Any]:
    def noted(*said: Any) -> Any:
        language = get_language() or "de"
        if language in LANGUAGES and not any(isinstance(one, Promise) for one in said):
            key = (said[0], said[1]) if has_context else (None, said[0])
            if key in catalogue("de") and not catalogue(language).get(key):
                found.add(f"{language}: {key[1]}")
        return real(*said)

    return noted


def _for_families(line: Line) -> bool:
    return line.expected == OPEN


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("line", list(filter(_for_families, TABLE)), ids=str)
def test_nothing_is_said_in_german_only(
    line: Line, language: str, stage: Stage, missed: set[str]
) -> None:
    path = stage.path(line, language)
    inside = path.removeprefix(f"/{stage.network.slug}/{language}/")
    if language not in languages_of(inside):
        assert stage.asked(path).status_code == 302
        return
    stage.asked(path)
    assert not missed
