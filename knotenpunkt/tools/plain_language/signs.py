"""Signs, numbers and the form of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knotenpunkt.tools.plain_language.findings import Finding, Line

MOST_WORDS = 12
MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
          "Oktober", "November", "Dezember")  # fmt: skip
NUMBERS = {
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9,
    "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15,
    "sechzehn": 16, "achtzehn": 18, "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50,
}  # fmt: skip
SIGNS = {
    "(": "ein eigener Satz", "[": "ein eigener Satz", "{": "ein eigener Satz", "&": "und",
    "/": "oder", "§": "ohne Paragrafen", ";": "ein Punkt", "–": "ein neuer Satz",
    "—": "ein neuer Satz", "…": "ein Punkt", "€": "Euro", "*": "beide nennen: Mütter und Väter",
    "<": "weniger als", ">": "mehr als", "=": "ist",
}  # fmt: skip
_SIGN = re.compile("[" + re.escape("".join(SIGNS)) + "]")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s*(?:%|Prozent)", re.I)
_HIGH = re.compile(r"(?<![\d.])[1-9]\d{0,2}(?:\.\d{3})+(?![\d.])")
_DATE = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{2,4}))?(?!\d)")
_SHOUTED = re.compile(r"(?<![\w-])[A-ZÄÖÜ]{5,}(?![\w-])")
_CUT = re.compile(r"\b[A-Za-zäöüß]+-$")
_NOUN = r"(?!Ihnen\b|Sie\b|Ihr\b|Wir\b)[A-ZÄÖÜ][\wäöüß-]+"
_ITEM = rf"(?:eine?n? )?{_NOUN}"
_LIST = re.compile(rf"\b{_NOUN}(?:, {_ITEM})+,? (?:und|oder) {_ITEM}|\b{_ITEM}(?:, {_ITEM}){{2,}}")
_NO_END = re.compile(
    r"(?:\b(?:z\. ?B|ca|usw|bzw|ggf|evtl|etc|Tel|Nr|Str|St|Dr|Prof|inkl|max|mind|d\. ?h|u\. ?a"
    r"|o\. ?ä|v\. ?a|Std|Min|[A-Za-z])|\d)\.$"
)


def signs(line: Line) -> Iterator[Finding]:
    """Brackets and signs that nobody reads aloud."""
    addresses = [match.span() for match in line.matches(_ADDRESS)]
    for match in line.matches(_SIGN):
        at = match.start()
        if not any(start <= at < end for start, end in addresses):
            yield line.find("sign", at, _end_of_bracket(line, at), SIGNS[match[0]])


def _end_of_bracket(line: Line, at: int) -> int:
    closing = {"(": ")", "[": "]", "{": "}"}.get(line.text[at], "")
    end = line.text.find(closing, at) if closing else -1
    return end + 1 if end > 0 else at + 1


def numbers(line: Line) -> Iterator[Finding]:
    """Numbers as figures, small ones; no percent; dates with the month in words."""
    for match in line.matches(_PERCENT):
        yield line.find("percent", *match.span(), "viele, wenige oder: die Hälfte")
    for match in line.matches(_HIGH):
        yield line.find("high_number", *match.span(), "sehr viele")
    for match in line.matches(_DATE):
        if 1 <= int(match[2]) <= len(MONTHS):
            yield line.find("date", *match.span(), _spoken(match))
    for word in line.words:
        if word.text.lower() in NUMBERS and word.text != "Acht":
            figure = str(NUMBERS[word.text.lower()])
            yield line.find("number_word", word.start, word.end, figure)


def _spoken(match: re.Match[str]) -> str:
    day, month, year = int(match[1]), MONTHS[int(match[2]) - 1], match[3] or ""
    full = f"20{year}" if len(year) == 2 else year
    return f"{day}. {month} {full}".strip()


def sentences(line: Line) -> Iterator[Finding]:
    """One short sentence a line."""
    ends = line.ends_of_sentences(_NO_END)
    begins = [0, *ends]
    for start, end in zip(begins, [*ends, len(line.text)], strict=True):
        count = len(re.findall(r"\w[\wäöüß-]*", line.text[start:end]))
        if count > MOST_WORDS:
            yield line.find("long_sentence", start, end)
    for end in ends:
        begin = len(line.text) - len(line.text[end:].lstrip())
        yield line.find("many_sentences", begin, len(line.text))


def lists(line: Line) -> Iterator[Finding]:
    """From three things on each has its own line."""
    for match in line.matches(_LIST):
        items = re.split(r", | und | oder ", match[0])
        if len(items) >= 3:
            better = "\n".join(f"- {item.strip(' ,')}" for item in items)
            yield line.find("list", *match.span(), better)


def letters(line: Line) -> Iterator[Finding]:
    """Words in capitals, and words cut at the end of a line."""
    for match in line.matches(_SHOUTED):
        yield line.find("shouting", *match.span(), match[0].capitalize())
    for match in line.matches(_CUT):
        yield line.find("hyphenation", *match.span())
