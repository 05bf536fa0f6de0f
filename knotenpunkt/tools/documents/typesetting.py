"""From a template and plain values to a tagged PDF.

What a template gets are values, never markup: a name that looks like code is printed as it stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

import knotenpunkt
from knotenpunkt.design.theme import light_palette
from knotenpunkt.foundation.core.spoken import full_date
from knotenpunkt.foundation.networks.scope import current_network
from knotenpunkt.tools.documents.compiling import Order, compiled, compiled_apart
from knotenpunkt.tools.documents.signs import FONTS, VARIANTS, printable

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"

PRODUCT = Path(knotenpunkt.__file__).parent
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class BadTemplate(Exception):
    """The template is at fault: it does not compile, or typst warns of it."""


class UnknownSigns(Exception):
    """Values hold signs that no font has; `texts` are these values, `signs` the signs."""

    def __init__(self, texts: tuple[str, ...], signs: frozenset[str]) -> None:
        self.texts = texts
        self.signs = signs
        told = ", ".join(_("“%(text)s”") % {"text": text} for text in texts or sorted(signs))
        super().__init__(
            _("Our font has no picture for some signs. Please write these otherwise: %(texts)s")
            % {"texts": told}
        )


def pdf(
    template: str,
    data: Mapping[str, JSON],
    *,
    title: str,
    language: str = "de",
    mark_unknown: bool = False,
    apart: bool = False,
) -> bytes:
    """A PDF/UA-1 file: `agreements/completeness` is `documents/completeness.typ` of that app.

    Runs inside a network, whose name and colour it bears. Raises UnknownSigns where a value holds
    signs that no font has; with `mark_unknown` ornaments such as 🎉 are left out and others become
    □, for papers that must not wait for somebody to mend a name. Papers of hundreds of pages are
    made `apart`, in a process of their own. Raises BadTemplate when the template is at fault.
    """
    given: JSON = {"data": dict(data), **_frame(title, language)}
    given = _each(given, printable if mark_unknown else _without_variants)
    return _compiled(template, given, apart=apart)


def picture(template: str, data: Mapping[str, JSON], *, title: str, language: str = "de") -> bytes:
    """One page as a PNG picture, a pixel for each point of the template; otherwise as `pdf`.

    Signs that no font has are treated as with `mark_unknown`: none keeps anybody from sharing.
    """
    given: JSON = {"data": dict(data), **_looks(title, language)}
    return _compiled(template, _each(given, printable), as_picture=True)


def _frame(title: str, language: str) -> dict[str, JSON]:
    """What the house template says around every paper, in the language of the paper."""
    with override(language):
        return _looks(title, language) | {
            "date": _("As of %(date)s") % {"date": full_date(timezone.localdate())},
            "page": _("Page {page} of {pages}"),
        }


def _looks(title: str, language: str) -> dict[str, JSON]:
    """Whose it is, and its colours."""
    network = current_network()
    palette = light_palette(network.accent)
    return {
        "title": title,
        "language": language.split("-")[0],
        "network": network.name,
        "accent": palette.accent,
        "tint": palette.tint_2,
    }


def _compiled(
    template: str, given: JSON, *, apart: bool = False, as_picture: bool = False
) -> bytes:
    order = Order(
        template=str(_file(template)),
        root=str(PRODUCT),
        fonts=str(FONTS),
        given=json.dumps(given),
        at=int(timezone.now().timestamp()),
        as_picture=as_picture,
    )
    made = compiled_apart(order) if apart else compiled(order)
    if made.problem:
        raise _named(template, made.problem, given)
    if made.warnings:
        raise BadTemplate(f"{template}: {'; '.join(made.warnings)}")
    return made.content


def _file(template: str) -> Path:
    label, name = template.split("/")
    return Path(apps.get_app_config(label).path) / "documents" / f"{name}.typ"


def _named(template: str, problem: str, given: JSON) -> UnknownSigns | BadTemplate:
    """The problem in our words: whose fault it is, and where."""
    signs = frozenset(_unescaped(sign) for sign in _MISSING.findall(problem))
    if not signs:
        return BadTemplate(f"{template}: {problem}")
    texts = dict.fromkeys(text for text in _strings(given) if any(sign in text for sign in signs))
    return UnknownSigns(tuple(texts), signs)


def _unescaped(sign: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), sign)


def _strings(value: JSON) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _each(value: JSON, told: Callable[[str], str]) -> JSON:
    """The same values, each text as it is told."""
    if isinstance(value, dict):
        return {key: _each(one, told) for key, one in value.items()}
    if isinstance(value, list):
        return [_each(one, told) for one in value]
    return told(value) if isinstance(value, str) else value


def _without_variants(text: str) -> str:
    return text.translate(VARIANTS)
