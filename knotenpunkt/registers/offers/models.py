"""Tables of offers. The model behind HSDS 3.1: offer = service, provider = organization,
offer at place = service_at_location, topics = taxonomy terms, times = schedule."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import NetworkModel
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.offers.topic_names import shipped_name
from knotenpunkt.registers.partners.models import Contact, Organisation
from knotenpunkt.tools.files.models import StoredFile


class Status(models.TextChoices):
    """Where an offer stands on its way to families."""

    DRAFT = "draft", pgettext_lazy("status", "draft")
    PUBLISHED = "published", pgettext_lazy("status", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("status", "withdrawn")


class Kind(models.TextChoices):
    """The form an offer takes."""

    COUNSELLING = "counselling", _("Counselling")
    MEETING_PLACE = "meeting_place", _("Meeting place")
    COURSE = "course", _("Course")
    GROUP = "group", _("Group")
    HOME_VISIT = "home_visit", _("Home visit")
    TELEPHONE = "telephone", _("By telephone")
    ONLINE = "online", _("Online")
    CHILDCARE = "childcare", _("Childcare")
    HEALTH = "health", _("Health")
    EVENT = "event", _("Event")
    LENDING = "lending", _("Lending and swapping")
    MONEY = "money", _("Financial help")
    VOLUNTEER = "volunteer", _("Volunteers")
    SHELTER = "shelter", _("Shelter")
    LEISURE = "leisure", _("Leisure")
    INFORMATION = "information", _("Information")


class Setting(models.TextChoices):
    """Where it happens: whether the family has a way to go."""

    ON_SITE = "on_site", _("On site")
    AT_HOME = "at_home", _("At your home")
    TELEPHONE = "telephone", _("By phone")
    ONLINE = "online", _("On screen")


class Costs(models.TextChoices):
    """Who pays."""

    FREE = "free", _("free of charge")
    FEE = "fee", _("costs money")
    DONATION = "donation", _("by donation")
    INSURANCE = "insurance", _("health insurance pays")
    INCOME = "income", _("depends on income")
    UNKNOWN = "unknown", _("please ask about costs")


class Registration(models.TextChoices):
    """Whether one can simply come."""

    NONE = "none", _("just come along")
    RECOMMENDED = "recommended", _("registration helps")
    REQUIRED = "required", _("please register")
    REFERRAL = "referral", _("with a referral")
    UNKNOWN = "unknown", _("please ask beforehand")


class Silence(models.TextChoices):
    """What follows when nobody has confirmed an offer for too long; a fact of the upkeep."""

    GREY = "grey", pgettext_lazy("silence", "long unconfirmed")
    OUT = "out", pgettext_lazy("silence", "no longer in the finder")


class LifePhase(models.TextChoices):
    """The default phases of a prevention chain."""

    PREGNANCY = "pregnancy", _("Pregnancy")
    AGE_0_1 = "0-1", _("0 to 1 year")
    AGE_1_3 = "1-3", _("1 to 3 years")
    AGE_3_6 = "3-6", _("3 to 6 years")
    AGE_6_10 = "6-10", _("6 to 10 years")
    AGE_10_14 = "10-14", _("10 to 14 years")
    AGE_14_18 = "14-18", _("14 to 18 years")
    WORK = "work", _("Into work")


class Branch(models.TextChoices):
    """The two ways into the taxonomy."""

    SITUATION = "situation", _("Life situation")
    FIELD = "field", pgettext_lazy("branch of topics", "Field")


class Topic(NetworkModel):
    """A life situation or a field. Ships with the product, can be extended per network."""

    published_when = Q()

    key = models.SlugField(max_length=60)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    branch = models.CharField(max_length=10, choices=Branch)
    names = models.JSONField(default=dict, help_text="language → name")
    words = models.JSONField(default=list, blank=True, help_text="what families say instead")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["position", "key"]
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="one_topic_per_key")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the current language; German where there is none."""
        names: dict[str, str] = self.names
        language, german = get_language() or "de", names.get("de", self.key)
        return names.get(language) or shipped_name(self.key, german, language) or german


