"""The tables of deeds, of reads, and of the keys of people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from knotenpunkt.foundation.networks.models import NetworkModel, ScopedManager, ScopedQuerySet

# What may name a person.
NAMING = frozenset({"actor_label", "title", "changes"})


class ChangedHistory(Exception):
    """Somebody tried to change what stands in the audit."""


class History(ScopedQuerySet):
    """Rows that are added and read. One end is left to them, which the law demands."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        if kwargs.get("update_conflicts"):
            _refuse()
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse()

    def update(self, **values: Any) -> NoReturn:
        _refuse()

    def delete(self) -> NoReturn:
        _refuse()

    def erased(self, **emptied: Any) -> int:
        """Take a person out of these entries; returns how many there were."""
        if not emptied.keys() <= NAMING:
            _refuse()
        return super().update(**emptied)


def _refuse() -> NoReturn:
    raise ChangedHistory("What stands in the audit is not changed.")


class HistoryManager(ScopedManager.from_queryset(History)):  # type: ignore[misc]
    """The scoped manager of rows that are only added."""


class OnlyAdded(NetworkModel):
    """A row that is written once."""

    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[HistoryManager] = HistoryManager()

    class Meta(NetworkModel.Meta):
        abstract = True
        ordering = ["-at"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse()
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse()


class Entry(OnlyAdded):
    """One deed: append-only.

    Of a deed on a person `title` and `changes` are empty here and stand in `sealed`, encrypted
    with that person's key; `queries.opened` puts them back for reading.
    """

    only_erased: ClassVar[frozenset[str]] = NAMING
    is_erased = False
    """After `queries.opened`: the person is erased, and what was sealed for them with them."""

    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=200)
    deed = models.CharField(max_length=60, help_text="such as offers.publish")
    kind = models.CharField(max_length=60, help_text="model label, such as offers.Offer")
    object_id = models.UUIDField()
    title = models.CharField(max_length=300)
    changes = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder, help_text="field → [old, new]"
    )
    person_id = models.UUIDField(null=True, help_text="whose key sealed title and changes")
    sealed = models.BinaryField(default=b"", help_text="title and changes of a deed on a person")

    class Meta(OnlyAdded.Meta):
        indexes = [
            models.Index(fields=["network", "kind", "object_id", "-at"]),
            models.Index(fields=["network", "-at"]),
            models.Index(fields=["network", "person_id", "-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.deed}: {self.title}"


class Read(OnlyAdded):
    """Somebody opened a record that only few may read. It says which one, not what stood there."""

    only_erased: ClassVar[frozenset[str]] = frozenset({"actor_label", "title"})

    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, help_text="model label, such as inbox.Concern")
    object_id = models.UUIDField()
    title = models.CharField(max_length=300)

    class Meta(OnlyAdded.Meta):
        indexes = [models.Index(fields=["network", "-at"])]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"


class PersonKey(NetworkModel):
    """The key that seals what history says about one person. Without it nobody reads that."""

    person_id = models.UUIDField()
    wrapped = models.BinaryField(help_text="the key, sealed with the master key")
    follows = models.UUIDField(
        null=True, help_text="the person with whom this one was merged; the key goes with theirs"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network", "person_id"], name="one_key_for_a_person")
        ]

    def __str__(self) -> str:
        return str(self.person_id)
