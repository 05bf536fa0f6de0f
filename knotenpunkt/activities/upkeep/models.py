"""Tables of upkeep: how a network asks, whom it asked, what was told, and what waits."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.registers.partners.models import Contact, Organisation


class Rhythm(NetworkModel):
    """How a network keeps its entries true: one row. How often it asks stands at the network."""

    is_on = models.BooleanField(default=False, help_text="it asks each night what has become due")
    mails_a_day = models.PositiveSmallIntegerField(
        default=40, validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    first_reminder_days = models.PositiveSmallIntegerField(
        default=10, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    second_reminder_days = models.PositiveSmallIntegerField(
        default=20, validators=[MinValueValidator(2), MaxValueValidator(240)]
    )
    call_days = models.PositiveSmallIntegerField(
        default=30, validators=[MinValueValidator(3), MaxValueValidator(365)]
    )
    grey_months = models.PositiveSmallIntegerField(
        default=3, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    leave_months = models.PositiveSmallIntegerField(
        default=6, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    notice_days = models.PositiveSmallIntegerField(
        default=14, validators=[MinValueValidator(3), MaxValueValidator(90)]
    )

    class Meta(NetworkModel.Meta):
        constraints = [models.UniqueConstraint(fields=["network"], name="one_rhythm_of_a_network")]

    def __str__(self) -> str:
        return "on" if self.is_on else "off"


class Stage(models.TextChoices):
    """How far an inquiry has come."""

    ASKED = "asked", pgettext_lazy("inquiry", "asked")
    REMINDED = "reminded", pgettext_lazy("inquiry", "reminded once")
    REMINDED_AGAIN = "again", pgettext_lazy("inquiry", "reminded twice")
    CALL = "call", pgettext_lazy("inquiry", "to be called")
    ANSWERED = "answered", pgettext_lazy("inquiry", "answered")
    ENDED = "ended", pgettext_lazy("inquiry", "ended")


class Reason(models.TextChoices):
    """Why somebody has to be called."""

    SILENT = "silent", _("did not answer our mails")
    NO_MAIL = "no_mail", _("has no e-mail address")
    RETURNED = "returned", _("our mail came back")
    NOBODY = "nobody", _("no contact is known")


class Inquiry(NetworkModel):
    """One question to one contact, about all organisations for which they answer."""

    kept_by_itself = models.Q(calls__isnull=True)  # who was called, is known to somebody

    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="inquiries"
    )
    stage = models.CharField(max_length=10, choices=Stage)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="the last time")
    to_call_since = models.DateTimeField(null=True, blank=True)
    call_again_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(NetworkModel.Meta):
        ordering = ["created_at"]
        indexes = [models.Index(fields=["network", "stage", "created_at"])]

    def __str__(self) -> str:
        return f"{self.stage} {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether an answer is still waited for."""
        return self.closed_at is None


class Part(NetworkModel):
    """An organisation that an inquiry asks about; each stands in one open inquiry at most."""

    kept_by_itself = models.Q(inquiry__calls__isnull=True)

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="parts")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="inquiry_parts"
    )
    is_open = models.BooleanField(default=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["network", "organisation"],
                condition=models.Q(is_open=True),
                name="asked_about_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation_id)


class Outcome(models.TextChoices):
    """How a call went."""

    TRUE = "true", pgettext_lazy("call", "reached: everything is true")
    CHANGED = "changed", pgettext_lazy("call", "reached: something changed")
    WRITTEN = "written", pgettext_lazy("call", "reached: wants the mail once more")
    NOT_REACHED = "not_reached", pgettext_lazy("call", "not reached")


class Call(NetworkModel):
    """One call from the telephone list. What was said is sealed for whom it is about."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="calls")
    at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=12, choices=Outcome)
    key_id = models.UUIDField(help_text="whose key sealed the note")
    note = models.BinaryField(default=b"", help_text="sealed with the key of that person")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta(NetworkModel.Meta):
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.at:%Y-%m-%d}"


class Subject(models.TextChoices):
    """What a proposal is about."""

    ORGANISATION = "organisation", _("Organisation")
    CONTACT = "contact", _("Contact")
    OFFER = "offer", _("Offer")


class Wish(models.TextChoices):
    """What somebody wants to be done."""

    CHANGE = "change", pgettext_lazy("proposal", "change")
    END = "end", pgettext_lazy("proposal", "no longer offered")
    HAND_OVER = "hand_over", pgettext_lazy("proposal", "somebody else is responsible")


class Decision(models.TextChoices):
    """What became of a proposal."""

    WAITING = "waiting", pgettext_lazy("proposal", "waits")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "taken over")
    PARTLY = "partly", pgettext_lazy("proposal", "partly taken over")
    REFUSED = "refused", pgettext_lazy("proposal", "not taken over")
    TAKEN_BACK = "taken_back", pgettext_lazy("proposal", "taken back")


class Proposal(NetworkModel):
    """A change that waits: old and new, sealed with the key of who proposed it."""

    wish = models.CharField(max_length=10, choices=Wish)
    subject = models.CharField(max_length=12, choices=Subject)
    record_id = models.UUIDField(help_text="the organisation, contact or offer")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="proposals"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    user = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    key_id = models.UUIDField(help_text="whose key sealed it")
    sealed = models.BinaryField(default=b"", help_text="field → [old, new], as JSON")
    answer = models.BinaryField(default=b"", help_text="what was answered, sealed as well")
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.WAITING)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta(NetworkModel.Meta):
        ordering = ["created_at"]
        indexes = [models.Index(fields=["network", "decision", "created_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "record_id", "wish", "key_id"],
                condition=models.Q(decision="waiting"),
                name="one_waiting_proposal_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.wish} {self.subject} {self.record_id}"


class Notice(NetworkModel):
    """It was said that an offer leaves the finder soon."""

    kept_by_itself = models.Q(pk__isnull=False)

    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, related_name="leave_notice")
    on = models.DateField()
    by_mail = models.BooleanField(default=False)

    class Meta(NetworkModel.Meta):
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.on:%Y-%m-%d}"


class Way(models.TextChoices):
    """How it was confirmed."""

    LINK = "link", pgettext_lazy("confirmed", "by personal link")
    TELEPHONE = "telephone", pgettext_lazy("confirmed", "on the telephone")
    DESK = "desk", pgettext_lazy("confirmed", "at the desk")


class Tally(NetworkModel):
    """How many organisations were confirmed in a month, and how. Counters, nobody's data."""

    month = models.DateField(help_text="its first day")
    way = models.CharField(max_length=10, choices=Way)
    count = models.PositiveIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["network", "month", "way"], name="one_tally_of_a_way")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.way} {self.count}"


class Standing(NetworkModel):
    """Where the entries stood at the end of a month (of this one: last night), by region."""

    month = models.DateField(help_text="its first day")
    region = models.ForeignKey(
        Region, on_delete=models.CASCADE, null=True, blank=True, related_name="+",
        help_text="empty: the whole network",
    )  # fmt: skip
    confirmed = models.PositiveIntegerField(default=0)
    due = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    silent = models.PositiveIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "month", "region"], name="one_standing_of_a_region"
            ),
            models.UniqueConstraint(
                fields=["network", "month"],
                condition=models.Q(region__isnull=True),
                name="one_standing_of_a_network",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.confirmed}"
