"""Contact notes: for those who write them."""

from __future__ import annotations

from uuid import UUID

from knotenpunkt.activities.notes.actions import NoteDraft, write_note
from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network
from tests.access.table import EDITORS, ROLES, Line, moved


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """A note of the editor, which who coordinates may change, too."""
    editor = people["editor"]
    assert editor
    author = Person(editor, Role.EDITOR)
    note = write_note(actor=author, draft=NoteDraft(who="Haus Linde", text="ruft zurück"))
    return {"note": note.pk}


UNKNOWN = EDITORS | {"editor": 404, "coordinator": 404}
FORMS = {"notes:add", "notes:edit", "notes:reopen", "notes:delete"}
ON_A_NOTE = ("notes:edit", "notes:reopen", "notes:delete")
LINES = [
    Line("notes:list", EDITORS),
    Line("notes:list", EDITORS, query="teil=alle&q=linde&seite=99"),
    Line("notes:list", EDITORS, query="teil=faellig"),
    Line("notes:add", EDITORS),
    Line("notes:add", EDITORS, method="post"),
    Line("notes:suggestions", EDITORS, query="who=haus"),
    *(Line(name, EDITORS, of="note", key="note_id") for name in ON_A_NOTE),
    *(Line(name, UNKNOWN, of="invented", key="note_id") for name in ON_A_NOTE),
    Line("notes:finish", moved(EDITORS), of="note", key="note_id", method="post"),
    Line("notes:finish", dict.fromkeys(ROLES, 405), of="note", key="note_id"),
]
