"""A few things to find."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

import pytest

from knotenpunkt.tools.search.actions import EntryDraft

SPACE = UUID("5a0d7c6e-30f4-4a27-9a1c-3a1b8c9d0e11")
Draft = Callable[..., EntryDraft]


def identity(title: str) -> UUID:
    return uuid5(SPACE, title)


@pytest.fixture
def draft() -> Draft:
    """A draft whose id follows from its title."""

    def make(title: str, **values: Any) -> EntryDraft:
        return EntryDraft(
            **{"kind": "thing", "object_id": identity(title), "title": title} | values
        )

    return make