class Offer(NetworkModel):
    """What a provider does for families."""

    published_when = Q(status=Status.PUBLISHED)

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="offers")
    title = models.CharField(max_length=300)
    sort = models.CharField(
        max_length=80, blank=True, help_text="the kind in its own words, such as Stillcafé"
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.INFORMATION)
    summary = models.CharField(max_length=400, blank=True)
    description = models.TextField(blank=True)
    website = models.URLField(max_length=500, blank=True)
    setting = models.CharField(max_length=12, choices=Setting, default=Setting.ON_SITE)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True, help_text="months")
    age_to = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="months, the last one included"
    )
    phases = models.JSONField(default=list, blank=True)
    topics: models.ManyToManyField[Topic, OfferTopic] = models.ManyToManyField(
        Topic, through="OfferTopic", related_name="offers"
    )
    languages = models.JSONField(default=list, blank=True, help_text="codes, such as de, ar")
    costs = models.CharField(max_length=12, choices=Costs, default=Costs.UNKNOWN)
    costs_note = models.CharField(max_length=200, blank=True)
    registration = models.CharField(
        max_length=12, choices=Registration, default=Registration.UNKNOWN
    )
    registration_note = models.CharField(max_length=300, blank=True)
    free_places = models.PositiveSmallIntegerField(null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    waiting_time = models.CharField(max_length=120, blank=True)
    times_note = models.CharField(
        max_length=400, blank=True, help_text="times as text, where they could not be understood"
    )
    contacts: models.ManyToManyField[Contact, OfferContact] = models.ManyToManyField(
        Contact, through="OfferContact", related_name="offers"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    checked_on = models.DateField(null=True, blank=True, help_text="the trust date")
    silence = models.CharField(
        max_length=4, choices=Silence, blank=True, help_text="empty: confirmed in time"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(NetworkModel.Meta):
        ordering = ["title"]
        indexes = [models.Index(fields=["network", "status", "title"])]
        constraints = [
            models.CheckConstraint(
                name="ages_in_order",
                condition=Q(age_from__isnull=True)
                | Q(age_to__isnull=True)
                | Q(age_to__gte=models.F("age_from")),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise ValidationError({"age_to": _("The oldest age is below the youngest one.")})

    @property
    def is_published(self) -> bool:
        """Whether families can find it."""
        return self.status == Status.PUBLISHED


OF_PUBLISHED_OFFER = Q(offer__status=Status.PUBLISHED)


class OfferTopic(NetworkModel):
    """An offer belongs to a topic."""

    published_when = OF_PUBLISHED_OFFER

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="offer_links")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "topic"], name="offer_once_per_topic")
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.topic_id}"


class OfferContact(NetworkModel):
    """A contact answers for an offer."""

    published_when = OF_PUBLISHED_OFFER

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="contact_links")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="offer_links")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "contact"], name="offer_once_per_contact")
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.contact_id}"


class OfferAtPlace(NetworkModel):
    """An offer takes place somewhere; one offer can have many places."""

    published_when = OF_PUBLISHED_OFFER

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="at_places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="offers_here")
    note = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "place"], name="offer_once_per_place")
        ]

    def __str__(self) -> str:
        return str(self.place)


class Frequency(models.TextChoices):
    """How a time repeats."""

    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")
    ONCE = "once", _("once")


