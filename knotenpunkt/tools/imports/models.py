"""Tables of imports: runs, what they last brought, and remembered profiles."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from knotenpunkt.foundation.networks.models import NetworkModel


class Profile(NetworkModel):
    """A mapping remembered under a name, for one kind of import."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=60, help_text="what is imported")
    source = models.CharField(max_length=200, blank=True)
    mapping = models.JSONField(default=dict, help_text="columns and fixed values")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(NetworkModel.Meta):
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "kind", "name"], name="imports_one_profile_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Run(NetworkModel):
    """One import that wrote. Dry runs are not kept."""

    kind = models.CharField(max_length=60, help_text="what was imported")
    file_name = models.CharField(max_length=255)
    source = models.CharField(max_length=200)
    profile = models.CharField(max_length=120, blank=True)
    actor_label = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.started_at:%Y-%m-%d}"


class Link(NetworkModel):
    """One record as one source knows it: its id or key there, and what was last imported.

    `object_id` names the record without a foreign key, because a tool knows no domain.
    """

    source = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    external_id = models.CharField(max_length=200, blank=True, help_text="the id in the source")
    key = models.CharField(max_length=64, help_text="hash of what stands for an id")
    object_id = models.UUIDField(db_index=True)
    values = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder, help_text="field → last imported value"
    )
    original = models.JSONField(default=dict, help_text="the row as it came")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="links")

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["network", "source", "kind", "external_id"],
                condition=~Q(external_id=""),
                name="imports_one_link_per_id",
            ),
            models.UniqueConstraint(
                fields=["network", "source", "kind", "key"],
                condition=Q(external_id=""),
                name="imports_one_link_per_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.external_id or self.key[:12]}"
