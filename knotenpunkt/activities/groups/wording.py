"""How groups and their members are said."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from knotenpunkt.activities.groups.models import Member
from knotenpunkt.foundation.core.spoken import short_date

HEADER = (
    pgettext_lazy("in a group", "Function"),
    gettext_lazy("Organisation"),
    gettext_lazy("Name"),
    gettext_lazy("Task"),
    gettext_lazy("E-mail"),
    gettext_lazy("Telephone"),
    gettext_lazy("Street"),
    gettext_lazy("Postal code"),
    gettext_lazy("Town"),
    gettext_lazy("Since"),
    gettext_lazy("Until"),
)


def speaker(member: Member) -> str:
    """Who speaks for the organisation: a name, else a task; "" where nobody is named."""
    contact = member.contact
    return (contact.name or contact.function or _("Office")) if contact else ""


def name_of(member: Member) -> str:
    """ "Jana Wiesner, Haus Linde"; the organisation alone where nobody is named."""
    return ", ".join(filter(None, (speaker(member), member.organisation.name)))


def span(member: Member) -> str:
    """ "seit 1. Feb. 2024", "bis 31. Dez. 2025", "" where neither is known."""
    if member.until is not None:
        return _("until %(day)s") % {"day": short_date(member.until)}
    return _("since %(day)s") % {"day": short_date(member.since)} if member.since else ""


def row_of(member: Member) -> list[str]:
    """A row of the file of members, as `HEADER` names its columns."""
    contact, place = member.contact, member.organisation.place
    phone = next(iter(contact.phones.all()), None) if contact else None
    return [
        str(member.get_function_display()),
        member.organisation.full_name,
        contact.name if contact else "",
        contact.function if contact else "",
        contact.email if contact else "",
        phone.shown if phone else "",
        place.street if place else "",
        place.postal_code if place else "",
        place.town if place else "",
        _day(member.since),
        _day(member.until),
    ]


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
