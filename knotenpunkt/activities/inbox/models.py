"""The table of concerns."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.offers.models import Offer

SEALED = ("phone", "name", "text")


class Kind(models.TextChoices):
    """What somebody wants of us."""

    CALL = "call", _("Call-back")
    HINT = "hint", _("Hint")


class Daytime(models.TextChoices):
    """When somebody can be reached."""

    MORNING = "morning", _("in the morning")
    AFTERNOON = "afternoon", _("in the afternoon")
    EVENING = "evening", _("in the evening")


class Outcome(models.TextChoices):
    """How it ended; empty while it is open."""

    REACHED = "reached", pgettext_lazy("outcome", "reached")
    PASSED_ON = "passed_on", pgettext_lazy("outcome", "passed on")
    NOT_REACHED = "not_reached", pgettext_lazy("outcome", "not reached")
    DONE = "done", pgettext_lazy("outcome", "done")
    NONSENSE = "nonsense", pgettext_lazy("outcome", "no real request")
    EXPIRED = "expired", pgettext_lazy("outcome", "never answered")


OPEN = Q(outcome="")


class Concern(NetworkModel):
    """A call request or a hint. What only those who answer may read is sealed, and gone then."""

    kind = models.CharField(max_length=4, choices=Kind)
    offer = models.ForeignKey(
        Offer, on_delete=models.SET_NULL, null=True, blank=True, related_name="concerns"
    )
    phone = models.BinaryField(default=b"", help_text="sealed; of a hint: how to answer it")
    name = models.BinaryField(default=b"", help_text="sealed")
    text = models.BinaryField(default=b"", help_text="sealed")
    twin_key = models.CharField(
        max_length=64, blank=True, help_text="blind index: the same one again is found by it"
    )
    caller_key = models.CharField(
        max_length=64, blank=True, help_text="blind index of the telephone number"
    )
    daytimes = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=20, blank=True, help_text="to be spoken")
    is_urgent = models.BooleanField(default=False, help_text="its words speak of danger")
    is_doubtful = models.BooleanField(default=False, help_text="looks like advertising")
    repeated = models.PositiveSmallIntegerField(default=0, help_text="how often sent once more")
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="calls that reached nobody")
    tried_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    passed_to = models.CharField(max_length=120, blank=True, help_text="an office, no family")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        ordering = ["received_at"]
        indexes = [
            models.Index(fields=["network", "outcome", "due_at"]),
            models.Index(fields=["network", "caller_key"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="nothing_is_kept_after_the_answer",
                condition=Q(outcome="")
                | Q(phone=b"", name=b"", text=b"", twin_key="", caller_key=""),
            ),
            models.UniqueConstraint(
                name="one_open_concern_of_a_kind",
                fields=["network", "twin_key"],
                condition=Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        """Names nobody: it stands in the audit and in logs."""
        return f"{self.get_kind_display()}: {self.offer.title}" if self.offer else self.about

    @property
    def about(self) -> str:
        """What it is about, without a word of the family: the offer, or a general question."""
        return self.offer.title if self.offer else str(_("General question"))

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered yet."""
        return not self.outcome

    @property
    def is_call(self) -> bool:
        """Whether somebody waits for a call."""
        return self.kind == Kind.CALL
