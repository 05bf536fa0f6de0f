"""Short ways to contacts that can, or cannot, be written to."""

from __future__ import annotations

from typing import Any

from knotenpunkt.activities.mailings.models import LeftOut
from knotenpunkt.activities.mailings.queries.audiences import Chosen, choose
from knotenpunkt.registers.partners.actions import save_contact
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.tools.mail.models import MailKind
from tests.factories import SYSTEM, make_organisation, make_place

EVERYBODY = [{"how": "add", "words": {}}]
ADDRESS = {"street": "Am Markt 1", "postal_code": "09599", "town": "Freiberg"}


def house(name: str = "Haus Linde", *, postal: bool = False, **values: Any) -> Organisation:
    """An organisation; `postal`: a letter would arrive."""
    place = make_place(**ADDRESS) if postal else None
    return make_organisation(name, place=place, **values)


def contact(organisation: Organisation, name: str = "", email: str = "", **values: Any) -> Contact:
    """A role there that somebody holds today."""
    return save_contact(
        actor=SYSTEM, organisation=organisation, name=name, email=email, phones=[], **values
    )


def chosen(parts: Any = None, **wishes: Any) -> list[Chosen]:
    """Who is chosen, for an invitation unless told otherwise."""
    wanted: dict[str, Any] = {"one_each": False, "kind": MailKind.INVITATION} | wishes
    return choose(parts or EVERYBODY, **wanted)


def told(rows: list[Chosen]) -> dict[str, str]:
    """Name of the contact → way, or the reason why not."""
    return {str(one.contact): str(one.left_out or one.way) for one in rows}


def written_to(parts: Any) -> set[str]:
    """The names of those whom the parts mean."""
    return {str(one.contact) for one in chosen(parts) if one.left_out != LeftOut.BY_HAND}
