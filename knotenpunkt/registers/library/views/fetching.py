"""From an address to a material, and a file on its way out."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.encoding import escape_uri_path

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.library import queries
from knotenpunkt.registers.library.models import Material, Version
from knotenpunkt.tools.files.queries import content_of


def material_or_404(actor: Actor, material_id: UUID) -> Material:
    """The material, for those who may see it."""
    try:
        return queries.get_material(actor, material_id)
    except Material.DoesNotExist as missing:
        raise Http404 from missing


def version_or_404(material: Material, number: int) -> Version:
    """One version of it."""
    try:
        return queries.version_of(material, number)
    except Version.DoesNotExist as missing:
        raise Http404 from missing


def download(version: Version | None) -> HttpResponse:
    """The file of a version, to be saved; a browser shall not run what somebody handed in."""
    if version is None or version.file_id is None or version.file is None:
        raise Http404
    answer = HttpResponse(content_of(version.file_id), content_type=version.file.content_type)
    name = escape_uri_path(version.file.name)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
