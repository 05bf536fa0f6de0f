"""What a network shares, in versions, and who has seen or adopted which."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.partners.models import Contact, Organisation, Profession
from knotenpunkt.tools.files.models import StoredFile


class MaterialKind(models.TextChoices):
    """What it is."""

    PROCEDURE = "procedure", _("Procedure")
    FORM = "form", pgettext_lazy("kind of material", "Form")
    LEAFLET = "leaflet", _("Leaflet")
    OTHER = "other", pgettext_lazy("kind of material", "Other")


class Material(NetworkModel):
    """Something that all shall use alike: a procedure, a form, a leaflet."""

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=MaterialKind)
    purpose = models.CharField(max_length=400, blank=True, help_text="what it is for")
    professions: models.ManyToManyField[Profession, MaterialProfession] = models.ManyToManyField(
        Profession, through="MaterialProfession", related_name="+"
    )
    is_public = models.BooleanField(default=False, help_text="families and everybody may have it")
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def newest(self) -> Version | None:
        """The version that holds; None before the first one."""
        return max(self.versions.all(), key=lambda one: one.number, default=None)


class MaterialProfession(NetworkModel):
    """A material is meant for a profession; without any for all."""

    material = models.ForeignKey(
        Material, on_delete=models.CASCADE, related_name="profession_links"
    )
    profession = models.ForeignKey(Profession, on_delete=models.CASCADE, related_name="+")

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["material", "profession"], name="material_once_for_a_profession"
            )
        ]

    def __str__(self) -> str:
        return f"{self.material_id} {self.profession_id}"


class Version(NetworkModel):
    """One version of a material: a file, a text, or both. None is changed once it is there."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    changed = models.CharField(max_length=400, blank=True, help_text="what is new in it")
    text = models.TextField(blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_on = models.DateField()

    class Meta(NetworkModel.Meta):
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["material", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.material_id} {self.number}"


class Stand(models.TextChoices):
    """What a partner did with a version."""

    SEEN = "seen", pgettext_lazy("stand of a partner", "seen")
    ADOPTED = "adopted", pgettext_lazy("stand of a partner", "adopted")


class How(models.TextChoices):
    """On what way somebody said so."""

    DESK = "desk", _("at the desk")
    TELEPHONE = "telephone", _("on the telephone")
    LINK = "link", _("by personal link")


class Adoption(NetworkModel):
    """A partner has seen a version, or adopted it. Seen comes first or is left out."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="adoptions")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="adoptions"
    )
    stand = models.CharField(max_length=8, choices=Stand)
    on = models.DateField()
    how = models.CharField(max_length=10, choices=How)
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="who said so",
    )  # fmt: skip

    class Meta(NetworkModel.Meta):
        ordering = ["-on"]
        constraints = [
            models.UniqueConstraint(fields=["version", "organisation"], name="version_adopted_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.stand}"
