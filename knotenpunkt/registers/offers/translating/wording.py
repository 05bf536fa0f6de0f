"""Languages and states of texts in words."""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.languages import EASY_GERMAN
from knotenpunkt.registers.offers.models import OfferText, TextOrigin, TextState

MISSING = "missing"
# State of a text → how `design/components/_status.html` draws it.
SHAPES = {
    MISSING: "none",
    TextState.IMPORTED.value: "waiting",
    TextState.CHECKED.value: "published",
    TextState.OUTDATED.value: "stale",
}
LABELS: dict[str, str | Promise] = {
    MISSING: pgettext_lazy("state of a text", "missing"),
    **{state.value: state.label for state in TextState},
}
PART_LABELS = {
    "title": gettext_lazy("Name of the offer"),
    "sort": gettext_lazy("What it is, in one word"),
    "summary": gettext_lazy("In one sentence"),
    "description": gettext_lazy("Description"),
    "times_note": gettext_lazy("Times in words"),
    "costs_note": gettext_lazy("More about the costs"),
    "registration_note": gettext_lazy("More about the registration"),
    "waiting_time": gettext_lazy("Waiting time"),
}


def text_language(code: str) -> str:
    """ "Leichte Sprache", "Arabisch"."""
    return _("Easy language (German)") if code == EASY_GERMAN else spoken.language_name(code)


def state_label(state: str) -> str:
    """Where a text stands, in a word."""
    return str(LABELS.get(state, state))


def told_of(text: OfferText | None) -> str:
    """Who checked it and when, else where it came from."""
    if text is None:
        return ""
    if text.state == TextState.IMPORTED or text.checked_at is None:
        return str(TextOrigin(text.origin).label)
    return checked_by(text, text.checked_at)


def checked_by(text: OfferText, at: datetime) -> str:
    """ "geprüft von Petra, 3. März 2027"."""
    when = spoken.short_date(at.date())
    if text.checked_by is None:
        return _("checked on %(date)s") % {"date": when}
    return _("checked by %(name)s, %(date)s") % {"name": text.checked_by.name, "date": when}
