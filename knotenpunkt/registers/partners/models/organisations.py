"""Bodies and facilities, and what sorts them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.areas.models import Place, Region


class Level(models.TextChoices):
    """Where an organisation stands: the legal body, or a facility that it runs."""

    BODY = "body", _("body")
    FACILITY = "facility", _("facility")


class PartnerKind(models.TextChoices):
    """Whom the law asks to include (§ 3 (2) KKG), and the two that practice adds."""

    PUBLIC_YOUTH_WELFARE = "public_youth_welfare", _("Public youth welfare")
    FREE_YOUTH_WELFARE = "free_youth_welfare", _("Independent youth welfare")
    CHILDCARE = "childcare", _("Childcare")
    SGB_IX_PROVIDER = "sgb_ix_provider", _("Disability services (SGB IX)")
    HEALTH_OFFICE = "health_office", _("Health office")
    SOCIAL_OFFICE = "social_office", _("Social office")
    JOINT_SERVICE_POINT = "joint_service_point", _("Joint service point")
    SCHOOL = "school", _("School")
    POLICE = "police", _("Police")
    PUBLIC_ORDER_OFFICE = "public_order_office", _("Public order office")
    EMPLOYMENT_AGENCY = "employment_agency", _("Employment agency")
    HOSPITAL = "hospital", _("Hospital")
    SOCIAL_PAEDIATRIC_CENTRE = "social_paediatric_centre", _("Social paediatric centre")
    EARLY_INTERVENTION = "early_intervention", _("Early intervention centre")
    SOCIAL_COUNSELLING = "social_counselling", _("Counselling for social problems")
    PREGNANCY_COUNSELLING = "pregnancy_counselling", _("Pregnancy counselling")
    MATERNAL_HEALTH = "maternal_health", _("Mothers' health institution")
    VIOLENCE_PROTECTION = "violence_protection", _("Protection from violence")
    MULTI_GENERATION_HOUSE = "multi_generation_house", _("Multi-generation house")
    FAMILY_EDUCATION = "family_education", _("Family education")
    FAMILY_COURT = "family_court", _("Family court")
    HEALTH_PROFESSION = "health_profession", _("Health profession")
    MUNICIPALITY = "municipality", _("Municipality")
    ASSOCIATION = "association", _("Association")
    OTHER = "other", _("Other")


# Where a list of the law asks for it; the last two and the rest are practice.
KINDS_OF_THE_LAW = tuple(
    kind
    for kind in PartnerKind
    if kind not in (PartnerKind.MUNICIPALITY, PartnerKind.ASSOCIATION, PartnerKind.OTHER)
)


class SubKind(NetworkModel):
    """A network's own, finer word inside a kind, such as "Kinderarztpraxis"."""

    published_when = Q()

    kind = models.CharField(max_length=40, choices=PartnerKind)
    name = models.CharField(max_length=120)

    class Meta(NetworkModel.Meta):
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["network", "kind", "name"], name="sub_kind_once")
        ]

    def __str__(self) -> str:
        return self.name


class Organisation(NetworkModel):
    """A body or a facility. Public once something of it is published (a fact written here)."""

    published_when = Q(is_public=True)

    level = models.CharField(max_length=10, choices=Level)
    body = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="facilities"
    )
    kind = models.CharField(max_length=40, choices=PartnerKind, default=PartnerKind.OTHER)
    sub_kind = models.ForeignKey(
        SubKind, on_delete=models.SET_NULL, null=True, blank=True, related_name="organisations"
    )
    name = models.CharField(max_length=300)
    name_key = models.CharField(
        max_length=300, editable=False, help_text="folded name: bodies are shared by it"
    )
    description = models.TextField(blank=True)
    website = models.URLField(max_length=500, blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    facility_identity = models.UUIDField(
        null=True, blank=True, help_text="the same facility in another network carries the same"
    )
    is_public = models.BooleanField(default=False)
    internal_note = models.TextField(blank=True, help_text="for the desk only")
    joined_on = models.DateField(null=True, blank=True, help_text="in the network since")
    left_on = models.DateField(null=True, blank=True, help_text="no longer in the network since")
    confirmed_on = models.DateField(
        null=True, blank=True, help_text="when somebody last said that this is still true"
    )
    confirm_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="asked again after; empty: as the network does"
    )
    approves_changes = models.BooleanField(
        null=True,
        blank=True,
        help_text="what they change themselves waits for approval; empty: as the network does",
    )

    class Meta(NetworkModel.Meta):
        ordering = ["name"]
        indexes = [models.Index(fields=["network", "level", "name_key"])]
        constraints = [
            models.CheckConstraint(
                name="a_body_stands_on_top", condition=Q(level="facility") | Q(body__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_partner(self) -> bool:
        """Whether it joined the network and has not left; a facility counts with its body.

        Whoever signed an agreement or whom the coordination marked has a day of joining.
        """
        if self._has_left:
            return False
        return any(one.joined_on and not one._has_left and one.joined_on <= timezone.localdate()
                   for one in self.lineage)  # fmt: skip

    @property
    def _has_left(self) -> bool:
        return self.left_on is not None and self.left_on <= timezone.localdate()

    @property
    def lineage(self) -> list[Organisation]:
        """Itself, and the body above it."""
        return [self, self.body] if self.body else [self]

    @property
    def full_name(self) -> str:
        """Facility and body in one line: "Haus Wiesenpfad, Wegwarte Familienhilfe e. V."."""
        return f"{self.name}, {self.body.name}" if self.body else self.name


class Serves(NetworkModel):
    """An organisation works for a region; without any it works for the whole network."""

    published_when = Q(organisation__is_public=True)

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="region_links"
    )
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="organisation_links")

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation", "region"], name="serves_a_region_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.region_id}"


class Representative(NetworkModel):
    """A person with the role of a provider keeps the entries of this organisation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="representatives"
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="represents")

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], name="represents_an_organisation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.organisation_id}"
