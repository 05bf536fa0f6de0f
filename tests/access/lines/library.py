"""The library: public materials for all, all of it for members, its keeping for editors."""

from __future__ import annotations

from uuid import UUID

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.library.actions import Handed, publish_version, save_material
from tests.access.table import EDITORS, MEMBERS, NOT_THERE, OPEN, ROLES, Line, moved

PAPER = b"%PDF-1.4\ntrailer<<>>\n%%EOF"


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """One material for all, one for members, one that has no version yet."""
    system = System("access table")
    made = {
        key: save_material(actor=system, title=key, kind="form", is_public=key == "open_material")
        for key in ("open_material", "material", "bare_material")
    }
    for key in ("open_material", "material"):
        publish_version(
            actor=system, material=made[key], handed=Handed("blatt.pdf", PAPER), text="Text"
        )
    return {key: one.pk for key, one in made.items()}


READERS_OF_THE_REGISTER = MEMBERS | {"provider": 403}
UNKNOWN = MEMBERS | dict.fromkeys(("reader", "editor", "provider", "coordinator"), 404)
KEEPERS_ONLY = MEMBERS | {"reader": 404, "provider": 404}
NO_EDITOR_EITHER = EDITORS | {"editor": 404, "coordinator": 404}
FORMS = {"library:new", "library:edit", "library:version", "library:withdraw", "library:enter"}
ON_A_MATERIAL = ("library:edit", "library:version", "library:withdraw")


def at(name: str, expected: dict[str, int], of: str = "material", **more: object) -> Line:
    """A line on a material."""
    return Line(name, expected, of=of, key="material_id", **more)  # type: ignore[arg-type]


LINES = [
    Line("library:public", OPEN),
    Line("library:partners", OPEN),
    at("library:public_file", OPEN, "open_material"),
    at("library:public_file", NOT_THERE),
    at("library:public_file", NOT_THERE, "invented"),
    Line("library:list", MEMBERS),
    Line("library:list", MEMBERS, query="art=form&beruf=x"),
    at("library:material", MEMBERS),
    at("library:material", KEEPERS_ONLY, "bare_material"),
    at("library:material", UNKNOWN, "invented"),
    at("library:file", MEMBERS, kwargs={"number": "1"}),
    at("library:file", UNKNOWN, kwargs={"number": "9"}),
    at("library:adopt", UNKNOWN, method="post", data={"organisation": "x"}),
    at("library:adopt", dict.fromkeys(ROLES, 405)),
    Line("library:new", EDITORS),
    Line("library:new", EDITORS, method="post"),
    *(at(name, EDITORS) for name in ON_A_MATERIAL),
    *(at(name, NO_EDITOR_EITHER, "invented") for name in ON_A_MATERIAL),
    at("library:stand", READERS_OF_THE_REGISTER),
    at("library:stand", READERS_OF_THE_REGISTER, query="stand=hinterher&q=haus&sort=-fassung"),
    at("library:enter", moved(EDITORS)),
    at("library:export", EDITORS, method="post", data={"form": "xlsx"}),
    at("library:export", dict.fromkeys(ROLES, 405)),
    Line("library:behind", READERS_OF_THE_REGISTER),
    Line("library:export_behind", EDITORS, method="post", data={"form": "csv"}),
    Line("library:export_behind", dict.fromkeys(ROLES, 405)),
    Line("library:badges", MEMBERS),
    Line("library:badge_pack", MEMBERS),
    Line("library:badge", MEMBERS, kwargs={"key": "hoch-dunkel"}),
    Line("library:badge", UNKNOWN, kwargs={"key": "rund"}),
]
