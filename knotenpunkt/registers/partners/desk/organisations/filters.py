"""The ways to narrow the list of organisations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.areas.models import Place, Region
from knotenpunkt.registers.areas.queries import Stretch, own_regions, regions
from knotenpunkt.registers.partners.desk import narrowing
from knotenpunkt.registers.partners.models import (
    Audience,
    Contact,
    Level,
    Organisation,
    Serves,
    SubKind,
    Tag,
    Tagging,
)
from knotenpunkt.registers.partners.models.contacts import may_see
from knotenpunkt.registers.partners.queries import sub_kinds, tags
from knotenpunkt.registers.partners.rules import circle_of, is_partner
from knotenpunkt.registers.partners.wording import sub_kind_options
from knotenpunkt.tools.lists.listing import Filter, choice, text, tick
from knotenpunkt.tools.lists.matching import one_text, says, words_of


@dataclass(frozen=True, slots=True)
class Known:
    """What this network can choose from."""

    regions: Sequence[Region]
    own_regions: Sequence[Region]
    tags: Sequence[Tag]
    sub_kinds: Sequence[SubKind]
    circle: Audience


def known_to(actor: Actor) -> Known:
    """Four queries."""
    return Known(regions(actor), own_regions(actor), tags(), sub_kinds(), circle_of(actor))


def filters(known: Known, today: date, usual_months: int) -> list[Filter]:
    """All filters, those first that are asked for most."""
    return [
        text("q", _("Search in this list"), partial(with_words, known.circle),
             said=_("Searched for")),
        narrowing.region(known.regions, known.own_regions, in_stretch, serves_all()),
        narrowing.kind(lambda kind: Q(kind=kind)),
        choice("unterart", _("Own kind"), sub_kind_options(known.sub_kinds),
               lambda key: Q(sub_kind=key)),
        narrowing.tag(known.tags, "organisation"),
        choice("ebene", _("Body or facility"), Level.choices, lambda level: Q(level=level)),
        text("traeger", _("Body"), by_body),
        narrowing.confirmed(today, usual_months),
        narrowing.seen(today, "organisation"),
        choice("partner", _("In the network"), partner_options(), lambda key: joined(key, today)),
        tick("ohne-ort", _("Without a place"), Q(place=None)),
        tick("oeffentlich", _("Shown to families"), Q(is_public=True)),
    ]  # fmt: skip


def partner_options() -> list[tuple[str, str]]:
    """Partners of the network, and what is only kept because it offers something."""
    return [("ja", _("partner of the network")), ("nein", _("only in the register"))]


def joined(key: str, today: date) -> Q:
    """Who joined the network, or who did not."""
    return is_partner(today) if key == "ja" else ~is_partner(today)


def with_words(circle: Audience, typed: str) -> Q:
    """Every word stands in the name, the text, the body, the place, a tag, or a contact."""
    kept = Q()
    for word in words_of(typed):
        kept &= (
            says(one_text("name", "description"), word)
            | _of_body(word)
            | _at_place(word)
            | _tagged(word)
            | _with_contact(circle, word)
        )
    return kept


def by_body(typed: str) -> Q:
    """Every word stands in the name of the body."""
    kept = Q()
    for word in words_of(typed):
        kept &= _of_body(word) | Q(level=Level.BODY) & says(F("name"), word)
    return kept


def _of_body(word: str) -> Q:
    named = Organisation.objects.filter(says(F("name"), word), level=Level.BODY)
    return Q(body__in=named.order_by().values("pk"))


def _at_place(word: str) -> Q:
    places = Place.objects.filter(says(one_text("street", "postal_code", "town"), word))
    return Q(place__in=places.order_by().values("pk"))


def _tagged(word: str) -> Q:
    links = Tagging.objects.filter(says(F("tag__name"), word)).exclude(organisation=None)
    return Q(pk__in=links.order_by().values("organisation"))


def _with_contact(circle: Audience, word: str) -> Q:
    people = Contact.objects.filter(called(circle, word))
    return Q(pk__in=people.order_by().values("organisation"))


def called(circle: Audience, word: str) -> Q:
    """Roles that say this word, by addresses only as far as this circle sees them."""
    if circle == Audience.INTERNAL:
        return says(one_text("name", "function", "email"), word)
    open_ones = [one for one in Audience if may_see(circle, one)]
    by_mail = says(F("email"), word) & Q(email_audience__in=open_ones)
    return says(one_text("name", "function"), word) | by_mail


def in_stretch(stretch: Stretch) -> Q:
    """Organisations that work there; those that named no region count where they lie."""
    serving = Serves.objects.filter(region__in=stretch.ids).order_by()
    return Q(pk__in=serving.values("organisation")) | serves_all() & stretch.holds_place("place")


def serves_all() -> Q:
    """Organisations that named no region."""
    return ~Q(Exists(Serves.objects.filter(organisation=OuterRef("pk"))))
