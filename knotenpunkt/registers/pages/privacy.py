"""Personal data in legal pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.core.personal_data import ERASED, Holding, Person
from knotenpunkt.registers.pages.models import LegalPage

HOLDINGS = (
    Holding(
        what="who reviewed a legal page, and persons whom its text names",
        why="a legal text needs somebody who stands behind it; an imprint must name the operator",
        legal_basis="Art. 6 (1) c and e GDPR with § 5 DDG",
        term="until the page is changed or reviewed anew; the reviewer goes with their account",
        where=("pages.LegalPage.signed_by", "pages.LegalPage.body"),
    ),
)


def export(person: Person) -> list[dict[str, Any]]:
    """The pages that the person reviewed."""
    return [{"page": str(page), "signed_at": page.signed_at} for page in _signed(person)]


def erase(person: Person) -> int:
    """The review stays, the name goes."""
    return _signed(person).update(signed_by=ERASED)


def mentions(person: Person) -> list[str]:
    """Pages whose text names the person."""
    return [
        _("page “%(name)s”") % {"name": page}
        for page in LegalPage.objects.all()
        if person.appears_in(page.body)
    ]


def _signed(person: Person) -> QuerySet[LegalPage]:
    names = person.names if person.kind == User._meta.label else frozenset()
    rows: QuerySet[LegalPage] = LegalPage.objects.filter(signed_by__in=names)
    return rows
