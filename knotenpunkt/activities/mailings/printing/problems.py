"""Why something cannot be printed, in words for those who can mend it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from knotenpunkt.registers.partners.postal import LINES
from knotenpunkt.tools.documents.signs import exchanged, ornaments, unknown_signs

# Somebody, a street, a town.
FEWEST = 3


def problem_of_address(lines: Sequence[str]) -> str:
    """Why these lines are no address to print; "" when they are."""
    told = [line for line in lines if exchanged(line, ornaments(line)).strip()]
    if len(told) < FEWEST:
        return _("The address is incomplete.")
    if len(told) > LINES:
        return _("The address has too many lines.")
    return problem_of_text("".join(told))


def problem_of_text(text: str) -> str:
    """Which of its signs no font has, ornaments aside; "" when all can be printed."""
    signs = unknown_signs(text) - ornaments(text)
    if not signs:
        return ""
    told = " ".join(_said(sign) for sign in sorted(signs))
    return _("Our font has no picture for: %(signs)s") % {"signs": told}


def _said(sign: str) -> str:
    """The sign, or its number where it would not be seen."""
    return sign if sign.isprintable() else f"U+{ord(sign):04X}"
