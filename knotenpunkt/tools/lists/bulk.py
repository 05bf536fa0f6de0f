"""What can be done with many records at once. Each list declares its own deeds, as values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from knotenpunkt.foundation.accounts.actors import Actor


@dataclass(frozen=True, slots=True)
class BulkKind:
    """One deed on any number of records of a list.

    `argument` is what else it needs, such as the key of a topic, or "". `hindrance` says in a few
    words why it cannot be done to a record, "" when it can. `state` is the value that the deed
    changes, as JSON: it is taken before and after, and brought back by `restore`. `do` and
    `restore` are actions of the app that owns the record: they check rights and write the audit.
    """

    key: str
    hindrance: Callable[[Any, str], str]
    state: Callable[[Any], Any]
    do: Callable[[Actor, Any, str], object]
    restore: Callable[[Actor, Any, Any], object]
