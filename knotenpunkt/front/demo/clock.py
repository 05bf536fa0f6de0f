"""The clock of a demo: what happened on an earlier day is done as if it were that day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Inside, the actions see this moment as now. The command that loads a demo is alone in its
    process, so nobody else looks at this clock."""
    with patch.object(timezone, "now", lambda: moment):
        yield
