"""Networks, and the base of every table that belongs to one."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.sql import Query
from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.networks.scope import (
    OutsideNetwork,
    Reach,
    ReadOnlyScope,
    WrongNetwork,
    current_scope,
    scoped_database,
)

LANDS = {
    "01": "SH", "02": "HH", "03": "NI", "04": "HB", "05": "NW", "06": "HE", "07": "RP", "08": "BW",
    "09": "BY", "10": "SL", "11": "BE", "12": "BB", "13": "MV", "14": "SN", "15": "ST", "16": "TH",
}  # fmt: skip


def refuse_reserved(slug: str) -> None:
    """A network must not hide an address of the product itself."""
    if slug in settings.RESERVED_SLUGS:
        raise ValidationError(
            _("“%(slug)s” is reserved. Please choose another short name.") % {"slug": slug}
        )


class Network(models.Model):
    """A tenant: one county's network, or a state programme."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.CharField(
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$", _("Use a–z, 0–9 and hyphens.")),
            refuse_reserved,
        ],
    )
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    area_keys = models.JSONField(
        default=list, blank=True, help_text="AGS keys of 2 to 8 digits, as text"
    )
    accent = models.CharField(max_length=7, default="#0B5D55")
    mark = models.CharField(max_length=40, default="path", help_text="a drawn mark that ships")
    logo = models.CharField(max_length=200, blank=True, help_text="file name in the data folder")
    operator = models.CharField(max_length=200, blank=True)
    operator_address = models.TextField(blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_function = models.CharField(max_length=120, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_hours = models.CharField(max_length=200, blank=True)
    shows_neighbours = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def land(self) -> str:
        """Code of the Land of the first area key, such as "SN"; "" when there is none."""
        keys: list[str] = self.area_keys
        return LANDS.get(keys[0][:2], "") if keys else ""


class ScopedQuerySet(models.QuerySet[Any]):
    """Writes only where the scope allows it, and always into the network of the scope."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        for row in rows:
            row.join_current_network()
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> int:
        rows = list(objs)
        for row in rows:
            row.join_current_network()
        return super().bulk_update(rows, *args, **kwargs)

    def update(self, **values: Any) -> int:
        refuse_read_only()
        if {"network", "network_id"} & values.keys():
            raise WrongNetwork("A record cannot move to another network.")
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        refuse_read_only()
        return super().delete()


@lru_cache(maxsize=4_096)
def _of_network(model: type[models.Model], network_id: UUID) -> Query:
    """All rows of a network. Built once and copied: a page asks for it dozens of times."""
    return models.QuerySet(model).filter(network_id=network_id).query


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """The only way to rows that belong to a network: shows what the current scope may see."""

    use_in_migrations = False

    def get_queryset(self) -> ScopedQuerySet:
        scope = current_scope()
        if scope is None:
            raise OutsideNetwork(
                f"{self.model.__name__} belongs to a network: enter one with in_network(network)."
            )
        rows: ScopedQuerySet = super().get_queryset().using(scoped_database())
        if scope.reach is Reach.ONE_NETWORK:
            rows.query = _of_network(self.model, scope.network_id).chain()
            return rows
        if scope.reach is Reach.PUBLISHED:
            return rows.filter(self._published())
        return rows

    def _published(self) -> Q:
        model: type[NetworkModel] = self.model
        if model.published_when is None:
            raise OutsideNetwork(f"{model.__name__} is never public.")
        return model.published_when


def refuse_read_only() -> None:
    """Nothing is written in the published scope, and nothing outside every scope."""
    scope = current_scope()
    if scope is None:
        raise OutsideNetwork("Writing needs a network: enter one with in_network(network).")
    if scope.reach is Reach.PUBLISHED:
        raise ReadOnlyScope("The published scope only reads.")


class NetworkModel(models.Model):
    """A row that belongs to exactly one network.

    `published_when` names the rows that everyone may read in every network; None means never.
    """

    published_when: ClassVar[Q | None] = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = ScopedManager()

    class Meta:
        abstract = True
        # Forward keys and uniqueness checks go through the base manager: it must be scoped too.
        base_manager_name = "objects"
        default_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.join_current_network()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.join_current_network()
        return super().delete(*args, **kwargs)

    def join_current_network(self) -> None:
        """Take the network of the scope; refuse a record of another one."""
        refuse_read_only()
        scope = current_scope()
        if scope is None or scope.network_id is None:
            return
        if self.network_id is None:
            self.network_id = scope.network_id
        if self.network_id != scope.network_id:
            raise WrongNetwork(f"This {type(self).__name__} belongs to another network.")
