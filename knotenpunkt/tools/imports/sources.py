"""How a source is called when nobody says it: the file's name without date and version."""

from __future__ import annotations

import re
from pathlib import PurePath

_DATE = (
    r"(?:19|20)\d{2}(?:[-_. ]?[01]\d(?:[-_. ]?[0-3]\d)?)?"
    r"|[0-3]?\d[-_.][01]?\d[-_.](?:20)?\d{2}"
)
_VERSION = (
    r"v(?:er(?:sion)?)?[-_. ]?\d+(?:\.\d+)*|\(\d+\)|final|neu|new|kopie|copy|stand|aktuell|entwurf"
)
_PART = re.compile(rf"(?:^|[-_. ]+)(?:{_DATE}|{_VERSION})(?=$|[-_. (])", re.IGNORECASE)


def source_name(file_name: str) -> str:
    """`"kitas_2024.csv"` → `"kitas"`, so that next year's file is the same source."""
    stem = PurePath(file_name).stem
    bare, before = stem, ""
    while bare != before:
        bare, before = _PART.sub("", bare), bare
    return bare.strip(" -_.") or stem
