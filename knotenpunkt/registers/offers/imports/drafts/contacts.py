"""What a row says about how to reach the offer."""

from __future__ import annotations

from django.utils.translation import gettext as _

from knotenpunkt.registers.offers.imports.cells import Cells
from knotenpunkt.registers.offers.imports.drafts.shapes import Values
from knotenpunkt.tools.imports.cleaning import contacts


def contact_values(cells: Cells) -> Values:
    """How to reach the offer; empty when the row names nothing."""
    phones = [
        [phone.shown, phone.dialled, phone.note]
        for _name, cell in cells.mapping.cells(cells.row, "phones")
        for phone in cells.keep("phones", contacts.telephones(cell))
    ]
    emails = [
        mail
        for _name, cell in cells.mapping.cells(cells.row, "emails")
        for mail in cells.keep("emails", contacts.mails(cell))
    ]
    told = {
        "name": cells.text("contact_name", 200),
        "function": cells.text("contact_function", 200),
        "email": _only_mail(cells, list(dict.fromkeys(emails))),
        "phones": _distinct(phones),
    }
    return told if any(told.values()) else {}


def _only_mail(cells: Cells, emails: list[str]) -> str:
    if len(emails) > 1:
        reason = _("holds more than one mail address; the first one was taken")
        cells.remark("emails", "more_mails", reason, "; ".join(emails), emails[0])
    return emails[0] if emails else ""


def _distinct(phones: list[list[str]]) -> list[list[str]]:
    """Each number once, also when it is written in two ways."""
    return list({phone[1] or phone[0]: phone for phone in reversed(phones)}.values())[::-1]
