"""The table of contact notes."""

from __future__ import annotations

from django.db import models

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.partners.models import Contact, Organisation

SEALED = ("who", "text")


class Note(NetworkModel):
    """What was said, with whom, and when to be reminded of it. Who and what are sealed."""

    author = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="notes"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="notes"
    )
    who = models.BinaryField(help_text="sealed")
    text = models.BinaryField(help_text="sealed")
    remind_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(NetworkModel.Meta):
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["network", "-created_at"]),
            models.Index(fields=["network", "author", "remind_on"]),
        ]

    def __str__(self) -> str:
        """Names nobody: it stands in logs."""
        return f"note of {self.created_at:%Y-%m-%d}"

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.done_at is not None
