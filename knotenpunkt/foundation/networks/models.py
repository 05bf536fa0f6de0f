"""Networks, and the base of every table that belongs to one."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import ForeignKey, Q
from django.db.models.sql import Query
from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.networks.scope import (
    OutsideNetwork,
    Reach,
    ReadOnlyScope,
    Scope,
    WrongNetwork,
    current_scope,
    scoped_database,
)

LANDS = {
    "01": "SH", "02": "HH", "03": "NI", "04": "HB", "05": "NW", "06": "HE", "07": "RP", "08": "BW",
    "09": "BY", "10": "SL", "11": "BE", "12": "BB", "13": "MV", "14": "SN", "15": "ST", "16": "TH",
}  # fmt: skip


SLUG = r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$"


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
            RegexValidator(SLUG, _("Use a–z, 0–9 and hyphens.")),
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
    answer_days = models.PositiveSmallIntegerField(
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text="working days within which families are called back",
    )
    note_days = models.PositiveSmallIntegerField(
        default=365,
        validators=[MinValueValidator(7), MaxValueValidator(3650)],
        help_text="days after which contact notes are deleted",
    )
    confirm_months = models.PositiveSmallIntegerField(
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="months after which partners are asked whether their entries are still true",
    )
    approves_changes = models.BooleanField(
        default=True, help_text="what partners change themselves waits for approval"
    )
    mail_address = models.EmailField(
        blank=True, help_text="sender of mails; empty: that of the installation"
    )
    mail_name = models.CharField(
        max_length=120, blank=True, help_text="sender of mails; empty: the name of the network"
    )
    mail_days = models.PositiveSmallIntegerField(
        default=180,
        validators=[MinValueValidator(30), MaxValueValidator(3650)],
        help_text="days after which it is forgotten who got which mail",
    )
    second_factor_roles = models.JSONField(
        default=list, blank=True, help_text="roles that need a second factor at the desk"
    )
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


class ScopedQuery(Query):
    """Runs in the scope in which it was asked for, and nowhere else.

    Django gets a compiler for everything it runs: rows, counts, copies, queries inside others.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = current_scope()

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        refuse_other_scope(self.scope)
        return super().get_compiler(*args, **kwargs)


class ScopedQuerySet(models.QuerySet[Any]):
    """Writes only where the scope allows it, and always into the network of the scope."""

    query: ScopedQuery

    def __init__(
        self,
        model: type[models.Model] | None = None,
        query: Query | None = None,
        using: str | None = None,
        hints: dict[str, models.Model] | None = None,
    ) -> None:
        super().__init__(model, query or ScopedQuery(model), using, hints)

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
        refuse_other_scope(self.query.scope)  # Django makes another class of it to write
        if {"network", "network_id"} & values.keys():
            raise WrongNetwork("A record cannot move to another network.")
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        refuse_read_only()
        refuse_other_scope(self.query.scope)
        return super().delete()


@lru_cache(maxsize=4_096)
def _of_network(model: type[models.Model], network_id: UUID) -> ScopedQuery:
    """All rows of a network. Built once and copied: a page asks for it dozens of times."""
    return ScopedQuerySet(model).filter(network_id=network_id).query


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
            rows.query = _of_network(self.model, scope.network_id).chain()  # type: ignore[assignment]
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


def refuse_other_scope(asked_in: Scope | None) -> None:
    """A question asked in one scope is not answered in another."""
    scope = current_scope()
    if scope == asked_in:
        return
    if scope is None:
        raise OutsideNetwork("This was asked in a network and is answered only there.")
    raise WrongNetwork("This was asked in another scope: ask it again in this one.")


class NetworkModel(models.Model):
    """A row that belongs to exactly one network.

    `published_when` names the rows that everyone may read in every network; None means never.
    `only_erased` marks a table that is only added to: the columns that an erasure may empty.
    `kept_by_itself` names the rows that the program writes about other records without anybody's
    hand: they go with those records and hold none of them back.
    """

    published_when: ClassVar[Q | None] = None
    only_erased: ClassVar[frozenset[str] | None] = None
    kept_by_itself: ClassVar[Q | None] = None

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
        if scope is not None and scope.network_id is not None:
            if self.network_id is None:
                self.network_id = scope.network_id
            if self.network_id != scope.network_id:
                raise WrongNetwork(f"This {type(self).__name__} belongs to another network.")
        self._refuse_ties()

    def _refuse_ties(self) -> None:
        """No record hangs on one of another network. Looks at what is loaded, asks nothing."""
        for key in scoped_keys(type(self)):
            tied = key.get_cached_value(self, default=None)
            if tied is not None and tied.__dict__.get("network_id") not in (None, self.network_id):
                raise WrongNetwork(f"{key.name}: a record of another network.")


@lru_cache(maxsize=256)
def scoped_keys(model: type[models.Model]) -> tuple[ForeignKey[Any, Any], ...]:
    """The foreign keys of a model that lead to records of a network."""
    return tuple(
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and issubclass(field.related_model, NetworkModel)
    )
