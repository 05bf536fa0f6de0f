"""What can be found and since when, a network's own words, and what was searched how often."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.networks.models import NetworkModel


class Visibility(models.TextChoices):
    """Who may find an entry."""

    PUBLIC = "public", _("public")
    INTERNAL = "internal", _("internal")


class Entry(NetworkModel):
    """One findable thing, written by the app that owns it and erased together with it.

    It holds copies of public texts only as far as the thing itself shows them; the app that writes
    an entry of a person names it among that person's data.
    """

    published_when = Q(visibility=Visibility.PUBLIC)

    kind = models.CharField(_("kind"), max_length=40)
    object_id = models.UUIDField(_("found record"))
    visibility = models.CharField(_("visibility"), max_length=8, choices=Visibility.choices)
    title = models.TextField(_("title"))
    summary = models.TextField(_("summary"), blank=True)
    text = models.TextField(_("text"), blank=True)
    provider = models.TextField(_("names of the providers"), blank=True)
    places = models.TextField(_("names of towns and venues"), blank=True)
    words = models.TextField(_("further words"), blank=True)
    points = models.JSONField(
        _("points"), default=list, help_text="[latitude, longitude, whether exact]"
    )
    everywhere = models.BooleanField(_("reachable without a way"), default=False)
    age_from = models.PositiveSmallIntegerField(_("youngest age in months"), null=True)
    age_to = models.PositiveSmallIntegerField(_("oldest age in months"), null=True)
    facets = models.JSONField(_("facets"), default=dict)
    vector = models.BinaryField(_("meaning"), help_text="512 signed bytes, see encoder.pack")
    text_hash = models.CharField(_("hash of the encoded text"), max_length=64)
    stamp = models.UUIDField(_("stamp of the last change"))

    class Meta(NetworkModel.Meta):
        ordering = ["title", "object_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "kind", "object_id"], name="search_one_entry_per_object"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Version(NetworkModel):
    """Tells every process whether the entries of a network changed, and where they lie.

    The stamp is drawn anew with every write. A counter would do but for a write that is rolled
    back: its number would be given again, to other entries.
    """

    # Neither the stamp nor the box says anything that published entries do not.
    published_when = Q()

    stamp = models.UUIDField(_("stamp of the last change"), default=uuid.uuid4)
    south = models.FloatField(_("south of all points"), null=True)
    west = models.FloatField(_("west of all points"), null=True)
    north = models.FloatField(_("north of all points"), null=True)
    east = models.FloatField(_("east of all points"), null=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network"], name="search_one_version_per_network"),
        ]

    def __str__(self) -> str:
        return str(self.stamp)


class OwnWord(NetworkModel):
    """A word that only people here use, with what it means: "Mukibu" is the Mutter-Kind-Bus.

    Never published: it reads the searches of its own network, and its note is for colleagues.
    """

    said = models.CharField(_("word"), max_length=80)
    folded = models.CharField(max_length=200, help_text="the word as it is compared")
    means = models.JSONField(_("meaning"), default=list, help_text="German words and phrases")
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(NetworkModel.Meta):
        ordering = ["folded"]
        constraints = [
            models.UniqueConstraint(fields=["network", "folded"], name="search_one_own_word"),
        ]

    def __str__(self) -> str:
        return self.said


class SearchCount(NetworkModel):
    """How often one text was searched in a month and a language; nobody's, and nobody knows whose.

    `key` is a keyed hash of the text. `text` stays empty until the tenth time, and for good where
    it could name a person. The row without a key adds up what was searched too seldom to be kept.
    """

    month = models.DateField(help_text="its first day")
    language = models.CharField(max_length=12)
    key = models.CharField(max_length=64, blank=True)
    text = models.CharField(max_length=60, blank=True)
    count = models.PositiveIntegerField(default=0)
    without_result = models.PositiveIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["-month", "-count"]
        indexes = [models.Index(fields=["network", "key"])]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "month", "language", "key"], name="search_one_count_per_month"
            ),
        ]

    def __str__(self) -> str:
        """Without the text: it stands in logs."""
        return f"{self.month:%Y-%m} {self.count}"


class SettledSearch(NetworkModel):
    """A frequent search that somebody has dealt with: what came until that month is not shown."""

    key = models.CharField(max_length=64)
    until = models.DateField(help_text="first day of the last month that is settled")

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network", "key"], name="search_settled_once"),
        ]

    def __str__(self) -> str:
        return f"{self.until:%Y-%m}"
