"""Pairs that somebody decided about: merged into one, or told apart for good."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.networks.models import NetworkModel


class DuplicateKind(models.TextChoices):
    """What a pair is of."""

    ORGANISATION = "organisation", _("Organisation")
    PERSON = "person", _("Person")


class NotSame(NetworkModel):
    """Two records that look alike and are not one. `first_id` is the smaller of both ids."""

    kind = models.CharField(max_length=12, choices=DuplicateKind)
    first_id = models.UUIDField()
    second_id = models.UUIDField()
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(NetworkModel.Meta):
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "first_id", "second_id"], name="told_apart_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class Merge(NetworkModel):
    """Two records became one. `moves` say what was moved and changed, in order, to take it back.

    What a move says of a person is sealed with their key. Kept for thirty days.
    """

    kind = models.CharField(max_length=12, choices=DuplicateKind)
    survivor_id = models.UUIDField()
    absorbed_id = models.UUIDField()
    moves = models.JSONField(default=list)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        ordering = ["-at"]
        indexes = [models.Index(fields=["network", "survivor_id"], name="merges_by_survivor")]

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.survivor_id}"
