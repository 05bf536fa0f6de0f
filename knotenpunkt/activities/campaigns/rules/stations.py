"""Which station is proposed for an order."""

from __future__ import annotations

from collections.abc import Iterable

from knotenpunkt.activities.campaigns.models import Station


def station_for(postal_code: str, stations: Iterable[Station]) -> Station | None:
    """The one with the longest beginning of this postal code; of equals the first."""
    best, length = None, 0
    for station in stations:
        for beginning in station.postal_codes:
            if postal_code and postal_code.startswith(beginning) and len(beginning) > length:
                best, length = station, len(beginning)
    return best
