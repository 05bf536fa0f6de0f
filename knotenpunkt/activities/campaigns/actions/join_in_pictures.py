"""The stored pictures of join-ins: kept, copied, and dropped with the last row that shows them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from knotenpunkt.activities.campaigns.models import JoinIn
from knotenpunkt.tools.files.actions import drop_file, keep_file
from knotenpunkt.tools.files.content import WEBP
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.files.pictures import Rendering
from knotenpunkt.tools.files.queries import content_of

FILES = ("picture", "small_picture", "lookback", "small_lookback")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in its two widths."""

    large: Rendering
    small: Rendering


def kept(content: bytes) -> StoredFile:
    """A stored file with this picture."""
    return keep_file(name="bild.webp", content_type=WEBP, content=content)


def copy_picture(source: JoinIn, target: JoinIn) -> None:
    """Files of its own, because either may be deleted alone."""
    if source.picture_id and source.small_picture_id:
        target.picture = kept(content_of(source.picture_id))
        target.small_picture = kept(content_of(source.small_picture_id))


def files_of(join_in: JoinIn) -> set[UUID]:
    """The ids of all its files."""
    found: set[UUID | None] = {getattr(join_in, f"{name}_id") for name in FILES}
    return {one for one in found if one is not None}


def drop(files: set[UUID]) -> None:
    """Nobody shows these any more."""
    for one in files:
        drop_file(one)


def remove_change(change: JoinIn, stays: JoinIn) -> None:
    """A change goes, with the pictures that only it has."""
    own = files_of(change) - files_of(stays)
    if not change._state.adding:
        change.delete()
    drop(own)
