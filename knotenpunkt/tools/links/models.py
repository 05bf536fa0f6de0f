"""The table of personal links."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from knotenpunkt.foundation.networks.models import NetworkModel

PERSONAL = "personal"
"""What a link is for, unless told otherwise: the page "Was steht an?"."""


class Link(NetworkModel):
    """One link of a holder. What stands in the address is not kept, only its hash."""

    holder = models.UUIDField(help_text="the contact whom it belongs to")
    purpose = models.CharField(max_length=20, default=PERSONAL)
    hashed = models.CharField(max_length=64, help_text="of the secret in the address")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(help_text="the latest that was written to the holder")
    revoked_at = models.DateTimeField(null=True, blank=True, help_text="opens nothing since")

    class Meta(NetworkModel.Meta):
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "holder", "purpose"],
                condition=Q(revoked_at__isnull=True),
                name="one_link_of_a_holder",
            ),
            models.UniqueConstraint(fields=["network", "hashed"], name="one_link_of_a_secret"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.holder}"
