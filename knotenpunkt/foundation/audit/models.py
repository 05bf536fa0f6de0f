"""The table of deeds."""

from __future__ import annotations

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from knotenpunkt.foundation.networks.models import NetworkModel


class ChangedHistory(Exception):
    """Somebody tried to change what stands in the audit."""


class Entry(NetworkModel):
    """One deed: append-only."""

    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=200)
    deed = models.CharField(max_length=60, help_text="such as offers.publish")
    kind = models.CharField(max_length=60, help_text="model label, such as offers.Offer")
    object_id = models.UUIDField()
    title = models.CharField(max_length=300)
    changes = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder, help_text="field → [old, new]"
    )

    class Meta(NetworkModel.Meta):
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["network", "kind", "object_id", "-at"]),
            models.Index(fields=["network", "-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.deed}: {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ChangedHistory("What stands in the audit is not changed.")
        super().save(*args, **kwargs)
