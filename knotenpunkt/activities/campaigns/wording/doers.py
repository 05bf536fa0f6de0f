"""Who did something, where no person did."""

from __future__ import annotations

from django.utils.translation import gettext as _


def doer(label: str) -> str:
    """A person's name as it is; for what the installation did, how it came about."""
    known = {
        "personal link": _("by personal link"),
        "anyone": _("on the public page"),
        "campaign orders": _("by itself"),
        "campaign clock": _("by itself"),
    }
    return known.get(label, label)
