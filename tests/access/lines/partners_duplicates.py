"""Double entries: for those who keep the register."""

from __future__ import annotations

from uuid import UUID

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.actions import save_organisation
from knotenpunkt.registers.partners.duplicates.actions import merge
from tests.access.table import EDITORS, Line, moved

ACTOR = System("access table")
FORMS = {"partners_duplicates:pair", "partners_duplicates:apart", "partners_duplicates:undo"}


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """Two pairs to look at, one to be merged, and one that was."""
    names = ("first twin", "second twin", "third twin", "fourth twin", "fifth twin", "sixth twin")
    made = {
        name: save_organisation(actor=ACTOR, level="facility", name=f"Haus {name}")
        for name in names
    }
    done = merge(
        actor=ACTOR, survivor=made["fifth twin"], absorbed=made.pop("sixth twin"), chosen={}
    )
    return {name: one.pk for name, one in made.items()} | {"merge": done.pk}


def _pair(name: str, expected: dict[str, int], *twins: str, **more: str) -> Line:
    kwargs = {"what": "einrichtungen", "second": twins[1]}
    return Line(  # type: ignore[arg-type]
        f"partners_duplicates:{name}", expected, of=twins[0], key="first", kwargs=kwargs, **more
    )


LINES = [
    Line("partners_duplicates:list", EDITORS),
    Line("partners_duplicates:merged", EDITORS),
    _pair("pair", EDITORS, "first twin", "second twin"),
    _pair("apart", moved(EDITORS), "first twin", "second twin", method="post"),
    _pair("apart", dict.fromkeys(EDITORS, 405), "first twin", "second twin"),
    # Whoever comes second finds only one of them.
    _pair("pair", moved(EDITORS) | {"coordinator": 404}, "third twin", "fourth twin",
          method="post"),
    Line("partners_duplicates:undo", moved(EDITORS), of="merge", key="merge_id", method="post"),
    Line("partners_duplicates:undo", dict.fromkeys(EDITORS, 405), of="merge", key="merge_id"),
]  # fmt: skip
