"""Letters of a circular: only for those who may write to many."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from knotenpunkt.activities.mailings.models import Circular, Print, Recipient, Way
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.actions import save_contact
from knotenpunkt.tools.files.actions import keep_file
from tests.access.table import EDITORS, ROLES, Line, moved
from tests.factories import SYSTEM, make_organisation, make_place


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """A circular that was sent, with one letter and its file."""
    circular = Circular(title="Brief", subject="Brief", text="Hallo", fixed_at=timezone.now())
    circular.save()
    house = make_organisation("Haus Brief", place=make_place())
    contact = save_contact(actor=SYSTEM, organisation=house, name="Berta Beispiel")
    row = Recipient(circular=circular, contact=contact, organisation=house, way=Way.LETTER)
    row.save()
    file = keep_file(name="briefe.pdf", content_type="application/pdf", content=b"%PDF-")
    made = Print(circular=circular, file=file, count=1, recipients=[str(row.pk)])
    made.save()
    return {
        "printed_circular": circular.pk,
        "printed_letter": row.pk,
        "printed_contact": contact.pk,
        "printed_file": made.pk,
    }


OF = {"of": "printed_circular", "key": "circular_id"}
FILE = {"kwargs": {"print_id": "printed_file"}}
LETTER = {"kwargs": {"recipient_id": "printed_letter"}}
UNKNOWN = EDITORS | {"editor": 404, "coordinator": 404}
UNFINISHED = EDITORS | {"editor": 422, "coordinator": 422}
NO_GET = dict.fromkeys(ROLES, 405)
FORMS = {"mailings:letters", "mailings:letter"}
LINES = [
    Line("mailings:letters", EDITORS, **OF),
    Line("mailings:letters", UNKNOWN, of="invented", key="circular_id"),
    Line("mailings:letters", UNFINISHED, method="post", **OF),
    Line("mailings:labels", UNFINISHED, method="post", **OF),
    Line("mailings:labels", NO_GET, **OF),
    Line("mailings:letters_file", EDITORS, **OF, **FILE),
    Line("mailings:letters_file", UNKNOWN, **OF, kwargs={"print_id": "invented"}),
    Line("mailings:letters_posted", UNFINISHED, method="post", **OF, **FILE),
    Line("mailings:letters_not_posted", moved(EDITORS), method="post", **OF, **FILE),
    Line("mailings:letter", EDITORS, **OF, **LETTER),
    Line("mailings:letter", EDITORS, method="post", **OF, **LETTER),
    Line("mailings:letter", UNKNOWN, **OF, kwargs={"recipient_id": "invented"}),
    Line("mailings:letter_preview", EDITORS, **OF, kwargs={"contact_id": "printed_contact"}),
    Line("mailings:letter_preview", UNKNOWN, **OF, kwargs={"contact_id": "invented"}),
]
