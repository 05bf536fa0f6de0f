"""A picture to print, and a network whose papers they are."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.documents.pictures import Picture
from tests.papers import accessible

__all__ = ["accessible"]


@pytest.fixture
def network(network_a: Network) -> Iterator[Network]:
    with in_network(network_a):
        yield network_a


@pytest.fixture
def picture() -> Picture:
    content = BytesIO()
    Image.new("RGB", (64, 40), (200, 120, 90)).save(content, "JPEG")
    return Picture(content.getvalue(), "Kinder malen.", "Foto: Mira Beispiel")