class Weekday(models.IntegerChoices):
    """Days of the week as Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Schedule(NetworkModel):
    """One recurring or single time of an offer, in Europe/Berlin wall-clock time."""

    published_when = OF_PUBLISHED_OFFER

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="schedules")
    at_place = models.ForeignKey(
        OfferAtPlace, on_delete=models.CASCADE, null=True, blank=True, related_name="schedules"
    )
    frequency = models.CharField(max_length=8, choices=Frequency)
    weekday = models.PositiveSmallIntegerField(
        choices=Weekday, null=True, blank=True, help_text="weekly and monthly"
    )
    nth = models.SmallIntegerField(
        null=True,
        blank=True,
        help_text="monthly: 1 to 5, or -1 for the last",
        validators=[MinValueValidator(-1), MaxValueValidator(5)],
    )
    day = models.DateField(null=True, blank=True, help_text="once")
    starts_at = models.TimeField()
    ends_at = models.TimeField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    pauses_in_school_holidays = models.BooleanField(default=False)
    pauses_on_public_holidays = models.BooleanField(default=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta(NetworkModel.Meta):
        # Said for both databases: what comes again before what comes once.
        ordering = [
            F("day").asc(nulls_first=True),
            F("weekday").asc(nulls_first=True),
            "starts_at",
        ]
        constraints = [
            models.CheckConstraint(
                name="a_time_says_its_day",
                condition=Q(frequency="once", day__isnull=False)
                | Q(frequency="weekly", weekday__isnull=False)
                | Q(frequency="monthly", weekday__isnull=False, nth__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.frequency} {self.day or self.weekday} {self.starts_at}"


class People(models.TextChoices):
    """Whether somebody on a picture can be recognised, and agreed to it."""

    NOBODY = "nobody", _("nobody can be recognised")
    AGREED = "agreed", _("people can be recognised, and all of them have agreed")


class OfferPicture(NetworkModel):
    """A picture of an offer, in two widths, with what a page must say about it."""

    published_when = OF_PUBLISHED_OFFER

    # Whoever deletes an offer takes its pictures down first: a cascade would leave their files.
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="pictures")
    large = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    small = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    version = models.CharField(max_length=12, help_text="changes with what is in the files")
    width = models.PositiveSmallIntegerField(help_text="pixels of the large one")
    height = models.PositiveSmallIntegerField()
    small_width = models.PositiveSmallIntegerField()
    small_height = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=300, blank=True)
    is_ornament = models.BooleanField(default=False, help_text="says nothing: alt stays empty")
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=120, blank=True)
    people = models.CharField(max_length=10, choices=People)
    consent_note = models.CharField(max_length=300, blank=True)
    may_show = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(NetworkModel.Meta):
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_picture_is_described", condition=Q(is_ornament=True) | ~Q(alt="")
            ),
            models.CheckConstraint(name="a_picture_may_be_shown", condition=Q(may_show=True)),
        ]

    def __str__(self) -> str:
        return self.alt or str(self.pk)

    @property
    def credit(self) -> str:
        """Whose it is: "Jana Wiesner, CC BY 4.0"."""
        return ", ".join(part for part in (self.source, self.licence) if part)


class Highlight(NetworkModel):
    """A fact that an activity wrote: this offer stands out for some days, and why."""

    published_when = OF_PUBLISHED_OFFER

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="highlights")
    label = models.CharField(max_length=120, help_text="what is shown beside it")
    link = models.CharField(
        max_length=200, blank=True, help_text="the page that tells about it, inside the network"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="last day")
    source_id = models.UUIDField(help_text="the record that says so, as a campaign")

    class Meta(NetworkModel.Meta):
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "source_id"], name="offers_highlighted_once")
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.offer_id}"


class TextState(models.TextChoices):
    """Where a text in another language stands; a language without a row is missing."""

    IMPORTED = "imported", pgettext_lazy("state of a text", "not checked")
    CHECKED = "checked", pgettext_lazy("state of a text", "checked")
    OUTDATED = "outdated", pgettext_lazy("state of a text", "outdated")


class TextOrigin(models.TextChoices):
    """Where a text in another language came from."""

    PERSON = "person", _("written at the desk")
    FILE = "file", _("from a file")
    SERVICE = "service", _("translated by a program")


class OfferText(NetworkModel):
    """The text of an offer in another language; `de-x-leicht` is Leichte Sprache.

    A part that is empty was not translated: families read it in German.
    """

    published_when = OF_PUBLISHED_OFFER

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=20)
    title = models.CharField(max_length=300, blank=True)
    sort = models.CharField(max_length=80, blank=True)
    summary = models.CharField(max_length=400, blank=True)
    description = models.TextField(blank=True)
    times_note = models.CharField(max_length=400, blank=True)
    costs_note = models.CharField(max_length=200, blank=True)
    registration_note = models.CharField(max_length=300, blank=True)
    waiting_time = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=TextState)
    origin = models.CharField(max_length=8, choices=TextOrigin, default=TextOrigin.PERSON)
    source = models.JSONField(default=dict, help_text="the German parts it stands for")
    source_hash = models.CharField(max_length=64, help_text="of the words in `source`")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["offer", "language"], name="one_text_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.title}"


class TextRun(NetworkModel):
    """Many texts that arrive together, from a file or a service: looked at, taken in, undone."""

    origin = models.CharField(max_length=8, choices=TextOrigin)
    file_name = models.CharField(max_length=200, blank=True)
    languages = models.JSONField(default=list, help_text="codes")
    rows = models.JSONField(default=list, help_text="what arrives, text by text, and its fate")
    before = models.JSONField(default=list, help_text="what was there, to undo it")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name or self.get_origin_display()


class EmergencyReview(NetworkModel):
    """A person of the network stands behind what is said in an emergency in one language.

    The texts ship with the product (`danger.py`); a signature counts for the words it was given
    for, and is void once they change.
    """

    language = models.CharField(max_length=20)
    text_hash = models.CharField(max_length=64, help_text="of the texts as they were signed")
    signed_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(auto_now=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["network", "language"], name="offers_one_emergency_review"
            )
        ]

    def __str__(self) -> str:
        return self.language
