"""How agreements and fields are said."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from babel.dates import format_date
from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from knotenpunkt.foundation.core.spoken import full_date, number, short_date
from knotenpunkt.foundation.core.tables import Cell
from knotenpunkt.registers.agreements.completeness import OPEN_END, Field, Partner, State
from knotenpunkt.registers.agreements.models import Agreement
from knotenpunkt.registers.agreements.rules import Standing, standing
from knotenpunkt.registers.areas.models import Region

MONTH = 30
# From so many days on, what is left is told in months.
TOLD_IN_MONTHS = 75
SHAPES = {
    Standing.VALID: "active",
    Standing.ENDS_SOON: "stale",
    Standing.OVER: "rejected",
    Standing.ENDED: "withdrawn",
}


def standing_cell(agreement: Agreement, today: date) -> Cell:
    """ "gültig", "endet bald", "abgelaufen", "beendet", with a shape."""
    found = standing(agreement, today)
    return Cell(standing_words(found), state=SHAPES[found], label=_("State"))


def standing_words(found: Standing) -> str:
    """A state in a word."""
    return {
        Standing.VALID: _("valid"),
        Standing.ENDS_SOON: _("ends soon"),
        Standing.OVER: pgettext("an agreement", "run out"),
        Standing.ENDED: pgettext("an agreement", "ended"),
    }[found]


def until(agreement: Agreement) -> str:
    """ "31. Dez. 2027", "ohne Ende"."""
    return short_date(agreement.last_day) if agreement.last_day else _("open end")


def time_left(agreement: Agreement, today: date) -> str:
    """ "noch 25 Tage", "noch 20 Monate", "seit 3 Tagen vorbei"; "" without an end."""
    last = agreement.last_day
    if last is None:
        return ""
    days = (last - today).days
    if days < 0:
        return ngettext("over for %(n)s day", "over for %(n)s days", -days) % {"n": number(-days)}
    if days >= TOLD_IN_MONTHS:
        months = round(days / MONTH)
        return ngettext("%(n)s month left", "%(n)s months left", months) % {"n": number(months)}
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": number(days)}


def signatures(count: int) -> str:
    """ "40 Partner"."""
    return ngettext("%(n)s partner", "%(n)s partners", count) % {"n": number(count)}


def month_of(day: date) -> str:
    """ "März 2026"."""
    return str(format_date(day, "MMM y", locale=(get_language() or "de").split("-")[0]))


def where(region: Region | None) -> str:
    """The name of a column."""
    return region.name if region else _("Whole network")


def field_line(field: Field, about: str, today: date) -> tuple[State, str]:
    """The state of a field and its second line, for one of the questions of the page."""
    if field.is_gap:
        return State.GAP, pgettext("nobody is in", "missing")
    if not field.partners:
        return State.NOT_NEEDED, _("not needed")
    if about in ("seen", "confirmed"):
        day = field.seen if about == "seen" else field.confirmed
        return field.recent(about, today), month_of(day) if day else _("never")
    return field.state, _signed_line(field)


def _signed_line(field: Field) -> str:
    if field.state is State.ALL:
        ends = field.until
        return _("until %(month)s") % {"month": month_of(ends)} if ends else _("open end")
    return signed_of_all(field)


def signed_of_all(field: Field) -> str:
    """ "3 von 5"."""
    return _("%(some)s of %(all)s") % {"some": number(field.signed), "all": number(field.count)}


def field_sentence(field: Field) -> str:
    """All that a field knows in one line, read aloud and shown on its page."""
    if field.is_gap:
        return _("Nobody is in.")
    if not field.partners:
        reason = field.decision.reason if field.decision else ""
        return _("Not needed here: %(reason)s") % {"reason": reason}
    told = [
        ngettext("%(n)s is in", "%(n)s are in", field.count) % {"n": number(field.count)},
        _signed_words(field),
        _("last seen %(day)s") % {"day": full_date(field.seen)} if field.seen else _("never seen"),
        _("last confirmed %(day)s") % {"day": full_date(field.confirmed)}
        if field.confirmed
        else _("never confirmed"),
    ]
    return ", ".join(told)


def _signed_words(field: Field) -> str:
    if not field.signed:
        return _("nobody has signed")
    told = ngettext("%(n)s has signed", "%(n)s have signed", field.signed)
    first = told % {"n": number(field.signed)}
    if field.until is None:
        return first
    return _("%(signed)s, the first until %(day)s") % {
        "signed": first,
        "day": full_date(field.until),
    }


def signed_cell(partner: Partner, today: date) -> Cell:
    """Whether and until when one partner signed."""
    if partner.until is None:
        return Cell(_("not signed"), state="missing", label=_("Agreement"))
    if partner.until == OPEN_END:
        return Cell(_("signed"), note=_("open end"), state="active", label=_("Agreement"))
    told = _("until %(day)s") % {"day": short_date(partner.until)}
    return Cell(_("signed"), note=told, state="active", label=_("Agreement"))


def day_cell(day: date | None, label: str) -> Cell:
    """A day, or that there is none."""
    return Cell(short_date(day) if day else _("never"), label=label, numeric=True)


def partner_url(organisation_id: UUID) -> str:
    """The page of a partner."""
    return reverse("partners_desk:organisation", args=[organisation_id])
