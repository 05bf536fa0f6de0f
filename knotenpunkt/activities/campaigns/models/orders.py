"""Orders: who wants how many packs, who gets how many, and that they have them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knotenpunkt.activities.campaigns.models.campaigns import Campaign
from knotenpunkt.activities.campaigns.models.materials import Material, Station
from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.partners.models import Contact, Organisation


class Came(models.TextChoices):
    """How an order came."""

    LINK = "link", _("by personal link")
    PAGE = "page", _("on the public page")
    MAIL = "mail", _("by e-mail")
    TELEPHONE = "telephone", _("on the telephone")


class OrderState(models.TextChoices):
    """Where an order stands."""

    PLACED = "placed", pgettext_lazy("order", "placed")
    LATE = "late", pgettext_lazy("order", "late, waits for an answer")
    CANCELLED = "cancelled", pgettext_lazy("order", "cancelled")
    REFUSED = "refused", pgettext_lazy("order", "refused")


class Order(NetworkModel):
    """What one orderer wants. Somebody without a record is known by the sealed words only.

    A contact orders once in a campaign; two orders meet at one contact only when two records of
    the same person are merged, and then both count."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="orders")
    number = models.PositiveIntegerField(help_text="running number in the campaign")
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="orders"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="orders"
    )
    orderer = models.BinaryField(
        default=bytes, help_text="name, house, mail, telephone, address as typed; sealed"
    )
    note = models.BinaryField(default=bytes, help_text="what the orderer added; sealed")
    came = models.CharField(max_length=10, choices=Came)
    state = models.CharField(max_length=10, choices=OrderState, default=OrderState.PLACED)
    size = models.PositiveIntegerField(
        null=True, blank=True, help_text="children or people that it is for"
    )
    station = models.ForeignKey(
        Station, on_delete=models.SET_NULL, null=True, blank=True, related_name="orders"
    )
    key = models.CharField(
        max_length=64, help_text="of the form it came with: sent twice, it is one order"
    )
    placed_at = models.DateTimeField()
    changed_at = models.DateTimeField(auto_now=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    handed_over_by = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="share was confirmed")

    class Meta(NetworkModel.Meta):
        ordering = ["-placed_at"]
        indexes = [models.Index(fields=["network", "campaign", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="orders_one_number"),
            models.UniqueConstraint(fields=["campaign", "key"], name="orders_one_of_a_form"),
        ]

    def __str__(self) -> str:
        return f"order {self.number}"


class Line(NetworkModel):
    """How many packs of one material are wanted, and how many were given."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="lines")
    wanted = models.PositiveIntegerField()
    granted = models.PositiveIntegerField(
        null=True, blank=True, help_text="packs; empty: not decided yet"
    )
    proposed = models.PositiveIntegerField(
        null=True, blank=True, help_text="share that was set by hand before it stands"
    )
    told = models.PositiveIntegerField(
        null=True, blank=True, help_text="packs the orderer was told to get; nobody takes them away"
    )
    handed_over = models.PositiveIntegerField(default=0, help_text="packs the orderer has")
    waits_since = models.DateTimeField(null=True, blank=True, help_text="place on the waiting list")

    class Meta(NetworkModel.Meta):
        ordering = ["material__position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "material"], name="orders_one_line_each")
        ]

    def __str__(self) -> str:
        return f"{self.wanted} × {self.material_id}"
