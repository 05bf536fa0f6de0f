"""Mails: one row for each recipient, what was written to many at once, and who gets none."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.tools.jobs.models import Job

TITLE_LENGTH = 200
REASON_LENGTH = 300


class MailKind(models.TextChoices):
    """Why somebody is written to.

    Service mail answers what a person did or must know: it cannot be unsubscribed from. The other
    two can.
    """

    SERVICE = "service", pgettext_lazy("mail", "Message")
    INVITATION = "invitation", pgettext_lazy("mail", "Invitation")
    NEWSLETTER = "newsletter", pgettext_lazy("mail", "Newsletter")


class State(models.TextChoices):
    """Where a mail stands."""

    QUEUED = "queued", pgettext_lazy("mail", "waiting")
    SENDING = "sending", pgettext_lazy("mail", "on its way")
    SENT = "sent", pgettext_lazy("mail", "sent")
    BOUNCED = "bounced", pgettext_lazy("mail", "came back")
    ANSWERED = "answered", pgettext_lazy("mail", "answered")
    FAILED = "failed", pgettext_lazy("mail", "not sent")
    UNCLEAR = "unclear", pgettext_lazy("mail", "unclear")
    SUPPRESSED = "suppressed", pgettext_lazy("mail", "left out")
    STOPPED = "stopped", pgettext_lazy("mail", "stopped")


# What the mail server took.
ARRIVED = (State.SENT, State.ANSWERED)


class Mailing(NetworkModel):
    """One text that was written to many: who wrote it, when, and what they called it."""

    title = models.CharField(max_length=TITLE_LENGTH)
    kind = models.CharField(max_length=12, choices=MailKind)
    actor_id = models.UUIDField(null=True, help_text="the user who sent it")
    actor_label = models.CharField(
        max_length=200, blank=True, help_text="reason, where the installation sent it"
    )
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    held_at = models.DateTimeField(
        null=True, help_text="since when what waits is not sent, until somebody lets it go on"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(NetworkModel.Meta):
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["network", "-created_at"])]

    def __str__(self) -> str:
        return self.title


class Message(NetworkModel):
    """A mail to one person.

    Address, name, subject and text are sealed. Subject and text go when the mail was sent, address
    and name after the network's term. `token` names the attempt whose text is on its way.
    """

    mailing = models.ForeignKey(
        Mailing, null=True, on_delete=models.CASCADE, related_name="messages"
    )
    title = models.CharField(max_length=TITLE_LENGTH, help_text="what it is, without names")
    kind = models.CharField(max_length=12, choices=MailKind, default=MailKind.SERVICE)
    about = models.UUIDField(null=True, help_text="contact or organisation that it is for")
    address_key = models.CharField(
        max_length=64, blank=True, help_text="blind index of the address"
    )
    recipient = models.BinaryField(default=bytes, help_text="address and name, sealed")
    content = models.BinaryField(default=bytes, help_text="subject and text, sealed")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(help_text="not before")
    token = models.UUIDField(null=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(help_text="since when it is in this state")

    class Meta(NetworkModel.Meta):
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["network", "about", "-created_at"]),
            models.Index(fields=["network", "state", "-changed_at"]),
            models.Index(fields=["network", "address_key"]),
            models.Index(fields=["job", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.pk}"


class Cause(models.TextChoices):
    """Why an address gets no mail."""

    RETURNED = "returned", _("Mail came back for good.")
    UNSUBSCRIBED = "unsubscribed", _("The recipient wants no newsletters and invitations.")


class Suppression(NetworkModel):
    """An address that gets no mail, or no newsletters and invitations."""

    address_key = models.CharField(max_length=64, help_text="blind index of the address")
    address = models.BinaryField(default=bytes, help_text="sealed")
    cause = models.CharField(max_length=14, choices=Cause)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(NetworkModel.Meta):
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "address_key", "cause"], name="mail_one_per_address_and_cause"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cause} {self.pk}"
