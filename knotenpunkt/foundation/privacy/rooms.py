"""Finds each app's `privacy.py`: the only place where code is discovered instead of imported.

Erasure must reach every table of every storey, also those of an app that is added tomorrow. A
`privacy.py` offers HOLDINGS and, as far as its tables need them:

    export(person) -> list[dict]    what is held about this person
    erase(person) -> int            how many records were deleted or emptied
    mentions(person) -> list[str]   free texts that name the person and need an editor
    expire() -> int                 how many records were past their term and are gone now
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from knotenpunkt.foundation.core.personal_data import Holding, Person

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

    def expire(self) -> int:
        """Delete what is past its term; how many records that were."""
        return int(self._asked("expire", 0))

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
