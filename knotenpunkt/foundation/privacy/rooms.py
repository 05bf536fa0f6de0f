"""Finds each app's `privacy.py`: the only place where code is discovered instead of imported.

Erasure must reach every table of every storey, also those of an app that is added tomorrow. A
`privacy.py` offers HOLDINGS and, as far as its tables need them:

    export(person) -> list[dict]    what is held about this person
    erase(person) -> int            how many records were deleted or emptied
    mentions(person) -> list[str]   free texts that name the person and need an editor
    remains(person) -> list[Remains]  what must stay after an erasure, on which ground, how long
    expire() -> list[Expired]       what was past its term and is gone now
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from knotenpunkt.foundation.core.personal_data import Expired, Holding, Person, Remains

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Room:
    """The `privacy.py` of one app."""

    app: str
    module: ModuleType

    @property
    def holdings(self) -> tuple[Holding, ...]:
        """The personal data that this app holds."""
        held: tuple[Holding, ...] = self.module.HOLDINGS
        return held

    def export(self, person: Person) -> list[Record]:
        """What this app holds about a person."""
        records: list[Record] = self._asked("export", [], person)
        return records

    def erase(self, person: Person) -> int:
        """Delete or empty it; how many records that were."""
        return int(self._asked("erase", 0, person))

    def mentions(self, person: Person) -> list[str]:
        """Texts of this app that name the person."""
        texts: list[str] = self._asked("mentions", [], person)
        return texts

    def remains(self, person: Person) -> list[Remains]:
        """What of this person stays after an erasure."""
        kept: list[Remains] = self._asked("remains", [], person)
        return kept

    def expire(self) -> list[Expired]:
        """Delete what is past its term, kind by kind; kinds with nothing to delete are left out."""
        gone: list[Expired] = self._asked("expire", [])
        return [one for one in gone if one.count]

    def _asked(self, name: str, otherwise: Any, *args: Person) -> Any:
        function = getattr(self.module, name, None)
        return function(*args) if function else otherwise


def rooms() -> list[Room]:
    """All of them, from the top storey down: settings name the apps from the bottom up."""
    return [
        Room(app.label, import_module(f"{app.name}.privacy"))
        for app in reversed(list(apps.get_app_configs()))
        if module_has_submodule(app.module, "privacy")
    ]
