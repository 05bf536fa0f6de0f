"""The translation catalogues: find every msgid, keep the catalogues complete.

German says everything. The other languages say what families read: `FOR_FAMILIES` lists where.

    python -m scripts.messages update   bring each catalogue up to date with the code
    python -m scripts.messages check    fail when a msgid is missing, unused, fuzzy or untranslated

Django's own extraction needs gettext's programs; this one needs Babel only.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ROOT / "knotenpunkt"
LOCALE = PRODUCT / "locale"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
EVERYTHING = "de"
# Beginnings of files whose words families may meet, and parts of paths that only the desk has.
FOR_FAMILIES = (
    "activities/campaigns/templates/campaigns/public/", "activities/campaigns/views/",
    "activities/campaigns/models/join_ins", "activities/campaigns/wishes",
    "activities/campaigns/wording/join_ins", "activities/campaigns/wording/page",
    "activities/inbox/forms", "activities/inbox/templates/inbox/",
    "activities/inbox/views/families", "activities/inbox/wording",
    "design/components", "design/templates/", "design/templatetags/",
    "foundation/core/paging", "foundation/core/public_forms", "foundation/core/spoken",
    "foundation/networks/", "front/public/",
    "registers/areas/", "registers/library/badge", "registers/library/templates/library/pa",
    "registers/library/templates/library/public",
    "registers/library/views/public", "registers/library/wording",
    "registers/offers/calendar_files",
    "registers/offers/danger", "registers/offers/forms", "registers/offers/models",
    "registers/offers/pages", "registers/offers/proposing", "registers/offers/reasons",
    "registers/offers/suggesting", "registers/offers/templates/offers/",
    "registers/offers/translating/telling",
    "registers/offers/views", "registers/offers/wish", "registers/offers/wording",
    "registers/pages/", "registers/responsibilities/asking",
    "registers/responsibilities/templates/responsibilities/_cards",
    "registers/responsibilities/templates/responsibilities/_form",
    "registers/responsibilities/templates/responsibilities/_found",
    "registers/responsibilities/templates/responsibilities/_wh",
    "registers/responsibilities/templates/responsibilities/finder",
    "registers/responsibilities/views/finder", "registers/responsibilities/wording",
)  # fmt: skip
FOR_WORK = (
    "desk",
    "privacy.py",
    "rules.py",
    "actions.py",
    "edit.html",
    "list.html",
    "campaigns/views/ordering",
    "holiday_files",
    "outline_files",
    "postal_code_table",
    "areas/forms",
    "senders",
    "logos",
    "_clashes",
    "_stages",
)
ABOUT_DATA = {"Holding", "Remains", "Expired", "deleted"}
SAID_OF_DATA = {"what", "why", "legal_basis", "term"}


@cache
def found_messages() -> Catalog:
    """Every msgid of the product, from Python and from templates, with where it stands."""
    found = Catalog(charset="utf-8")
    for file in sorted([*PRODUCT.rglob("*.py"), *PRODUCT.rglob("*.html"), *PRODUCT.rglob("*.txt")]):
        if "node_modules" in file.parts or "vendor" in file.parts:
            continue
        for line, message, _comments, context in _extract(file):
            found.add(message, locations=[(str(file.relative_to(ROOT)), line)], context=context)
        if file.suffix == ".py":
            for line, words in _words_about_data(file):
                found.add(words, locations=[(str(file.relative_to(ROOT)), line)])
    return found


def _words_about_data(file: Path) -> Iterator[tuple[int, str]]:
    """What is said about personal data: pages and documents say it in German."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in ABOUT_DATA:
            continue
        said = [*node.args[:1], *(k.value for k in node.keywords if k.arg in SAID_OF_DATA)]
        for value in said:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.lineno, value.value


def _extract(file: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # The indentation of a template means nothing to Python.
        text = "\n".join(map(str.strip, templatize(text, origin=str(file)).split("\n")))
    yield from extract("python", BytesIO(text.encode()), KEYWORDS)


def wanted_messages(language: str) -> Catalog:
    """The msgids that a language must have."""
    found = found_messages()
    if language == EVERYTHING:
        return found
    wanted = Catalog(charset="utf-8")
    for message in found:
        if message.id and any(_is_for_families(place) for place, _line in message.locations):
            wanted.add(message.id, locations=message.locations, context=message.context)
    return wanted


def _is_for_families(place: str) -> bool:
    inside = place.removeprefix("knotenpunkt/")
    return inside.startswith(FOR_FAMILIES) and not any(part in inside for part in FOR_WORK)


def catalogue(language: str) -> Catalog:
    """The catalogue of a language as it stands in the repository."""
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as source:
        return read_po(source, locale=language.partition("_")[0])


def languages() -> list[str]:
    """The languages that have a catalogue. English needs none: its words are the msgids."""
    return sorted(folder.name for folder in LOCALE.iterdir() if folder.is_dir())


def problems(language: str) -> Iterator[str]:
    """What keeps the catalogue of a language from being complete."""
    have = catalogue(language)
    wanted = wanted_messages(language)
    for message in wanted:
        if message.id:
            yield from _problem(message, have.get(message.id, message.context))
    for message in have:
        if message.id and not wanted.get(message.id, message.context):
            yield f"not used any more: {message.id!r}"


def _problem(wanted: Message, present: Message | None) -> Iterator[str]:
    place = ":".join(map(str, wanted.locations[0]))
    texts = [] if present is None else _strings(present)
    if not texts or not all(texts):
        yield f"not translated: {wanted.id!r} ({place})"
    elif present is not None and present.fuzzy:
        yield f"only guessed: {wanted.id!r} ({place})"
    elif present is not None and list(present.check()):
        yield f"placeholders differ: {wanted.id!r}"


def _strings(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple) else [message.string]


def update(language: str) -> None:
    """Add what is new, drop what is gone; nothing is guessed."""
    have = catalogue(language)
    have.update(wanted_messages(language), no_fuzzy_matching=True)
    have.obsolete.clear()
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("wb") as target:
        write_po(target, have, sort_output=True, no_location=True, width=100)


def main(verb: str) -> int:
    settings.configure(USE_I18N=False)
    if verb == "update":
        for language in languages():
            update(language)
    found = [f"{language}: {line}" for language in languages() for line in problems(language)]
    print("\n".join(found) or "All texts are translated.")
    return 1 if found and verb == "check" else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["check"]))
