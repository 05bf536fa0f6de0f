"""What the clock deleted, night by night."""

from __future__ import annotations

from django.db import models

from knotenpunkt.foundation.networks.models import NetworkModel


class NightlyDeletion(NetworkModel):
    """One kind of data that a run deleted; a run with nothing to delete has one line without."""

    run_at = models.DateTimeField()
    app = models.CharField(max_length=60, blank=True)
    what = models.CharField(max_length=200, blank=True, help_text="a msgid; it names nobody")
    count = models.PositiveIntegerField()
    oldest = models.DateTimeField(null=True, help_text="of when the oldest was that is gone")

    class Meta(NetworkModel.Meta):
        ordering = ["-run_at", "app", "what"]
        indexes = [models.Index(fields=["network", "-run_at"])]

    def __str__(self) -> str:
        return f"{self.run_at:%Y-%m-%d} {self.what}"
