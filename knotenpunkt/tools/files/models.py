"""The table of stored files."""

from __future__ import annotations

from django.db import models

from knotenpunkt.foundation.networks.models import NetworkModel


class StoredFile(NetworkModel):
    """One file as it was handed in. Its content is fetched only when it is asked for."""

    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    kept_until = models.DateTimeField(null=True, blank=True, help_text="then it is deleted")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(NetworkModel.Meta):
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
