"""How organisations are reached: roles of people, offices, their ways, and the ground for each."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.partners.models.organisations import Organisation
from knotenpunkt.registers.partners.models.people import Person

# Emergency and service numbers are dialled as they stand: 110, 112, 115, 116 117 …
NATIONWIDE = "11"


class Audience(models.TextChoices):
    """Who may see a way to reach somebody. Public means: where the contact itself is shown."""

    PUBLIC = "public", pgettext_lazy("audience", "everybody")
    PROFESSIONALS = "professionals", pgettext_lazy("audience", "professionals")
    INTERNAL = "internal", pgettext_lazy("audience", "coordination only")


class WayForm(models.TextChoices):
    """What kind of number it is."""

    PHONE = "phone", _("Telephone")
    MOBILE = "mobile", _("Mobile telephone")
    FAX = "fax", _("Fax")


class Purpose(models.TextChoices):
    """What a way is for."""

    GENERAL = "general", pgettext_lazy("purpose", "for everything")
    FAMILIES = "families", pgettext_lazy("purpose", "for families")
    PROFESSIONALS = "professionals", pgettext_lazy("purpose", "for professionals")
    URGENT = "urgent", pgettext_lazy("purpose", "when it is urgent")


class Contact(NetworkModel):
    """How an organisation is reached: a person, or an office when `name` is empty."""

    published_when = Q(is_public=True)

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="contacts"
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="roles"
    )
    name = models.CharField(max_length=200, blank=True, help_text="as it is shown here")
    name_audience = models.CharField(max_length=14, choices=Audience, default=Audience.PUBLIC)
    function = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    email_audience = models.CharField(max_length=14, choices=Audience, default=Audience.PUBLIC)
    email_purpose = models.CharField(max_length=14, choices=Purpose, default=Purpose.GENERAL)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True, help_text="last day in this role")
    answers_inquiries = models.BooleanField(
        default=False, help_text="is asked whether the entries are still true"
    )
    is_public = models.BooleanField(default=False)
    is_internal = models.BooleanField(
        default=False, help_text="never shown, whatever they answer for"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name or self.organisation.name

    def is_held_on(self, day: date) -> bool:
        """Whether somebody has this role on that day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    @property
    def is_current(self) -> bool:
        """Whether somebody has this role today."""
        return self.is_held_on(timezone.localdate())

    def shown_name(self, audience: str = Audience.PUBLIC) -> str:
        """The name as far as this audience may read it; "" where only the function is shown."""
        return self.name if may_see(audience, self.name_audience) else ""

    def shown_email(self, audience: str = Audience.PUBLIC) -> str:
        """The address as far as this audience may read it."""
        return self.email if may_see(audience, self.email_audience) else ""

    def shown_phones(self, audience: str = Audience.PUBLIC) -> list[Phone]:
        """The numbers that this audience may read, in their order."""
        return [one for one in self.phones.all() if may_see(audience, one.audience)]


class Phone(NetworkModel):
    """One telephone number of a contact, as written and, where it is certain, as dialled."""

    published_when = Q(contact__is_public=True, audience=Audience.PUBLIC)

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="phones")
    form = models.CharField(max_length=8, choices=WayForm, default=WayForm.PHONE)
    purpose = models.CharField(max_length=14, choices=Purpose, default=Purpose.GENERAL)
    audience = models.CharField(max_length=14, choices=Audience, default=Audience.PUBLIC)
    shown = models.CharField(max_length=60)
    dialled = models.CharField(max_length=20, blank=True, help_text="E.164; empty if uncertain")
    note = models.CharField(max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["position", "shown"]

    def __str__(self) -> str:
        return self.shown

    @property
    def callable_number(self) -> str:
        """What a telephone can dial from anywhere: "" for a local number without area code."""
        digits = "".join(filter(str.isdigit, self.shown))
        return self.dialled or (digits if digits.startswith(NATIONWIDE) else "")


RANK = {Audience.PUBLIC: 0, Audience.PROFESSIONALS: 1, Audience.INTERNAL: 2}


def may_see(reader: str, audience: str) -> bool:
    """Whether a reader of one circle sees what is meant for another."""
    return RANK[Audience(reader)] >= RANK[Audience(audience)]


class Ground(models.TextChoices):
    """Why somebody may be shown."""

    TASK = "task", _("public task (Art. 6 (1) e GDPR, § 3 KKG)")
    CONSENT = "consent", _("consent (Art. 6 (1) a GDPR)")


class Given(models.TextChoices):
    """How a consent came."""

    LINK = "link", _("by personal link")
    WRITING = "writing", _("in writing")
    TELEPHONE = "telephone", _("on the telephone")
    IMPORT = "import", _("taken over from a list")


class ReleasedField(models.TextChoices):
    """What of a contact is released."""

    NAME = "name", _("Name")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")


class Release(NetworkModel):
    """For whom one way of a contact is shown, on what ground, and what proves it.

    A new one ends the former one; none is changed afterwards.
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="releases")
    field = models.CharField(max_length=8, choices=ReleasedField)
    phone = models.ForeignKey(
        Phone, on_delete=models.CASCADE, null=True, blank=True, related_name="releases"
    )
    audience = models.CharField(max_length=14, choices=Audience)
    ground = models.CharField(max_length=8, choices=Ground)
    given = models.CharField(max_length=10, choices=Given, blank=True)
    wording = models.TextField(blank=True, help_text="what the person said yes to")
    by_label = models.CharField(max_length=200, blank=True, help_text="who wrote it down")
    since = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="withdrawn or replaced")

    class Meta(NetworkModel.Meta):
        ordering = ["-since"]

    def __str__(self) -> str:
        return f"{self.field} {self.audience}"
