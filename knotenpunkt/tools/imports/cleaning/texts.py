"""Plain text: stray blanks, broken umlauts, formulas, over-long values."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.remarks import Cleaned, Remark
from knotenpunkt.tools.imports.tables import Cell

# Marks of UTF-8 read as Windows-1252 ("GrÃ¶ÃŸe"), and the sign for a lost letter.
_MOJIBAKE = re.compile(r"[ÃÂâÅÄ][\x80-\xbf¡-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_LOST = "\ufffd"
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]"
)
_FORMULA = re.compile(r"=\s*[+\-@A-Za-z0-9(\"'$]")
_ERRORS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#BEZUG!", "#NV",
           "#WERT!", "#ZAHL!", "########",
}  # fmt: skip
_NOTHING = {"-", "–", "—", "--", "---", ".", "/", "?", "k.a.", "k. a.", "ka", "n/a", "na", "nan",
            "null", "none", "keine angabe", "keine angaben", "unbekannt", "unknown", "entfällt",
            "n.n.", "n. n.", "n.n", "tbd",
}  # fmt: skip


def show(cell: Cell) -> str:
    """A cell as a person would read it: whole numbers without `.0`."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def text(cell: Cell, *, limit: int = 0, lines: bool = False) -> Cleaned[str]:
    """One line of text, or several with `lines`; at most `limit` letters.

    Remarks tell about formulas, broken umlauts and what was cut. Blanks go silently: they
    mean nothing.
    """
    raw = show(cell)
    value = tidy(raw, lines=lines)
    if _is_formula(value):
        reason = _("is a formula without a value and was not taken")
        return Cleaned("", (Remark("formula", reason, raw),))
    if value.lower() in _NOTHING:
        return Cleaned("")
    remarks = broken_letters(value)
    if limit and len(value) > limit:
        shortened = _cut(value, limit)
        reason = _("is longer than %(limit)d characters and was cut") % {"limit": limit}
        return Cleaned(shortened, (*remarks, Remark("too_long", reason, raw, shortened)))
    return Cleaned(value, remarks)


def tidy(raw: str, *, lines: bool = False) -> str:
    """Composed letters, no invisible signs, single blanks."""
    composed = unicodedata.normalize("NFC", raw).replace("\r\n", "\n").replace("\r", "\n")
    composed = composed.replace("\x85", "…")
    visible = _INVISIBLE.sub("", composed)
    if not lines:
        return " ".join(visible.split())
    kept = [" ".join(line.split()) for line in visible.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def broken_letters(value: str) -> tuple[Remark, ...]:
    """A remark when letters were broken on their way; the value itself is never repaired."""
    if _LOST in value:
        reason = _("has letters that were lost (�); please correct the source")
        return (Remark("broken_letters", reason, value, value),)
    probable = _probable(value)
    if probable:
        reason = _("has broken umlauts, presumably “%(probable)s”; please correct the source")
        return (Remark("broken_letters", reason % {"probable": probable[:200]}, value, value),)
    return ()


def _probable(value: str) -> str:
    """What mojibake presumably meant; "" when the text is sound."""
    if not _MOJIBAKE.search(value):
        return ""
    repaired = _MOJIBAKE.sub(lambda match: _reread(match.group()), value)
    return repaired if repaired != value else ""


def _reread(letters: str) -> str:
    for codec in ("cp1252", "latin-1"):
        try:
            return letters.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
    return letters


def _is_formula(value: str) -> bool:
    return bool(_FORMULA.match(value)) or value.upper() in _ERRORS


def _cut(value: str, limit: int) -> str:
    head = value[: limit - 1]
    at_word = head.rsplit(maxsplit=1)[0] if " " in head else head
    return f"{at_word if len(at_word) > limit // 2 else head}…"


def joined(*parts: str, by: str = "\n\n") -> str:
    """The non-empty parts as one text."""
    return by.join(part for part in parts if part)
