"""Tables of imports: uploads, runs, what they changed and last brought, remembered profiles."""

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
    undone_at = models.DateTimeField(null=True, blank=True)
    undone = models.JSONField(default=dict, blank=True, help_text="what an undo did: word → count")

    class Meta(NetworkModel.Meta):
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.started_at:%Y-%m-%d}"


class Upload(NetworkModel):
    """A file that somebody handed in, on its way through the four steps. Kept for thirty days.

    `tables` and `report` are packed JSON; `file_id` names the file without a foreign key, because
    tools do not know each other.
    """

    class State(models.TextChoices):
        """How far it got. Whether something is at work, its job says."""

        RECEIVED = "received", "received"
        REFUSED = "refused", "refused"
        READ = "read", "read"
        CHECKED = "checked", "checked"
        STARTED = "started", "started"

    kind = models.CharField(max_length=60, help_text="what is to be imported")
    file_name = models.CharField(max_length=255)
    size = models.PositiveIntegerField(help_text="bytes")
    file_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    problem = models.CharField(max_length=500, blank=True, help_text="why it was refused")
    form = models.CharField(max_length=120, blank=True, help_text="how it was read")
    notes = models.JSONField(default=list, blank=True, help_text="what was seen and not taken")
    tables = models.BinaryField(default=bytes, blank=True)
    assignment = models.JSONField(default=dict, blank=True, help_text="which column says what")
    corrections = models.JSONField(
        default=dict, blank=True, help_text="sheet → row → column → what stands there instead"
    )
    report = models.BinaryField(default=bytes, blank=True)
    run = models.ForeignKey(
        Run, on_delete=models.SET_NULL, null=True, blank=True, related_name="uploads"
    )
    actor_label = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    kept_until = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_read(self) -> bool:
        """Whether its columns can be assigned and its rows checked."""
        return self.state in (self.State.READ, self.State.CHECKED)


class Step(NetworkModel):
    """A record that a run changed, as it was before; or all that one batch created.

    `after` holds fingerprints, enough to see whether somebody changed it since; of created records
    kind → id → fingerprint. `object_id` names the record without a foreign key. Kept for thirty
    days.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    created = models.BooleanField(default=False)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict)
    erased = models.BooleanField(default=False, help_text="a person in it was erased")

    class Meta(NetworkModel.Meta):
        ordering = ["run", "position"]
        indexes = [models.Index(fields=["network", "run", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


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
