"""What hangs on partners: tags, files, and what they took part in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.partners.models.organisations import Organisation
from knotenpunkt.registers.partners.models.people import Person
from knotenpunkt.tools.files.models import StoredFile

# Exactly one of the two.
ONE_PARTNER = Q(organisation__isnull=False, person__isnull=True) | Q(
    organisation__isnull=True, person__isnull=False
)


class Tag(NetworkModel):
    """A free word by which a network sorts its partners."""

    name = models.CharField(max_length=80)

    class Meta(NetworkModel.Meta):
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["network", "name"], name="tag_once")]

    def __str__(self) -> str:
        return self.name


class Tagging(NetworkModel):
    """A tag on an organisation or a person."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="uses")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="tag_links"
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="tag_links"
    )

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(name="tag_on_one_partner", condition=ONE_PARTNER),
            models.UniqueConstraint(fields=["tag", "organisation"], name="tag_once_organisation"),
            models.UniqueConstraint(fields=["tag", "person"], name="tag_once_person"),
        ]

    def __str__(self) -> str:
        return str(self.tag_id)


class PartnerFile(NetworkModel):
    """A file that belongs to an organisation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="file_links"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    for_coordination = models.BooleanField(
        default=True, help_text="not shown to those who keep the organisation as a provider"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta(NetworkModel.Meta):
        ordering = ["-added_at"]

    def __str__(self) -> str:
        return self.title


class Involvement(NetworkModel):
    """A partner took part in something. Activities write it downward; "last seen" stands on it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="involvements"
    )
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="involvements"
    )
    kind = models.CharField(max_length=40, help_text="meeting, conference, campaign, training …")
    title = models.CharField(max_length=200)
    on = models.DateField()
    source_id = models.UUIDField(null=True, blank=True, help_text="the record that says so")

    class Meta(NetworkModel.Meta):
        ordering = ["-on"]
        indexes = [models.Index(fields=["network", "organisation", "-on"])]

    def __str__(self) -> str:
        return f"{self.title} {self.on:%Y-%m-%d}"
