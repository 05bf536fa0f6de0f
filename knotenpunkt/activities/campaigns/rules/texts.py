"""For what a campaign writes to many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from knotenpunkt.activities.mailings.rules.circulars import THANKS

__all__ = ["INVITATION", "LATER", "OCCASIONS", "REMINDER", "THANKS"]

INVITATION: Final = "invitation"
REMINDER: Final = "reminder"
OCCASIONS: Final = (INVITATION, REMINDER, THANKS)

# Filled for everybody who is thanked, when the thanks are written.
LATER: Mapping[str, str] = {"mitgemacht": "", "ergebnis": ""}
