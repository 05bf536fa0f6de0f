"""A campaign and what its page shows."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knotenpunkt.activities.groups.models import Group
from knotenpunkt.activities.mailings.models import Audience
from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.tools.files.models import StoredFile


class CampaignState(models.TextChoices):
    """Where a campaign stands."""

    PREPARED = "prepared", pgettext_lazy("campaign", "In preparation")
    OPEN = "open", pgettext_lazy("campaign", "Public")
    ENDED = "ended", pgettext_lazy("campaign", "Ended")


class Campaign(NetworkModel):
    """What a network does together for some months, under one message."""

    published_when = Q(state__in=("open", "ended"))

    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, help_text="its word in the address")
    goal = models.TextField(blank=True, help_text="what it is to reach; for the desk")
    message = models.CharField(max_length=300, blank=True, help_text="one sentence for everybody")
    description = models.TextField(blank=True, help_text="what it is about, for everybody")
    starts_on = models.DateField()
    ends_on = models.DateField()
    writes_on = models.DateField(null=True, blank=True, help_text="when partners are written to")
    order_until = models.DateTimeField(
        null=True, blank=True, help_text="last moment for orders; empty: no orders"
    )
    allows_late = models.BooleanField(default=False, help_text="late orders are taken, too")
    gives_from = models.DateField(null=True, blank=True, help_text="packs are given out from then")
    gives_until = models.DateField(null=True, blank=True, help_text="last day of giving out packs")
    join_in_until = models.DateTimeField(
        null=True, blank=True, help_text="last moment for reporting join-ins"
    )
    public_orders = models.BooleanField(default=False, help_text="a form on the public page, too")
    hosted_by_network = models.BooleanField(default=True)
    audience = models.ForeignKey(
        Audience, on_delete=models.PROTECT, null=True, blank=True, related_name="campaigns"
    )
    press_text = models.TextField(blank=True)
    highlights = models.JSONField(
        default=list, blank=True, help_text="ids of the offers that stand out while it is public"
    )
    state = models.CharField(max_length=8, choices=CampaignState, default=CampaignState.PREPARED)
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    forget_days = models.PositiveSmallIntegerField(
        default=180, help_text="days after the end until personal data of orders are deleted"
    )
    forgotten_at = models.DateTimeField(null=True, blank=True)
    facts = models.JSONField(
        default=dict, blank=True, help_text="its figures, kept when personal data are deleted"
    )
    made_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    settled_steps = models.JSONField(
        default=list, blank=True, help_text="steps said to be finished"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(NetworkModel.Meta):
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["network", "slug"], name="campaigns_one_address"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="campaigns_end_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FormerSlug(NetworkModel):
    """A word that stood in the address before, so that printed addresses still lead here."""

    published_when = Q(campaign__state__in=("open", "ended"))

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="former_slugs")
    slug = models.SlugField(max_length=60)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network", "slug"], name="campaigns_former_address")
        ]

    def __str__(self) -> str:
        return self.slug


class Host(NetworkModel):
    """A group or an organisation (one of both) that hosts the campaign beside the network."""

    published_when = Q(campaign__state__in=("open", "ended"))

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="hosts")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                name="campaigns_a_host_is_one",
                condition=Q(group__isnull=False, organisation__isnull=True)
                | Q(group__isnull=True, organisation__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.position}"


class CampaignContact(NetworkModel):
    """Who answers questions about the campaign; telephone and mail as their releases allow."""

    published_when = Q(campaign__state__in=("open", "ended"), contact__is_public=True)

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="contact_links")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="campaign_links")
    topic = models.CharField(max_length=120, blank=True, help_text="what for, as Bestellungen")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "contact"], name="campaigns_contact_once")
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.contact_id}"


class PersonToAsk(NetworkModel):
    """Somebody who answers questions and is no contact, as a member of the network: as typed."""

    published_when = Q(campaign__state__in=("open", "ended"))

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="people_to_ask")
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.position}"


class CampaignText(NetworkModel):
    """What the page says in another language; what is empty is read in German."""

    published_when = Q(campaign__state__in=("open", "ended"))

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=120, blank=True)
    message = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)

    class Meta(NetworkModel.Meta):
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "language"], name="campaigns_one_text_each_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.language}"


class FileUse(models.TextChoices):
    """What a file of a campaign is for."""

    POSTCARD = "postcard", _("Postcard")
    LEAD = "lead", _("Picture of the page")
    PRESS = "press", _("For the press")
    LOOKBACK = "lookback", _("Looking back")


class CampaignFile(NetworkModel):
    """A picture or paper of the campaign, to look at and to download."""

    published_when = Q(campaign__state__in=("open", "ended"))

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="files")
    use = models.CharField(max_length=8, choices=FileUse)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    small = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="a small picture of it for pages",
    )  # fmt: skip
    title = models.CharField(max_length=200)
    alt = models.CharField(max_length=300, blank=True, help_text="what the picture shows")
    credit = models.CharField(max_length=200, blank=True, help_text="who made it")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title


class CampaignLink(NetworkModel):
    """A related address elsewhere."""

    published_when = Q(campaign__state__in=("open", "ended"))

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="links")
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=500)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class News(NetworkModel):
    """A short piece of news on the campaign's page."""

    published_when = Q(campaign__state__in=("open", "ended"))

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="news")
    title = models.CharField(max_length=200)
    text = models.TextField()
    on = models.DateField()

    class Meta(NetworkModel.Meta):
        ordering = ["-on"]

    def __str__(self) -> str:
        return self.title


class Lesson(NetworkModel):
    """What to keep or to do otherwise next time."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="lessons")
    text = models.TextField()
    keep = models.BooleanField(default=True, help_text="worth keeping; no: do otherwise")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(NetworkModel.Meta):
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"lesson of {self.created_at:%Y-%m-%d}"
