"""Tables of lists: saved views, and deeds on many records at once."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import NetworkModel

LONGEST_ADDRESS = 2000


class SavedView(NetworkModel):
    """The filters of a list under a name: one's own, or shared with the network."""

    listing = models.CharField(max_length=40, help_text="which list, such as offers")
    name = models.CharField(_("name"), max_length=60)
    address = models.CharField(max_length=LONGEST_ADDRESS, help_text="its query string")
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(NetworkModel.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "listing", "owner", "name"], name="lists_one_view_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class BulkDeed(NetworkModel):
    """One deed on many records, with what it takes to take it back."""

    listing = models.CharField(max_length=40, help_text="which list, such as offers")
    kind = models.CharField(max_length=40, help_text="what is done, such as publish")
    argument = models.CharField(max_length=100, blank=True, help_text="such as the key of a topic")
    address = models.CharField(
        max_length=LONGEST_ADDRESS, blank=True, help_text="the list it was started from"
    )
    actor_id = models.UUIDField(null=True)
    total = models.PositiveIntegerField(help_text="records that it is about")
    picked = models.JSONField(default=list, help_text="their ids, until it is finished")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    undo_started_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta(NetworkModel.Meta):
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.total}"


class Outcome(models.TextChoices):
    """What became of one record."""

    DONE = "done", _("done")
    LEFT = "left", _("left as it was")
    UNDONE = "undone", _("taken back")
    CHANGED_SINCE = "changed_since", _("changed by somebody since")


class BulkStep(NetworkModel):
    """What the deed did to one record: a value before and after."""

    deed = models.ForeignKey(BulkDeed, on_delete=models.CASCADE, related_name="steps")
    object_id = models.UUIDField()
    title = models.CharField(max_length=300)
    outcome = models.CharField(max_length=14, choices=Outcome)
    reason = models.CharField(max_length=200, blank=True, help_text="why it was left as it was")
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta(NetworkModel.Meta):
        ordering = ["title"]
        indexes = [models.Index(fields=["deed", "outcome"])]
        constraints = [
            models.UniqueConstraint(fields=["deed", "object_id"], name="lists_one_step_per_record")
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.title}"
