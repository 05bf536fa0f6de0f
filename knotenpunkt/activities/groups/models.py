"""Tables of groups and their members."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.partners.models import Contact, Organisation


class GroupKind(models.TextChoices):
    """What a group is there for."""

    WORKING = "working", _("Working group")
    STEERING = "steering", _("Steering group")
    REGIONAL = "regional", _("Regional group")
    ADVISORY = "advisory", _("Advisory board")
    OTHER = "other", pgettext_lazy("group", "Other group")


class Group(NetworkModel):
    """People of several organisations who work on something together."""

    published_when = Q(is_public=True)

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=GroupKind, default=GroupKind.WORKING)
    purpose = models.TextField(blank=True, help_text="what it works on, as it may be read by all")
    region = models.ForeignKey(
        Region, on_delete=models.SET_NULL, null=True, blank=True, related_name="groups"
    )
    is_public = models.BooleanField(default=False, help_text="may be named on public pages")
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="works no longer since")
    internal_note = models.TextField(blank=True, help_text="for the desk only")

    class Meta(NetworkModel.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["network", "name"], name="groups_one_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        """Whether it still works."""
        return self.ended_on is None or self.ended_on > timezone.localdate()


class Function(models.TextChoices):
    """What somebody does in a group."""

    LEAD = "lead", pgettext_lazy("in a group", "Lead")
    DEPUTY = "deputy", pgettext_lazy("in a group", "Deputy")
    MINUTES = "minutes", pgettext_lazy("in a group", "Minutes")
    MEMBER = "member", pgettext_lazy("in a group", "Member")
    GUEST = "guest", pgettext_lazy("in a group", "Guest")


class Member(NetworkModel):
    """An organisation in a group, spoken for by one of its contacts as long as one is named."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="memberships"
    )
    function = models.CharField(max_length=10, choices=Function, default=Function.MEMBER)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True, help_text="last day in the group")

    class Meta(NetworkModel.Meta):
        ordering = ["organisation__name"]
        indexes = [models.Index(fields=["network", "group", "until"])]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "contact"],
                condition=Q(until=None),
                name="groups_a_contact_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.organisation_id}"
