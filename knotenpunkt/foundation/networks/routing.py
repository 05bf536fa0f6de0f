"""Sends scoped tables to the connection of the current scope."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.foundation.networks.scope import scoped_database


class ScopeRouter:
    """Scoped tables follow the scope; everything else stays on `default`."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return scoped_database() if issubclass(model, NetworkModel) else None

    db_for_write = db_for_read

    def allow_relation(self, first: Model, second: Model, **hints: Any) -> bool:
        return True  # all connections lead to one database
