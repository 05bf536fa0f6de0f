"""Help numbers and legal pages of a network."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knotenpunkt.foundation.networks.models import NetworkModel


class HelpGroup(models.TextChoices):
    """For whom a number is; the order is the one on the page."""

    EMERGENCY = "emergency", pgettext_lazy("help numbers", "Danger to life")
    PROTECTION = "protection", pgettext_lazy("help numbers", "Protection of children")
    FAMILIES = "families", pgettext_lazy("help numbers", "Children and parents")
    VIOLENCE = "violence", pgettext_lazy("help numbers", "Violence")
    WORRIES = "worries", pgettext_lazy("help numbers", "Worries")


class HelpNumber(NetworkModel):
    """A telephone number that helps at once."""

    published_when = Q()

    number = models.CharField(
        _("number"),
        max_length=30,
        validators=[RegexValidator(r"^\+?[0-9][0-9 /-]*$", _("A number has digits and blanks."))],
    )
    label = models.CharField(_("who answers"), max_length=120)
    label_en = models.CharField(_("who answers, in English"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=160, blank=True)
    note_en = models.CharField(_("note in English"), max_length=160, blank=True)
    group = models.CharField(_("group"), max_length=12, choices=HelpGroup.choices)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(NetworkModel.Meta):
        verbose_name = _("help number")
        verbose_name_plural = _("help numbers")
        ordering = ["position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["network", "number"], name="pages_help_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"


class PageKind(models.TextChoices):
    """The pages that every network has; also the names of their routes, in footer order."""

    IMPRINT = "imprint", _("Imprint")
    PRIVACY = "privacy", _("Privacy")
    ACCESSIBILITY = "accessibility", _("Accessibility")
    EASY_LANGUAGE = "easy_language", _("Easy language")
    SIGN_LANGUAGE = "sign_language", _("Sign language")
    CONTACT = "contact", _("Contact")


class LegalPage(NetworkModel):
    """A page in one language. Until a person has signed it, it is shown as not reviewed."""

    # These pages are public by law.
    published_when = Q()

    kind = models.CharField(_("kind"), max_length=16, choices=PageKind.choices)
    language = models.CharField(_("language"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"), help_text=_("Paragraphs, ## headings, - lists, [links](…)."))
    signed_by = models.CharField(_("reviewed by"), max_length=200, blank=True)
    signed_at = models.DateTimeField(_("reviewed on"), null=True, blank=True)

    class Meta(NetworkModel.Meta):
        verbose_name = _("legal page")
        verbose_name_plural = _("legal pages")
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "kind", "language"], name="pages_legal_page_once_per_language"
            ),
            models.CheckConstraint(
                name="pages_legal_page_signed_by_somebody",
                condition=Q(signed_at__isnull=True) | ~Q(signed_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    @property
    def is_signed(self) -> bool:
        """Whether a person stands behind this text."""
        return self.signed_at is not None
