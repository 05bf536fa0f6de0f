"""The ways to narrow the list of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.areas.queries import Stretch, own_regions, regions
from knotenpunkt.registers.partners.desk import narrowing
from knotenpunkt.registers.partners.desk.organisations.filters import called, in_stretch, serves_all
from knotenpunkt.registers.partners.models import (
    Audience,
    Contact,
    Organisation,
    Profession,
    Tag,
    Tagging,
)
from knotenpunkt.registers.partners.queries import professions, tags
from knotenpunkt.registers.partners.rules import circle_of, holds_role
from knotenpunkt.tools.lists.listing import Filter, choice, text, tick
from knotenpunkt.tools.lists.matching import one_text, says, words_of


@dataclass(frozen=True, slots=True)
class Known:
    """What this network can choose from."""

    regions: Sequence[Region]
    own_regions: Sequence[Region]
    tags: Sequence[Tag]
    professions: Sequence[Profession]
    circle: Audience


def known_to(actor: Actor) -> Known:
    """Four queries."""
    return Known(regions(actor), own_regions(actor), tags(), professions(), circle_of(actor))


def filters(known: Known, today: date, usual_months: int) -> list[Filter]:
    """All filters, those first that are asked for most."""
    named = [(str(one.pk), one.name) for one in known.professions]

    def there(stretch: Stretch) -> Q:
        return serving(Organisation.objects.filter(in_stretch(stretch)), today)

    everywhere = serving(Organisation.objects.filter(serves_all()), today)
    return [
        text(
            "q", _("Search in this list"), partial(with_words, known.circle), said=_("Searched for")
        ),
        narrowing.region(known.regions, known.own_regions, there, everywhere),
        choice("beruf", _("Professional group"), named, lambda key: Q(profession=key)),
        narrowing.tag(known.tags, "person"),
        narrowing.kind(lambda kind: serving(Organisation.objects.filter(kind=kind), today)),
        text("bei", _("Organisation"), lambda typed: at(typed, today)),
        narrowing.confirmed(today, usual_months),
        narrowing.seen(today, "person"),
        tick("wird-gefragt", _("Is asked whether the entries are still true"), is_asked(today)),
        tick("ohne-mail", _("Without an e-mail address"), without_mail(today)),
    ]


def serving(organisations: QuerySet[Organisation], today: date) -> Q:
    """People who have a role today at one of these."""
    roles = Contact.objects.filter(
        holds_role(today), organisation__in=organisations.order_by().values("pk")
    )
    return Q(pk__in=roles.exclude(person=None).order_by().values("person"))


def with_words(circle: Audience, typed: str) -> Q:
    """Every word stands in the name, the profession, a tag, a role or its organisation."""
    kept = Q()
    for word in words_of(typed):
        own = one_text("title", "given_name", "family_name", "profession__name")
        kept &= says(own, word) | _in_role(circle, word) | _tagged(word)
    return kept


def _in_role(circle: Audience, word: str) -> Q:
    houses = Organisation.objects.filter(says(F("name"), word)).order_by()
    roles = Contact.objects.filter(called(circle, word) | Q(organisation__in=houses.values("pk")))
    return Q(pk__in=roles.exclude(person=None).order_by().values("person"))


def _tagged(word: str) -> Q:
    links = Tagging.objects.filter(says(F("tag__name"), word)).exclude(person=None)
    return Q(pk__in=links.order_by().values("person"))


def at(typed: str, today: date) -> Q:
    """Every word stands in the name of an organisation that they serve."""
    rows = Organisation.objects.all()
    for word in words_of(typed):
        rows = rows.filter(says(F("name"), word))
    return serving(rows, today)


def is_asked(today: date) -> Q:
    """Who answers for the entries of an organisation."""
    return Q(Exists(_held(today).filter(answers_inquiries=True)))


def without_mail(today: date) -> Q:
    """Who cannot be written to in any role."""
    return ~Q(Exists(_held(today).exclude(email="")))


def _held(today: date) -> QuerySet[Contact]:
    rows: QuerySet[Contact] = Contact.objects.filter(holds_role(today), person=OuterRef("pk"))
    return rows
