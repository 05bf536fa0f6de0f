"""A desk to hand lists in at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from knotenpunkt.foundation.networks.addresses import address
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.imports.models import Upload
from knotenpunkt.tools.jobs.worker import run_waiting
from tests.conftest import Cast


@dataclass(frozen=True)
class Desk:
    """Petra's browser."""

    client: Client
    network: Network

    def path(self, name: str, **kwargs: Any) -> str:
        return address(self.network, f"offers_import:{name}", **kwargs)

    def hand_in(self, content: bytes, name: str = "liste.csv") -> Any:
        """Step 1; follows to where it leads."""
        file = SimpleUploadedFile(name, content)
        return self.client.post(self.path("start"), {"file": file}, follow=True)

    def get(self, name: str, query: str = "", **kwargs: Any) -> Any:
        return self.client.get(self.path(name, **kwargs) + query, follow=True)

    def post(self, name: str, data: dict[str, Any], **kwargs: Any) -> Any:
        return self.client.post(self.path(name, **kwargs), data, follow=True)

    def upload(self) -> Upload:
        with in_network(self.network):
            found: Upload = Upload.objects.order_by("-created_at").first()
        return found

    def uploads(self) -> int:
        with in_network(self.network):
            return Upload.objects.count()

    def checked(self, content: bytes, name: str = "liste.csv", **choices: str) -> UUID:
        """Steps 1 to 3: the id of the checked upload."""
        self.hand_in(content, name)
        upload_id: UUID = self.upload().pk
        self.post("columns", {"weiter": "1", "blatt": "1", **choices}, upload_id=upload_id)
        run_waiting()
        return upload_id

    def imported(self, content: bytes, name: str = "liste.csv", **choices: str) -> UUID:
        """All four steps."""
        upload_id = self.checked(content, name)
        self.post("import", {"state": "veroeffentlichen", **choices}, upload_id=upload_id)
        run_waiting()
        return upload_id


@pytest.fixture
def desk(cast: Cast, network_a: Network, client: Client) -> Desk:
    """Petra signed in to her network."""
    client.force_login(cast.petra)
    return Desk(client, network_a)


@pytest.fixture
def desk_of(cast: Cast, network_a: Network) -> Callable[[str], Desk]:
    """The same for somebody else of the cast."""

    def made(name: str) -> Desk:
        client = Client()
        client.force_login(getattr(cast, name))
        return Desk(client, network_a)

    return made
