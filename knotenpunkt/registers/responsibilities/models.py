"""Who answers for what: tables of responsibilities."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.offers.models import Topic
from knotenpunkt.registers.partners.models import Contact


class ForWhom(models.TextChoices):
    """Who may ask."""

    FAMILIES = "families", pgettext_lazy("who may ask", "Families")
    PROFESSIONALS = "professionals", pgettext_lazy("who may ask", "Professionals")
    BOTH = "both", pgettext_lazy("who may ask", "Families and professionals")


class Duty(models.TextChoices):
    """What professionals ask about, beside the topics of families.

    The words of addresses, so they begin unlike any topic.
    """

    ISEF = "fach-isef", gettext_lazy("Advice when worried about a child (iseF)")
    PROTECTION = "fach-kinderschutz", gettext_lazy("Child protection: procedures and agreements")
    PLACEMENT = "fach-vermittlung", gettext_lazy("Placing families with early help")
    NETWORK = "fach-netzwerk", gettext_lazy("Network and working groups")
    TRAINING = "fach-fortbildung", gettext_lazy("Training")
    MATERIAL = "fach-material", gettext_lazy("Material and publicity")
    FUNDING = "fach-foerderung", gettext_lazy("Funding and applications")


class Responsibility(NetworkModel):
    """A contact answers for topics: for whom, which ages, where.

    Without topics and duties for everything, without regions in the whole network.
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="responsibilities")
    for_whom = models.CharField(max_length=14, choices=ForWhom)
    title = models.CharField(max_length=200, blank=True, help_text="what for, in own words")
    duties = models.JSONField(default=list, blank=True, help_text="values of Duty")
    topics: models.ManyToManyField[Topic, ResponsibilityTopic] = models.ManyToManyField(
        Topic, through="ResponsibilityTopic", related_name="+"
    )
    regions: models.ManyToManyField[Region, ResponsibilityRegion] = models.ManyToManyField(
        Region, through="ResponsibilityRegion", related_name="+"
    )
    age_from = models.PositiveSmallIntegerField(null=True, blank=True, help_text="months")
    age_to = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="months, the last one included"
    )
    note = models.CharField(max_length=300, blank=True, help_text="shown beside it")
    position = models.PositiveSmallIntegerField(default=0, help_text="lower ones come first")

    class Meta(NetworkModel.Meta):
        ordering = ["position", "contact__organisation__name", "id"]
        constraints = [
            models.CheckConstraint(
                name="ages_of_a_responsibility_in_order",
                condition=Q(age_from__isnull=True)
                | Q(age_to__isnull=True)
                | Q(age_to__gte=F("age_from")),
            )
        ]

    def __str__(self) -> str:
        return self.title or str(self.contact_id)

    def clean(self) -> None:
        """Ages run upwards; advice on child protection is for those who work with children."""
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise ValidationError({"age_to": _("The oldest age is below the youngest one.")})
        if set(self.duties) - set(Duty.values):
            raise ValidationError({"duties": _("Please choose from the list.")})
        if Duty.ISEF in self.duties and self.for_whom != ForWhom.PROFESSIONALS:
            raise ValidationError({"for_whom": _("Advice by an iseF is for professionals only.")})

    @property
    def is_isef(self) -> bool:
        """Whether this is an adviser on child protection, whom only members see."""
        return Duty.ISEF in self.duties

    @property
    def duty_labels(self) -> list[str]:
        """The duties in words, in the order of their list."""
        return [str(duty.label) for duty in Duty if duty.value in self.duties]


class ResponsibilityTopic(NetworkModel):
    """A responsibility is for a topic."""

    responsibility = models.ForeignKey(
        Responsibility, on_delete=models.CASCADE, related_name="topic_links"
    )
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["responsibility", "topic"], name="responsible_for_a_topic_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.responsibility_id} {self.topic_id}"


class ResponsibilityRegion(NetworkModel):
    """A responsibility is for a region."""

    responsibility = models.ForeignKey(
        Responsibility, on_delete=models.CASCADE, related_name="region_links"
    )
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["responsibility", "region"], name="responsible_for_a_region_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.responsibility_id} {self.region_id}"
