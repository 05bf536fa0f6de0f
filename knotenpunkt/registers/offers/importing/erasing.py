"""Files that were handed in, when a person in them is erased."""

from __future__ import annotations

from knotenpunkt.foundation.core.personal_data import Person
from knotenpunkt.tools.files.actions import drop_file
from knotenpunkt.tools.imports.models import Upload
from knotenpunkt.tools.imports.packing import unpack


def forget_files(person: Person) -> int:
    """Delete the files of the lists that name the person, and those that nobody could read yet.

    What was read of them stays, without the person; `tools.imports` sees to that afterwards.
    """
    named = [upload for upload in Upload.objects.iterator() if _may_name(upload, person)]
    for upload in named:
        if upload.file_id is not None:
            drop_file(upload.file_id)
    return len(named)


def _may_name(upload: Upload, person: Person) -> bool:
    tables = unpack(upload.tables)
    return tables is None or person.taken_out_of(tables) != tables
