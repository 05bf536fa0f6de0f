"""Texts for translators, and what becomes of each that comes back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core.languages import EASY_GERMAN, OTHERS
from knotenpunkt.registers.offers.models import Offer, OfferText
from knotenpunkt.registers.offers.translating.drafts import TextDraft, text_draft
from knotenpunkt.registers.offers.translating.parts import (
    PARTS,
    changed_parts,
    german,
    german_parts,
    longest,
    same_words,
)
from knotenpunkt.registers.offers.translating.queries import offers_by_id, text_of
from knotenpunkt.registers.offers.translating.rules import may_write_texts
from knotenpunkt.registers.offers.translating.wording import PART_LABELS
from knotenpunkt.tools.translations.units import Texts, Unit

NEEDED, ALL = "noetig", "alle"
# Words from which on a text that says the same as the German one was forgotten, not translated.
SAME_WORDS = 4
SCRIPTS = {"uk": "CYRILLIC", "ru": "CYRILLIC", "ar": "ARABIC", "fa": "ARABIC"}
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:nbsp|amp|lt|gt|quot|#\d+);")


class Fate(StrEnum):
    """What becomes of a text that comes back."""

    NEW = "new"
    CHANGED = "changed"
    OUTDATED = "outdated"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    UNKNOWN = "unknown"
    FORBIDDEN = "forbidden"
    NO_SOURCE = "no_source"
    TOO_LONG = "too_long"
    MARKUP = "markup"
    OTHER_SCRIPT = "other_script"
    STILL_GERMAN = "still_german"
    TWICE = "twice"


TAKEN = frozenset({Fate.NEW, Fate.CHANGED, Fate.OUTDATED})
REFUSED = frozenset(Fate) - TAKEN - {Fate.UNCHANGED, Fate.EMPTY}


@dataclass(frozen=True, slots=True)
class Row:
    """One part of one text, on its way in."""

    offer: str
    title: str
    language: str
    part: str
    source: str
    target: str
    fate: str

    def told(self) -> dict[str, Any]:
        """As a run keeps it."""
        return asdict(self)


def key_of(offer_id: UUID, part: str) -> str:
    """What a file calls a part of an offer."""
    return f"{offer_id.hex}.{part}"


def read_key(key: str) -> tuple[UUID, str] | None:
    """The inverse; None for what was not written here."""
    offer, _dot, part = key.partition(".")
    try:
        return (UUID(hex=offer), part) if part in PARTS else None
    except ValueError:
        return None


def texts_for(offers: Iterable[Offer], language: str, *, which: str = NEEDED) -> Texts:
    """What a translator gets: every German part, beside it what is there already."""
    units = [unit for offer in offers for unit in _units(offer, language, which)]
    return Texts(language, units)


def _units(offer: Offer, language: str, which: str) -> Iterator[Unit]:
    text = text_of(offer, language)
    parts = PARTS if which == ALL else needed_parts(offer, text)
    for part in parts:
        if original := german(offer, part):
            yield Unit(
                key=key_of(offer.pk, part),
                source=original,
                target=getattr(text, part) if text else "",
                group=f"{offer.title} ({offer.provider.name})",
                note=str(PART_LABELS[part]),
                longest=longest(part) if part != "description" else 0,
            )


def needed_parts(offer: Offer, text: OfferText | None) -> list[str]:
    """The parts that are missing, or whose German words have changed since."""
    if text is None:
        return list(PARTS)
    changed = changed_parts(text, offer)
    return [part for part in PARTS if part in changed or not getattr(text, part)]


def planned(actor: Actor, arrived: Sequence[Texts]) -> list[Row]:
    """What would become of each text of a file; nothing is written."""
    keys = {unit.key: read_key(unit.key) for texts in arrived for unit in texts.units}
    offers = offers_by_id(actor, {found[0] for found in keys.values() if found})
    writable = {pk for pk, offer in offers.items() if may_write_texts(actor, offer)}
    seen: set[tuple[str, str]] = set()
    rows = []
    for texts in arrived:
        for unit in texts.units:
            found = keys[unit.key]
            offer = offers.get(found[0]) if found else None
            part = found[1] if found else ""
            again = (texts.language, unit.key) in seen
            seen.add((texts.language, unit.key))
            fate = _fate(offer, part, unit, texts.language)
            if offer is not None and offer.pk not in writable:
                fate = Fate.FORBIDDEN
            rows.append(_row(offer, part, unit, texts.language, Fate.TWICE if again else fate))
    return rows


def _row(offer: Offer | None, part: str, unit: Unit, language: str, fate: Fate) -> Row:
    return Row(
        offer=str(offer.pk) if offer else "",
        title=offer.title if offer else unit.key[:80],
        language=language,
        part=part,
        source=unit.source.strip(),
        target=unit.target.strip(),
        fate=fate.value,
    )


def _fate(offer: Offer | None, part: str, unit: Unit, language: str) -> Fate:
    if offer is None or language not in OTHERS:
        return Fate.UNKNOWN
    target = unit.target.strip()
    if not target:
        return Fate.EMPTY
    if not unit.source.strip():
        return Fate.NO_SOURCE
    if refused := _refused(part, unit, target, language):
        return refused
    text = text_of(offer, language)
    present = getattr(text, part) if text else ""
    if present == target:
        # Also of an outdated text: it went out as it came back, so nobody has looked at it.
        return Fate.UNCHANGED
    if same_words(unit.source) != same_words(german(offer, part)):
        return Fate.OUTDATED
    return Fate.CHANGED if present else Fate.NEW


def _refused(part: str, unit: Unit, target: str, language: str) -> Fate | None:
    if len(target) > longest(part):
        return Fate.TOO_LONG
    if _MARKUP.search(target) and not _MARKUP.search(unit.source):
        return Fate.MARKUP
    if not is_in_script(target, language):
        return Fate.OTHER_SCRIPT
    words = same_words(target)
    is_same = len(words) >= SAME_WORDS and words == same_words(unit.source)
    return Fate.STILL_GERMAN if is_same and language != EASY_GERMAN else None


def is_in_script(text: str, language: str) -> bool:
    """Whether most letters are of the script in which the language is written.

    Names stay in their own script, so a third is enough; a text without letters fits everywhere.
    """
    letters = [unicodedata.name(one, "") for one in text if one.isalpha()]
    own = SCRIPTS.get(language, "LATIN")
    fitting = sum(name.startswith(own) for name in letters)
    return not letters or fitting * 3 >= len(letters)


def drafts(rows: Sequence[Row], offer: Offer, *, origin: str) -> dict[str, TextDraft]:
    """The texts of one offer as they would be with these rows, language by language."""
    found: dict[str, TextDraft] = {}
    for language in dict.fromkeys(row.language for row in rows):
        told = {row.part: row for row in rows if row.language == language}
        found[language] = _draft(text_of(offer, language), told, offer, language, origin)
    return found


def _draft(
    text: OfferText | None, told: Mapping[str, Row], offer: Offer, language: str, origin: str
) -> TextDraft:
    before = text_draft(text) if text else TextDraft(language)
    now, stood = german_parts(offer), before.source or {}
    parts = before.parts | {part: row.target for part, row in told.items()}
    source = {
        part: told[part].source
        if part in told
        else stood.get(part, now[part])
        if before.parts[part]
        else now[part]
        for part in PARTS
    }
    return TextDraft(language=language, origin=origin, source=source, **parts)
