"""Writes to stored files. Who may hand in or drop one, the calling action decides."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from knotenpunkt.foundation.core.personal_data import Expired, deleted
from knotenpunkt.tools.files.content import honest_name
from knotenpunkt.tools.files.models import StoredFile


def keep_file(
    *, name: str, content_type: str, content: bytes, until: datetime | None = None
) -> StoredFile:
    """Keep a file in the network at hand; with `until` it goes by itself."""
    file = StoredFile(
        name=honest_name(name, content_type)[-255:],
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        kept_until=until,
    )
    file.save(force_insert=True)
    return file


def drop_file(file_id: UUID) -> None:
    """Delete a file; one that is gone already is no error."""
    StoredFile.objects.filter(pk=file_id).delete()


def drop_expired() -> Expired:
    """Delete the files of the scope at hand whose time is over."""
    over = StoredFile.objects.filter(kept_until__lt=timezone.now())
    return deleted("files that were handed in", over, by="created_at")
