"""Partners as the tests of upkeep need them, and a clock that can be moved."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from knotenpunkt.registers.partners.actions import save_contact
from knotenpunkt.registers.partners.models import Contact, Level, Organisation
from knotenpunkt.tools.mail.models import Message
from knotenpunkt.tools.mail.queries import addressee, content
from tests.factories import SYSTEM, make_organisation


def make_contact(
    organisation: Organisation, email: str = "mira@example.org", **more: Any
) -> Contact:
    """Somebody who can be asked."""
    values = {"name": "Mira Beispiel", "email": email} | more
    return save_contact(actor=SYSTEM, organisation=organisation, **values)


def make_facility(body: Organisation, name: str) -> Organisation:
    """A house of a body."""
    return make_organisation(name, level=Level.FACILITY, body=body)


def mails() -> list[tuple[str, str, str]]:
    """(to, subject, text) of every mail of the network, the first one first."""
    rows = Message.objects.order_by("created_at")
    told = [(addressee(one), content(one)) for one in rows]
    return [(who.to, what.subject, what.text) for who, what in told]


def wait(patch: pytest.MonkeyPatch, days: int) -> datetime:
    """So many days later, as far as the program can see."""
    now = timezone.now() + timedelta(days=days)
    patch.setattr(timezone, "now", lambda: now)
    return now
