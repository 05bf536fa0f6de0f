"""What is missing or doubtful in offers, each as a condition that lists and counts share.

The order is that of their weight for families: first what keeps them from an offer altogether,
last what only looks careless. Withdrawn offers are left alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import add, or_

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, Length, StrIndex
from django.db.models.lookups import GreaterThan, LessThan, Regex
from django.utils import timezone

from knotenpunkt.registers.offers.models import (
    Costs,
    Offer,
    OfferAtPlace,
    OfferContact,
    OfferTopic,
    Schedule,
    Setting,
    Status,
)
from knotenpunkt.registers.partners.models import Audience, Contact, Organisation
from knotenpunkt.tools.lists.matching import folded

LONG = timedelta(days=365)
# Letters below which summary and description together tell a family next to nothing.
SHORTEST_TEXT = 60
# Where UTF-8 was read as Windows-1252 ("GrÃ¶ÃŸe", "â€œ"), and the sign for a lost letter.
BROKEN = ("Ã", "â€", "\ufffd")
WEB_ADDRESS = r"^https?://[^\s/.]+(\.[^\s/.]+)+(/\S*)?$"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that may be wrong: its word in addresses, which offers, where it is mended.

    `place` is the id of a field or section of the form. A `heavy` one keeps families from using
    an offer.
    """

    key: str
    keeps: Q
    place: str
    heavy: bool = False


def findings(today: date) -> list[Finding]:
    """All of them by weight; built for each request, because subqueries belong to a network."""
    return [
        Finding("nicht-erreichbar", unreachable(), "kontakt", heavy=True),
        Finding("ohne-ort", without_place(), "wo", heavy=True),
        Finding("ohne-zeiten", without_times(), "wann", heavy=True),
        Finding("ohne-alter", without_age(), "id_age_from", heavy=True),
        Finding("kosten-unklar", Q(costs=Costs.UNKNOWN, costs_note=""), "id_costs", heavy=True),
        Finding("nicht-geprueft", unchecked(today), "id_checked_today"),
        Finding("ohne-telefon", only_in_writing(), "kontakt"),
        Finding("ohne-thema", without_topic(), "id_topics"),
        Finding("ohne-text", too_short(), "id_description"),
        Finding("kaputte-umlaute", broken_letters(), "id_title"),
        Finding("webadresse", bad_address(), "id_website"),
        Finding("anbieter-ohne-kontakt", provider_unreachable(), "kontakt"),
        Finding("doppelt", twice(), "id_title"),
    ]


LOOKED_AT = ~Q(status=Status.WITHDRAWN)


def long_unchecked(today: date) -> Q:
    """Published offers that nobody has confirmed for a year, or ever."""
    return Q(status=Status.PUBLISHED) & unchecked(today)


def unchecked(today: date) -> Q:
    """Offers that nobody has confirmed for a year, or ever."""
    return Q(checked_on__isnull=True) | Q(checked_on__lt=today - LONG)


# What of a contact everybody may see.
MAIL_FOR_ALL = ~Q(contact__email="") & Q(contact__email_audience=Audience.PUBLIC)
PHONE_FOR_ALL = Q(contact__phones__audience=Audience.PUBLIC)


def unreachable() -> Q:
    """Neither telephone nor e-mail of a contact for families, nor a page of their own."""
    told = _contacts().filter(MAIL_FOR_ALL | PHONE_FOR_ALL)
    return Q(website="", provider__website="") & ~Q(Exists(told))


def only_in_writing() -> Q:
    """No telephone number, but an e-mail address or a website."""
    mail = _contacts().filter(MAIL_FOR_ALL)
    return without_phone() & (~Q(website="") | ~Q(provider__website="") | Q(Exists(mail)))


def without_phone() -> Q:
    """No telephone number of a contact that families may see."""
    return ~Q(Exists(_contacts().filter(PHONE_FOR_ALL)))


def _contacts() -> QuerySet[OfferContact]:
    """Those of one offer who may be shown to families."""
    rows: QuerySet[OfferContact] = OfferContact.objects.filter(
        Q(contact__until=None) | Q(contact__until__gte=timezone.localdate()),
        offer=OuterRef("pk"),
        contact__is_internal=False,
    )
    return rows


def without_place() -> Q:
    """There is a way to go, but no point on the map to go to."""
    here = OfferAtPlace.objects.filter(offer=OuterRef("pk"), place__latitude__isnull=False)
    return Q(setting=Setting.ON_SITE) & ~Q(Exists(here))


def without_times() -> Q:
    """Neither times nor a word about them."""
    return Q(times_note="") & ~Q(Exists(Schedule.objects.filter(offer=OuterRef("pk"))))


def without_topic() -> Q:
    """Not one topic."""
    return ~Q(Exists(OfferTopic.objects.filter(offer=OuterRef("pk"))))


def without_age() -> Q:
    """Neither ages nor a phase of life."""
    return Q(age_from__isnull=True, age_to__isnull=True, phases=[])


def too_short() -> Q:
    """Summary and description together say next to nothing."""
    return Q(LessThan(Length("summary") + Length("description"), SHORTEST_TEXT))


def broken_letters() -> Q:
    """Letters that were broken on their way here."""
    texts = ("title", "summary", "description")
    found = (reduce(add, (StrIndex(text, Value(sign)) for text in texts)) for sign in BROKEN)
    return reduce(or_, (Q(GreaterThan(one, 0)) for one in found))


def bad_address() -> Q:
    """A web address that no browser opens."""
    return ~Q(website="") & ~Q(Regex(F("website"), WEB_ADDRESS))


def provider_unreachable() -> Q:
    """Neither the provider nor the body above it has a telephone number or an e-mail address."""
    silent = Organisation.objects.exclude(Exists(_reached("pk"))).exclude(Exists(_reached("body")))
    return Q(provider__in=silent)


def _reached(organisation: str) -> QuerySet[Contact]:
    rows: QuerySet[Contact] = Contact.objects.filter(
        ~Q(email="") | Q(phones__isnull=False), organisation=OuterRef(organisation)
    )
    return rows


def twice() -> Q:
    """The same title at the same place more than once."""
    at_places = OfferAtPlace.objects.exclude(offer__status=Status.WITHDRAWN).annotate(
        same=Concat(
            folded("offer__title"), Value("|"), "place__postal_code", Value("|"),
            folded(Coalesce("place__street", Value(""))), output_field=TextField(),
        )
    )  # fmt: skip
    more = at_places.order_by().values("same").annotate(n=Count("offer", distinct=True))
    doubled = at_places.filter(same__in=more.filter(n__gt=1).values("same"))
    return Q(pk__in=doubled.values("offer"))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many offers were looked at, how many of them lack nothing heavy, and each finding."""

    offers: int
    sound: int
    counts: dict[str, int]


def tally(rows: QuerySet[Offer], some: list[Finding]) -> Tally:
    """Count all findings among these offers in one query, which looks at each offer once.

    What an offer has is told as one number, a bit for each finding, and the numbers are counted.
    """
    bits = [
        Case(When(one.keeps, then=Value(1 << at)), default=Value(0)) for at, one in enumerate(some)
    ]
    masks = rows.filter(LOOKED_AT).order_by().values_list(reduce(add, bits), flat=True)
    found: Counter[int] = Counter(masks)
    heavy = sum(1 << at for at, one in enumerate(some) if one.heavy)
    return Tally(
        offers=found.total(),
        sound=sum(n for mask, n in found.items() if not mask & heavy),
        counts={
            one.key: sum(n for mask, n in found.items() if mask & 1 << at)
            for at, one in enumerate(some)
        },
    )
