"""Public places, outlines for the map, and the school holidays of the Länder."""

from __future__ import annotations

import math
import uuid

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import NetworkModel


class Land(models.TextChoices):
    """The sixteen Länder, by the code that GeoNames, OpenHolidays and ISO 3166-2 share."""

    BADEN_WUERTTEMBERG = "BW", _("Baden-Württemberg")
    BAVARIA = "BY", _("Bavaria")
    BERLIN = "BE", _("Berlin")
    BRANDENBURG = "BB", _("Brandenburg")
    BREMEN = "HB", _("Bremen")
    HAMBURG = "HH", _("Hamburg")
    HESSE = "HE", _("Hesse")
    MECKLENBURG_VORPOMMERN = "MV", _("Mecklenburg-Vorpommern")
    LOWER_SAXONY = "NI", _("Lower Saxony")
    NORTH_RHINE_WESTPHALIA = "NW", _("North Rhine-Westphalia")
    RHINELAND_PALATINATE = "RP", _("Rhineland-Palatinate")
    SAARLAND = "SL", _("Saarland")
    SAXONY = "SN", _("Saxony")
    SAXONY_ANHALT = "ST", _("Saxony-Anhalt")
    SCHLESWIG_HOLSTEIN = "SH", _("Schleswig-Holstein")
    THURINGIA = "TH", _("Thuringia")


class Precision(models.TextChoices):
    """What the coordinates of a place stand on; only exact ones give a distance without "ca."."""

    EXACT = "exact", _("exact")
    POSTAL_CODE = "postal_code", _("from the postal code")
    UNKNOWN = "unknown", _("unknown")


class StepFree(models.TextChoices):
    """Whether one gets in without a step."""

    YES = "yes", _("step-free")
    PARTLY = "partly", _("partly step-free")
    NO = "no", _("not step-free")
    UNKNOWN = "unknown", _("not known whether step-free")


class AccessFact(models.TextChoices):
    """Facts about a place that decide whether a family can use it."""

    CHANGING_TABLE = "changing_table", _("changing table")
    STROLLER_SPACE = "stroller_space", _("space for strollers")
    ACCESSIBLE_TOILET = "accessible_toilet", _("wheelchair-accessible toilet")
    PARKING = "parking", _("parking space")
    LIFT = "lift", _("lift")
    HEARING_LOOP = "hearing_loop", _("hearing loop")
    QUIET_ROOM = "quiet_room", _("quiet room")


