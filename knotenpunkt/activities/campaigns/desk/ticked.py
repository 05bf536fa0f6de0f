"""What was ticked in a form of the desk."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest


def ids_of(request: HttpRequest, name: str) -> list[UUID]:
    """What was ticked, in its order; what is no id is left out."""
    found = []
    for value in request.POST.getlist(name):
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
