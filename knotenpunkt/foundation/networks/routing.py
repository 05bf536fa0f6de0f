"""Sends scoped tables to the connection of the current scope."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Model

from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.foundation.networks.scope import scoped_database

CACHE = "django_cache"


class ScopeRouter:
    """Scoped tables follow the scope; everything else stays on `default`.

    The shared cache has the other connection: what it counts must outlive a request that is rolled
    back, and must not make others wait for one that lasts.
    """

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        if model._meta.app_label == CACHE:
            return str(settings.ALL_NETWORKS_DATABASE)
        return scoped_database() if issubclass(model, NetworkModel) else None

    db_for_write = db_for_read

    def allow_relation(self, first: Model, second: Model, **hints: Any) -> bool:
        return True  # all connections lead to one database
