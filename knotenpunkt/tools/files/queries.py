"""Reads of stored files. The app that kept a file says who may see it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from knotenpunkt.tools.files.models import StoredFile


def files() -> QuerySet[StoredFile]:
    """The files of the network at hand, without their content."""
    rows: QuerySet[StoredFile] = StoredFile.objects.defer("content")
    return rows


def content_of(file_id: UUID) -> bytes:
    """The bytes of a file; StoredFile.DoesNotExist when there is none in the network at hand."""
    return bytes(StoredFile.objects.values_list("content", flat=True).get(pk=file_id))
