"""The table of pools."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from knotenpunkt.foundation.networks.models import NetworkModel


class Pool(NetworkModel):
    """How many units of one thing there are, and how many are taken. `about` is that thing."""

    about = models.UUIDField(help_text="the record whose scarce units these are")
    size = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network", "about"], name="capacity_one_pool_each"),
            models.CheckConstraint(
                condition=Q(taken__lte=F("size")), name="capacity_never_below_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taken}/{self.size}"

    @property
    def left(self) -> int:
        """How many units nobody has taken yet."""
        return self.size - self.taken
