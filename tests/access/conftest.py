"""One stage for a module: no answer changes what another one sees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.access.stage import Stage, set_up


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """A network with people and records, for all tests of a module."""
    with django_db_blocker.unblock(), set_up() as ready:
        yield ready
