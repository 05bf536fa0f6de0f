"""Who answers for what: the finder for all, the keeping for those who keep the register."""

from __future__ import annotations

from uuid import UUID

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.actions import save_contact, save_organisation
from knotenpunkt.registers.partners.models import Level
from knotenpunkt.registers.responsibilities.actions import save_responsibility
from tests.access.table import EDITORS, MEMBERS, OPEN, ROLES, Line, moved


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """Somebody who answers families."""
    system = System("access table")
    house = save_organisation(actor=system, level=Level.BODY, name="Haus Auskunft")
    contact = save_contact(actor=system, organisation=house, name="Mira Beispiel")
    one = save_responsibility(actor=system, contact=contact, for_whom="families")
    return {"responsibility": one.pk, "answering_contact": contact.pk}


READERS_OF_THE_REGISTER = MEMBERS | {"provider": 403}
UNKNOWN = EDITORS | {"editor": 404, "coordinator": 404}
FORMS = {"responsibilities:new", "responsibilities:edit", "responsibilities:remove"}
LIST = "responsibilities:list"
LINES = [
    Line("responsibilities:finder", OPEN),
    Line("responsibilities:finder", OPEN, query="wer=fachkraft&ort=Freiberg&alter=3"),
    Line("responsibilities:finder", OPEN, query="wer=x&ort=Nirgendheim&thema=x&alter=-9"),
    Line("responsibilities:desk_finder", MEMBERS),
    Line("responsibilities:desk_finder", MEMBERS, query="thema=fach-isef&ort=09599"),
    Line(LIST, READERS_OF_THE_REGISTER),
    Line(LIST, READERS_OF_THE_REGISTER, query="stand=isef&q=haus&thema=baby&aufgabe=fach-isef"),
    Line("responsibilities:gaps", READERS_OF_THE_REGISTER, query="wer=professionals"),
    Line("responsibilities:new", EDITORS),
    Line("responsibilities:new", EDITORS, query="q=haus&seite=99&kontakt=x"),
    Line("responsibilities:new", EDITORS, method="post"),
    Line("responsibilities:edit", EDITORS, of="responsibility", key="one_id"),
    Line("responsibilities:edit", UNKNOWN, of="invented", key="one_id"),
    Line("responsibilities:remove", moved(EDITORS)),
    Line("responsibilities:export", EDITORS, method="post", data={"form": "csv"}),
    Line("responsibilities:export", UNKNOWN, method="post", data={"form": "exe"}),
    Line("responsibilities:export", dict.fromkeys(ROLES, 405)),
]
