"""Folding of column names, so that many spellings of one name become equal."""

from __future__ import annotations

import re

from knotenpunkt.foundation.core import folding

_CAMEL = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def fold(name: str) -> str:
    """`"Straße / Haus-Nr.:"` → `"strasse haus nr"`, `"postalCode"` → `"postal code"`."""
    return folding.fold(_CAMEL.sub(" ", name)) or name.strip()


def fold_tight(name: str) -> str:
    """Like `fold`, without blanks: `"Post Leitzahl"` equals `"postleitzahl"`."""
    return fold(name).replace(" ", "")


def without_brackets(name: str) -> str:
    """The name without what stands in brackets: units, hints, "(optional)"."""
    return _BRACKETS.sub(" ", name)
