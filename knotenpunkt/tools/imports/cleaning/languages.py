"""Names of languages, German, English and their own, as codes."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.cleaning.texts import show, text
from knotenpunkt.tools.imports.names import fold
from knotenpunkt.tools.imports.remarks import Cleaned, Remark
from knotenpunkt.tools.imports.tables import Cell

_NAMES = {
    "ar": "arabisch arabic العربية ara", "bg": "bulgarisch bulgarian bul",
    "bs": "bosnisch bosnian bos", "ckb": "sorani", "cs": "tschechisch czech ces cze",
    "da": "dänisch daenisch danish dan", "de": "deutsch german deu ger",
    "de-x-leicht": "leichtesprache leichte einfachesprache easygerman",
    "dsb": "niedersorbisch", "el": "griechisch greek ell gre", "en": "englisch english eng",
    "es": "spanisch spanish spa", "et": "estnisch estonian", "fa": "persisch farsi persian fas per",
    "fi": "finnisch finnish fin", "fr": "französisch franzoesisch french fra fre",
    "fy": "friesisch frisian", "gsg": "gebärdensprache dgs deutschegebärdensprache signlanguage",
    "he": "hebräisch hebrew", "hi": "hindi", "hr": "kroatisch croatian hrv",
    "hsb": "sorbisch obersorbisch sorbian", "hu": "ungarisch hungarian hun",
    "hy": "armenisch armenian", "id": "indonesisch indonesian",
    "it": "italienisch italian ita", "ja": "japanisch japanese", "ka": "georgisch georgian",
    "kk": "kasachisch", "kmr": "kurmandschi kurmanci kurmanji", "ko": "koreanisch korean",
    "ku": "kurdisch kurdish kur", "lt": "litauisch lithuanian", "lv": "lettisch latvian",
    "mk": "mazedonisch macedonian", "mn": "mongolisch", "nds": "plattdeutsch niederdeutsch",
    "nl": "niederländisch niederlaendisch holländisch dutch nld", "no": "norwegisch norwegian",
    "pl": "polnisch polish pol", "prs": "dari", "ps": "paschtu paschto pashto",
    "pt": "portugiesisch portuguese por", "ro": "rumänisch rumaenisch romanian ron rum",
    "rom": "romanes romani", "ru": "russisch russian rus", "sk": "slowakisch slovak",
    "sl": "slowenisch slovenian", "so": "somali som", "sq": "albanisch albanian sqi alb",
    "sr": "serbisch serbian srp", "sv": "schwedisch swedish", "sw": "suaheli swahili",
    "ta": "tamil tamilisch", "th": "thailändisch thai", "ti": "tigrinya tigrinisch tir",
    "tr": "türkisch tuerkisch turkish tur", "uk": "ukrainisch ukrainian ukr", "ur": "urdu urd",
    "vi": "vietnamesisch vietnamese vie", "zh": "chinesisch chinese mandarin zho",
}  # fmt: skip
_CODES = {
    fold(word).replace(" ", "") or word: code
    for code, words in _NAMES.items()
    for word in (code, *words.split())
}
_BETWEEN = re.compile(r"\s*(?:[;,/|\n&+]|\bund\b|\band\b|\bsowie\b|\boder\b)\s*", re.IGNORECASE)


def languages(cell: Cell) -> Cleaned[tuple[str, ...]]:
    """Codes in the order of the text; names that are not known are told."""
    value = text(cell.replace("\n", ";") if isinstance(cell, str) else cell).value
    parts = [part.strip(" .") for part in _BETWEEN.split(value) if part.strip(" .")]
    known = {part: _code(part) for part in parts}
    unknown = [part for part, code in known.items() if not code]
    codes = tuple(dict.fromkeys(code for code in known.values() if code))
    if not unknown:
        return Cleaned(codes)
    reason = _("names a language that is not known: %(names)s") % {"names": ", ".join(unknown)}
    return Cleaned(codes, (Remark("unknown_language", reason, show(cell), ", ".join(codes)),))


def _code(part: str) -> str:
    tight = fold(part).replace(" ", "")
    return _CODES.get(tight) or _CODES.get(tight.removesuffix("e")) or _CODES.get(part, "")
