"""How far two points are apart, and how to say it.

Coordinates are WGS84 degrees; distances are kilometres over a sphere, within 0.3 % of the
ellipsoid, which is far below the doubt that a postal code brings.
"""

from __future__ import annotations

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from numpy.typing import ArrayLike, NDArray

EARTH_RADIUS_KM = 6371.0088
# From here on a decimal is noise, also for exact places.
WHOLE_KM_FROM = 10.0


def distances_km(
    latitude: float, longitude: float, latitudes: ArrayLike, longitudes: ArrayLike
) -> NDArray[np.float64]:
    """Great-circle distances from one point to many, same shape as the given arrays.

    A missing coordinate (None as NaN) gives NaN.
    """
    here_lat, here_lon = np.radians(latitude), np.radians(longitude)
    there_lat = np.radians(np.asarray(latitudes, dtype=np.float64))
    there_lon = np.radians(np.asarray(longitudes, dtype=np.float64))
    chord = (
        np.sin((there_lat - here_lat) / 2) ** 2
        + np.cos(here_lat) * np.cos(there_lat) * np.sin((there_lon - here_lon) / 2) ** 2
    )
    # Rounding can push opposite points a hair above 1, and points beyond the poles below 0.
    arc = 2 * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
    return np.asarray(EARTH_RADIUS_KM * arc, dtype=np.float64)


def distance_km(latitude: float, longitude: float, latitude2: float, longitude2: float) -> float:
    """Great-circle distance of two points."""
    return float(distances_km(latitude, longitude, latitude2, longitude2))


def spoken_distance(km: float, approximate: bool) -> str:
    """ "0,9 km"; "ca. 12 km" when a postal code stands behind it, then always in whole km."""
    if approximate:
        return _("approx. %(km)s km") % {"km": number_format(max(round(km), 1), 0)}
    decimals = 1 if round(km, 1) < WHOLE_KM_FROM else 0
    # Nobody stands 0.0 km away from a door.
    nearest = max(km, 0.1) if decimals else km
    return _("%(km)s km") % {"km": number_format(round(nearest, decimals), decimals)}
