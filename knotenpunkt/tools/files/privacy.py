"""Personal data in stored files."""

from __future__ import annotations

from knotenpunkt.foundation.core.personal_data import Expired, Holding
from knotenpunkt.tools.files.actions import drop_expired

HOLDINGS = (
    Holding(
        what="uploaded lists, as long as their import needs them, and pictures of offers",
        why="so that an import can be looked at before it runs, and a page can show a picture",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG; pictures of people with their consent",
        term="lists 30 days; pictures as long as their offer shows them",
        where=("files.StoredFile.content", "files.StoredFile.name"),
    ),
)


def expire() -> list[Expired]:
    """Delete files whose time is over."""
    return [drop_expired()]