class Place(NetworkModel):
    """A public location: a consulting room, a Kita, a meeting place."""

    # Every place may be read everywhere: a place is where the public goes. The home of a family
    # is never stored as a place, so there is nothing here to keep from a neighbouring network.
    published_when = Q()

    venue = models.CharField(_("venue"), max_length=200, blank=True)
    street = models.CharField(_("street and house number"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    town = models.CharField(_("town"), max_length=120, blank=True)
    area_key = models.CharField(_("area key"), max_length=8, blank=True)
    state = models.CharField(_("Land"), max_length=2, choices=Land.choices, blank=True)
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    precision = models.CharField(
        _("precision"), max_length=12, choices=Precision.choices, default=Precision.UNKNOWN
    )
    step_free = models.CharField(
        _("step-free access"), max_length=8, choices=StepFree.choices, default=StepFree.UNKNOWN
    )
    access = models.JSONField(_("accessibility"), default=list, blank=True)
    access_note = models.CharField(_("note on accessibility"), max_length=300, blank=True)
    transit_note = models.CharField(_("how to get there"), max_length=300, blank=True)

    class Meta(NetworkModel.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["postal_code", "town", "street", "venue"]
        indexes = [
            models.Index(fields=["network", "postal_code"], name="areas_place_postal_code"),
        ]
        constraints = [
            models.CheckConstraint(
                name="areas_place_both_coordinates",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.one_line

    def clean(self) -> None:
        """Coordinates come in pairs and accessibility in known words."""
        pair = [value for value in (self.latitude, self.longitude) if value is not None]
        if len(pair) == 1 or not all(map(math.isfinite, pair)):
            raise ValidationError(_("A position needs both latitude and longitude."))
        unknown = [fact for fact in self.access if fact not in AccessFact.values]
        if unknown:
            raise ValidationError(
                {"access": _("Unknown: %(facts)s") % {"facts": ", ".join(map(str, unknown))}}
            )

    @property
    def one_line(self) -> str:
        """Venue, street, postal code and town on one line; empty when nothing is known."""
        return ", ".join(part for part in (self.venue, self.street, self.postal_town) if part)

    @property
    def address_line(self) -> str:
        """The postal address alone, as a route planner wants it."""
        return ", ".join(part for part in (self.street, self.postal_town) if part)

    @property
    def postal_town(self) -> str:
        """Postal code and town, as on a letter."""
        return f"{self.postal_code} {self.town}".strip()

    @property
    def has_coordinates(self) -> bool:
        """Whether a distance to this place can be told at all."""
        return self.latitude is not None and self.longitude is not None

    @property
    def is_approximate(self) -> bool:
        """Whether a distance to here must say "ca.": it stands on a postal code only."""
        return self.precision != Precision.EXACT

    @property
    def access_labels(self) -> list[str]:
        """The known accessibility facts in words, in the order of the list of facts."""
        return [str(fact.label) for fact in AccessFact if fact.value in self.access]


class OutlineLevel(models.TextChoices):
    """What an outline encloses."""

    COUNTY = "county", _("county")
    MUNICIPALITY = "municipality", _("municipality")
    QUARTER = "quarter", _("quarter")


class Outline(NetworkModel):
    """The border of a county, municipality or quarter, as the maps of a network draw it."""

    # Borders are public knowledge.
    published_when = Q()

    key = models.CharField(_("key"), max_length=80)
    name = models.CharField(_("name"), max_length=120)
    level = models.CharField(_("level"), max_length=12, choices=OutlineLevel.choices)
    geometry = models.JSONField(_("geometry"))
    approximate = models.BooleanField(_("approximation"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta(NetworkModel.Meta):
        verbose_name = _("outline")
        verbose_name_plural = _("outlines")
        ordering = ["level", "name", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "level", "key"], name="areas_outline_once_per_level"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RegionKind(models.TextChoices):
    """What a region is."""

    FORMER_COUNTY = "former_county", _("former county")
    MUNICIPALITY = "municipality", _("municipality")
    QUARTER = "quarter", _("quarter")
    OTHER = "other", _("other region")


class Region(NetworkModel):
    """A part of a network with a name of its own, by which partners and work are sorted.

    A place lies in it when its municipality or its postal code is named here.
    """

    published_when = Q()

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=14, choices=RegionKind.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="parts"
    )
    area_keys = models.JSONField(_("area keys"), default=list, blank=True)
    postal_codes = models.JSONField(_("postal codes"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(NetworkModel.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["network", "name"], name="areas_region_once")
        ]

    def __str__(self) -> str:
        return self.name


class RegionCoordinator(NetworkModel):
    """A member who looks after one region of the network."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="coordinators")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta(NetworkModel.Meta):
        verbose_name = _("sub-coordinator")
        verbose_name_plural = _("sub-coordinators")
        constraints = [
            models.UniqueConstraint(fields=["region", "user"], name="areas_region_coordinator_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.region_id}"


class SchoolHolidays(models.Model):
    """One stretch of school holidays of a Land, both days included.

    Shared by all networks: holidays are the same for everyone in a Land and concern nobody's
    person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    land = models.CharField(_("Land"), max_length=2, choices=Land.choices)
    name = models.CharField(_("name"), max_length=120)
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("school holidays")
        verbose_name_plural = _("school holidays")
        ordering = ["land", "starts", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["land", "starts", "name"], name="areas_school_holidays_once"
            ),
            models.CheckConstraint(
                name="areas_school_holidays_in_order", condition=Q(ends__gte=models.F("starts"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts:%Y}"
