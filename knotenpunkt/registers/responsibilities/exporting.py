"""Responsibilities as lines of a file."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from knotenpunkt.foundation.core import spoken
from knotenpunkt.registers.responsibilities.models import Responsibility
from knotenpunkt.registers.responsibilities.queries import completed


def header() -> list[str]:
    """The columns."""
    return [_("Name"), _("Function"), _("Organisation"), _("What for"), _("For whom"), _("Age"),
            _("Regions"), _("Telephone"), _("E-mail"), pgettext("a remark", "Note")]  # fmt: skip


def rows(those: QuerySet[Responsibility]) -> Iterator[list[str]]:
    """One line for each."""
    for one in completed(those):
        contact = one.contact
        told = [one.title, *one.duty_labels, *(link.topic.name for link in one.topic_links.all())]
        yield [
            contact.name,
            contact.function,
            contact.organisation.name,
            "; ".join(filter(None, told)) or _("everything"),
            str(one.get_for_whom_display()),
            spoken.ages(one.age_from, one.age_to),
            "; ".join(link.region.name for link in one.region_links.all()),
            "; ".join(phone.shown for phone in contact.phones.all()),
            contact.email,
            one.note,
        ]
