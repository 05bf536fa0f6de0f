"""Personal data in what imports keep."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.core.personal_data import ERASED, Expired, Holding, Person
from knotenpunkt.tools.imports.actions.steps import drop_expired_steps
from knotenpunkt.tools.imports.actions.uploads import drop_expired_uploads
from knotenpunkt.tools.imports.models import Link, Run, Step, Upload
from knotenpunkt.tools.imports.packing import pack, unpack

HOLDINGS = (
    Holding(
        what="imported rows as they came and as they were read, with the contacts in them",
        why="so that nothing of a list is lost, and that the next import knows what a person"
        " changed by hand",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="until the next import of the same row, or until the person is erased",
        where=("imports.Link.original", "imports.Link.values"),
    ),
    Holding(
        what="lists that somebody handed in, what was corrected in them, and what became of"
        " each row",
        why="so that a list can be looked at and mended before it is imported, and its report read"
        " afterwards",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="30 days, or until the person is erased",
        where=(
            "imports.Upload.tables",
            "imports.Upload.report",
            "imports.Upload.corrections",
            "imports.Upload.notes",
            "imports.Upload.file_name",
            "imports.Upload.assignment",
        ),
    ),
    Holding(
        what="names of lists, which may be called after a person",
        why="so that the next list of the same source is known again",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="as long as the network is kept here, or until the person is erased",
        where=("imports.Run.file_name", "imports.Run.source", "imports.Link.source"),
    ),
    Holding(
        what="what stood in a record before an import changed it",
        why="so that the import can be undone",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG",
        term="30 days, or until the person is erased; undo ends there",
        where=("imports.Step.before",),
    ),
    Holding(
        what="who started an import",
        why="so that questions about it find somebody",
        legal_basis="Art. 6 (1) e and Art. 5 (2) GDPR: to be able to give account",
        term="as long as the network is kept here; the name goes when the account is erased",
        where=("imports.Run.actor_label", "imports.Upload.actor_label"),
    ),
)


def export(person: Person) -> list[dict[str, Any]]:
    """The rows that name the person."""
    if _signs_in(person):
        return list(_runs(person).values("file_name", "started_at"))
    kept = [{"source": link.source, "row": link.original} for link, _emptied in _links(person)]
    return [*kept, *_uploaded_rows(person)]


def _uploaded_rows(person: Person) -> Iterator[dict[str, Any]]:
    for upload in Upload.objects.iterator():
        for table in unpack(upload.tables) or ():
            for _number, cells in table["rows"]:
                if person.taken_out_of(cells) != cells:
                    yield {"source": upload.file_name, "row": dict(cells)}


def erase(person: Person) -> int:
    """Empty the cells that name the person; the rest of the row stays."""
    if _signs_in(person):
        labelled = Upload.objects.filter(actor_label__in=person.names)
        labelled.update(actor_label=ERASED)
        return int(_runs(person).update(actor_label=ERASED))
    rows = _erase_from_links(person) + _erase_from_uploads(person) + _erase_from_steps(person)
    return rows + _erase_from_names(person)


def expire() -> list[Expired]:
    """Uploads and steps are kept for thirty days."""
    return [drop_expired_uploads(), drop_expired_steps()]


def _erase_from_links(person: Person) -> int:
    changed = []
    for link, (original, values) in _links(person):
        link.original, link.values = original, values
        changed.append(link)
    Link.objects.bulk_update(changed, ["original", "values"], batch_size=100)
    return len(changed)


def _erase_from_uploads(person: Person) -> int:
    changed = 0
    for upload in Upload.objects.iterator():
        packed = {name: unpack(getattr(upload, name)) for name in ("tables", "report")}
        plain = {name: getattr(upload, name) for name in ("corrections", "notes", "assignment")}
        emptied = person.taken_out_of(packed | plain)
        if emptied != packed | plain:
            for name, value in emptied.items():
                setattr(upload, name, _repacked(value) if name in packed else value)
            upload.save(update_fields=list(emptied))
            changed += 1
    return changed


def _repacked(value: Any) -> bytes:
    return pack(value) if value else b""


def _erase_from_steps(person: Person) -> int:
    """What is or names the person cannot be put back any more: undo ends here.

    All of it goes: an address that the person had before stands beside the name.
    """
    changed = []
    for step in Step.objects.exclude(before={}).iterator():
        if step.object_id in person.ids or person.taken_out_of(step.before) != step.before:
            step.before, step.after, step.erased = {}, {}, True
            changed.append(step)
    Step.objects.bulk_update(changed, ["before", "after", "erased"], batch_size=100)
    return len(changed)


def _erase_from_names(person: Person) -> int:
    """A list may be called after a person: its file, and the source that is named by the file."""
    changed = 0
    for one in (*Run.objects.iterator(), *Upload.objects.iterator()):
        if person.appears_in(one.file_name):
            one.file_name = ERASED
            one.save(update_fields=["file_name"])
            changed += 1
    sources = set(Run.objects.order_by().values_list("source", flat=True))
    return changed + sum(_rename(source) for source in sources if person.appears_in(source))


def _rename(source: str) -> int:
    """Another name for a source, the same for all that came from it."""
    other = f"{ERASED} {secrets.token_hex(4)}"
    links = Link.objects.filter(source=source).update(source=other)
    return int(links) + int(Run.objects.filter(source=source).update(source=other))


def _signs_in(person: Person) -> bool:
    return person.kind == User._meta.label


def _runs(person: Person) -> Any:
    return Run.objects.filter(actor_label__in=person.names)


def _links(person: Person) -> Iterator[tuple[Link, tuple[Any, Any]]]:
    """The links that name the person, each with its row and values without them."""
    for link in Link.objects.iterator():
        emptied = person.taken_out_of(link.original), person.taken_out_of(link.values)
        if emptied != (link.original, link.values):
            yield link, emptied
