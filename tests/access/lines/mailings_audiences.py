"""Audiences, and whether a contact may be written to."""

from __future__ import annotations

from uuid import UUID

from knotenpunkt.activities.mailings.actions.audiences import save_audience
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.actions import save_contact
from tests.access.table import EDITORS, MEMBERS, ROLES, Line, moved
from tests.factories import SYSTEM, make_organisation


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """Two audiences, one of them to be deleted, and somebody who can be written to."""
    parts = [{"how": "add", "words": {}}]
    kept = save_audience(actor=SYSTEM, name="Alle", parts=parts)
    other = save_audience(actor=SYSTEM, name="Zu löschen", parts=parts)
    house = make_organisation("Haus Verteiler")
    reached = save_contact(actor=SYSTEM, organisation=house, name="Vera Beispiel")
    return {"audience": kept.pk, "audience_to_delete": other.pk, "written_to": reached.pk}


READING = MEMBERS | {"provider": 403}
UNKNOWN = EDITORS | {"editor": 404, "coordinator": 404}
NOT_READ = READING | {"reader": 404, "editor": 404, "coordinator": 404}
FORMS = {
    "mailings:audience_new", "mailings:audience_edit", "mailings:audience_delete",
    "mailings:consent",
}  # fmt: skip
ON_ONE = ("mailings:audience_edit", "mailings:audience_delete")
KEY = "audience_id"
LINES = [
    Line("mailings:audiences", READING),
    Line("mailings:audience", READING, of="audience", key=KEY, query="fuer=newsletter&seite=9"),
    Line("mailings:audience", NOT_READ, of="invented", key=KEY),
    Line("mailings:audience_new", EDITORS, query="art=childcare"),
    Line("mailings:audience_new", EDITORS, method="post", data={"tun": "zeigen"}),
    *(Line(name, EDITORS, of="audience", key=KEY) for name in ON_ONE),
    *(Line(name, UNKNOWN, of="invented", key=KEY) for name in ON_ONE),
    Line("mailings:audience_copy", moved(EDITORS), of="audience", key=KEY, method="post"),
    Line("mailings:audience_copy", dict.fromkeys(ROLES, 405), of="audience", key=KEY),
    Line("mailings:audience_delete", moved(EDITORS) | {"coordinator": 404},
         of="audience_to_delete", key=KEY, method="post"),
    Line("mailings:consent", EDITORS, of="written_to", key="contact_id"),
    Line("mailings:consent", UNKNOWN, of="invented", key="contact_id"),
]  # fmt: skip
