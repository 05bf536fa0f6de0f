"""Join-ins: partners' own actions and festivals inside a campaign."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from knotenpunkt.activities.campaigns.models.campaigns import Campaign
from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.tools.files.models import StoredFile


class JoinInState(models.TextChoices):
    """Where a join-in stands."""

    REPORTED = "reported", pgettext_lazy("join-in", "reported")
    APPROVED = "approved", pgettext_lazy("join-in", "shown")
    REFUSED = "refused", pgettext_lazy("join-in", "not shown")
    WITHDRAWN = "withdrawn", pgettext_lazy("join-in", "withdrawn")


class AimedAt(models.TextChoices):
    """Whom a join-in is for, in words that every language has."""

    EVERYBODY = "everybody", pgettext_lazy("join-in", "for everybody")
    EXPECTING = "expecting", pgettext_lazy("join-in", "for those who expect a child")
    BABIES = "babies", pgettext_lazy("join-in", "for families with a baby")
    SMALL = "small", pgettext_lazy("join-in", "for families with small children")
    OLDER = "older", pgettext_lazy("join-in", "for families with older children")
    PROFESSIONALS = "professionals", pgettext_lazy("join-in", "for professionals and volunteers")


class JoinIn(NetworkModel):
    """An action or festival: what, when, where, for whom, and whether everybody may come.

    What a partner changes in one that is shown waits as a row of its own, which `replaces` it: the
    page keeps what was approved until the change is approved, too.
    """

    published_when = Q(state="approved", campaign__state__in=("open", "ended"))

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="join_ins")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="join_ins"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="join_ins"
    )
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True)
    aimed_at = models.CharField(max_length=14, choices=AimedAt, default=AimedAt.EVERYBODY)
    for_whom = models.CharField(max_length=200, blank=True, help_text="the same, more exactly")
    is_open = models.BooleanField(default=True, help_text="everybody may come")
    entry = models.CharField(max_length=200, blank=True, help_text="cost, registration")
    website = models.URLField(max_length=500, blank=True)
    picture = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    small_picture = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    picture_alt = models.CharField(max_length=300, blank=True)
    picture_credit = models.CharField(max_length=200, blank=True)
    has_rights = models.BooleanField(
        default=False, help_text="who reported it confirmed that the picture may be shown"
    )
    state = models.CharField(max_length=10, choices=JoinInState, default=JoinInState.REPORTED)
    answer = models.TextField(blank=True, help_text="what the coordination told the partner")
    decided_at = models.DateTimeField(null=True, blank=True)
    visitors = models.PositiveIntegerField(
        null=True, blank=True, help_text="how many came, as the partner says afterwards"
    )
    lookback = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="a picture of how it was; for the report, not for the page",
    )  # fmt: skip
    small_lookback = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lookback_alt = models.CharField(max_length=300, blank=True)
    lookback_credit = models.CharField(max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="change"
    )
    key = models.CharField(max_length=64, help_text="of the form: sent twice, it is one join-in")
    reported_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(NetworkModel.Meta):
        ordering = ["starts_at", "title"]
        indexes = [models.Index(fields=["network", "campaign", "state", "starts_at"])]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "key"], name="join_ins_one_of_a_form"),
            models.CheckConstraint(
                name="join_ins_end_after_start",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.title
