"""Tables of agreements, and of what a network decided not to need."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.partners.models import Organisation, PartnerKind
from knotenpunkt.tools.files.models import StoredFile


class AgreementKind(models.TextChoices):
    """What an agreement is about."""

    COOPERATION = "cooperation", _("Cooperation in the network")
    PROTECTION = "protection", _("Mandate to protect children")
    CERTIFICATES = "certificates", _("Certificates of conduct")
    OTHER = "other", _("Another agreement")


# The norm behind each kind, as a committee paper cites it; none for the rest.
NORMS = {
    AgreementKind.COOPERATION: "§ 3 Abs. 3 KKG",
    AgreementKind.PROTECTION: "§ 8a Abs. 4 SGB VIII",
    AgreementKind.CERTIFICATES: "§ 72a Abs. 4 SGB VIII",
}


class Agreement(NetworkModel):
    """One text that partners signed. Who signed it and when, its parties say."""

    kind = models.CharField(max_length=14, choices=AgreementKind)
    title = models.CharField(max_length=200)
    signed_on = models.DateField(help_text="when it was concluded")
    valid_until = models.DateField(null=True, blank=True, help_text="last day; empty: open end")
    remind_months = models.PositiveSmallIntegerField(
        default=3, help_text="how long before its end to be reminded"
    )
    remind_on = models.DateField(
        null=True, blank=True, editable=False, help_text="follows from the end and the months"
    )
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    note = models.TextField(blank=True, help_text="for the desk only")
    ended_on = models.DateField(null=True, blank=True, help_text="ended before its time, as of")
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta(NetworkModel.Meta):
        ordering = ["title", "signed_on"]
        indexes = [models.Index(fields=["network", "kind"], name="agreements_by_kind")]
        constraints = [
            models.CheckConstraint(
                name="agreement_ends_after_it_began",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("signed_on")),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def norm(self) -> str:
        """ "§ 3 Abs. 3 KKG"; "" for what no law asks for."""
        return NORMS.get(AgreementKind(self.kind), "")

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(AgreementKind(self.kind).label)

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; None: open end."""
        ends = [day for day in (self.valid_until, self.ended_on) if day is not None]
        return min(ends) if ends else None


class Party(NetworkModel):
    """An organisation that signed. What a body signed holds for its facilities, too."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="agreement_links"
    )
    signed_on = models.DateField()

    class Meta(NetworkModel.Meta):
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"], name="party_to_an_agreement_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.agreement_id}"


class Paper(NetworkModel):
    """A file of an agreement: its text, or a page of signatures."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="papers")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_on = models.DateField(auto_now_add=True)

    class Meta(NetworkModel.Meta):
        ordering = ["added_on", "pk"]

    def __str__(self) -> str:
        return str(self.file_id)


class NotNeeded(NetworkModel):
    """A network decided that a kind of partner is not needed in a region, and why.

    Without a region it holds for the network as a whole.
    """

    kind = models.CharField(max_length=40, choices=PartnerKind)
    region = models.ForeignKey(
        Region, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300)
    decided_on = models.DateField()

    class Meta(NetworkModel.Meta):
        ordering = ["kind", "decided_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "kind", "region"], name="not_needed_once_in_a_region"
            ),
            models.UniqueConstraint(
                fields=["network", "kind"],
                condition=Q(region__isnull=True),
                name="not_needed_once_in_the_network",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.decided_on:%Y-%m-%d}"
