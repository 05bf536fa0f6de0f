"""Services that translate: LibreTranslate's and DeepL's interface, and whatever speaks like them.

None is set up by default. Nothing is sent but the texts that a caller hands over.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils.translation import gettext as _

LIBRETRANSLATE, DEEPL = "libretranslate", "deepl"
SECONDS = 20.0
ATTEMPTS = 3
PAUSE_SECONDS = 1.0
LARGEST_ANSWER = 4 * 1024 * 1024
MOST_TEXTS, MOST_SIGNS = 40, 8_000
TOO_MANY, TOO_MUCH = 429, 456
DEEPL_CODES = {"en": "EN-GB"}


class ServiceProblem(Exception):
    """Why a service did not translate, fit for the desk. `again`: later it may work."""

    def __init__(self, text: str, *, again: bool = False) -> None:
        super().__init__(text)
        self.again = again


class Service(Protocol):
    """One small interface for all of them."""

    @property
    def name(self) -> str:
        """What the desk calls it."""

    def translate(self, texts: Sequence[str], language: str) -> list[str]:
        """The German texts in this language, one for one; ServiceProblem when it cannot."""


@dataclass(frozen=True, slots=True)
class LibreTranslate:
    """Also what other programs offer under its interface, such as one's own server."""

    url: str
    key: str = ""
    name: str = "LibreTranslate"

    def translate(self, texts: Sequence[str], language: str) -> list[str]:
        """See `Service`."""
        asked: dict[str, Any] = {
            "q": list(texts), "source": "de", "target": language, "format": "text",
        }  # fmt: skip
        if self.key:
            asked["api_key"] = self.key
        answer = _post(f"{self.url.rstrip('/')}/translate", asked, {})
        return _texts(answer.get("translatedText"), len(texts))


@dataclass(frozen=True, slots=True)
class DeepL:
    """DeepL, or a service that offers its interface."""

    url: str
    key: str
    name: str = "DeepL"

    def translate(self, texts: Sequence[str], language: str) -> list[str]:
        """See `Service`."""
        asked = {
            "text": list(texts),
            "source_lang": "DE",
            "target_lang": DEEPL_CODES.get(language, language.upper()),
            "preserve_formatting": True,
        }
        headers = {"Authorization": f"DeepL-Auth-Key {self.key}"}
        answer = _post(f"{self.url.rstrip('/')}/v2/translate", asked, headers)
        rows = answer.get("translations")
        told = [row.get("text") for row in rows] if isinstance(rows, list) else None
        return _texts(told, len(texts))


def service() -> Service | None:
    """The service that the installation has set up, or None."""
    if settings.TRANSLATOR == DEEPL:
        return DeepL(settings.TRANSLATOR_URL, settings.TRANSLATOR_KEY)
    if settings.TRANSLATOR == LIBRETRANSLATE:
        return LibreTranslate(settings.TRANSLATOR_URL, settings.TRANSLATOR_KEY)
    return None


def in_portions(texts: Sequence[str]) -> Iterator[list[str]]:
    """Texts in portions that a service takes at once."""
    portion: list[str] = []
    for text in texts:
        size = sum(map(len, portion)) + len(text)
        if portion and (len(portion) >= MOST_TEXTS or size > MOST_SIGNS):
            yield portion
            portion = []
        portion.append(text)
    if portion:
        yield portion


class _NoRedirects(HTTPRedirectHandler):
    """What is sent goes where the setting says, and nowhere else."""

    def redirect_request(self, *_told: Any, **_more: Any) -> None:
        return None


def _post(
    url: str,
    asked: Mapping[str, Any],
    headers: Mapping[str, str],
    *,
    wait: Callable[[float], None] = time.sleep,
) -> dict[str, Any]:
    """The answer to one question; asked again a few times when the service is busy."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _asked_once(url, asked, headers)
        except ServiceProblem as problem:
            if not problem.again or attempt == ATTEMPTS:
                raise
            wait(PAUSE_SECONDS * 2**attempt)
    raise AssertionError("unreachable")


def _asked_once(url: str, asked: Mapping[str, Any], headers: Mapping[str, str]) -> dict[str, Any]:
    told = {"Content-Type": "application/json", "Accept": "application/json", **headers}
    request = Request(url, json.dumps(asked).encode(), told, method="POST")  # noqa: S310 - a setting
    try:
        with build_opener(_NoRedirects).open(request, timeout=SECONDS) as answer:
            data = answer.read(LARGEST_ANSWER + 1)
    except HTTPError as refused:
        refused.close()
        raise _refusal(refused.code) from refused
    except (URLError, OSError, HTTPException) as silent:
        text = _("The translation service cannot be reached.")
        raise ServiceProblem(text, again=True) from silent
    return _read(data)


def _read(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data) if len(data) <= LARGEST_ANSWER else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ServiceProblem(_("The translation service gave an answer that nobody understands."))
    return found


def _refusal(code: int) -> ServiceProblem:
    if code in (401, 403):
        return ServiceProblem(_("The translation service does not accept the key."))
    if code == TOO_MUCH:
        return ServiceProblem(
            _("The amount of text agreed with the translation service is used up.")
        )
    if code == 400:
        return ServiceProblem(_("The translation service does not know this language."))
    if code == TOO_MANY or code >= 500:
        return ServiceProblem(_("The translation service is busy."), again=True)
    told = _("The translation service refused (%(code)d).") % {"code": code}
    return ServiceProblem(told)


def _texts(told: object, count: int) -> list[str]:
    """One text for each that was sent, or a problem: never a text beside the wrong offer."""
    if isinstance(told, str) and count == 1:
        told = [told]
    if not isinstance(told, list) or len(told) != count:
        raise ServiceProblem(_("The translation service gave an answer that nobody understands."))
    return [_storable(one) if isinstance(one, str) else "" for one in told]


def _storable(text: str) -> str:
    """Without halves of signs and what ends a text in the database, which JSON may hold."""
    return text.encode(errors="ignore").decode().replace("\0", "")
