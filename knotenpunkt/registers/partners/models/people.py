"""People of the network, and their professions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from knotenpunkt.foundation.networks.models import NetworkModel


class Profession(NetworkModel):
    """A professional group, such as "Familienhebamme"."""

    published_when = Q()

    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["network", "name"], name="profession_once")]

    def __str__(self) -> str:
        return self.name


class Person(NetworkModel):
    """Somebody who serves one or several organisations. What roles they have, their contacts say.

    Never a family: this register holds professionals and volunteers only.
    """

    salutation = models.CharField(max_length=20, blank=True, help_text="Frau, Herr, or empty")
    title = models.CharField(max_length=60, blank=True, help_text="Dr. med., Prof. …")
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120)
    name_key = models.CharField(
        max_length=300, editable=False, help_text="folded name: the same person is sought by it"
    )
    profession = models.ForeignKey(
        Profession, on_delete=models.SET_NULL, null=True, blank=True, related_name="people"
    )
    internal_note = models.TextField(blank=True, help_text="for the desk only")
    left_on = models.DateField(null=True, blank=True, help_text="no longer in the network since")
    confirmed_on = models.DateField(
        null=True, blank=True, help_text="when somebody last said that this is still true"
    )
    confirm_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="asked again after; empty: as the network does"
    )

    class Meta(NetworkModel.Meta):
        ordering = ["family_name", "given_name"]
        indexes = [models.Index(fields=["network", "name_key"], name="people_by_name")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Title, given and family name: "Dr. med. Anna-Lena von der Heide-Müller"."""
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)

    @property
    def listed_name(self) -> str:
        """As a list sorts it: "von der Heide-Müller, Dr. med. Anna-Lena"."""
        first = " ".join(part for part in (self.title, self.given_name) if part)
        return f"{self.family_name}, {first}" if first else self.family_name
