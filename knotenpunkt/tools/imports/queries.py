"""Reads of imports."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.imports.models import Link, Profile


def links_of(actor: Actor, *, source: str, kind: str) -> list[Link]:
    """Everything that a source has brought of one kind."""
    actor.must(Right.IMPORT)
    return list(Link.objects.filter(source=source, kind=kind))


def profile_named(actor: Actor, *, kind: str, name: str) -> Profile | None:
    """The remembered profile, or None."""
    actor.must(Right.IMPORT)
    found: Profile | None = Profile.objects.filter(kind=kind, name=name).first()
    return found


def external_ids(kind: str, object_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The id that each record has in its source; records without one are left out."""
    rows = Link.objects.filter(kind=kind, object_id__in=list(object_ids)).exclude(external_id="")
    return dict(rows.values_list("object_id", "external_id"))
