"""The ways to narrow the list of offers at the desk."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from knotenpunkt.foundation.core import spoken
from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.areas.postal_codes import Located, locate
from knotenpunkt.registers.offers.desk.quality_words import WORDS
from knotenpunkt.registers.offers.findable import OLDEST, PHASE_MONTHS
from knotenpunkt.registers.offers.findings import (
    LOOKED_AT,
    findings,
    without_phone,
    without_times,
)
from knotenpunkt.registers.offers.forms import topic_choices
from knotenpunkt.registers.offers.imports.profiles import KIND
from knotenpunkt.registers.offers.models import (
    Costs,
    Kind,
    LifePhase,
    OfferAtPlace,
    OfferTopic,
    Topic,
)
from knotenpunkt.registers.partners.models import Organisation
from knotenpunkt.tools.imports.models import Link
from knotenpunkt.tools.lists.listing import Cleaned, Filter, Wider, choice, text, tick
from knotenpunkt.tools.lists.matching import one_text, says, words_of

RADII_KM = (5, 10, 15, 25, 50)
DEFAULT_RADIUS_KM = 15
DEGREE_KM = 111.19
OWN_TEXT = ("title", "sort", "summary")
TEXT_OF_A_PLACE = ("venue", "postal_code", "town")


def filters(
    *,
    topics: Sequence[Topic],
    languages: Sequence[str],
    sources: Sequence[str],
    near_area_keys: Sequence[str],
) -> list[Filter]:
    """All filters, those first that are asked for most."""
    named = [(code, spoken.language_name(code)) for code in languages]
    return [
        text("q", _("Search in this list"), with_words, said=_("Searched for")),
        choice("thema", _("Topic"), topic_options(topics), lambda key: about(topics, key)),
        text("anbieter", pgettext("who offers it", "Provider"), by_provider),
        near(near_area_keys),
        choice("alter", _("Age"), LifePhase.choices, for_phase),
        choice("art", _("Kind of offer"), Kind.choices, lambda kind: Q(kind=kind)),
        choice("kosten", _("Costs"), Costs.choices, lambda costs: Q(costs=costs)),
        choice("sprache", _("Language"), sorted(named, key=lambda one: one[1]), spoken_in),
        choice("quelle", _("Taken in from"), [(one, one) for one in sources], from_source),
        choice("befund", _("Missing or doubtful"), _finding_options(), _found),
        tick("ohne-telefon", _("Without a telephone number"), without_phone()),
        tick("ohne-zeiten", _("Without times"), without_times()),
    ]


def _finding_options() -> list[tuple[str, str]]:
    return [(key, str(words.name)) for key, words in WORDS.items()]


def _found(key: str) -> Q:
    found = next(one for one in findings(timezone.localdate()) if one.key == key)
    return LOOKED_AT & found.keeps


def with_words(typed: str) -> Q:
    """Every word stands in the title, the kind, the summary, the provider or the place.

    Names are looked through where they stand once, not anew for each offer.
    """
    kept = Q()
    for word in words_of(typed):
        kept &= says(one_text(*OWN_TEXT), word) | _of_provider(word) | _at_place(word)
    return kept


def by_provider(typed: str) -> Q:
    """Every word stands in the name of the provider, or of the body above it."""
    kept = Q()
    for word in words_of(typed):
        kept &= _of_provider(word)
    return kept


def _of_provider(word: str) -> Q:
    named = Organisation.objects.filter(says(F("name"), word)).order_by().values("pk")
    return Q(provider__in=named) | Q(provider__body__in=named)


def _at_place(word: str) -> Q:
    places = Place.objects.filter(says(one_text(*TEXT_OF_A_PLACE), word)).order_by().values("pk")
    return Q(pk__in=OfferAtPlace.objects.filter(place__in=places).order_by().values("offer"))


def about(topics: Sequence[Topic], key: str) -> Q:
    """Offers of a topic, or of one below it."""
    wanted = next(topic for topic in topics if topic.key == key)
    ids = [topic.pk for topic in topics if wanted.pk in (topic.pk, topic.parent_id)]
    return Q(pk__in=OfferTopic.objects.filter(topic__in=ids).values("offer"))


def topic_options(topics: Sequence[Topic]) -> list[tuple[str, Any]]:
    """Topics to choose from, grouped below those above them."""
    return [
        (name, [(option.value, option.label) for option in options])
        for name, options in topic_choices(topics)
    ]


class PlaceField(forms.CharField):
    """A postal code or a town, as a point on the map."""

    def __init__(self, near_area_keys: Sequence[str]) -> None:
        super().__init__(label=_("Near a place"), required=False, max_length=80)
        self.near_area_keys = near_area_keys

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        found = locate(typed, self.near_area_keys) if typed else None
        if typed and found is None:
            raise ValidationError(
                _("We do not know this place. Please check it, or type the postal code.")
            )
        return found


def near(near_area_keys: Sequence[str]) -> Filter:
    """Offers with a place in a circle around another one."""
    others = [km for km in RADII_KM if km != DEFAULT_RADIUS_KM]
    radius = forms.TypedChoiceField(
        label=_("Within"),
        required=False,
        coerce=int,
        choices=[("", _within(DEFAULT_RADIUS_KM)), *((km, _within(km)) for km in others)],
    )
    return Filter(
        {"ort": PlaceField(near_area_keys), "umkreis": radius},
        keeps=lambda cleaned: in_circle(cleaned["ort"], _radius(cleaned)),
        says=lambda cleaned: (
            _("Place: %(place)s, %(km)d km")
            % {"place": cleaned["ort"].label, "km": _radius(cleaned)}
        ),
        wider=_wider,
    )


def _within(km: int) -> str:
    return _("%(km)d km") % {"km": km}


def _radius(cleaned: Cleaned) -> int:
    return int(cleaned.get("umkreis") or DEFAULT_RADIUS_KM)


def _wider(cleaned: Cleaned) -> Wider | None:
    now = _radius(cleaned)
    more = next((km for km in RADII_KM if km > now), None)
    if more is None:
        return None
    return Wider(
        action=_("Take %(km)d km") % {"km": more},
        told=_("With %(more)d km instead of %(now)d km there would be {count}.")
        % {"more": more, "now": now},
        changes={"umkreis": str(more)},
        keeps=in_circle(cleaned["ort"], more),
    )


def in_circle(middle: Located, radius_km: int) -> Q:
    """On a plane that touches the earth there: within half a percent up to 50 km."""
    east = (F("place__longitude") - middle.lon) * (DEGREE_KM * math.cos(math.radians(middle.lat)))
    north = (F("place__latitude") - middle.lat) * DEGREE_KM
    places = OfferAtPlace.objects.filter(
        LessThanOrEqual(east * east + north * north, float(radius_km**2))
    )
    return Q(pk__in=places.values("offer"))


def for_phase(phase: str) -> Q:
    """Offers for this phase of life: named so, or by their ages."""
    named = Q(Contains(Cast("phases", TextField()), f'"{phase}"'))
    if phase not in PHASE_MONTHS:
        return named
    begins, ends = PHASE_MONTHS[phase]
    young = Q(age_from__lt=ends) | Q(age_from=None)
    old = Q(age_to__gt=begins) | Q(age_to=None, age_from__lte=OLDEST)
    return named | (young & old & ~Q(age_from=None, age_to=None))


def spoken_in(code: str) -> Q:
    """Offers held in this language."""
    return Q(Contains(Cast("languages", TextField()), f'"{code}"'))


def from_source(source: str) -> Q:
    """Offers that a list has brought."""
    return Q(pk__in=Link.objects.filter(kind=KIND, source=source).values("object_id"))
