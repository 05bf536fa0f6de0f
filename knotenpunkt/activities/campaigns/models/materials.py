"""What partners can order, and where they get it."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knotenpunkt.activities.campaigns.models.campaigns import Campaign
from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.tools.files.models import StoredFile


class Giving(models.TextChoices):
    """How packs are given out when more is wanted than there is."""

    PROPORTIONAL = "proportional", pgettext_lazy("sharing", "In proportion to the order")
    BY_SIZE = "by_size", pgettext_lazy("sharing", "By the number of children or people")
    FIRST_COME = "first_come", pgettext_lazy("sharing", "Who comes first")


class FundingArea(models.TextChoices):
    """Förderbereich of the Bundesstiftung Frühe Hilfen."""

    NETWORK = "I", _("I – network")
    SUPPORT = "II", _("II – support of families")
    INNOVATION = "III", _("III – innovation")


class Material(NetworkModel):
    """Something that partners order in whole packs. How many packs are left, its pool knows.

    First come: an order claims packs at once and the rest waits. Otherwise orders are wishes until
    the deadline, and packs are shared then.
    """

    published_when = Q(campaign__state__in=("open", "ended"))

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="materials")
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    picture = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    picture_alt = models.CharField(max_length=300, blank=True)
    packs = models.PositiveIntegerField(default=0, help_text="packs in stock")
    pack_size = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)])
    unit = models.CharField(max_length=40, blank=True, help_text="one piece, as Postkarten")
    most_packs = models.PositiveIntegerField(
        null=True, blank=True, help_text="limit of one order; empty: none"
    )
    condition = models.CharField(
        max_length=300, blank=True, help_text="what whoever orders has to agree to"
    )
    giving = models.CharField(max_length=12, choices=Giving, default=Giving.PROPORTIONAL)
    pack_cents = models.PositiveIntegerField(default=0, help_text="cost of one pack in cents")
    funding_area = models.CharField(max_length=3, choices=FundingArea, default=FundingArea.NETWORK)
    is_offered = models.BooleanField(default=True)
    shared_at = models.DateTimeField(null=True, blank=True, help_text="since when shares stand")
    shared_by = models.CharField(
        max_length=12, choices=Giving, blank=True, help_text="how they were found"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Station(NetworkModel):
    """Where packs are fetched, or the round that brings them."""

    published_when = Q(campaign__state__in=("open", "ended"))

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="stations")
    name = models.CharField(max_length=120)
    is_round = models.BooleanField(default=False, help_text="brought on a round; no: fetched")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True)
    hours = models.CharField(max_length=200, blank=True, help_text="when packs are given out")
    postal_codes = models.JSONField(
        default=list, blank=True, help_text="beginnings of postal codes that it is proposed for"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
