"""The stamp by which every process notices that it must build its index anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from knotenpunkt.tools.search.models import Entry, Version, Visibility


def new_version(stamp: UUID, changed: Sequence[Entry] = ()) -> None:
    """Draw a new stamp, and widen the box around the public points.

    The box is not drawn in again when an entry moves or goes: too wide a box costs a look into an
    index, too narrow a one hides entries.
    """
    # Locked, so that of two writers at once neither takes back what the other added to the box.
    locked = Version.objects.select_for_update()
    version, _created = locked.get_or_create(defaults={"stamp": stamp})
    version.stamp = stamp
    points = [
        point
        for entry in changed
        if entry.visibility == Visibility.PUBLIC
        for point in entry.points
    ]
    for name, value in _box(points).items():
        old: float | None = getattr(version, name)
        widest = min if name in ("south", "west") else max
        setattr(version, name, value if old is None else widest(old, value))
    version.save()


def _box(points: Sequence[Any]) -> dict[str, float]:
    if not points:
        return {}
    latitudes, longitudes = [point[0] for point in points], [point[1] for point in points]
    return {
        "south": min(latitudes), "north": max(latitudes),
        "west": min(longitudes), "east": max(longitudes),
    }  # fmt: skip
