"""Tables of audiences, circulars and their recipients."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.mail import models as mail


class MailingSettings(NetworkModel):
    """How this network writes to many."""

    four_eyes = models.BooleanField(
        default=False, help_text="a second person releases what goes to many"
    )
    newsletter_needs_consent = models.BooleanField(
        default=True, help_text="a newsletter goes only to those who said yes to it"
    )
    return_line = models.CharField(
        max_length=120, blank=True, help_text="sender line above the address; empty: the operator"
    )

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network"], name="mailings_one_settings_row")
        ]

    def __str__(self) -> str:
        return "mailing settings"


class Audience(NetworkModel):
    """A saved, living filter over contacts of partners.

    `parts` are applied in their order: [{"how": "add" | "only" | "without", "words": {...}}], the
    words as they stand in the address of the audience's filters.
    """

    name = models.CharField(max_length=120)
    parts = models.JSONField(default=list)
    one_each = models.BooleanField(
        default=True, help_text="one contact of each organisation, whoever is responsible"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(NetworkModel.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["network", "name"], name="audiences_one_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class Consent(NetworkModel):
    """A contact said yes to newsletters, or no to being written to. The latest one counts."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="mail_consents")
    is_given = models.BooleanField(help_text="no: objected to being written to many at once")
    how = models.CharField(max_length=200, blank=True, help_text="what proves it")
    by_label = models.CharField(max_length=200, blank=True, help_text="who wrote it down")
    at = models.DateTimeField(auto_now_add=True)

    class Meta(NetworkModel.Meta):
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.is_given}"


class Stage(models.TextChoices):
    """Where a circular stands."""

    DRAFT = "draft", pgettext_lazy("circular", "Draft")
    TO_RELEASE = "to_release", pgettext_lazy("circular", "Waits for release")
    SCHEDULED = "scheduled", pgettext_lazy("circular", "Planned")
    SENDING = "sending", pgettext_lazy("circular", "Is being sent")
    PAUSED = "paused", pgettext_lazy("circular", "Paused")
    STOPPED = "stopped", pgettext_lazy("circular", "Stopped")
    SENT = "sent", pgettext_lazy("circular", "Sent")


# Who said yes to what, and when.
RELEASE = ("released_by", "released_at", "released_print")


class Circular(NetworkModel):
    """One text for many. `about` and `occasion` say for what an activity above writes it.

    Subject and text are written as `tools.mail.source` says, with places such as `{salutation}`.
    """

    title = models.CharField(max_length=200, help_text="what it is called at the desk")
    kind = models.CharField(max_length=12, choices=mail.MailKind, default=mail.MailKind.INVITATION)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    audience = models.ForeignKey(
        Audience, on_delete=models.PROTECT, null=True, blank=True, related_name="circulars"
    )
    follows = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="followed_by",
        help_text="goes to those who have not answered that one",
    )  # fmt: skip
    about = models.UUIDField(null=True, blank=True, help_text="the campaign that it belongs to")
    shared_values = models.JSONField(
        default=dict, blank=True, help_text="what fills places, the same for all"
    )
    own_values = models.JSONField(
        default=dict, blank=True, help_text="what fills places, by the id of the contact"
    )
    occasion = models.CharField(max_length=20, blank=True, help_text="invitation, thanks …")
    by_mail = models.BooleanField(default=True)
    by_letter = models.BooleanField(default=True, help_text="for those without an e-mail address")
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.DRAFT)
    send_at = models.DateTimeField(null=True, blank=True, help_text="not before")
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    released_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    released_print = models.CharField(
        max_length=64, blank=True, help_text="fingerprint of what was released"
    )
    fixed_at = models.DateTimeField(null=True, blank=True, help_text="since when nobody joins")
    mailing = models.ForeignKey(
        mail.Mailing, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(NetworkModel.Meta):
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["network", "about"])]

    def __str__(self) -> str:
        return self.title


class Way(models.TextChoices):
    """How somebody is written to."""

    MAIL = "mail", pgettext_lazy("way", "E-mail")
    LETTER = "letter", pgettext_lazy("way", "Letter")
    NONE = "none", pgettext_lazy("way", "not at all")


class LeftOut(models.TextChoices):
    """Why somebody of an audience is not written to."""

    NO_ADDRESS = "no_address", _("neither an e-mail address nor a postal address")
    NO_MAIL = "no_mail", _("no e-mail address, and no letters are sent")
    NO_POST = "no_post", _("no postal address, and no e-mails are sent")
    NO_CONSENT = "no_consent", _("has not agreed to newsletters")
    OBJECTED = "objected", _("does not want to be written to")
    UNSUBSCRIBED = "unsubscribed", _("has unsubscribed")
    RETURNED = "returned", _("mail came back, and there is no other way")
    SAME_HOUSE = "same_house", _("somebody else of the organisation is written to")
    SAME_ADDRESS = "same_address", _("somebody with the same e-mail address is written to")
    BY_HAND = "by_hand", _("taken out by hand")


class Recipient(NetworkModel):
    """One contact of a circular as it was fixed at the moment of sending."""

    circular = models.ForeignKey(Circular, on_delete=models.CASCADE, related_name="recipients")
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, related_name="circular_rows"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, related_name="circular_rows"
    )
    way = models.CharField(max_length=6, choices=Way)
    left_out = models.CharField(max_length=14, choices=LeftOut, blank=True)
    message = models.ForeignKey(
        mail.Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    printed_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(
        null=True, blank=True, help_text="ordered, reported an action, or answered otherwise"
    )

    class Meta(NetworkModel.Meta):
        indexes = [models.Index(fields=["network", "circular", "way"])]
        constraints = [
            models.UniqueConstraint(
                fields=["circular", "contact"],
                condition=Q(contact__isnull=False),
                name="mailings_a_contact_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.circular_id} {self.contact_id}"


class Print(NetworkModel):
    """The letters or labels of a circular as one file, and who is missing in it."""

    circular = models.ForeignKey(Circular, on_delete=models.CASCADE, related_name="prints")
    form = models.CharField(
        max_length=8,
        choices=[("letters", _("Letters")), ("labels", _("Address labels"))],
        default="letters",
    )
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    count = models.PositiveIntegerField(default=0)
    recipients = models.JSONField(default=list, help_text="ids of those who are in it")
    missing = models.JSONField(default=list, help_text="pairs: id of a recipient, and why")
    posted_on = models.DateField(null=True, blank=True, help_text="when they were posted")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(NetworkModel.Meta):
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.form} {self.count}"
